"""The numbers Word prints before paragraphs but doesn't store in their text: 一、 （二） 3."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from kg.read.office.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"


@dataclass(slots=True)
class Numbering:
    """The list definitions of a document, and how far each list has counted."""

    formats: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> Numbering:
        """Return the numbering of a package; one without definitions labels nothing."""
        numbering = cls()
        if "word/numbering.xml" not in package.names:
            return numbering
        root = package.parse("word/numbering.xml")
        for abstract in root.iter(W + "abstractNum"):
            for level in abstract.iter(W + "lvl"):
                numbering.formats[abstract.get(W + "abstractNumId"), _integer(level.get(W + "ilvl"))] = (
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    _integer(_value(level, "start", "1"), 1),
                )
        for number in root.iter(W + "num"):
            numbering.lists[number.get(W + "numId")] = _value(number, "abstractNumId", "")
        return numbering

    def label(self, paragraph: Any) -> str:
        """Return what Word prints before a paragraph, empty if it is in no list; counts on."""
        marks = paragraph.find(f"{W}pPr/{W}numPr")
        if marks is None or not self.lists:
            return ""
        abstract = self.lists.get(_value(marks, "numId", ""), "")
        depth = _integer(_value(marks, "ilvl", "0"))
        if (abstract, depth) not in self.formats:
            return ""
        start = self.formats[abstract, depth][2]
        self.counts[abstract, depth] = self.counts.get((abstract, depth), start - 1) + 1
        for list_, deeper in list(self.counts):
            if list_ == abstract and deeper > depth:
                del self.counts[list_, deeper]
        return self._printed(abstract, depth)

    def _printed(self, abstract: str, depth: int) -> str:
        kind, pattern, _ = self.formats[abstract, depth]
        if kind in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            kind, _, start = self.formats.get((abstract, level), ("decimal", "", 1))
            return printed_number(self.counts.get((abstract, level), start), kind)

        return re.sub(r"%(\d)", number, pattern)


def printed_number(number: int, kind: str) -> str:
    """Return a number as a list of that kind prints it.

    >>> [printed_number(21, kind) for kind in ("decimal", "chineseCounting", "upperLetter")]
    ['21', '二十一', 'U']
    """
    if kind.startswith(("chinese", "japanese", "taiwanese", "ideograph")) and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    if kind in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((65 if kind == "upperLetter" else 97) + number - 1)
    if kind.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


def _value(element: Any, name: str, default: str) -> str:
    child = element.find(W + name)
    return default if child is None else (child.get(W + "val") or default)


def _integer(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdigit() else default
