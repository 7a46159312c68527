"""Read `SERVICE bud:search {…}` blocks from the tokens of a query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.errors import BadSearch, QuerySyntaxError
from kg.messages import Message, say
from kg.query.tokens import Kind, Token
from kg.triples.terms import NAMESPACES
from search.facets.catalogue import ASKED, BOUNDS, Filters
from search.facets.facet import camel_case
from search.facets.parse import read_amount
from search.request import MODES, Mode

BUD = NAMESPACES["bud"]
SEARCH = BUD + "search"
EXAMPLE = 'SERVICE bud:search { ?passage bud:query "方便群众反映诉求" ; bud:limit 20 ; bud:score ?score }'
MOST = 1000
"""Hits a search in SPARQL may ask for."""
_OWN = ("query", "limit", "score", "minScore", "mode")
_FACETS = {facet.property: facet for facet in ASKED}
_BOUNDS = {camel_case(bound.name): bound for bound in BOUNDS}
PREDICATES = (*_OWN, *_FACETS, *_BOUNDS)
"""What a block may say, without prefix: its own, a property for each facet, and for each bound of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block: `subject` gets the passages, `text` or `text_variable` is what is searched."""

    subject: str
    text: str | None = None
    text_variable: str | None = None
    score: str | None = None
    limit: int = 10
    least: float = 0.0
    mode: Mode = "hybrid"
    filters: Filters = field(default_factory=Filters)


class Resolver:
    """Names -> IRIs by the prefixes a query declares, and those it needn't."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._prefixes = dict(NAMESPACES)
        for place, token in enumerate(tokens):
            if token.is_word("PREFIX") and len(tokens) > place + 2 and tokens[place + 2].kind is Kind.IRI:
                self._prefixes[tokens[place + 1].value.removesuffix(":")] = tokens[place + 2].value

    def iri(self, token: Token) -> str | None:
        """Return the IRI a token stands for, None for anything but a name or an IRI."""
        if token.kind is Kind.IRI:
            return token.value
        if token.kind is not Kind.NAME:
            return None
        prefix, _, local = token.value.partition(":")
        return self._prefixes.get(prefix, prefix + ":") + local


def find_blocks(tokens: tuple[Token, ...], resolver: Resolver) -> list[tuple[int, int]]:
    """Return start and end of each search block, `SERVICE` to its closing bracket.

    Raises QuerySyntaxError for one that is never closed, or has no bracket.
    """
    found = []
    for place, token in enumerate(tokens):
        if not token.is_word("SERVICE"):
            continue
        after = place + 1
        after += after < len(tokens) and tokens[after].is_word("SILENT")
        if after >= len(tokens) or resolver.iri(tokens[after]) != SEARCH:
            continue
        if after + 1 >= len(tokens) or not tokens[after + 1].is_mark("{"):
            raise wrong(say("error.service.pattern"), tokens[after])
        end = _closing(tokens, after + 1)
        if end is None:
            raise wrong(say("error.service.open"), token)
        found.append((place, end + 1))
    return found


def read_block(tokens: tuple[Token, ...], resolver: Resolver) -> Block:
    """Return what a block says; `tokens` run from SERVICE to the closing bracket.

    Raises QuerySyntaxError that says what can't be understood and how to write it.
    """
    start = next(place for place, token in enumerate(tokens) if token.is_mark("{")) + 1
    inner = tokens[start:-1]
    if not inner or inner[0].kind is not Kind.VARIABLE:
        raise wrong(say("error.service.begin"), tokens[start - 1])
    block = Block(subject=inner[0].value)
    for predicate, value in _pairs(inner, resolver):
        block = _with(block, predicate, value, resolver)
    if block.text is None and block.text_variable is None:
        raise wrong(say("error.service.no_query"), tokens[0])
    return block


def _pairs(inner: tuple[Token, ...], resolver: Resolver) -> Iterator[tuple[str, Token]]:
    """Yield (predicate without prefix, object) of one subject's list."""
    place, predicate = 1, ""
    subject = inner[0].value
    while place < len(inner):
        iri = resolver.iri(inner[place]) or ""
        predicate = iri.removeprefix(BUD) if iri.startswith(BUD) else iri or inner[place].value
        if predicate not in PREDICATES:
            known = tuple(f"bud:{name}" for name in PREDICATES)
            raise wrong(say("error.service.predicate", text=inner[place].value, known=known), inner[place])
        place += 1
        while True:
            if place >= len(inner) or inner[place].kind is Kind.MARK:
                raise wrong(say("error.service.value", predicate=predicate), inner[place - 1])
            yield predicate, inner[place]
            place += 1
            if place >= len(inner) or not inner[place].is_mark(","):
                break
            place += 1
        if place < len(inner) and not inner[place].is_mark(";", "."):
            raise wrong(say("error.service.stop", text=inner[place].value), inner[place])
        ended = place < len(inner) and inner[place].is_mark(".")
        while place < len(inner) and inner[place].is_mark(";", "."):
            place += 1
        if ended and place < len(inner):
            if inner[place].kind is not Kind.VARIABLE or inner[place].value != subject:
                raise wrong(say("error.service.one"), inner[place])
            place += 1


