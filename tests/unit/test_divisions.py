"""The tables the reader walks over: they name no cycle, no missing parent, no code and no name twice."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.extract.identity.regions import Division, leading_divisions, parents, to_region
from kg.lexicon import load_mapping, load_rows

_ROWS = load_rows("divisions")
_PARENT = {code: rest[0] if rest else "" for code, _, *rest in _ROWS}
_LEVELS = 3


def test_each_code_is_given_once() -> None:
    assert [code for code, count in Counter(row[0] for row in _ROWS).items() if count > 1] == []


def test_each_name_is_given_once_under_one_parent() -> None:
    assert [
        pair for pair, count in Counter((name, _PARENT[code]) for code, name, *_ in _ROWS).items() if count > 1
    ] == []


def test_every_parent_exists_and_stands_above() -> None:
    wrong = [
        (code, parent)
        for code, parent in _PARENT.items()
        if parent and (parent not in _PARENT or parent == code or not code.startswith(parent.rstrip("0")))
    ]
    assert wrong == []


def test_every_walk_ends_at_a_province() -> None:
    for code in _PARENT:
        above, steps = code, 0
        while _PARENT[above]:
            above, steps = _PARENT[above], steps + 1
            assert steps < _LEVELS, code
        assert above.endswith("0000"), code


def test_no_division_is_named_like_the_one_it_belongs_to() -> None:
    """A city whose only district is itself would be read twice over: 某某市某某市水务局."""
    names = {code: name for code, name, *_ in _ROWS}
    assert [code for code, parent in _PARENT.items() if parent and names[parent] == names[code]] == []


def test_all_provinces_are_there() -> None:
    assert sum(code.endswith("0000") for code in _PARENT) == 34


@pytest.mark.parametrize(
    "city", ["东莞市", "中山市", "儋州市", "嘉峪关市", "三亚市", "济源市", "神农架林区", "石河子市"]
)
def test_a_city_without_districts_is_read(city: str) -> None:
    chain = leading_divisions(f"{city}林业局")
    assert [division.name for division in chain] == [city]
    assert to_region(chain[-1]).code == chain[-1].code
    assert city in (to_region(chain[-1]).city, to_region(chain[-1]).district)


def test_a_walk_over_a_table_with_a_cycle_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Division(code="990000", name="环城", parent="990000")
    monkeypatch.setattr("kg.extract.identity.regions._by_code", lambda: {"990000": own})
    assert len(parents(own)) == _LEVELS


def test_no_law_is_its_own_successor() -> None:
    successors = load_mapping("law_successors")
    for title in successors:
        seen = [title]
        while (newer := successors.get(seen[-1])) is not None:
            assert newer not in seen, seen
            seen.append(newer)
