# Two commands do all the set-up: `make serve` and `make test`. The rest is for working on Suyuan.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := $(VENV)/bin

.PHONY: serve test lint bench clean

serve: $(VENV)/.runtime
	$(BIN)/suyuan ingest data/documents
	$(BIN)/suyuan serve --host $(HOST) --port $(PORT)

test: $(VENV)/.dev
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
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