def _with(block: Block, predicate: str, token: Token, resolver: Resolver) -> Block:
    if predicate == "query":
        if token.kind is Kind.VARIABLE:
            return replace(block, text_variable=token.value)
        return replace(block, text=_text(predicate, token, resolver))
    if predicate == "score":
        if token.kind is not Kind.VARIABLE:
            raise wrong(say("error.service.score"), token)
        return replace(block, score=token.value)
    if predicate == "limit":
        return replace(block, limit=_whole(predicate, token, 1, MOST))
    if predicate == "minScore":
        return replace(block, least=_decimal(token))
    text = _text(predicate, token, resolver)
    if predicate == "mode":
        return replace(block, mode=_mode(text, token))
    return replace(block, filters=block.filters.joined(_filter(predicate, text, token)))


def _mode(text: str, token: Token) -> Mode:
    for mode in MODES:
        if mode == text:
            return mode
    raise wrong(say("error.service.mode", text=text, known=MODES), token)


def _filter(predicate: str, text: str, token: Token) -> Filters:
    try:
        if predicate in _BOUNDS:
            name = _BOUNDS[predicate].name
            return Filters.of({name: read_amount(f"bud:{predicate}", text)})
        facet = _FACETS[predicate]
        return Filters.of({facet.name: facet.parse(f"bud:{predicate}", text)})
    except BadSearch as error:
        raise wrong(say("error.service.other", reason=error.said), token) from error


def _text(predicate: str, token: Token, resolver: Resolver) -> str:
    if token.kind in (Kind.STRING, Kind.NUMBER):
        return token.value
    iri = resolver.iri(token)
    if iri is None or predicate in ("query", "mode"):
        raise wrong(say("error.service.text", predicate=predicate, text=token.value), token)
    return iri


def _whole(predicate: str, token: Token, low: int, high: int) -> int:
    if token.kind is not Kind.NUMBER or not token.value.isdigit() or not low <= int(token.value) <= high:
        raise wrong(say("error.service.whole", predicate=predicate, low=low, high=high, text=token.value), token)
    return int(token.value)


def _decimal(token: Token) -> float:
    if token.kind is not Kind.NUMBER:
        raise wrong(say("error.service.number", text=token.value), token)
    return float(token.value)


def bound_texts(tokens: tuple[Token, ...], start: int, block: Block) -> tuple[str, ...]:
    """Return the texts to search for: the block's own, or what VALUES binds its variable to.

    Looked for in the group of the block and those around it, and in the VALUES at the query's end.
    """
    if block.text_variable is None:
        return (block.text or "",)
    for place in _values_in_reach(tokens, start):
        texts = _values(tokens, place, block.text_variable)
        if texts is not None:
            return tuple(dict.fromkeys(texts))
    name = block.text_variable
    raise wrong(say("error.service.unbound", name=name), tokens[start])


def _values_in_reach(tokens: tuple[Token, ...], start: int) -> Iterator[int]:
    """Yield the places of VALUES whose group holds the token at `start`, wherever in that group."""
    around = _groups(tokens, start)
    for place, token in enumerate(tokens):
        if token.is_word("VALUES") and _groups(tokens, place) <= around:
            yield place


def _groups(tokens: tuple[Token, ...], place: int) -> set[int]:
    opened: list[int] = []
    for number, token in enumerate(tokens[:place]):
        if token.is_mark("{"):
            opened.append(number)
        elif token.is_mark("}") and opened:
            opened.pop()
    return set(opened)


def _values(tokens: tuple[Token, ...], place: int, variable: str) -> list[str] | None:
    """Return the texts that the VALUES at `place` gives `variable`, None where it is about others."""
    many = place + 1 < len(tokens) and tokens[place + 1].is_mark("(")
    opening = next((at for at in range(place, len(tokens)) if tokens[at].is_mark("{")), None)
    closing = _closing(tokens, opening) if opening is not None else None
    if opening is None or closing is None:
        return None
    names = [token.value for token in tokens[place + 1 : opening] if token.kind is Kind.VARIABLE]
    if variable not in names:
        return None
    data = [token for token in tokens[opening + 1 : closing] if token.kind is not Kind.LANGUAGE]
    rows = _rows(data) if many else [[token] for token in data]
    found = [row[names.index(variable)] for row in rows if len(row) == len(names)]
    return [token.value for token in found if token.kind is Kind.STRING]


def _rows(data: list[Token]) -> list[list[Token]]:
    rows: list[list[Token]] = []
    for token in data:
        if token.is_mark("("):
            rows.append([])
        elif not token.is_mark(")") and rows:
            rows[-1].append(token)
    return rows


def _closing(tokens: tuple[Token, ...], opening: int) -> int | None:
    depth = 0
    for place in range(opening, len(tokens)):
        depth += tokens[place].is_mark("{") - tokens[place].is_mark("}")
        if depth == 0:
            return place
    return None


def wrong(said: Message, token: Token) -> QuerySyntaxError:
    """Return the error for a block that can't be understood at `token`; kg.query.service says where."""
    error = QuerySyntaxError(say("error.service", reason=said, example=EXAMPLE))
    error.offset = max(token.start, 0)
    return error
