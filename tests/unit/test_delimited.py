"""Tables exported as CSV and TSV: encoding, delimiter, quotes, and the caption lines above and between."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from kg.blocks import Document
from kg.extract.run import extract_records
from kg.read import read_document
from kg.read.plain.delimited import read_delimited
from kg.records import AmountRecord
from kg.settings import Settings

ROWS = [
    ["海州市审计局2025年部门预算"],
    ["表3 一般公共预算支出表"],
    ["", "", "", "", "单位：万元"],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["201", "一般公共服务支出", "2,640.10", "1,900.00", "740.10"],
    ["20108", "审计事务", "2,640.10", "1,900.00", "740.10"],
    ["2010801", "行政运行", "1,900.00", "1,900.00", ""],
    ["2010804", "审计业务", "740.10", "", "740.10"],
    ["", "合计", "2,640.10", "1,900.00", "740.10"],
]


def exported(rows: list[list[str]], delimiter: str, encoding: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue().encode(encoding)


def read(data: bytes | str) -> Document:
    return read_delimited(data.encode() if isinstance(data, str) else data, settings=Settings(), file="表.csv")


def texts(document: Document, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[number].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    ("name", "delimiter"), [("表.csv", ","), ("表.csv", ";"), ("表.csv", "|"), ("表.tsv", "\t"), ("表.tab", "\t"),
                            ("表.xls", "\t"), ("表.xls", ","), ("表.xlsx", ",")],
)  # fmt: skip
def test_an_exported_table_gives_its_amounts(tmp_path: Path, name: str, delimiter: str, encoding: str) -> None:
    (tmp_path / name).write_bytes(exported(ROWS, delimiter, encoding))
    document = read_document(tmp_path / name, Settings())
    (table,) = document.tables
    assert (table.title, table.unit) == ("一般公共预算支出表", "万元")
    assert document.media_type.startswith("text/")
    amounts = [each for each in extract_records(document).records if isinstance(each, AmountRecord)]
    assert len(amounts) == 13 and {each.unit for each in amounts} == {"万元"}
    assert sum(each.value for each in amounts if each.value) == 3 * Decimal("5280.20") + 3800 + Decimal("1480.20")
    assert {each.year for each in amounts} == {2025}


def test_a_cell_is_placed_by_the_line_its_row_begins_on_and_its_field() -> None:
    document = read('附表\n"项目\n名称",金额（万元）\n"购置\n设备",12.5\n培训,3\n')
    (table,) = document.tables
    assert texts(document) == [["购置设备", "12.5"], ["培训", "3"]]
    cell = table.rows[1].cells[1]
    assert (cell.place.line, cell.place.col) == (6, 2)


def test_a_table_below_a_table_has_a_caption_of_its_own() -> None:
    rows = [*ROWS, [], ["表4 三公经费支出表"], ["单位：元"], ["项目", "金额"], ["公务接待费", "5000"], ["合计", "5000"]]
    first, second = read(exported(rows, ",", "utf-8")).tables
    assert (first.title, first.unit) == ("一般公共预算支出表", "万元")
    assert (second.title, second.unit) == ("三公经费支出表", "元")


def test_a_quotation_mark_that_nothing_closes_swallows_no_rows() -> None:
    lines = [f'项目{number},"{number}.5' if number == 7 else f"项目{number},{number}.5" for number in range(1, 90)]
    assert len(texts(read("\n".join(["名称,金额", *lines])))) == 89


def test_what_keeps_a_code_from_being_a_number_is_no_part_of_it() -> None:
    assert texts(read('sep=;\n编码;名称;金额\n="0301";会议费;\'12.50\n0302;培训费;3\n')) == [
        ["0301", "会议费", "12.50"],
        ["0302", "培训费", "3"],
    ]


def test_prose_in_a_csv_is_prose() -> None:
    document = read("2025年本单位收入30万元。\n主要用于日常运转。\n")
    assert not document.tables and len(document.paragraphs) == 2
