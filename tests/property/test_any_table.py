"""No table, however odd, stops the reading, and every number in it is in a record or an issue."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.blocks import Document, Paragraph, Table
from kg.extract.run import extract_records
from kg.read.assemble.grid import RawCell, RawGrid, assemble_blocks
from kg.records import AmountRecord
from kg.values.place import Place

WORDS = (
    "科目编码", "科目名称", "合计", "基本支出", "2026年预算数", "项目", "单位名称", "收入", "支出", "一级指标", "三级指标",
    "指标值", "分值", "绩效目标", "备注", "数量", "其中：", "小计", "201", "2010801", "[301]工资", "行政运行", "1,234.56", "0.00",
    "-3.5", "98%", "≥90", "—", "某某局", "完成全年工作，推动整改。", "2025年", "表1", "支出总表", "单位：万元", "1", "2", "3", "类", "款",
    "", "", "", "",
)  # fmt: skip

cells = st.tuples(st.sampled_from(WORDS), st.integers(1, 3), st.integers(1, 3))
rows = st.lists(cells, min_size=1, max_size=7)
grids = st.tuples(st.lists(rows, min_size=1, max_size=8), st.booleans(), st.integers(1, 4))
lines = st.sampled_from(("收支总表", "表2 支出总表", "单位：元", "一、情况说明", "负责全市审计工作并承担", "2"))


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.lists(st.one_of(grids, lines), min_size=1, max_size=6))
def test_any_table_is_read_and_its_numbers_accounted_for(
    parts: list[str | tuple[list[list[tuple[str, int, int]]], bool, int]],
) -> None:
    raw = [_line(part) if isinstance(part, str) else _grid(*part) for part in parts]
    title = Paragraph(text="某市审计局2026年部门预算", place=Place(page=1))
    blocks = assemble_blocks([title, *raw])
    document = Document(file="x.pdf", sha256="0" * 64, media_type="application/pdf", blocks=blocks)
    extraction = extract_records(document)
    head = extraction.records[0]
    assert head.coverage.accounted <= head.coverage.numbers  # type: ignore[union-attr]
    unread = [issue for issue in extraction.issues if issue.code == "unread_number"]
    assert head.coverage.numbers - head.coverage.accounted == len(unread)  # type: ignore[union-attr]
    amounts = [record for record in extraction.records if isinstance(record, AmountRecord)]
    assert all(record.source.place.table or record.source.place.row for record in amounts)
    for table in document.tables:
        _check_shape(table)


def _check_shape(table: Table) -> None:
    """Every row has a cell a column, in order; every column has a header path, be it empty."""
    for row in (*table.header_rows, *table.rows):
        assert [cell.column for cell in row.cells] == list(range(len(row.cells)))
        assert len(row.cells) <= len(table.header)


def _line(text: str) -> Paragraph:
    return Paragraph(text=text, place=Place(page=1))


def _grid(rows: list[list[tuple[str, int, int]]], known: bool, page: int) -> RawGrid:
    place = Place(page=page)
    made = tuple(
        tuple(
            RawCell(text=text, place=place, row_span=down if known else 1, col_span=across if known else 1)
            for text, down, across in row
        )
        for row in rows
    )
    return RawGrid(rows=made, place=place, spans_known=known)
