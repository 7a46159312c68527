"""Cells of a dozen published budgets, read by eye from the page: the reader gives each its meaning."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kg.records import AmountRecord
from kg.settings import Settings
from kg.text.folding import compact
from suyuan.pipeline import extract_file
from tests.shared import SHARED, needs_shared

pytestmark = [pytest.mark.shared, needs_shared]

CELLS = Path(__file__).parent / "corpus_cells.tsv"
CORPUS = SHARED / "corpus" / "documents"
FIELDS = ("file", "page", "name", "code", "header", "value", "unit", "side", "stage", "year")


def cells() -> list[dict[str, str]]:
    """Return the cells, a mapping of FIELDS each; `-` stands for nothing printed or nothing to say."""
    lines = CELLS.read_text("utf-8").splitlines()
    rows = [dict(zip(FIELDS, line.split("\t"), strict=True)) for line in lines if not line.startswith("#")]
    return [{key: "" if value == "-" else value for key, value in row.items()} for row in rows]


def titles() -> list[str]:
    return [" ".join((cell["file"], cell["page"], cell["name"], cell["header"])) for cell in cells()]


@cache
def amounts(file: str) -> tuple[AmountRecord, ...]:
    records = extract_file(CORPUS / f"{file}.pdf", Settings())
    return tuple(record for record in records if isinstance(record, AmountRecord))


def named(record: AmountRecord) -> str:
    """Return the name of the row without its numbering, which readers may keep or not."""
    name = compact(record.name or record.budget_unit or "")
    return name.split("、", 1)[-1] if "、" in name[:4] else name.split(")", 1)[-1] if name.startswith("(") else name


def standing_there(cell: dict[str, str]) -> Iterator[AmountRecord]:
    """Yield the amounts read from the cell: those of its page with its row's name, header and figure."""
    for record in amounts(cell["file"]):
        printed = record.source.text.replace(" ", "").replace("\n", "")
        if record.source.place.page != int(cell["page"]) or printed != cell["value"]:
            continue
        header = compact(record.header[-1]) if record.header else ""
        if named(record) == compact(cell["name"]) and (not cell["header"] or header == compact(cell["header"])):
            yield record


def test_there_are_cells_of_many_documents() -> None:
    assert len(cells()) > 80
    assert len({cell["file"] for cell in cells()}) >= 10


@pytest.mark.parametrize("cell", cells(), ids=titles())
def test_a_cell_is_read_as_what_it_is(cell: dict[str, str]) -> None:
    found = list(standing_there(cell))
    assert len(found) == 1, [(named(each), each.header, each.source.text) for each in found]
    (record,) = found
    assert format(record.value, "f") == cell["value"].replace(",", "")
    assert (record.code or "", record.unit, record.stage, record.year) == (
        cell["code"],
        cell["unit"],
        cell["stage"],
        int(cell["year"]),
    )
    assert cell["side"] in ("", record.side)
