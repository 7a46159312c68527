# Two commands do all the set-up: `make serve` and `make test`. The rest is for working on Suyuan.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := $(VENV)/bin

.PHONY: serve test test-all lint bench clean

serve: $(VENV)/.runtime
	$(BIN)/suyuan ingest data/documents
	$(BIN)/suyuan serve --host $(HOST) --port $(PORT)

# Files stay whole (loadfile), so that what a file prepares for its tests is prepared once.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadfile

test: $(VENV)/.dev
	$(PYTEST) -m "not slow"

test-all: $(VENV)/.dev
	$(PYTEST)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/suyuan ingest data/documents
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) .suyuan .mypy_cache .ruff_cache .pytest_cache

# torch is installed first and by its exact version, so that the build the constraints name is taken.
$(VENV)/.runtime: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^torch==' constraints.txt)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $@
