"""The schema of a type says what the serialiser writes of it: every key, what may be missing, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

import pytest

from kg.records import AmountRecord, FindingRecord, ProjectRecord, Source
from kg.serialise import KNOWN, NUMBER, Digits, Flat, to_data
from kg.values.place import Place
from search.response import SearchResponse
from tests.json_schema import find_problem
from web.api.schema import Schema, to_schema


class Stage(StrEnum):
    BUDGET = "budget"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    page: Annotated[int | None, "from 1"] = None
    box: Annotated[tuple[float, float] | None, Digits(1), KNOWN] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    """An answer."""

    type: ClassVar[str] = "outer"
    inner: Annotated[Inner, Flat()]
    whole: Inner
    value: Decimal
    amount: Annotated[Decimal | None, NUMBER, KNOWN] = None
    side: Literal["income", "expenditure"] | None = None
    stage: Stage = Stage.BUDGET
    counts: dict[str, int]


def schema_of(kind: type) -> tuple[dict[str, Schema], Schema]:
    components: dict[str, Schema] = {}
    return components, to_schema(kind, components)


def problem(components: dict[str, Schema], schema: Schema, data: object) -> str | None:
    return find_problem({"components": {"schemas": components}}, schema, data, "answer")


FULL = Outer(
    inner=Inner(page=3, box=(1.0, 2.0)), whole=Inner(), value=Decimal("5E+2"), amount=Decimal("1.5"),
    side="income", counts={"error": 1},
)  # fmt: skip
BARE = Outer(inner=Inner(), whole=Inner(), value=Decimal(0), counts={})


def test_a_schema_names_keys_marks_and_what_may_be_missing() -> None:
    components, schema = schema_of(Outer)
    assert schema == {"$ref": "#/components/schemas/Outer"} and set(components) == {"Outer", "Inner"}
    outer = components["Outer"]
    assert outer["description"] == "An answer." and "description" not in components["Inner"]
    assert outer["required"] == ["type", "page", "whole", "value", "side", "stage", "counts"]
    properties = outer["properties"]
    assert list(properties) == ["type", "page", "whole", "value", "amount", "side", "stage", "counts", "box"]
    assert properties["type"] == {"type": "string", "const": "outer"}
    assert properties["page"]["description"] == "from 1"
    assert properties["value"] == {"type": "string", "format": "decimal"}
    assert properties["amount"] == {"type": "number"}
    assert properties["stage"]["enum"] == ["budget", "final"]
    assert properties["box"] == {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}


@pytest.mark.parametrize("answer", [FULL, BARE])
def test_what_is_written_is_as_its_schema_says(answer: Outer) -> None:
    components, schema = schema_of(Outer)
    assert problem(components, schema, to_data(answer)) is None


@pytest.mark.parametrize(
    "change", [{"page": "3"}, {"more": 1}, {"side": "both"}, {"counts": {"error": "1"}}, {"type": "inner"}]
)
def test_what_is_not_as_the_schema_says_is_noticed(change: dict[str, object]) -> None:
    components, schema = schema_of(Outer)
    assert problem(components, schema, to_data(FULL) | change)


@pytest.mark.parametrize("kind", [AmountRecord, ProjectRecord, FindingRecord, SearchResponse])
def test_every_published_type_has_a_schema(kind: type) -> None:
    components, _ = schema_of(kind)
    assert components[kind.__name__]["required"]


def test_a_source_with_its_box_is_as_described() -> None:
    components, schema = schema_of(Source)
    for place in (Place(line=3, col=2), Place(page=1, box=(0.0, 1.0, 2.0, 3.0))):
        assert problem(components, schema, to_data(Source(place=place, text="500"))) is None


def test_a_type_without_a_plain_form_has_no_schema() -> None:
    with pytest.raises(TypeError, match="no schema"):
        to_schema(bytes, {})
