"""Which queries are quick whatever the graph holds: told by their form, so that they need not wait for others.

One triple pattern that an index answers, and few rows of it, or no pattern at all. Anything else may be quick
too, but only running it tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.query.tokens import Kind, Token

FEW = 1000
"""Rows that are read and written in some milliseconds."""

_TERMS = (Kind.IRI, Kind.NAME, Kind.VARIABLE, Kind.STRING, Kind.NUMBER)


def is_quick(tokens: Sequence[Token]) -> bool:
    """Return whether a query asks one pattern at most, for few rows.

    >>> from kg.query.tokens import tokenise
    >>> is_quick(tokenise("ASK {}")), is_quick(tokenise("SELECT ?p { ?p a bud:Project } LIMIT 10"))
    (True, True)
    >>> is_quick(tokenise("SELECT ?p { ?p a bud:Project . ?q a ?c } LIMIT 10"))
    False
    """
    body = _without_prologue(tokens)
    if not body:
        return False
    if body[0].is_word("DESCRIBE"):
        return len(body) == 2 and body[1].kind in (Kind.IRI, Kind.NAME)
    opened = [at for at, token in enumerate(body) if token.is_mark("{")]
    closed = [at for at, token in enumerate(body) if token.is_mark("}")]
    if len(opened) != 1 or len(closed) != 1 or not _is_one_pattern(body[opened[0] + 1 : closed[0]]):
        return False
    head, tail = body[1 : opened[0]], body[closed[0] + 1 :]
    if body[0].is_word("ASK"):
        return not tail and all(token.is_word("WHERE") for token in head)
    chosen = all(token.kind is Kind.VARIABLE or token.is_mark("*") or token.is_word("WHERE") for token in head)
    return body[0].is_word("SELECT") and chosen and _takes_few(tail)


def _without_prologue(tokens: Sequence[Token]) -> Sequence[Token]:
    at = 0
    while at < len(tokens) and tokens[at].is_word("BASE", "PREFIX"):
        at += 3 if tokens[at].value == "PREFIX" else 2
    return tokens[at:]


def _is_one_pattern(tokens: Sequence[Token]) -> bool:
    """Whether these are one triple or none; a variable twice in it would be looked for, not looked up."""
    terms = tokens[:-1] if tokens and tokens[-1].is_mark(".") else tokens
    variables = [term.value for term in terms if term.kind is Kind.VARIABLE]
    plain = all(term.kind in _TERMS or term.is_word("a") for term in terms)
    return len(terms) in (0, 3) and plain and len(variables) == len(set(variables))


def _takes_few(tail: Sequence[Token]) -> bool:
    """Whether what follows the pattern is a small LIMIT, perhaps with a small OFFSET."""
    words, numbers = tail[::2], tail[1::2]
    named = [word.value for word in words if word.is_word("LIMIT", "OFFSET")]
    small = all(each.kind is Kind.NUMBER and each.value.isdigit() and int(each.value) <= FEW for each in numbers)
    return len(named) == len(words) == len(numbers) and "LIMIT" in named and small
