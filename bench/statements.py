"""List what prose states twice with two values: one metric, subject, year and stage.

    python -m bench.statements [FOLDER|FILE …] [--list]

Either the document contradicts itself, or two things have been given one name; most of a reader's faults show here.
FOLDER defaults to the five documents and ../shared/corpus/documents. `--list` prints each group with its words. The
last line counts statements, groups and the values too many.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kg.extract.prose.distinct import agree, find_contradictions
from kg.extract.run import extract_records
from kg.read import read_document
from kg.read.formats import SEARCHED
from kg.records import StatementRecord
from kg.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "data" / "documents", ROOT / "../shared/corpus/documents")


def main(arguments: list[str] | None = None) -> int:
    """Print the contradictions of the documents named; return 0."""
    arguments = [] if arguments is None else arguments
    named = [Path(argument) for argument in arguments if not argument.startswith("--")] or list(FOLDERS)
    statements = groups = values = 0
    for file in sorted(file for path in named for file in _files(path)):
        stated = read_statements(file)
        found = find_contradictions(stated)
        statements, groups = statements + len(stated), groups + len(found)
        values += sum(map(count_values, found)) - len(found)
        if found:
            print(f"{file.name}: {len(found)}")
        if "--list" in arguments:
            for group in found:
                print(*_lines(group), sep="\n")
    print(f"{statements} statements, {groups} names with several values, {values} values too many")
    return 0


def read_statements(file: Path) -> list[StatementRecord]:
    """Return the statements of one document. Raises InputRefused."""
    records = extract_records(read_document(file, Settings())).records
    return [record for record in records if isinstance(record, StatementRecord)]


def count_values(group: list[StatementRecord]) -> int:
    """Return how many values a group of statements has, those that differ by rounding counted once."""
    values: list[StatementRecord] = []
    for one in group:
        if not any(agree(one, other) for other in values):
            values.append(one)
    return len(values)


def _lines(group: list[StatementRecord]) -> Iterator[str]:
    first = group[0]
    yield f"  {first.metric} · {first.subject or '-'} · {first.year} · {first.stage or '-'}"
    for one in group:
        yield f"    {one.value} {one.unit or ''} | {one.source.text}"


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return [file for file in path.iterdir() if file.suffix.lower() in SEARCHED]
    return [path] if path.exists() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
