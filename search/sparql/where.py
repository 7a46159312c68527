"""The other direction: a search restricted by a SPARQL pattern (`where=` of /api/search).

The pattern binds ?passage, or an entity that passages are about, or a document; it runs as any public
query does, and the IRIs it binds restrict every leg before ranking.
"""

from __future__ import annotations

import json

from kg.errors import BadSearch
from kg.messages import say
from kg.query.tokens import Kind, Token, to_query, tokenise


def bound_query(pattern: str) -> str:
    """Return the SELECT that binds what a pattern binds: a whole SELECT as it is, else the pattern in one.

    Prefixes may stand before a pattern. Raises QuerySyntaxError, BadSearch for a pattern without a variable.
    """
    tokens = tokenise(pattern)
    if any(token.is_word("SELECT") for token in tokens[: _prologue(tokens) + 1]):
        return pattern
    start = _prologue(tokens)
    head, body = tokens[:start], tokens[start:]
    if not any(token.kind is Kind.VARIABLE for token in body):
        raise BadSearch(say("error.search.where"))
    if body[0].is_word("WHERE"):
        body = body[1:]
    braced = body[0].is_mark("{") and body[-1].is_mark("}")
    group = body if braced else (Token(Kind.MARK, "{"), *body, Token(Kind.MARK, "}"))
    chosen = _chosen(body)
    wanted = [Token(Kind.VARIABLE, name) for name in chosen]
    select = (Token(Kind.WORD, "SELECT"), Token(Kind.WORD, "DISTINCT"), *wanted)
    select = (Token(Kind.WORD, "SELECT"), Token(Kind.WORD, "DISTINCT"), *wanted)
    return to_query_with_prefixes(head, (*select, *group))


def to_query_with_prefixes(head: tuple[Token, ...], body: tuple[Token, ...]) -> str:
    """Return the query of both; its prefixes keep their names."""
    parts = []
    for place in range(0, len(head), 3):
        parts.append(f"PREFIX {head[place + 1].value} <{head[place + 2].value}>")
    text = " ".join(_written(token) for token in body)
    return " ".join([*parts, text])


def _written(token: Token) -> str:
    if token.kind is Kind.NAME:
        return token.value
    return to_query([token])


def _prologue(tokens: tuple[Token, ...]) -> int:
    place = 0
    while place < len(tokens) and tokens[place].is_word("PREFIX"):
        place += 3
    return place


def _chosen(body: tuple[Token, ...]) -> list[str]:
    """Return the variables to bind: ?passage if there is one, else all of the pattern."""
    names = list(dict.fromkeys(token.value for token in body if token.kind is Kind.VARIABLE))
    return ["passage"] if "passage" in names else names


def iris_of(body: bytes | str) -> frozenset[str]:
    """Return every IRI in a SPARQL JSON result."""
    data = json.loads(body)
    rows = data["results"]["bindings"]
    return frozenset(term["value"] for row in rows for term in row.values() if term["type"] == "uri")
