"""The place in an organ's name: before its own words or behind the name of a nationwide body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.extract.identity.regions import Division, begins_with, leading_names, new_area
from kg.lexicon import load_words
from kg.text.patterns import any_of

_FREE_TRADE = re.compile(r"^中国[(（](?P<place>[\u4e00-\u9fff]{2,8})[)）]")
_MIDDLE = re.compile(r"[市县区州盟旗]")
_STATIONED = "驻"
_SHORTEST_INSIDE = 3
"""Characters of the shortest division looked for inside a name: 和县 and 城区 are parts of words there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A name with the divisions in it, outermost first, and where their names begin and end in it."""

    chain: tuple[Division, ...]
    start: int
    end: int

    @property
    def division(self) -> Division | None:
        """The innermost division, None where the name holds none."""
        return self.chain[-1] if self.chain else None


NOWHERE = Located(chain=(), start=0, end=0)


@lru_cache(maxsize=4096)
def locate(name: str) -> Located:
    """Return the divisions that an organ's name holds.

    >>> [locate(name).division.name for name in ("共青团岳阳市委员会", "国家税务总局岳阳市税务局", "湖南省岳阳监狱")]
    ['岳阳市', '岳阳市', '湖南省']
    >>> locate("国家信访局").division
    """
    trade = _FREE_TRADE.match(name)
    if trade is not None:
        chain, length = leading_names(trade["place"] + "自由", bare=True)
        return Located(chain=chain, start=trade.start("place"), end=trade.start("place") + length) if chain else NOWHERE
    starts = _after_heads(name)
    for start in reversed(starts):
        chain, length = leading_names(name[start:], bare=True)
        if chain:
            return _continued(name, Located(chain=chain, start=start, end=start + length))
    area = new_area(name[starts[-1] :])
    return Located(chain=(area,), start=starts[-1], end=starts[-1]) if area is not None else _inside(name, starts[-1])


def _after_heads(name: str) -> list[int]:
    """Return where a name may go on: at its beginning, and behind each nationwide body that it begins with."""
    starts = [0]
    for _ in range(_MOST_HEADS):
        head = _heads().match(name, starts[-1])
        if head is None:
            break
        starts.append(head.end())
    return starts


_MOST_HEADS = 3
"""国家税务总局 驻; a bound, no more than that are printed."""


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(any_of((*load_words("national_heads"), _STATIONED)))


def _continued(name: str, located: Located) -> Located:
    """Return the place with a division below it that stands further on: 新疆生产建设兵团第八师石河子市."""
    rest = name[located.end :]
    for at in range(1, len(rest) - _SHORTEST_INSIDE):
        named = begins_with(rest[at:], located.division)
        if named is not None and len(named.divisions) == 1 and named.length >= _SHORTEST_INSIDE:
            end = located.end + at + named.length
            return Located(chain=(*located.chain, named.divisions[0]), start=located.start, end=end)
    return located


def _inside(name: str, start: int) -> Located:
    """Return the first province or city named in full inside a name that begins with none."""
    if not _MIDDLE.search(name, start):
        return NOWHERE
    for at in range(start + 1, len(name) - _SHORTEST_INSIDE):
        named = begins_with(name[at:])
        if named is None or named.length < _SHORTEST_INSIDE or len(named.divisions) > 1:
            continue
        if named.divisions[0].level < 2 or named.divisions[0].in_province:
            chain, length = leading_names(name[at:])
            return Located(chain=chain, start=at, end=at + length)
    return NOWHERE
