"""Find quantities in prose: a number with the unit printed after it and the comparator around it.

In: text. Out: Quantity values in reading order. Years, dates, item numbers and document numbers
are no quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kg.extract.identity.regions import begins_with
from kg.lexicon import load_rows
from kg.text.folding import fold_map
from kg.text.patterns import NUMBER_CLOSE, NUMBER_OPEN, any_of
from kg.values.measure import load_measures
from kg.values.numeral import read_chinese_numeral
from kg.values.vocabularies import COMPARATORS, Comparator, word_of
from kg.values.year import DATE

_COUNTED = "[一二两三四五六七八九十百]{1,3}"
_CLASSIFIERS = "辆|台|名|家|个工作日|个月|周|天|日|人次"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """`value` as printed, `unit` as printed; `start` and `end` span number and unit in the text.

    `measures` is money, percent, count or time; `comparator` one of >= > <= < = ≈, None if none is printed.
    """

    value: Decimal
    unit: str
    measures: str
    comparator: Comparator | None
    start: int
    end: int


def find_quantities(text: str) -> list[Quantity]:
    """Return every quantity in `text`.

    >>> found = find_quantities("2023年约100人，不低于 90%，１，２７３万元")
    >>> [(str(q.value), q.unit, q.comparator) for q in found]
    [('100', '人', '≈'), ('90', '%', '>='), ('1273', '万元', None)]
    >>> [(str(q.value), q.unit, q.comparator) for q in find_quantities("完成后一个月内支付，购置一辆汽车")]
    [('1', '个月', '<='), ('1', '辆', None)]
    >>> find_quantities("七台河市民政局和长春市九台区民政局")
    []
    """
    folded, units = fold_map(text), load_measures()
    found = []
    for match in _pattern().finditer(folded.text):
        if match["date"] or _names_place(match, folded.text):
            continue
        start, end = folded.source_span(*match.span("body"))
        value = _value(match)
        if value is None:
            continue
        unit = text[folded.source_span(*match.span("unit"))[0] : end].strip()
        found.append(
            Quantity(
                value=value,
                unit=unit,
                measures=units.get(match["unit"], units.get(unit, "count")),
                comparator=_comparator(match["before"], match["after"]),
                start=start,
                end=end,
            )
        )
    return found


def _names_place(match: re.Match[str], text: str) -> bool:
    """Return whether a numeral in words begins the name of a place: 七台河市 are no 7 台."""
    return bool(match["words"]) and begins_with(text[match.start("words") :]) is not None


def _value(match: re.Match[str]) -> Decimal | None:
    if match["words"]:
        number = read_chinese_numeral(match["words"])
        return Decimal(number) if number is not None else None
    return Decimal(re.sub(r"[,\s]", "", match["digits"]))


def _comparator(before: str | None, after: str | None) -> Comparator | None:
    signs = comparators()
    if before:
        return signs["before"][before]
    return signs["after"][after] if after else None


@cache
def comparators() -> dict[str, dict[str, Comparator]]:
    """Return the comparator words: {"before": {word: comparator}, "after": {…}}."""
    words: dict[str, dict[str, Comparator]] = {"before": {}, "after": {}}
    for word, comparator, side in load_rows("comparators"):
        words[side][word] = word_of(comparator, COMPARATORS, "comparators.tsv")
    return words


@cache
def _pattern() -> re.Pattern[str]:
    signs = comparators()
    units = any_of(load_measures())
    return re.compile(
        rf"(?P<date>{DATE}|"
        r"\d{1,2}\s?月(?:\s?\d{1,2}\s?日|\s?[份底初前末])"
        rf"|第\s?\d+\s?[条款项期批]|[{NUMBER_OPEN}]\d{{4}}[{NUMBER_CLOSE}]\s?第?\d+号?)"
        rf"|(?P<before>{any_of(signs['before'])})?\s*(?P<body>"
        rf"(?:(?P<words>{_COUNTED})(?={_CLASSIFIERS})"
        r"|(?<!\d,)(?<![\d.A-Za-z-])(?P<digits>-?\d{1,3}(?:,\s?\d{3})+(?:\.\d+)?|-?\d+(?:\.\s?\d+)?)\s*)"
        rf"(?P<unit>{units}))\s*(?P<after>{any_of(signs['after'])})?"
    )
