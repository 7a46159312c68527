"""Which amount of a project is the whole: by the arithmetic of its form, then by its labels."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.records import ProjectAmount
from kg.triples.whole_amount import BUDGET, EXECUTED, find_whole
from kg.values.vocabularies import Stage


def printed(
    *pairs: tuple[str, str], stage: Stage = "budget", year: int | None = 2025, unit: str = "万元"
) -> list[ProjectAmount]:
    return [
        ProjectAmount(
            meaning=meaning, stage=stage, value=Decimal(value), unit=unit, value_yuan=None, year=year, source=None
        )
        for meaning, value in pairs
    ]


@pytest.mark.parametrize(
    ("pairs", "whole"),
    [
        ([("年度资金总额", "75.5"), ("其中：财政拨款", "60.5"), ("上年结转", "15"), ("其他资金", "0")], "755000"),
        ([("年度资金总额", "75.5"), ("其中：财政拨款", "75.5"), ("上年结转", "0"), ("其他资金", "0")], "755000"),
        ([("财政拨款", "60.5"), ("上年结转资金", "15"), ("资金总量", "75.5")], "755000"),
        ([("一般公共预算", "30"), ("政府性基金预算", "12"), ("财政专户管理资金", "8"), ("合计", "50")], "500000"),
        ([("项目资金", "42"), ("其中：省级资金", "20"), ("市级资金", "22")], "420000"),
        ([("资金总额", "33.34"), ("财政拨款", "11.11"), ("单位自筹", "11.11"), ("其他资金", "11.11")], "333400"),
        ([("金额", "18")], "180000"),
        ([("上年结转", "18")], "180000"),
        ([("预算数", "0"), ("其中：财政拨款", "0")], "0"),
    ],
)
def test_the_whole_is_what_the_others_add_up_to(pairs: list[tuple[str, str]], whole: str) -> None:
    assert find_whole(printed(*pairs), BUDGET, 2025) == Decimal(whole)


@pytest.mark.parametrize("longer", ["中期资金总额", "实施期资金总额", "总投资", "截至上年累计安排"])
def test_money_of_several_years_is_not_the_whole_of_one(longer: str) -> None:
    amounts = printed((longer, "300"), ("年度资金总额", "100"), ("其中：财政拨款", "80"), ("其他资金", "20"))
    assert find_whole(amounts, BUDGET, 2025) == Decimal(1_000_000)


def test_the_amount_of_the_year_is_taken_before_that_of_another() -> None:
    amounts = [*printed(("2024年/合计", "90"), year=2024), *printed(("2025年/合计", "70"))]
    assert find_whole(amounts, BUDGET, 2025) == Decimal(700_000)
    assert find_whole(amounts, BUDGET, 2023) == Decimal(900_000)


def test_rates_and_other_stages_are_no_budget() -> None:
    amounts = [*printed(("执行率", "98"), unit="%"), *printed(("全年执行数", "49"), stage="executed")]
    assert find_whole(amounts, BUDGET, 2025) is None
    assert find_whole(amounts, EXECUTED, 2025) == Decimal(490_000)
