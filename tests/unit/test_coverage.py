"""The numbers of the source documents' tables: all in records, and the page that says so names every table."""

from __future__ import annotations

from bench.coverage import DOCUMENTS, LEAST, write_page
from kg.extract.run import open_context
from kg.extract.tables.coverage import find_coverage
from kg.read.plain.reader import read_text


def test_every_table_of_the_source_documents_has_its_row_and_is_covered() -> None:
    files = sorted(DOCUMENTS.glob("*.txt"))
    page, least = write_page(files)
    assert len(files) == 5
    assert least >= LEAST
    rows = [line for line in page.splitlines() if line.startswith("| ") and " | unknown | " not in line]
    tables = sum(len(read_text(file.read_bytes(), file=file.name).tables) for file in files)
    assert tables >= 40
    assert len(rows) == tables + 2 * len(files)  # each document's head and sum


def test_a_number_in_no_record_is_missing_with_its_cell() -> None:
    text = (
        "某市审计局2020年部门预算\n\n支出表\n\n单位：万元\n\n序号\t科目编码\t项目\t合计\n1\t201\t甲\t5\n2\t205\t乙\t6\n"
    )
    context = open_context(read_text(text.encode(), file="x.txt"))
    coverage = find_coverage(context, ())
    assert (coverage.numbers, coverage.accounted) == (2, 0)  # 序号 and codes measure nothing
    assert [(cell.text, cell.place.line) for cell in coverage.tables[0].missing] == [("5", 8), ("6", 9)]
