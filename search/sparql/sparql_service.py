"""Search inside SPARQL: `SERVICE bud:search {…}` is answered first and replaced by its bindings.

    SERVICE bud:search { ?passage bud:query "方便群众反映诉求" ; bud:limit 20 ; bud:score ?score }

Works on tokens, so a string, comment or IRI that looks like a block is left alone, and several
blocks may stand anywhere a group pattern may: in OPTIONAL, UNION, GRAPH, sub-selects. The text may be a
variable that a VALUES of the same or an enclosing group binds. What isn't ours stays for
the guard of kg.query to refuse. Constant texts of `bud:similarity(?passage, "text")` are embedded here,
so that the workers need no model.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import QuerySyntaxError, QueryTooLarge
from kg.messages import say
from kg.query.service import Rewriter
from kg.query.tokens import Kind, Token
from kg.triples.terms import NAMESPACES
from search.engine import SearchEngine
from search.request import SearchRequest
from search.sparql.service_block import Block, Resolver, bound_texts, find_blocks, read_block
from search.sparql.similarity import encode_vector

EngineFor = Callable[[Path], SearchEngine]
SIMILARITY = NAMESPACES["bud"] + "similarity"
MOST = 20
"""Searches one query may run: each embeds a text."""


class Budget:
    """Searches one query may ask for: they run in the server's own thread, where no deadline reaches."""

    def __init__(self) -> None:
        self._spent = 0

    def spend(self, searches: int) -> None:
        """Count some more. Raises QueryTooLarge past MOST."""
        self._spent += searches
        if self._spent > MOST:
            raise QueryTooLarge(say("error.service.most", most=MOST))


def make_rewriter(engine_for: EngineFor) -> Rewriter:
    """Return a rewriter for kg.query.QueryService that asks the engine of the generation in hand."""

    def rewrite(tokens: tuple[Token, ...], generation: Path) -> tuple[Token, ...]:
        resolver = Resolver(tokens)
        spans = find_blocks(tokens, resolver)
        similar = _similarities(tokens, resolver)
        if not spans and not similar:
            return tokens
        engine = engine_for(generation)
        budget = Budget()
        changed: list[Token] = []
        place = 0
        for start, end in spans:
            changed += tokens[place:start]
            block = read_block(tokens[start:end], resolver)
            texts = bound_texts(tokens, start, block)
            budget.spend(len(texts))
            changed += _bindings(engine, block, texts, tokens[start])
            place = end
        changed += tokens[place:]
        return _embedded(tuple(changed), engine, budget) if similar else tuple(changed)

    return rewrite


def _bindings(engine: SearchEngine, block: Block, texts: tuple[str, ...], at: Token) -> list[Token]:
    """Return `VALUES (?passage ?score …) { … }` for the hits of `block`."""
    variables = [name for name in (block.subject, block.score, block.text_variable) if name is not None]
    made = [Token(Kind.WORD, "VALUES", at.start, at.end), _mark("(")]
    made += [Token(Kind.VARIABLE, name, at.start, at.end) for name in variables]
    made += [_mark(")"), _mark("{")]
    for text in texts:
        for iri, score in _hits(engine, block, text):
            made += [_mark("("), Token(Kind.IRI, iri)]
            made += [Token(Kind.NUMBER, f"{score:.6f}")] if block.score is not None else []
            made += [Token(Kind.STRING, text)] if block.text_variable is not None else []
            made.append(_mark(")"))
    made.append(_mark("}"))
    return made


def _hits(engine: SearchEngine, block: Block, text: str) -> list[tuple[str, float]]:
    request = SearchRequest(
        text=" ".join(text.split()),
        filters=block.filters,
        limit=block.limit,
        mode=block.mode,
        raw=True,
        min_score=block.least,
    )
    return [(hit.iri, max(hit.score, 0.0)) for hit in engine.search(request).hits]


def _similarities(tokens: tuple[Token, ...], resolver: Resolver) -> bool:
    return any(resolver.iri(token) == SIMILARITY for token in tokens)


def _embedded(tokens: tuple[Token, ...], engine: SearchEngine, budget: Budget) -> tuple[Token, ...]:
    """Return the tokens with each constant text of bud:similarity replaced by its vector."""
    resolver = Resolver(tokens)
    vectors: dict[str, str] = {}
    changed = list(tokens)
    for place, token in enumerate(tokens):
        if resolver.iri(token) != SIMILARITY:
            continue
        text = _constant(tokens, place)
        if text is None:
            error = QuerySyntaxError(say("error.similarity"))
            error.offset = max(token.start, 0)
            raise error
        said = tokens[text].value
        if engine.embedder is not None and said not in vectors:
            budget.spend(1)
            vectors[said] = encode_vector(engine.embedder.embed_queries([said])[0])
        changed[text] = Token(Kind.STRING, vectors.get(said, said), tokens[text].start, tokens[text].end)
    return tuple(changed)


def _constant(tokens: tuple[Token, ...], place: int) -> int | None:
    """Return where the text of the call at `place` stands: `name ( variable-or-IRI , "text" )`."""
    call = tokens[place + 1 : place + 6]
    if len(call) < 5 or not (call[0].is_mark("(") and call[2].is_mark(",") and call[4].is_mark(")")):
        return None
    return place + 4 if call[3].kind is Kind.STRING else None


def _mark(sign: str) -> Token:
    return Token(Kind.MARK, sign)
