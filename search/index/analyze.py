"""Text -> terms for the lexical leg: single characters, character pairs and whole Latin words or numbers.

Chinese has no blanks, and word lists miss the names of projects; characters with pairs need no
dictionary and match every part of a name. Full-width and half-width forms are one (NFKC), and so are cases.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[a-z]+|\d+(?:\.\d+)?")
_SUFFIX = re.compile(r"(?<=[a-z]{3})(?:ies|ing|ers?|ed|es|s)$")


@dataclass(frozen=True, slots=True)
class Term:
    """A term and the characters start…end of the text it stands for."""

    text: str
    start: int
    end: int


class _Narrow(dict[int, str]):
    """Character -> its half-width lower-case form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        narrow = unicodedata.normalize("NFKC", sign)
        lower = narrow.lower()
        keep = len(lower) != 1 or (narrow != sign and not narrow.isascii())
        self[code] = sign if keep else lower
        return self[code]


_NARROW = _Narrow()


def fold_width(text: str) -> str:
    """Return `text` in half width and lower case, one character for each, so that offsets stay.

    >>> fold_width("ＡＢ（２０２０）〔Ⅳ〕")
    'ab(2020)〔Ⅳ〕'
    """
    return text.translate(_NARROW)


def find_terms(text: str) -> list[Term]:
    """Return the terms of `text` in order: pairs and single characters of Chinese runs, Latin words, numbers.

    >>> [term.text for term in find_terms("信访局2020年")]
    ['信访', '访局', '信', '访', '局', '2020', '年']
    """
    folded = fold_width(text)
    found: list[Term] = []
    for match in _RUN.finditer(folded):
        run, start = match[0], match.start()
        if run[0].isascii():
            found.append(Term(run, start, match.end()))
            continue
        found.extend(Term(run[place : place + 2], start + place, start + place + 2) for place in range(len(run) - 1))
        found.extend(Term(sign, start + place, start + place + 1) for place, sign in enumerate(run))
    return found


def to_terms(text: str) -> list[str]:
    """Return the terms of `text` without their places."""
    return [term.text for term in find_terms(text)]


def squeeze(text: str) -> str:
    """Return the letters, digits and Chinese characters of `text`: what two prints of one text share.

    >>> squeeze("1、 维护信访秩序，")
    '1维护信访秩序'
    """
    return "".join(sign for sign in fold_width(text) if sign.isalnum())


def stem(word: str) -> str:
    """Return an English word without its commonest endings, for the bilingual term list.

    >>> [stem(word) for word in ("petitioners", "hiring", "policies")]
    ['petition', 'hir', 'polic']
    """
    return _SUFFIX.sub("", _SUFFIX.sub("", word)) if len(word) > 4 else word.removesuffix("s")
