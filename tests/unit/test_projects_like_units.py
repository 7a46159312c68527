"""Projects named like units, and units unlike any: where names leave it open, the sums decide."""

from __future__ import annotations

import pytest

from kg.extract.run import extract_records
from kg.read.plain.reader import read_text
from kg.records import ProjectRecord
from tests.texts import table

HEAD = "芜湖市水务局2023年部门预算\n\n部门名称：芜湖市水务局\n\n"
COLUMNS = ["项目名称", "合计", "财政拨款", "绩效目标"]


def named(rows: list[list[str]]) -> dict[str, str | None]:
    """Return the projects of a table and the unit each was given to."""
    text = HEAD + table("部门项目支出预算表", [COLUMNS, *rows])
    records = extract_records(read_text(text.encode(), file="x.txt")).records
    return {record.name: record.budget_unit for record in records if isinstance(record, ProjectRecord)}


def test_a_project_named_like_a_unit_is_one_where_it_is_part_of_the_unit_above() -> None:
    assert named(
        [
            ["合计", "60.00", "60.00", ""],
            ["芜湖市水文测报站", "60.00", "60.00", ""],
            ["测船维护经费", "15.00", "15.00", "测船完好。"],
            ["芜湖市节水教育中心", "20.00", "20.00", "接待学生三千人次。"],
            ["站房修缮经费", "25.00", "25.00", "修缮两处。"],
        ]
    ) == dict.fromkeys(("测船维护经费", "芜湖市节水教育中心", "站房修缮经费"), "芜湖市水文测报站")


def test_two_units_over_their_own_projects_stay_units() -> None:
    assert named(
        [
            ["合计", "60.00", "60.00", ""],
            ["芜湖市水文测报站", "35.00", "35.00", ""],
            ["测船维护经费", "15.00", "15.00", "测船完好。"],
            ["站房修缮经费", "20.00", "20.00", "修缮两处。"],
            ["芜湖市节水教育中心", "25.00", "25.00", ""],
            ["教材编写经费", "25.00", "25.00", "编写一册。"],
        ]
    ) == {"测船维护经费": "芜湖市水文测报站", "站房修缮经费": "芜湖市水文测报站", "教材编写经费": "芜湖市节水教育中心"}


@pytest.mark.parametrize("second", ["（芜湖市水旱灾害防御中心）", "(芜湖市防汛物资储备站)"])
def test_a_unit_with_a_second_name_is_a_unit(second: str) -> None:
    unit = f"芜湖市水文测报站{second}"
    assert set(
        named(
            [["合计", "15.00", "15.00", ""], [unit, "15.00", "15.00", ""], ["测船维护经费", "15.00", "15.00", "完好。"]]
        )
    ) == {"测船维护经费"}
