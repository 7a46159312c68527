"""How values become JSON: order, digits, what is flattened and what is left out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar

import pytest

from kg.issues import Issue
from kg.messages import Message, say
from kg.records import AmountRecord, FindingPlace, Source
from kg.serialise import CODED, KNOWN, Digits, Flat, Named, to_data, to_json
from kg.values.place import Place

PLACE = Place(page=3, line=None, col=2, table="表一 收支总表", row=5, section="第二部分")
BOXED = Place(page=3, box=(1.04, 2.05, 30.0, 40.96))


@pytest.mark.parametrize(
    ("amount", "written"),
    [("5E+2", "500"), ("1.50", "1.50"), ("-0.0000001", "-0.0000001"), ("1E-8", "0.00000001"), ("0", "0")],
)
def test_a_decimal_keeps_its_digits_and_has_no_exponent(amount: str, written: str) -> None:
    assert to_data(Decimal(amount)) == written


def test_a_source_is_its_place_and_text_and_the_box_is_told_where_known() -> None:
    keys = ["page", "line", "col", "table", "row", "section", "text"]
    assert list(to_data(Source(place=PLACE, text="500"))) == keys
    boxed = to_data(Source(place=BOXED, text="500"))
    assert list(boxed) == [*keys, "box"] and boxed["box"] == [1.0, 2.0, 30.0, 41.0]


def test_a_place_of_a_finding_names_what_people_look_for_in_their_order() -> None:
    found = to_data(FindingPlace(place=BOXED, value=Decimal("1E+1"), text="10"))
    assert list(found) == ["line", "page", "table", "row", "col", "value", "text"] and found["value"] == "10"


def test_type_and_source_come_first() -> None:
    issue = Issue(code="unread_number", document="a.txt", place=PLACE, text="○", message=say("issue.unread_number"))
    assert list(to_data(issue))[:2] == ["type", "code"]
    record = AmountRecord(
        source=Source(place=PLACE, text="500"), table_kind="income", scheme=None, code=None, government_code=None,
        name="合计", side=None, budget_unit=None, header=("本年收入", "小计"), measure="total", stage="budget",
        year=2020, value=Decimal("5E+2"), unit="万元", value_yuan=Decimal("5E+6"),
    )  # fmt: skip
    line = to_json(record)
    assert line.startswith('{"type": "amount", "source": {"page": 3, ') and "\n" not in line
    assert json.loads(line)["header"] == ["本年收入", "小计"] and json.loads(line)["value_yuan"] == "5000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    at_ten: Annotated[float, Named("share@10"), Digits(2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    of: str
    share: Annotated[Share, Flat()]


def test_a_key_may_have_a_name_that_no_field_can_have() -> None:
    assert to_data(Shared(of="zh", share=Share(at_ten=0.128))) == {"of": "zh", "share@10": 0.13}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    words: Annotated[Message | str | None, CODED] = None


def test_a_message_is_told_with_its_code_and_arguments_and_what_is_printed_alone() -> None:
    parts = say("step.parts", parts=("2024", say("step.target", target="≥3 次")))
    assert to_data(Told(words=parts), "en") == {
        "words": "2024 · target ≥3 次",
        "words_code": "step.parts",
        "words_arguments": {"parts": ["2024", {"code": "step.target", "arguments": {"target": "≥3 次"}}]},
    }
    assert to_data(Told(words="2024")) == {"words": "2024"}
    assert to_data(Told()) == {"words": None}


class Stage(StrEnum):
    BUDGET = "budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    one: int = 1
    maybe: Annotated[str | None, KNOWN] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    type: ClassVar[str] = "outer"
    inner: Annotated[Inner, Flat()]
    score: Annotated[float, Digits(2)] = 0.125
    seconds: Annotated[dict[str, float], Digits(1)]
    words: Annotated[tuple[str, ...], KNOWN] = ()
    none: Annotated[Decimal | None, KNOWN] = None
    zero: Annotated[int, KNOWN] = 0
    stage: Stage = Stage.BUDGET


def test_marks_say_what_is_rounded_flattened_and_left_out() -> None:
    assert to_data(Outer(inner=Inner(), seconds={"read": 0.26})) == {
        "type": "outer", "one": 1, "score": 0.12, "seconds": {"read": 0.3}, "zero": 0, "stage": "budget",
    }  # fmt: skip
    full = to_data(Outer(inner=Inner(maybe="x"), seconds={}, words=("字",)))
    assert list(full) == ["type", "one", "score", "seconds", "words", "zero", "stage", "maybe"]


def test_what_has_no_plain_form_is_refused() -> None:
    with pytest.raises(TypeError, match="set has no plain form"):
        to_data({1})
