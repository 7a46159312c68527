"""Change the code a little, many times, and see whether a test notices: `python -m bench.mutation [FILE …] [--most N]`.

FILE defaults to every module of TARGETS. Each is mutated by cosmic-ray in a copy of the checkout, N mutations
of it at most (all by default), drawn with a fixed seed; its tests then run once a mutation. What changes no
behaviour (annotations, decorators) is left alone. Prints how many
mutations of each file were noticed and, as a difference, every one that survived. Returns 1 if one did.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("kg", "ontology", "search", "web", "suyuan", "tests", "data", "pyproject.toml", "README.md")
SEED = 8
SECONDS = 60.0
"""One run of a module's tests takes a few seconds; a mutation that never ends is noticed by this."""

VALUES = (
    "tests/unit/test_values*.py tests/unit/test_code.py tests/unit/test_money.py tests/unit/test_item_marks.py "
    "tests/unit/test_year.py tests/unit/test_audit_tolerance.py"
)
AUDIT = "tests/unit/test_audit_*.py tests/unit/test_slipped_cells.py"
PARTS = "tests/unit/test_parts.py tests/unit/test_grid.py"
TARGETS = {
    "kg/values": f"{VALUES} kg/values",
    "kg/audit": f"{AUDIT} kg/audit",
    "search/rank/fuse.py": "tests/unit/test_candidates.py",
    "kg/read/assemble/parts.py": PARTS,
    "kg/read/assemble/builder.py": PARTS,
    "kg/read/assemble/finished.py": PARTS,
    "kg/read/assemble/header.py": "tests/unit/test_header.py",
    "kg/read/assemble/owners.py": "tests/unit/test_header.py",
    "kg/read/page/ruling.py": "tests/unit/test_ruling.py",
    "kg/read/page/lattices.py": "tests/unit/test_ruling.py",
    "kg/read/office/ods.py": "tests/unit/test_ods_reader.py",
}
"""What is mutated, and the tests that should notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One module: how many mutations were tried, and the differences that no test noticed."""

    module: str
    tried: int
    survivors: tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Mutate what is asked for and print the result; return 1 if a mutation survived."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutation")
    parser.add_argument("files", nargs="*", help="modules to mutate, relative to the checkout")
    parser.add_argument("--most", type=int, default=0, help="mutations a module at most, 0 for all")
    chosen = parser.parse_args(arguments)
    modules = chosen.files or [module for place in TARGETS for module in modules_of(place)]
    survived = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for result in pool.map(lambda module: mutate(module, chosen.most), modules):
            noticed = result.tried - len(result.survivors)
            print(f"{result.module}: {noticed} of {result.tried} noticed", flush=True)
            for survivor in result.survivors:
                print("\n".join(f"    {line}" for line in survivor.splitlines()), flush=True)
            survived += len(result.survivors)
    return int(survived > 0)


def modules_of(place: str) -> Iterator[str]:
    """Yield the modules at a path of TARGETS, files that only describe a package left out."""
    path = ROOT / place
    found = [path] if path.is_file() else sorted(path.rglob("*.py"))
    yield from (each.relative_to(ROOT).as_posix() for each in found if each.name != "__init__.py")


def tests_of(module: str) -> list[str]:
    """Return the test files that should notice a mutation of `module`."""
    patterns = next(tests for place, tests in TARGETS.items() if module.startswith(place)).split()
    found = [sorted(ROOT.glob(pattern)) for pattern in patterns]
    return [path.relative_to(ROOT).as_posix() for paths in found for path in paths]


def mutate(module: str, most: int) -> Result:
    """Run the mutations of one module in a copy of the checkout."""
    with tempfile.TemporaryDirectory(prefix="suyuan-mutation-") as name:
        folder = Path(name)
        for part in COPIED:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / part, folder / part)
        (folder / "mutation.toml").write_text(configuration(module), "utf-8")
        cosmic_ray(folder, "init", "mutation.toml", "mutation.sqlite")
        sample(folder / "mutation.sqlite", still_spans((ROOT / module).read_text("utf-8")), most)
        cosmic_ray(folder, "exec", "mutation.toml", "mutation.sqlite")
        return read_result(module, cosmic_ray(folder, "dump", "mutation.sqlite"))


def configuration(module: str) -> str:
    """Return the configuration of cosmic-ray for one module."""
    command = " ".join([sys.executable, "-m pytest -q -x -p no:cacheprovider -p no:xdist", *tests_of(module)])
    return (
        f'[cosmic-ray]\nmodule-path = "{module}"\ntimeout = {SECONDS}\nexcluded-modules = []\n'
        f'test-command = "{command}"\n\n[cosmic-ray.distributor]\nname = "local"\n'
    )


def cosmic_ray(folder: Path, *arguments: str) -> str:
    """Run cosmic-ray in a folder and return what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "cosmic_ray.cli", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"cosmic-ray {arguments[0]} failed: {done.stderr[-2000:]}")
    return done.stdout


Span = tuple[tuple[int, int], tuple[int, int]]


def still_spans(source: str) -> list[Span]:
    """Return where annotations and decorators stand: (line, column) of start and end."""
    spans: list[Span] = []
    for node in ast.walk(ast.parse(source)):
        still: list[ast.expr | None] = []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            still += [node.returns, *node.decorator_list]
        elif isinstance(node, ast.ClassDef):
            still += node.decorator_list
        elif isinstance(node, ast.AnnAssign | ast.arg):
            still.append(node.annotation)
        for each in still:
            if each is not None:
                end = (each.end_lineno or each.lineno, each.end_col_offset or each.col_offset)
                spans.append(((each.lineno, each.col_offset), end))
    return spans


def sample(session: Path, still: list[Span], most: int) -> None:
    """Leave `most` mutations in a session, drawn with the fixed seed; all for 0; none within `still`."""
    query = "SELECT job_id, start_pos_row, start_pos_col, operator_name, occurrence FROM mutation_specs"
    with closing(sqlite3.connect(session)) as connection:
        found = list(connection.execute(query))
        # Job ids are random; what a mutation does is not.
        moving = sorted(
            (row, column, operator, occurrence, job)
            for job, row, column, operator, occurrence in found
            if not any(start <= (row, column) < end for start, end in still)
        )
        kept = random.Random(SEED).sample(moving, most) if 0 < most < len(moving) else moving
        gone = {job for job, *_ in found} - {job for *_, job in kept}
        for table in ("mutation_specs", "work_items"):
            connection.executemany(f"DELETE FROM {table} WHERE job_id = ?", [(job,) for job in gone])
        connection.commit()


def read_result(module: str, dumped: str) -> Result:
    """Return the result of a session from its dump: a pair of work and outcome a line."""
    pairs = [json.loads(line) for line in dumped.splitlines() if line.strip()]
    outcomes = [outcome for _, outcome in pairs if outcome is not None]
    survivors = tuple(outcome["diff"] for outcome in outcomes if outcome["test_outcome"] == "survived")
    return Result(module=module, tried=len(outcomes), survivors=survivors)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
