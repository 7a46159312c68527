"""A table whose labels slipped against its amounts is repaired from its sibling, if the sums then hold."""

from __future__ import annotations

import pytest

from kg.records import AmountRecord
from tests.audited import audit_text
from tests.texts import table

HEADER = ["科目编码", "科目名称", "支出总计", "基本支出", "项目支出"]
ROWS = [
    ["201", "一般公共服务支出", "1519", "796", "723"],
    ["20108", "审计事务", "1519", "796", "723"],
    ["2010801", "行政运行", "796", "796", "0"],
    ["2010804", "审计业务", "723", "0", "723"],
    ["205", "教育支出", "8", "0", "8"],
    ["20508", "进修及培训", "8", "0", "8"],
    ["2050803", "培训支出", "8", "0", "8"],
    ["221", "住房保障支出", "169", "169", "0"],
    ["22102", "住房改革支出", "169", "169", "0"],
    ["2210201", "住房公积金", "51", "51", "0"],
    ["2210203", "购房补贴", "118", "118", "0"],
]
TOTAL = ["", "合计", "1696", "965", "731"]


def slipped(rows: int) -> str:
    """Return both tables, the labels of the first printed `rows` too low, the last of them lost."""
    labels = [["", "合计"]] * rows + [row[:2] for row in ROWS[: len(ROWS) - rows]]
    printed = [[*label, *row[2:]] for label, row in zip(labels, ROWS, strict=True)]
    return table("部门支出总表（按功能科目）", [HEADER, TOTAL, *printed]) + table(
        "一般公共预算支出表（按功能科目）", [HEADER, TOTAL, *ROWS]
    )


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_slipped_table_is_repaired_from_its_sibling(rows: int) -> None:
    result = audit_text(slipped(rows))
    repaired = [r for r in result.records if isinstance(r, AmountRecord) and r.reading == "repaired"]
    first = {(r.code, str(r.value)) for r in repaired if r.measure == "total"}
    assert first == {(row[0], row[2]) for row in ROWS}
    shift = next(found for found in result.findings if found.kind == "shift")
    assert shift.repaired
    assert len(shift.places) == len(ROWS) + 1


def test_a_repaired_table_has_no_other_finding() -> None:
    assert [found.kind for found in audit_text(slipped(2)).findings] == ["shift"]


def test_a_slip_that_no_sibling_proves_is_printed_as_it_stands() -> None:
    alone = slipped(2).split("一般公共预算支出表")[0]
    records = audit_text(alone).records
    assert {record.reading for record in records if isinstance(record, AmountRecord)} == {"printed"}


def test_a_sound_table_is_left_alone() -> None:
    records = audit_text(slipped(0)).records
    assert {record.reading for record in records if isinstance(record, AmountRecord)} == {"printed"}


def test_a_single_wrong_figure_is_no_slip() -> None:
    text = slipped(0).replace("2010801\t行政运行\t796\t796", "2010801\t行政运行\t769\t769", 1)
    result = audit_text(text)
    assert "shift" not in {found.kind for found in result.findings}
    assert "error" in {found.severity for found in result.findings}
