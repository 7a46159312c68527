"""Places and numerals as values: read, compared, stated and told, part by part."""

from __future__ import annotations

import pytest

from kg.values.item_mark import read_mark
from kg.values.numeral import read_chinese_numeral
from kg.values.place import PREDICATES, Place, box_text, read_box

DIGITS = {
    "〇○零": 0, "一壹": 1, "二贰两": 2, "三叁": 3, "四肆": 4, "五伍": 5, "六陆": 6, "七柒": 7, "八捌": 8, "九玖": 9,
}  # fmt: skip


@pytest.mark.parametrize(("characters", "value"), DIGITS.items())
def test_each_numeral_has_its_value(characters: str, value: int) -> None:
    assert {read_chinese_numeral(character) for character in characters} == {value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("拾", 10),
        ("十五", 15),
        ("二十三", 23),
        ("一百零五", 105),
        ("叁佰", 300),
        ("两千零一", 2001),
        ("柒仟", 7000),
        ("一万二千", 12_000),
        ("三百二十五万零四", 3_250_004),
        ("一亿二千万", 120_000_000),
        ("一千一百二十万五千", 11_205_000),
        ("", None),
        ("二十人", None),
    ],
)
def test_a_numeral_is_read_by_its_steps(text: str, value: int | None) -> None:
    assert read_chinese_numeral(text) == value


@pytest.mark.parametrize(("label", "ordinal"), [("①甲", 1), ("②甲", 2), ("⑩甲", 10), ("⑳甲", 20)])
def test_a_circled_mark_counts_from_one(label: str, ordinal: int) -> None:
    mark = read_mark(label)
    assert (mark.level, mark.ordinal, mark.rest) == (5, ordinal, "甲")


PARTS = {"page": 3, "line": 9, "col": 2, "table": "表三", "row": 7, "section": "一", "box": (1.0, 2.0, 3.0, 4.5)}


def test_a_place_is_read_back_from_its_own_data_and_other_keys_are_left() -> None:
    assert Place.from_data({**PARTS, "box": [1.0, 2.0, 3.0, 4.5], "text": "723"}) == Place(**PARTS)  # type: ignore[arg-type]
    assert Place.from_data({"page": None, "row": 7}) == Place(row=7)
    assert Place.from_data({}) == Place()


@pytest.mark.parametrize("wrong", [{"page": "3"}, {"row": [7]}, {"table": 3}, {"section": ["一"]}, {"box": "1 2 3 4"}])
def test_a_part_of_another_type_is_refused_by_its_name(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Place.from_data(wrong)


def test_what_is_known_of_a_place_is_stated_and_nothing_else() -> None:
    assert dict(Place(page=3, box=(1, 2, 3, 4.5)).statements()) == {"bud:page": 3, "bud:box": "1.0 2.0 3.0 4.5"}
    assert [name for name, _ in Place(**PARTS).statements()] == list(PREDICATES.values())  # type: ignore[arg-type]
    assert list(Place().statements()) == []


def test_a_place_is_above_those_of_its_row_and_below() -> None:
    here = Place(page=2, row=5, col=4)
    assert here.above(Place(page=2, row=5, col=1))
    assert here.above(Place(page=2, row=6))
    assert here.above(Place(page=3, row=1))
    assert not here.above(Place(page=2, row=4, col=9))
    assert not here.above(Place(page=1, row=9))
    assert Place(line=4).above(Place(line=4))
    assert not Place(line=5).above(Place(line=4))


def test_two_places_are_told_apart_by_everything_but_their_section() -> None:
    whole = Place(**PARTS)  # type: ignore[arg-type]
    for name in PARTS:
        other = Place(**{key: value for key, value in PARTS.items() if key != name})  # type: ignore[arg-type]
        assert (other.key == whole.key) == (name == "section")


def test_a_box_is_kept_to_a_tenth_of_a_point() -> None:
    assert box_text((1, 2.26, 3, 4), ",") == "1.0,2.3,3.0,4.0"
    assert read_box(box_text((1, 2.26, 3, 4)).split()) == (1.0, 2.3, 3.0, 4.0)
    assert read_box(["1", "2", "3"]) is None
    assert read_box(["1", "2", "3", "4", "5"]) is None
    assert read_box(["1", "2", "3", "1234567"]) is None
