"""Say where a query doesn't parse, from the engine's complaint.

The engine tells the column after the longest keyword it tried: for `ASK {} ; ASK {}` it says
column 14, where HAVING would have ended. So a query that failed is given to it once more with
its tokens so far apart that every column belongs to one token; that token is then named as it
was sent.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from kg.errors import QuerySyntaxError
from kg.messages import say
from kg.query.tokens import Kind, Token, place, set_apart

_REASON = re.compile(r"(?:expected one of |expected |, )((?:[A-Za-z*]+ ){3,}[A-Za-z*]+)(?=,|$)")
_GAP = " " * 20  # more than the longest keyword has letters


def apart(tokens: Sequence[Token]) -> str:
    """Return the query of `tokens` with wide gaps, for the engine to complain about."""
    return "".join(text + gap for text, gap in set_apart(tokens, _GAP))


def explain(complaint: str, tokens: Sequence[Token], sent: str) -> QuerySyntaxError:
    """Return a QuerySyntaxError that names the token of `sent` at which reading `apart(tokens)` stopped."""
    found = re.search(r"error at 1:(\d+)", complaint)
    if found is None:
        return QuerySyntaxError(say("error.query.engine", complaint=complaint))
    starts = list(accumulate((len(text) + len(gap) for text, gap in set_apart(tokens, _GAP)), initial=0))
    column, reason = int(found[1]) - 1, _REASON.search(complaint)
    if reason is not None:
        return QuerySyntaxError(say("error.query.engine", complaint=reason[1]))
    if column >= starts[-1] - len(_GAP):
        return _at_the_end(tokens)
    token = tokens[bisect_right(starts, column) - 1]
    text = sent[token.start : token.end] if token.start >= 0 else token.value
    return QuerySyntaxError(say("error.query.token", where=place(sent, max(token.start, 0)), token=text))


def _at_the_end(tokens: Sequence[Token]) -> QuerySyntaxError:
    opened = sum(token.is_mark("(", "{", "[") - token.is_mark(")", "}", "]") for token in tokens)
    if opened > 0 or tokens[-1].kind is Kind.WORD:
        return QuerySyntaxError(say("error.query.early_end"))
    return QuerySyntaxError(say("error.query.whole"))
