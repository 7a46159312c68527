"""What a facet is: how its values are read from the graph, asked for, found in a query and shown.

The facets themselves are the rows of search.facets.catalogue; whatever has to know them takes them from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from kg.serialise import KNOWN
from kg.values.vocabularies import LegalKind, NameKind, PassageKind
from search.facets.parse import Value, read_texts

Words = Mapping[str, str]
"""One text a language: zh, en."""

Called = tuple[NameKind | Literal["document"], Literal["label", "code", "iri"]]
"""A kind of name, and which part of such a name is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One value of a facet as filters name it, its words for the reader, and the value it belongs under."""

    value: str
    label: str
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value of a facet and how many of a result's passages have it."""

    value: str
    label: str
    count: int
    parent: Annotated[str | None, KNOWN] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A legal document that a passage, or what it is about, rests on."""

    iri: str
    label: str
    kind: LegalKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the graph says of one passage, its document and what it is about: what a facet reads its values from.

    `amount` is in 元, `functions` and `economics` are codes, `names` the name of each code, regions' too.
    """

    kind: PassageKind | None = None
    document: str = ""
    title: str = ""
    document_kind: str = ""
    department: str = ""
    region: str = ""
    year: int | None = None
    about: str = ""
    about_label: str = ""
    about_type: str = ""
    amount: float | None = None
    functions: frozenset[str] = frozenset()
    economics: frozenset[str] = frozenset()
    legal: tuple[Cited, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


class Operator(StrEnum):
    """How a value that is asked for is compared with those a passage has."""

    VALUE = "value"
    """it is one of them, or a name of one of them"""
    PREFIX = "prefix"
    """it is one of them, or they begin with it: a code and its children"""
    RANGE = "range"
    """it is the band they lie in; bounds may be asked for as well"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A parameter that bounds the amounts in 元 (Facts.amount), from below where `lower`."""

    name: str
    title: Words
    lower: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One facet.

    name       its key in answers and parameter of the API, its option of the command line; in camel case its
               property of `SERVICE bud:search`
    title      its heading on the page
    told       what may be asked for, for the descriptions; `example` is one value
    read       the values of a passage
    asked      whether a search can be restricted by it
    shown      whether the values of a result are counted for the reader
    parse      the values that one text of a parameter stands for; raises BadSearch
    called     the kind of name (search.index.names) by which a value may be asked for, and which part of
               such a name (label, code, iri) is the value
    whole      whether the values are whole numbers
    bounds     for ranges: the parameters that bound the amount of what a passage is about
    words      gives the words of a query that stand for a value
    group      the group of the catalogues (kg.messages) that words its values; "" where none does
    labels     gives the labels of its values by language, where they are its own
    """

    name: str
    title: Words
    told: Words
    read: Callable[[Facts], Iterable[Label]]
    example: str = ""
    operator: Operator = Operator.VALUE
    asked: bool = True
    shown: bool = False
    parse: Callable[[str, str], list[Value]] = read_texts
    called: Called | None = None
    whole: bool = False
    bounds: tuple[Bound, ...] = ()
    words: Callable[[], Mapping[str, str]] = dict
    group: str = ""
    labels: Callable[[], Mapping[str, Words]] = dict

    @property
    def property(self) -> str:
        """Its property of `SERVICE bud:search`, without prefix."""
        return camel_case(self.name)


def camel_case(name: str) -> str:
    """Return the name of a parameter as a property is named.

    >>> camel_case("function_code")
    'functionCode'
    """
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)
