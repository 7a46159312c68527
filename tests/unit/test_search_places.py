"""Places of a query that belong together: nested ones are one, joined ones share the department's name."""

from __future__ import annotations

import pytest

from kg.serialise import to_data
from search.index.names import Names, forms_of
from search.index.read_graph import Name
from search.query.understand import Understanding, understand

REGIONS = {
    "990000": "云海省", "990100": "东江市", "990102": "东江市临湖区", "990200": "西河市", "990203": "西河市临湖区",
}  # fmt: skip
DEPARTMENTS = ("东江市审计局", "西河市审计局", "东江市临湖区审计局", "东江市档案馆")


def said(text: str) -> Understanding:
    names = [
        Name(kind="region", iri=f"r:{code}", label=label, code=code, aliases=(label[-3:],))
        for code, label in REGIONS.items()
    ]
    names += [Name(kind="department", iri=f"d:{label}", label=label, code=None, aliases=()) for label in DEPARTMENTS]
    return understand(text, Names(tuple(names), ()), lambda facet, value: facet in ("region", "department"))


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("东江市临湖区的救助", ["990102"]),
        ("东江临湖区的救助", ["990102"]),
        ("云海省东江市临湖区的救助", ["990102"]),
        ("云海省西河市救助", ["990200"]),
        ("临湖区的救助", ["990102", "990203"]),
        ("东江市和西河市的救助", ["990100", "990200"]),
    ],
)
def test_a_place_within_a_place_is_the_inner_one(text: str, regions: list[str]) -> None:
    found = said(text)
    assert to_data(found.filters) == {"region": regions}
    assert found.rest.strip("的") == "救助" or "和" in text


@pytest.mark.parametrize(
    ("text", "departments"),
    [
        ("东江和西河审计局", ["东江市审计局", "西河市审计局"]),
        ("西河市、东江市审计局的职责", ["西河市审计局", "东江市审计局"]),
    ],
)
def test_joined_places_share_the_name_of_a_department(text: str, departments: list[str]) -> None:
    assert to_data(said(text).filters) == {"department": departments}


def test_a_place_without_such_a_department_stays_a_place() -> None:
    assert to_data(said("西河和东江市档案馆").filters) == {"department": ["东江市档案馆"], "region": ["990200"]}


@pytest.mark.parametrize(
    ("label", "forms"),
    [
        ("云海省西河市东山区商务委员会", {"东山商务委", "东山区商务委", "商务委"}),
        ("西河市政务服务和数据管理局", {"西河市政数局", "西河政数局", "政数局"}),
        ("云海省高级人民法院", {"云海高院", "云海省高院", "高院"}),
        ("西河市卫生健康委员会", {"西河市卫健委", "卫健委"}),
    ],
)
def test_a_department_is_known_by_what_its_kind_is_called_for_short(label: str, forms: set[str]) -> None:
    assert forms <= set(forms_of(Name(iri="urn:d", kind="department", label=label)))
