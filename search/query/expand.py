"""Other words for the words of a query: a small thesaurus of public budgets, an English–Chinese list.

words/thesaurus.tsv holds groups of words that officials and lay people use for one thing, words/english.tsv
English words with the Chinese ones. Both are lists of the field, made without looking at any judged query.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files

from search.index.analyze import fold_width, stem

_WORD = re.compile(r"[a-z][a-z'-]*")
LONGEST_PHRASE = 4
"""Words of a phrase looked up in the thesaurus, the length of its longest entry."""


@cache
def load_groups() -> tuple[tuple[str, ...], ...]:
    """Return the groups of the thesaurus."""
    return tuple(tuple(line.split("\t")) for line in _lines("thesaurus.tsv"))


@cache
def load_english() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return Chinese words by stemmed English phrase."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in _lines("english.tsv"):
        english, chinese = line.split("\t")
        for phrase in english.split("|"):
            key = tuple(stem(word) for word in _WORD.findall(phrase.lower()))
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *chinese.split("|"))))
    return found


@cache
def load_concepts() -> tuple[tuple[str, str], ...]:
    """Return the forms of terms that stand for several things, longest first, each with what they are."""
    rows = [line.split("\t") for line in _lines("concepts.tsv")]
    found = [(form, meaning) for forms, meaning in rows for form in forms.split("|")]
    return tuple(sorted(found, key=lambda entry: (-len(entry[0]), entry[0])))


def _lines(name: str) -> list[str]:
    text = (files("search.query") / "words" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def _groups_by_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for group in load_groups():
        for word in group:
            found[fold_width(word)].append(group)
    return {word: tuple(groups) for word, groups in found.items()}


def find_synonyms(text: str) -> list[str]:
    """Return words that stand in a group with a word of `text` and aren't in it themselves.

    >>> "公安" in find_synonyms("警方与信访部门")
    True
    """
    folded = fold_width(text)
    found: dict[str, None] = {}
    start = 0
    known = _groups_by_word()
    longest = max(map(len, known), default=0)
    while start < len(folded):
        length = next(
            (n for n in range(min(longest, len(folded) - start), 1, -1) if folded[start : start + n] in known),
            0,
        )
        for group in known.get(folded[start : start + length], ()):
            found.update(dict.fromkeys(word for word in group if fold_width(word) not in folded))
        start += max(length, 1)
    return list(found)


def is_english(text: str) -> bool:
    """Return whether `text` has Latin words and hardly any Chinese."""
    words = _WORD.findall(text.lower())
    chinese = sum("\u4e00" <= sign <= "\u9fff" for sign in text)
    return len(words) >= 1 and chinese <= len(words)


def translate(text: str) -> list[str]:
    """Return Chinese words for the English words of `text`, in order, longest phrases first.

    >>> translate("hiring legal advisers")[:1]
    ['聘请']
    """
    words = [stem(word) for word in _WORD.findall(text.lower())]
    known = load_english()
    found: dict[str, None] = {}
    start = 0
    while start < len(words):
        length = next(
            (
                n
                for n in range(min(LONGEST_PHRASE, len(words) - start), 0, -1)
                if tuple(words[start : start + n]) in known
            ),
            0,
        )
        if length:
            found.update(dict.fromkeys(known[tuple(words[start : start + length])]))
        start += max(length, 1)
    return list(found)
