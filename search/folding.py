"""Near-copies: the same goal printed in two tables, the same sentence before and after a page break.

Within one document, passages whose character triples agree to nine parts in ten fold into the
first of them; other documents' copies stay, for who else says the same is an answer too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from search.analyze import squeeze

ALIKE = 0.82
SHORT = 12
WIDTH = 3


def find_twins(texts: Sequence[tuple[int, str]]) -> list[int]:
    """Return for each (document, text) the place of the first text it nearly copies, its own if none.

    Short texts fold only when they are the same.
    """
    twins: list[int] = []
    whole: dict[tuple[int, str], int] = {}
    holders: dict[tuple[int, str], list[int]] = defaultdict(list)
    grams_of: dict[int, frozenset[str]] = {}
    for place, (document, text) in enumerate(texts):
        plain = squeeze(text)
        first = whole.get((document, plain))
        if first is None and len(plain) > SHORT:
            grams = _grams(plain)
            first = _closest(document, grams, holders, grams_of)
            if first is None:
                grams_of[place] = grams
                for gram in _rare(grams):
                    holders[document, gram].append(place)
        twins.append(place if first is None else first)
        whole.setdefault((document, plain), twins[-1])
    return twins


def _grams(plain: str) -> frozenset[str]:
    bare = "".join("0" if sign.isdigit() else sign for sign in plain)
    marks = {f"={sign}" for sign in _numbers(plain)}
    return frozenset({bare[start : start + WIDTH] for start in range(len(bare) - WIDTH + 1)} | marks)


def _numbers(plain: str) -> list[str]:
    return "".join(sign if sign.isdigit() else " " for sign in plain).split()


def _rare(grams: frozenset[str]) -> list[str]:
    # Two texts that agree to 0.85 share most of any fixed sample of their triples; eight are enough to meet.
    return sorted(grams, key=lambda gram: hash_of(gram))[:12]


def hash_of(gram: str) -> int:
    """Return a number for `gram` that is the same in every process."""
    value = 0
    for sign in gram:
        value = (value * 1_000_003 + ord(sign)) & 0xFFFFFFFF
    return value * 2_654_435_761 & 0xFFFFFFFF


def _closest(
    document: int,
    grams: frozenset[str],
    holders: dict[tuple[int, str], list[int]],
    grams_of: dict[int, frozenset[str]],
) -> int | None:
    best: tuple[float, int] | None = None
    seen = {place for gram in _rare(grams) for place in holders.get((document, gram), ())}
    for place in seen:
        other = grams_of[place]
        alike = len(grams & other) / len(grams | other)
        if alike >= ALIKE and (best is None or (-alike, place) < best):
            best = (-alike, place)
    return best[1] if best else None
