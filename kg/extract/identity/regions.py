"""Administrative divisions: which one a name begins with, and what it belongs to (GB/T 2260)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_rows
from kg.records import Region

_LONGEST_NAME = 15
_LEVELS = 3
"""Province, city, district."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A province, city or district with its code and the code of the one it belongs to."""

    code: str
    name: str
    parent: str

    @property
    def level(self) -> int:
        """0 for a province (also 直辖市), 1 for a city, 2 for a district or county."""
        return 0 if self.code.endswith("0000") else 1 if self.code.endswith("00") else 2


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    found: dict[str, tuple[Division, ...]] = {}
    for code, name, *rest in load_rows("divisions"):
        division = Division(code=code, name=name, parent=rest[0] if rest else "")
        found[name] = (*found.get(name, ()), division)
    return found


@cache
def _by_code() -> dict[str, Division]:
    return {division.code: division for group in _by_name().values() for division in group}


def parents(division: Division) -> tuple[Division, ...]:
    """Return what the division belongs to, the province first, the division itself last."""
    chain = [division]
    for _ in range(_LEVELS - 1):  # a bound: the table is data, and a cycle in it must not hang the reader
        above = _by_code().get(chain[0].parent)
        if above is None:
            break
        chain.insert(0, above)
    return tuple(chain)


def leading_divisions(name: str) -> tuple[Division, ...]:
    """Return the divisions that an organisation's name begins with, outermost first.

    Names that several places share are settled by the others: 上海市普陀区… is not the one in Zhoushan.

    >>> [division.code for division in leading_divisions("深圳市罗湖区审计局")]
    ['440300', '440303']
    >>> leading_divisions("财政部")
    ()
    """
    chain: list[Division] = []
    rest = name
    while rest:
        candidates = _candidates(rest)
        fitting = [
            division
            for division in candidates
            if not chain or any(parent.code == chain[-1].code for parent in parents(division)[:-1])
        ]
        if not fitting or (not chain and len(fitting) > 1):
            break
        chain.append(fitting[0])
        rest = rest[len(fitting[0].name) :]
    return tuple(chain)


def _candidates(text: str) -> tuple[Division, ...]:
    for length in range(min(_LONGEST_NAME, len(text)), 1, -1):
        found = _by_name().get(text[:length])
        if found:
            return found
    return ()


def shared_name(text: str) -> tuple[Division, ...]:
    """Return the divisions that the beginning of `text` may name (several where it is ambiguous)."""
    return _candidates(text)


def to_region(division: Division | None) -> Region:
    """Return province, city and district of a division with its code; all None for None."""
    if division is None:
        return Region()
    names: list[str | None] = [None, None, None]
    for part in parents(division):
        names[part.level] = part.name
    if names[1] is None and names[0] is not None and names[0].endswith("市"):
        names[1] = names[0]  # a municipality is its own city
    return Region(province=names[0], city=names[1], district=names[2], code=division.code)
