"""Answer SPARQL queries of anybody: checked, in another process, under limits, in the format asked for."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

from kg.errors import NotAcceptable, QuerySyntaxError
from kg.ids import Ids
from kg.messages import say
from kg.query.complaint import apart, explain
from kg.query.cost import is_quick
from kg.query.formats import Format, find_format, formats_of
from kg.query.guard import Allowed, Form, check_query
from kg.query.session import OpenFunctions
from kg.query.tokens import Kind, Token, decode_codepoints, place, tokenise
from kg.query.turns import Load, Turns
from kg.query.workers import QueryWorkers
from kg.registry import place_of
from kg.settings import Settings
from kg.triples.terms import NAMESPACES

Rewriter = Callable[[tuple[Token, ...], Path], tuple[Token, ...]]
"""Replaces tokens (a search block by its bindings) before the guard looks; gets the generation's folder."""


_QUICK_AT_ONCE = 2  # a query of this kind takes a millisecond, so more at once would gain nothing
_SHORT = 2000  # characters of a query that is read before its turn; quick ones are shorter

Choice = Callable[[Sequence[Format]], Format]
"""Takes one of the formats an answer can have; raises NotAcceptable where none will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryAnswer:
    """A whole answer: `media_type` is the value for a Content-Type header."""

    media_type: str
    body: bytes
    form: Form
    format: Format

    def rows(self) -> list[dict[str, str]]:
        """Return the rows of a SELECT that was answered in json, variable -> value, unbound ones left out.

        Raises NotAcceptable for another form or format.
        """
        found = json.loads(self.body) if self.format.name == "json" else {}
        if "results" not in found:
            raise NotAcceptable(say("error.format.rows"))
        return [{name: term["value"] for name, term in row.items()} for row in found["results"]["bindings"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The graphs a protocol request names; they take the place of those the query names."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class QueryService:
    """Runs queries on the graph of a generation. Threads may share one; `close` it at the end.

    `rewrite` sees a query's tokens first; `functions`, a function of a module, is called in each worker
    whose query calls one.
    """

    def __init__(
        self,
        generation_path: Path,
        settings: Settings,
        *,
        rewrite: Rewriter | None = None,
        functions: OpenFunctions | None = None,
    ) -> None:
        self._path = Path(generation_path)
        self._settings = settings
        self._rewrite = rewrite
        given = {
            "rows": settings.query_max_rows,
            "bytes": settings.query_max_bytes << 20,
            "functions": place_of(functions) if functions is not None else None,
        }
        kept, most, memory = settings.query_workers, settings.query_at_once, settings.query_memory
        self._workers = QueryWorkers(given, memory=memory, kept=kept, most=most)
        self._turns = Turns(places=most, share=settings.query_share, queue=settings.query_queue)
        # Quick queries pass all others: they have a worker and a queue of their own.
        self._quick_workers = QueryWorkers(given, memory=memory, kept=1, most=_QUICK_AT_ONCE)
        self._quick_turns = Turns(places=_QUICK_AT_ONCE, share=_QUICK_AT_ONCE, queue=settings.query_queue)

    def warm(self) -> None:
        """Start the workers now, so that the first queries needn't wait for them."""
        self._workers.warm()
        self._quick_workers.warm()

    def load(self) -> Load:
        """Return how many queries run and wait now, quick ones left out."""
        return self._turns.load()

    def run(
        self,
        sparql: str,
        *,
        format: str | None = None,
        choose: Choice = itemgetter(0),
        dataset: Dataset | None = None,
        generation_path: Path | None = None,
        client: str | None = None,
    ) -> QueryAnswer:
        """Return the answer in the format of that name, or else in the one that `choose` takes of those it can have.

        `generation_path` asks another generation than the service was made for; `client` is whose
        share of the workers it takes, None for a query of our own. Raises QuerySyntaxError, QueryRefused,
        QueryTimeout, QueryTooLarge, QueryBusy, NotAcceptable, or QueryError for a query that fails while it runs.
        """
        path = self._path if generation_path is None else Path(generation_path)
        # To read a long text takes a while itself, so it waits for its turn unread.
        quick = len(sparql) <= _SHORT and is_quick(tokenise(sparql))
        turns, workers = (self._quick_turns, self._quick_workers) if quick else (self._turns, self._workers)
        with turns.turn(client, self._settings.query_timeout):
            return self._answer(sparql, format, choose, dataset, path, workers)

    def _answer(
        self,
        sparql: str,
        format: str | None,
        choose: Choice,
        dataset: Dataset | None,
        path: Path,
        workers: QueryWorkers,
    ) -> QueryAnswer:
        allowed, sent = self.check(sparql, generation_path=path)
        graph = allowed.form.gives_graph
        chosen = find_format(format, graph=graph) if format else choose(formats_of(graph=graph))
        request: dict[str, object] = {
            "query": allowed.text,
            "format": chosen.name,
            "generation": str(path),
            "base": f"{self._settings.base_iri}id/",
            "prefixes": NAMESPACES,
            "dataset": None if dataset is None else (dataset.default, dataset.named),
            "calls": _calls_functions(allowed.tokens),
        }
        body = self._ask(workers, request, allowed, sent)
        return QueryAnswer(media_type=chosen.content_type, body=body, form=allowed.form, format=chosen)

    def check(self, sparql: str, *, generation_path: Path | None = None) -> tuple[Allowed, str]:
        """Return the query as it would run, and the text its tokens' offsets count in; errors as of `run`."""
        tokens: Sequence[Token] = [self._own_form(token) for token in tokenise(sparql)]
        if self._rewrite is not None:
            try:
                tokens = self._rewrite(tuple(tokens), generation_path or self._path)
            except QuerySyntaxError as error:
                raise _placed(error, sparql) from error
        sent = decode_codepoints(sparql)
        return check_query(tokens, sent=sent, prefixes=NAMESPACES), sent

    def _own_form(self, token: Token) -> Token:
        """Return a token with an IRI of ours as it is stored, where it was pasted percent-encoded or decomposed."""
        start = f"{self._settings.base_iri}id/"
        if token.kind is not Kind.IRI or not token.value.startswith(start) or token.value.endswith("/"):
            return token  # with a slash at its end it is what a prefix stands for
        if "%" not in token.value and unicodedata.is_normalized("NFC", token.value):
            return token
        stored = Ids(self._settings.base_iri).from_path(token.value.removeprefix(self._settings.base_iri))
        return replace(token, value=unicodedata.normalize("NFC", stored.value))

    def _ask(self, workers: QueryWorkers, request: dict[str, object], allowed: Allowed, sent: str) -> bytes:
        limit = self._settings.query_timeout
        try:
            return workers.ask(request, limit)
        except QuerySyntaxError:
            pass
        try:
            return workers.ask({**request, "query": apart(allowed.tokens)}, limit)
        except QuerySyntaxError as error:
            raise explain(error.message, allowed.tokens, sent) from error

    def close(self) -> None:
        """Stop the workers."""
        self._workers.close()
        self._quick_workers.close()


def _placed(error: QuerySyntaxError, sparql: str) -> QuerySyntaxError:
    """Return the error with line and column, where it knows its character only."""
    if error.offset is None:
        return error
    where = place(decode_codepoints(sparql), error.offset)
    return QuerySyntaxError(say("error.query.located", where=where, reason=error.said))


def _calls_functions(tokens: Sequence[Token]) -> bool:
    """Return whether a query calls a function by an IRI: `name(…)`, and not a keyword's `word(…)`."""
    return any(token.kind in (Kind.NAME, Kind.IRI) and after.is_mark("(") for token, after in pairwise(tokens))
