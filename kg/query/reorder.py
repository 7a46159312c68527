"""Triples that stand behind an OPTIONAL, put before it where the answers stay the same.

The engine joins a group in the order written, so a label asked for behind an OPTIONAL is joined with all that the
OPTIONAL gave. LeftJoin(A, B) joined with P is LeftJoin(A joined with P, B) where A binds for certain each variable
that B and P share: then P can't make B match or fail, and B binds nothing that P needs. Variables of B are all
that its tokens name, filters and nested groups included; A's are those of its triples. P moves over OPTIONALs and
FILTERs alone (a filter holds for its whole group wherever it stands); BIND, MINUS, VALUES and groups stay between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from kg.query.tokens import Kind, Token

Tokens = tuple[Token, ...]
_DOT = Token(Kind.MARK, ".")


class _Role(Enum):
    TRIPLES = auto()
    OPTIONAL = auto()
    FILTER = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a group: a run of triples, or a keyword with what belongs to it."""

    role: _Role
    tokens: Tokens

    @property
    def variables(self) -> frozenset[str]:
        return frozenset(token.value for token in self.tokens if token.kind is Kind.VARIABLE)


def reorder(tokens: Sequence[Token]) -> Tokens:
    r"""Return a query's tokens with triples before the OPTIONALs that they have no part in, wrong ones as they are.

    >>> from kg.query.tokens import to_query, tokenise
    >>> print(to_query(reorder(tokenise("SELECT ?n { ?p <http://e/in> ?d OPTIONAL { ?p <http://e/of> ?u } ?d a ?n }"))))
    SELECT $n { $p <\u0068ttp://e/in> $d . $d a $n OPTIONAL { $p <\u0068ttp://e/of> $u } }
    """
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        if not tokens[at].is_mark("{"):
            found.append(tokens[at])
            at += 1
            continue
        end = _close(tokens, at)
        if end is None:
            return tuple(tokens)
        inner = tuple(tokens[at + 1 : end])
        found += [tokens[at], *(reorder(inner) if _is_opaque(inner) else _reorder_group(inner)), tokens[end]]
        at = end + 1
    return tuple(found)


def _is_opaque(inner: Tokens) -> bool:
    """Return whether what stands in braces is a query of its own, or data."""
    return bool(inner) and (inner[0].is_word("SELECT") or inner[0].is_mark("("))


def _reorder_group(inner: Tokens) -> Tokens:
    parts = _parts(inner)
    if parts is None:
        return inner
    moved: list[_Part] = []
    for part in parts:
        place = _place(moved, part) if part.role is _Role.TRIPLES else len(moved)
        if place < len(moved):
            part = replace(part, tokens=_apart(moved[:place], part.tokens))
        moved.insert(place, part)
    return tuple(token for part in moved for token in part.tokens)


def _place(before: Sequence[_Part], triples: _Part) -> int:
    """Return where among the parts before them the triples may stand: before the OPTIONALs they can pass."""
    found = at = len(before)
    if any(token.kind is Kind.BLANK for token in triples.tokens):
        return found  # a label must stay within its run of triples
    while at and before[at - 1].role in (_Role.OPTIONAL, _Role.FILTER):
        at -= 1
        if before[at].role is _Role.FILTER:
            continue
        bound = {name for part in before[:at] if part.role is _Role.TRIPLES for name in part.variables}
        if not triples.variables & before[at].variables <= bound:
            break
        found = at
    return found


def _apart(before: Sequence[_Part], triples: Tokens) -> Tokens:
    """Return triples with a dot before them where what they come to stand behind needs one."""
    start = next((n for n, token in enumerate(triples) if not token.is_mark(".")), len(triples))
    last = before[-1] if before else None
    open_ = last is not None and last.role is _Role.TRIPLES and not last.tokens[-1].is_mark(".")
    return (_DOT, *triples[start:]) if open_ else triples[start:]


def _parts(inner: Tokens) -> list[_Part] | None:
    """Return the parts of a group in order, groups within them reordered; None where it is none that is known."""
    found: list[_Part] = []
    at = 0
    while at < len(inner):
        role, end = _part_end(inner, at)
        if end is None or end <= at:
            return None
        part = inner[at:end]
        found.append(_Part(role, part if role in (_Role.TRIPLES, _Role.FILTER) else reorder(part)))
        at = end
        if role is not _Role.TRIPLES and at < len(inner) and inner[at].is_mark("."):
            found[-1] = replace(found[-1], tokens=(*found[-1].tokens, inner[at]))
            at += 1
    return found


def _part_end(inner: Tokens, at: int) -> tuple[_Role, int | None]:
    """Return what begins at a token of a group, and where it ends (exclusive), None where that can't be told."""
    token = inner[at]
    if token.is_word("OPTIONAL", "MINUS", "UNION", "GRAPH", "VALUES") or token.is_mark("{"):
        role = _Role.OPTIONAL if token.is_word("OPTIONAL") else _Role.OTHER
        return role, _after(inner, at, "{")
    if token.is_word("BIND"):
        return _Role.OTHER, _after(inner, at, "(")
    if token.is_word("FILTER"):
        exists = len(inner) > at + 1 and inner[at + 1].is_word("EXISTS", "NOT")
        return _Role.FILTER, _after(inner, at, "{" if exists else "(")
    end = at
    while end < len(inner) and _is_of_triples(inner[end]):
        end += 1
    return _Role.TRIPLES, end


def _is_of_triples(token: Token) -> bool:
    return not token.is_mark("{", "}") and (token.kind is not Kind.WORD or token.is_word("a", "TRUE", "FALSE"))


def _after(tokens: Sequence[Token], at: int, mark: str) -> int | None:
    """Return the place behind the brackets that the next `mark` opens."""
    start = next((n for n in range(at, len(tokens)) if tokens[n].is_mark(mark)), None)
    end = None if start is None else _close(tokens, start)
    return None if end is None else end + 1


def _close(tokens: Sequence[Token], start: int) -> int | None:
    """Return where the bracket at `start` is closed, None where it isn't."""
    opening, closing = tokens[start].value, {"{": "}", "(": ")"}[tokens[start].value]
    depth = 0
    for place in range(start, len(tokens)):
        depth += tokens[place].is_mark(opening) - tokens[place].is_mark(closing)
        if not depth:
            return place
    return None
