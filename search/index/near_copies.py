"""Near-copies: the same goal printed in two tables, the same sentence before and after a page break.

Within one document, passages whose character triples agree to four fifths fold into the first of
them; other documents' copies stay, for who else says the same is an answer too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from zlib import crc32

from kg.text.patterns import DIGIT_BRACKET, DIGIT_MARK, OPEN_BRACKET
from search.index.analyze import squeeze

ALIKE = 0.8
"""Share of common trigrams from which two passages say the same: a year and a sum may differ."""
SHORT = 12
"""Characters of a text too short to compare: names and headings are alike without being copies."""
WIDTH = 3  # characters of the pieces compared: Chinese words have two, phrases three
SKETCH = 12
"""Triples of a text, those of the smallest checksums, by which it is looked for; alike texts share most of them."""
SHARED = 5
"""Pieces of the sketch two passages must share before they are compared in full."""
_ITEM = re.compile(rf"^\s*(?:{DIGIT_MARK}|{DIGIT_BRACKET}|{OPEN_BRACKET})\s*")
_NUMBER = re.compile(r"\d+")


def find_twins(texts: Sequence[tuple[int, str]]) -> list[int]:
    """Return for each (document, text) the place of the first text it nearly copies, its own if none.

    The texts of a document stand together. Short texts fold only when they are the same; numbers must agree.
    """
    twins: list[int] = []
    for _, group in groupby(enumerate(texts), key=lambda entry: entry[1][0]):
        twins.extend(_twins_of_document([(place, text) for place, (_, text) in group]))
    return twins


def _twins_of_document(texts: list[tuple[int, str]]) -> Iterator[int]:
    whole: dict[str, int] = {}
    holders: dict[int, list[int]] = defaultdict(list)
    grams_of: dict[int, frozenset[str]] = {}
    for place, text in texts:
        plain = squeeze(_ITEM.sub("", text))
        first = whole.get(plain)
        if first is None and len(plain) > SHORT:
            grams = _grams(plain)
            # Texts with other numbers are other texts: the numbers are part of every mark.
            start = crc32(" ".join(_NUMBER.findall(plain)).encode())
            sketch = sorted(crc32(gram.encode(), start) for gram in grams)[:SKETCH]
            first = _closest(grams, sketch, holders, grams_of)
            if first is None:
                grams_of[place] = grams
                for mark in sketch:
                    holders[mark].append(place)
        first = whole.setdefault(plain, place if first is None else first)
        yield first


def _grams(plain: str) -> frozenset[str]:
    """Return the triples of `plain`, each number as one sign."""
    bare = _NUMBER.sub("0", plain)
    return frozenset({bare[start : start + WIDTH] for start in range(len(bare) - WIDTH + 1)})


def _closest(
    grams: frozenset[str], sketch: list[int], holders: dict[int, list[int]], grams_of: dict[int, frozenset[str]]
) -> int | None:
    met = Counter(place for mark in sketch for place in holders.get(mark, ()))
    best: tuple[float, int] | None = None
    for place, count in met.items():
        if count < min(SHARED, len(sketch)):
            continue
        other = grams_of[place]
        alike = len(grams & other) / len(grams | other)
        if alike >= ALIKE and (best is None or (-alike, place) < best):
            best = (-alike, place)
    return best[1] if best else None
