"""What a search asks for: text, filters, mode, order and page.

`SearchRequest.from_params` reads the query string of /api/search and the options of the command
line alike; a value that makes no sense raises BadSearch naming its parameter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Annotated, TypeVar

from kg.errors import BadSearch
from kg.serialise import KNOWN, NUMBER
from kg.values.year import read_range

MODES = ("hybrid", "dense", "lexical")
SORTS = ("relevance", "amount", "year")
Value = TypeVar("Value")
_CODE = re.compile(r"[0-9A-Za-z]{1,12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Restrictions from the graph; values of one field are alternatives, fields are joined by and.

    Amounts are in 元 and bound the amount of the entity a passage is about. A code stands for its children
    too. Names are labels, aliases, codes or IRIs.
    """

    department: Annotated[tuple[str, ...], "name, short name or IRI", KNOWN] = ()
    region: Annotated[tuple[str, ...], "name or GB/T 2260 code", KNOWN] = ()
    year: Annotated[tuple[int, ...], "2020, 2020,2023 or 2020-2023", KNOWN] = ()
    kind: Annotated[tuple[str, ...], "kind of passage", KNOWN] = ()
    function_code: Annotated[tuple[str, ...], "functional classification code, with its children", KNOWN] = ()
    economic_code: Annotated[tuple[str, ...], "economic classification code, with its children", KNOWN] = ()
    legal: Annotated[tuple[str, ...], "number, title or IRI of a legal document cited", KNOWN] = ()
    document: Annotated[tuple[str, ...], "file name, sha256 or IRI", KNOWN] = ()
    min_amount: Annotated[Decimal | None, "元", NUMBER, KNOWN] = None
    max_amount: Annotated[Decimal | None, "元", NUMBER, KNOWN] = None

    @property
    def empty(self) -> bool:
        """True where nothing is restricted."""
        return self == Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search. `ignore` holds ids or kinds of understood parts to treat as plain text; `raw` all.

    `within` restricts to passages with these IRIs, or about entities with these IRIs (from `where=`).
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    offset: int = 0
    mode: str = "hybrid"
    sort: str = "relevance"
    raw: bool = False
    ignore: tuple[str, ...] = ()
    within: frozenset[str] | None = None
    min_score: float = 0.0

    @classmethod
    def from_params(
        cls, params: Mapping[str, Sequence[str]], *, max_query: int = 1000, max_limit: int = 100
    ) -> SearchRequest:
        """Return the request that query parameters (name -> values) describe.

        Raises BadSearch for an unknown mode or order, a number that is none, a page beyond `max_limit`,
        a text longer than `max_query` characters. Unknown parameters are left to the caller.
        """
        text = clean_text(_one(params, "q", ""), max_query)
        filters = Filters(
            department=_many(params, "department"),
            region=_many(params, "region"),
            year=tuple(_each(params, "year", _year)),
            kind=_many(params, "kind"),
            function_code=tuple(_each(params, "function_code", _code)),
            economic_code=tuple(_each(params, "economic_code", _code)),
            legal=_many(params, "legal"),
            document=_many(params, "document"),
            min_amount=_amount(params, "min_amount"),
            max_amount=_amount(params, "max_amount"),
        )
        if (
            filters.min_amount is not None
            and filters.max_amount is not None
            and filters.min_amount > filters.max_amount
        ):
            raise BadSearch("min_amount is larger than max_amount", hint="swap them")
        return cls(
            text=text,
            filters=filters,
            limit=_bounded(params, "limit", 10, 0, max_limit),
            offset=_bounded(params, "offset", 0, 0, 1_000_000),
            mode=_choice(params, "mode", MODES),
            sort=_choice(params, "sort", SORTS),
            raw=_one(params, "raw", "").lower() in ("1", "true", "yes", "on"),
            ignore=_many(params, "ignore"),
        )


def clean_text(text: str, longest: int) -> str:
    """Return the query without control characters, blanks squeezed.

    Raises BadSearch where it is longer than `longest` characters.

    >>> clean_text("劝返\\x00 经费\\n", 100)
    '劝返 经费'
    """
    if len(text) > longest:
        raise BadSearch(
            f"the query has {len(text)} characters, {longest} are allowed",
            hint="search for a sentence, not a document",
        )
    kept = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(kept.split())


def _one(params: Mapping[str, Sequence[str]], name: str, default: str) -> str:
    values = [value for value in params.get(name, ()) if value.strip()]
    return values[-1] if values else default


def _many(params: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    parts = (part.strip() for value in params.get(name, ()) for part in re.split(r"[,，]", value))
    return tuple(dict.fromkeys(part for part in parts if part))


def _each(params: Mapping[str, Sequence[str]], name: str, read: Callable[[str, str], list[Value]]) -> list[Value]:
    return list(dict.fromkeys(value for text in _many(params, name) for value in read(name, text)))


def _year(name: str, text: str) -> list[int]:
    years = read_range(text)
    if years is None:
        raise BadSearch(f"{name}={text!r} is not a year", hint="write 2020, 2020,2023 or 2020-2023")
    if not years:
        raise BadSearch(f"{name}={text!r} is not a range of years", hint="write the earlier year first")
    return list(years)


def _code(name: str, text: str) -> list[str]:
    if not _CODE.fullmatch(text):
        raise BadSearch(f"{name}={text!r} is not a code", hint="codes have digits only, e.g. 2010308")
    return [text]


def _amount(params: Mapping[str, Sequence[str]], name: str) -> Decimal | None:
    text = _one(params, name, "").replace(",", "").replace("，", "")
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise BadSearch(f"{name}={text!r} is not an amount", hint="write 元 in digits, e.g. 1000000") from error
    if not amount.is_finite():
        raise BadSearch(f"{name}={text!r} is not an amount", hint="write 元 in digits, e.g. 1000000")
    return amount


def _bounded(params: Mapping[str, Sequence[str]], name: str, default: int, low: int, high: int) -> int:
    text = _one(params, name, str(default))
    try:
        number = int(text)
    except ValueError as error:
        raise BadSearch(f"{name}={text!r} is not a whole number", hint=f"from {low} to {high}") from error
    if not low <= number <= high:
        raise BadSearch(f"{name}={number} is out of range", hint=f"from {low} to {high}")
    return number


def _choice(params: Mapping[str, Sequence[str]], name: str, allowed: tuple[str, ...]) -> str:
    value = _one(params, name, allowed[0])
    if value not in allowed:
        raise BadSearch(f"{name}={value!r} is unknown", hint="one of " + ", ".join(allowed))
    return value
