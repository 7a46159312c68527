"""Each piece of knowledge of the field stands in one module: no other file spells units, years or marks by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [path for package in ("kg", "search", "web", "suyuan") for path in sorted((ROOT / package).rglob("*.py"))]
OWNED = [
    (r"(?:亿|百万|万|千|百)元\)?\|", "kg/values/money.py", "units of money: kg.values.money.unit_pattern"),
    (r"""["'](?:亿|百万|万|千|百)元["']:""", "kg/values/money.py", "units of money: kg/lexicon/money_units.tsv"),
    (r"19\|20|[^\d]20\\d\\d", "kg/values/year.py", "years: kg.values.year.YEAR"),
    (r"二三四五六七八九", "kg/text/patterns.py", "numerals of numbering: kg.text.patterns.NUMERALS"),
    (r"①-⑳", "kg/text/patterns.py", "circled marks: kg.text.patterns.CIRCLED_MARK"),
    (r"\\d\{1,2\}\\s\??\*?\[、", "kg/text/patterns.py", "item marks: kg.text.patterns.DIGIT_MARK"),
    (r"</\?p", "kg/read/plain/markup.py", "remains of markup: kg.read.plain.markup.strip_markup"),
]
ALLOWED = {
    "kg/text/patterns.py": "an example of a doctest",
    "kg/values/year.py": "numerals of years, with 〇",
    "kg/read/office/docx_numbering.py": "writes numerals, by their places",
}


@pytest.mark.parametrize(("fragment", "owner", "instead"), OWNED, ids=[entry[2].split(":")[0] for entry in OWNED])
def test_only_its_owner_spells_a_value(fragment: str, owner: str, instead: str) -> None:
    assert len(SOURCES) > 200
    pattern = re.compile(fragment)
    found = [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if any(pattern.search(line) for line in path.read_text("utf-8").splitlines() if ">>>" not in line)
    ]
    assert [name for name in found if name != owner and name not in ALLOWED] == [], f"take {instead}"
