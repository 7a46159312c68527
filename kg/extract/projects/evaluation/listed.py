"""The projects of a fund that a sentence lists with their money alone: …1,050万元，其中：甲补助720万元、乙补助330万元.

In: a paragraph. Out: Spans; the items must make up the amount that stands before them, so that they are its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg.blocks import Paragraph
from kg.extract.projects.evaluation.spans import Span, is_part, part_name
from kg.text.patterns import OF_WHICH
from kg.values.money import amount_pattern, read_money

_LIST = re.compile(rf"(?:{OF_WHICH}|包括)[，,：:]?\s*(?P<items>[^。]+)")
_LED = re.compile("(?:预算|安排|资金预算|年初预算)+$")


def find_listed(paragraph: Paragraph) -> Iterator[Span]:
    """Yield the items of a list of projects with money that its sum proves; nothing where it proves none."""
    for listing in _LIST.finditer(paragraph.text):
        before = list(_amount().finditer(paragraph.text, 0, listing.start()))
        items = list(_item().finditer(paragraph.text, listing.start("items"), listing.end()))
        names = [part_name(_LED.sub("", item["name"])) for item in items]
        total = sum((_yuan(item) for item in items), Decimal(0))
        if len(items) < 2 or not all(map(is_part, names)) or total not in [_yuan(match) for match in before]:
            continue
        for item, name in zip(items, names, strict=True):
            start, end = item.start("name"), item.end()
            yield Span(paragraph=paragraph, name=name, start=start, rest=end, end=end)


def _yuan(match: re.Match[str]) -> Decimal:
    return read_money(match["value"], match["unit"]).yuan or Decimal(0)


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(amount_pattern())


@cache
def _item() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>[^，,。；;、：:（()）\d]{{3,40}}?)\s*{amount_pattern()}[、，,；;和及]?")
