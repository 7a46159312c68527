"""What a query may do: read, and nothing else.

A query is tokenised before it runs (kg.query.tokens). Updates, LOAD and SERVICE are refused by
their tokens, so it doesn't matter in what case, escape or comment they hide, and a string, an
IRI, a name or a variable that merely contains such a word is no reason. What passes is written
back from the tokens; that text runs, never the one sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from kg.errors import QueryRefused, QuerySyntaxError, QueryTooLarge
from kg.messages import Message, say
from kg.query.reorder import reorder
from kg.query.tokens import Kind, Token, place, to_query

MAX_DEPTH = 100
"""Brackets inside brackets; the engine reads by recursion and would run out of stack."""

MAX_CHAIN = 5000
"""Operators in a row without a bracket, likewise."""

_UPDATES = (
    "INSERT",
    "DELETE",
    "LOAD",
    "CLEAR",
    "DROP",
    "CREATE",
    "ADD",
    "MOVE",
    "COPY",
    "WITH",
    "INTO",
    "USING",
)
_OPERATORS = ("||", "&&", "!", "+", "-", "*", "/", "|", "^")


class Form(Enum):
    """The four query forms; SELECT and ASK are answered with results, the others with a graph."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_graph(self) -> bool:
        """Whether the answer is an RDF graph."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A query that may run: `text` is what runs, `tokens` what it was written from (kg.query.reorder)."""

    form: Form
    text: str
    tokens: tuple[Token, ...]


def check_query(tokens: Sequence[Token], *, sent: str, prefixes: Mapping[str, str]) -> Allowed:
    """Return the query of `tokens` if it only reads this graph; `prefixes` serve where it declares none.

    `sent` is the text the tokens were read from, for the places in messages. Raises QueryRefused
    for an update, LOAD or SERVICE, QuerySyntaxError if it is no query or uses a prefix that
    nobody declared, QueryTooLarge if it is nested too deep.
    """
    for token in tokens:
        if token.is_word(*_UPDATES):
            raise QueryRefused(say("error.query.update", where=_place(sent, token), word=token.value))
        if token.is_word("SERVICE"):
            raise QueryRefused(say("error.query.service", where=_place(sent, token)))
    _check_depth(tokens, sent)
    start, declared = _read_prologue(tokens, sent)
    if start == len(tokens):
        raise QuerySyntaxError(say("error.query.start.empty"))
    form = tokens[start]
    if not form.is_word(*(each.value for each in Form)):
        raise QuerySyntaxError(say("error.query.start.word", where=_place(sent, form), word=form.value))
    known = _default_prefixes(tokens, declared, prefixes, sent)
    complete = (*known, *reorder(tokens))
    return Allowed(form=Form(form.value), text=to_query(complete), tokens=complete)


def _read_prologue(tokens: Sequence[Token], sent: str) -> tuple[int, set[str]]:
    """Return where the query form stands and the prefixes declared before it."""
    at, declared = 0, set[str]()
    while at < len(tokens) and tokens[at].is_word("BASE", "PREFIX"):
        parts = tokens[at + 1 : at + (3 if tokens[at].value == "PREFIX" else 2)]
        kinds = [part.kind for part in parts]
        if tokens[at].value == "PREFIX" and kinds == [Kind.NAME, Kind.IRI] and parts[0].value.endswith(":"):
            declared.add(parts[0].value[:-1])
        elif kinds != [Kind.IRI]:
            raise QuerySyntaxError(say("error.query.prologue", where=_place(sent, tokens[at]), word=tokens[at].value))
        at += 1 + len(parts)
    return at, declared


def _default_prefixes(
    tokens: Sequence[Token], declared: set[str], prefixes: Mapping[str, str], sent: str
) -> tuple[Token, ...]:
    """Return declarations of the well-known prefixes that the query uses without declaring them."""
    known: dict[str, str] = {}
    for token in tokens:
        if token.kind is Kind.NAME:
            prefix = token.value.split(":", 1)[0]
            if prefix in declared or prefix in known:
                continue
            if prefix not in prefixes:
                where, known_ones = _place(sent, token), tuple(sorted(prefixes))
                raise QuerySyntaxError(say("error.query.prefix", where=where, prefix=prefix, known=known_ones))
            known[prefix] = prefixes[prefix]
    return tuple(
        token
        for prefix, iri in known.items()
        for token in (Token(Kind.WORD, "PREFIX"), Token(Kind.NAME, f"{prefix}:"), Token(Kind.IRI, iri))
    )


def _check_depth(tokens: Sequence[Token], sent: str) -> None:
    depth = chain = 0
    for token in tokens:
        if token.kind is Kind.MARK and token.value in "({[":
            depth += 1
        elif token.kind is Kind.MARK and token.value in ")}]":
            depth -= 1
        elif token.is_mark(*_OPERATORS):
            chain += 1
        elif token.is_mark(".", ";", ","):
            chain = 0
        if depth > MAX_DEPTH or chain > MAX_CHAIN:
            raise QueryTooLarge(say("error.query.deep", where=_place(sent, token)))


def _place(sent: str, token: Token) -> Message:
    return place(sent, max(token.start, 0))
