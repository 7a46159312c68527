"""Records of published documents judged by eye: what was right stays right, what was mended stays mended."""

from __future__ import annotations

from functools import cache

import pytest

from bench.reading import Outcome, compare, read_judgments, read_records
from tests.shared import SHARED, needs_shared

pytestmark = [pytest.mark.shared, needs_shared]

CORPUS = SHARED / "corpus" / "documents"
FILES = sorted(read_judgments())
FLOORS: dict[str, int] = {
    "bj-guoziwei-2026-baobiao.pdf": 10,
    "bj-guoziwei-2026-shuoming.pdf": 9,
    "bj-xinfangban-2026-shuoming.pdf": 6,
    "changsha-gonganju-2025.pdf": 20,
    "cq-shangwuwei-2026.pdf": 20,
    "guojia-xinfangju-2026.pdf": 12,
    "js-weiban-2018-biao.pdf": 5,
    "ningde-zhengfuban-2024-ziping.pdf": 14,
    "putuo-caizhengju-2024-juesuan.pdf": 19,
    "scan-beijing-zhengshuju.pdf": 9,
    "sh-xinfangban-2026.pdf": 10,
    "sz-caizhengju-2026.pdf": 10,
    "sz-gongwushu-2026.pdf": 15,
    "xian-shangwuju-2022.pdf": 17,
    "yantai-tuiyi-2026-html.html": 38,
}
"""Of each file, how many of the judged records are right in every judged field: raise it when more are."""


@cache
def outcomes(file: str) -> tuple[tuple[Outcome, ...], ...]:
    return tuple(map(tuple, compare(read_judgments()[file], read_records(CORPUS / file))))


def told(outcome: Outcome) -> tuple[object, ...]:
    return outcome.judgment["place"], outcome.judgment["printed"], outcome.field, outcome.state, outcome.now


@pytest.mark.parametrize("file", FILES)
def test_a_field_that_was_right_stays_right(file: str) -> None:
    fields = [one for record in outcomes(file) for one in record if one.judgment["right"]]
    assert [told(one) for one in fields if one.state != "right"] == []


@pytest.mark.parametrize("file", FILES)
def test_a_false_error_finding_does_not_come_back(file: str) -> None:
    fields = [one for record in outcomes(file) for one in record if one.field == "severity"]
    assert [told(one) for one in fields if not one.judgment["right"] and one.state != "right"] == []


@pytest.mark.parametrize("file", FILES)
def test_records_once_mended_stay_mended(file: str) -> None:
    right = sum(all(one.state == "right" for one in record) for record in outcomes(file))
    assert right >= FLOORS[file]
