"""Cut prose into sentences and the words that belong to a number; find the change those words state.

In: the text of a paragraph and offsets into it. Out: offsets and words; what they mean is kg.extract.prose.stating.
"""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import load_mapping
from kg.text.patterns import DIGIT_MARK, any_of

_STOP = "，,。；;：:、（(！？!?\n"
_ACCOUNT = re.compile(r"[\u4e00-\u9fff、]{2,40}[（(][类款项][)）]")
_SENTENCE = re.compile(r"[。；;！？!?\n]+")


def sentence_number(text: str, at: int) -> int:
    """Return which sentence of `text` offset `at` stands in, from 0."""
    return len(_SENTENCE.findall(text[:at]))


def label_start(text: str, end: int, floor: int) -> int:
    """Return where the words that belong to a number begin: after the last stop outside closed brackets."""
    at = end
    while at > floor:
        if text[at - 1] in ")）":
            opened = max(text.rfind("(", floor, at), text.rfind("（", floor, at))
            if opened >= 0:
                at = opened
                continue
        if text[at - 1] in _STOP and text[at - 2 : at + 1] != "收、支" and not _joins(text, at - 1, end):
            break
        at -= 1
    return at


def _joins(text: str, at: int, end: int) -> bool:
    """Whether the 、 at offset `at` joins parts of one account's name: 公诉、审判等检察支出（项）."""
    return (
        text[at] == "、"
        and _ACCOUNT.match(text[at + 1 : end]) is not None
        and text[at - 1 : at] not in ("出", "入", "费", "款", "）", ")")
    )


def sentence_start(text: str, at: int) -> int:
    """Return where the sentence that holds offset `at` begins."""
    ends = [match.end() for match in _SENTENCE.finditer(text, 0, at)]
    return ends[-1] if ends else 0


def without_bracket(label: str) -> str:
    """Take off a bracket that only explains: 财政拨款收入 (财政补助收入) is 财政拨款收入; one of a code level stays."""
    return re.sub(r"[（(](?![类款项][)）])[^（）()]*[)）]\s*$", "", label.strip())


def in_brackets(text: str, at: int) -> bool:
    """Return whether offset `at` stands in brackets of its sentence."""
    before = text[sentence_start(text, at) : at]
    return sum(before.count(sign) for sign in "(（") > sum(before.count(sign) for sign in ")）")


def change_word(label: str) -> tuple[str, int, str] | None:
    """Return the change word of a label, its sign, and the noun that it changes, where one is printed."""
    match = _change_pattern().search(label)
    if match is None:
        return None
    word = match["last"] or match["first"]
    noun = match["noun"] if match["first"] else label[: match.start("last")]
    noun = re.sub(r"(?:比|较|同|与).*$", "", noun or "").strip()
    return word, 1 if load_mapping("change_words")[word] == "+" else -1, noun


@cache
def _change_pattern() -> re.Pattern[str]:
    words = any_of(load_mapping("change_words"))
    strong = any_of(word for word in load_mapping("change_words") if len(word) > 1)
    return re.compile(
        rf"(?<!新)(?P<last>{words})(?:了|为|约|率|额|幅度?|幅度为|[:：\s])*$"
        rf"|^\s*(?:{DIGIT_MARK}|厉行节约[，,]|(?:主要)?原因是[\u4e00-\u9fff]{{0,10}}?)?\s*"
        rf"(?P<first>{strong})(?P<noun>[\u4e00-\u9fff（）()]{{3,24}})$"
    )
