"""Parameters of a search as text -> values. What makes no sense raises BadSearch, which names the parameter."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from kg.errors import BadSearch
from kg.messages import say
from kg.values.year import read_range

Value = str | int
_CODE = re.compile(r"[0-9A-Za-z]{1,12}")
_BAND = re.compile(r"\d+-\d*")


def read_texts(name: str, text: str) -> list[Value]:
    """Return the text as it is."""
    return [text]


def read_years(name: str, text: str) -> list[Value]:
    """Return the years of a year or a range.

    >>> read_years("year", "2020-2022")
    [2020, 2021, 2022]
    """
    years = read_range(text)
    if years is None:
        raise BadSearch(say("error.search.year", name=name, text=text))
    if not years:
        raise BadSearch(say("error.search.years", name=name, text=text))
    return list(years)


def read_code(name: str, text: str) -> list[Value]:
    """Return a code of a classification."""
    if not _CODE.fullmatch(text):
        raise BadSearch(say("error.search.code", name=name, text=text))
    return [text]


def read_band(name: str, text: str) -> list[Value]:
    """Return a band of amounts, as an answer names it."""
    if not _BAND.fullmatch(text):
        raise BadSearch(say("error.search.band", name=name, text=text))
    return [text]


def read_amount(name: str, text: str) -> Decimal | None:
    """Return an amount in 元, None for an empty text."""
    text = text.replace(",", "").replace("，", "")
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise BadSearch(say("error.search.amount", name=name, text=text)) from error
    if not amount.is_finite():
        raise BadSearch(say("error.search.amount", name=name, text=text))
    return amount
