"""Cut prose into sentences and the words that belong to a number.

In: the text of a paragraph and offsets into it. Out: offsets and words; what they mean is kg.extract.prose.stating.
"""

from __future__ import annotations

import re

_STOP = "，,。；;：:、（(！？!?\n"
_ACCOUNT = re.compile(r"[\u4e00-\u9fff、]{2,40}[（(][类款项][)）]")
_INCOME = re.compile(r"收(?:入)?(?:预算|决算)?(?:总计|合计|总额)?$")
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
        if text[at - 1] in _STOP and not _two_sides(text, at - 1, floor) and not _joins(text, at - 1, end):
            break
        at -= 1
    return at


def _two_sides(text: str, at: int, floor: int) -> bool:
    """Whether the 、 at offset `at` joins income and expenditure to one name: 收入总计、支出总计, 收、支."""
    return (
        text[at] == "、" and text.startswith("支", at + 1) and _INCOME.search(text, max(floor, at - 8), at) is not None
    )


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
