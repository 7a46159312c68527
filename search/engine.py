"""The search engine of one generation: understand, restrict, ask each leg, fuse, fold, explain.

A SearchEngine belongs to one generation and one index; the web application leases it, so a
search never mixes two versions.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from kg.errors import BadSearch, ModelMismatch, ModelUnavailable
from kg.messages import Message, say
from kg.settings import Settings
from search.index.opened import OpenIndex
from search.model.embed import is_none, open_embedder
from search.model.embedder import Embedder
from search.query.plan import Plan, make_plan
from search.query.restrict import restrict
from search.query.understand import Understanding, understand
from search.rank.candidates import Candidates, find_candidates
from search.rank.hits import entity_hit, to_hits
from search.rank.order import Order, order_rows
from search.rank.related import Related, find_related
from search.request import Mode, SearchRequest
from search.response import Hit, Query, SearchResponse

LEXICAL_ONLY: Mode = "lexical"


class Published(Protocol):
    """What the engine needs of a generation: its number and where its index lies."""

    @property
    def number(self) -> int:
        """The generation's number."""

    @property
    def index_path(self) -> Path:
        """The folder of its index."""


class SearchEngine:
    """Searches one generation; safe to share between threads. Close it when the generation is left."""

    def __init__(
        self, index: OpenIndex, number: int, settings: Settings, embedder: Embedder | None, notice: Message | None
    ) -> None:
        self.index = index
        self.number = number
        self.settings = settings
        self.embedder = embedder
        self._notice = notice

    @classmethod
    def open(cls, generation: Published, settings: Settings, embedder: Embedder | None = None) -> SearchEngine:
        """Return the engine over a published generation; `embedder` shares a model that is already loaded.

        Raises IndexDamaged, and ModelMismatch where the settings name another model than the index has.
        A model that can't be loaded leaves lexical search, which says so.
        """
        index = OpenIndex.open(generation.index_path)
        try:
            embedder, notice = _model(index, settings, embedder)
        except BaseException:
            index.close()
            raise
        return cls(index, generation.number, settings, embedder, notice)

    def __enter__(self) -> SearchEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the index."""
        self.index.close()

    def search(self, request: SearchRequest) -> SearchResponse:
        """Return the page of hits that `request` asks for.

        Raises BadSearch for a request without text and filters, ModelUnavailable for dense without a model.
        """
        start = time.perf_counter()
        if not request.text and request.filters.empty and request.within is None:
            raise BadSearch(say("error.search.nothing"))
        mode, notices = self._mode(request)
        understood = self._understand(request)
        filters = request.filters.joined(understood.filters)
        restriction = restrict(self.index, filters, request.within, understood.excluded)
        if restriction.empty and not (understood.filters.empty and not understood.excluded):
            # Words of the query that leave nothing are searched as words, and the reader is told.
            restriction = restrict(self.index, request.filters, request.within)
            notices.append(say("notice.understood_too_much"))
            understood, filters = replace(understood, rest=request.text, entity=None), request.filters
        plan = make_plan(request.text, understood, self.index)
        candidates = find_candidates(self.index, self.embedder, plan, restriction, mode)
        order = order_rows(self.index, candidates, request.sort, request.min_score)
        lead = self._entity(understood, request)
        hits = self._page(request, plan, candidates, order, lead)
        notices += restriction.notices
        if not candidates.exact:
            notices.append(say("notice.counts_least", total=len(order.rows)))
        return SearchResponse(
            query=Query(
                text=request.text,
                filters=filters,
                mode=mode,
                rest=understood.rest,
                understood=understood.parts,
                expanded=plan.expanded,
            ),
            total=len(order.rows) + (lead is not None),
            exact=candidates.exact,
            took_ms=(time.perf_counter() - start) * 1000,
            generation=self.number,
            hits=hits,
            facets=self.index.facets.counts(order.matched),
            notices=tuple(notice.told(request.language) for notice in notices),
            notice_codes=tuple(notice.code for notice in notices),
        )

    def related(self, iri: str, limit: int = 10) -> tuple[Related, ...]:
        """Return what is related to a project or a legal document; see search.rank.related. Raises NotFound."""
        return find_related(self.index, iri, limit)

    def _mode(self, request: SearchRequest) -> tuple[Mode, list[Message]]:
        if self.embedder is not None or request.mode == LEXICAL_ONLY:
            return request.mode, []
        if request.mode == "dense":
            raise ModelUnavailable(say("error.model.dense", reason=self._notice))
        return LEXICAL_ONLY, [self._notice] if self._notice is not None else []

    def _understand(self, request: SearchRequest) -> Understanding:
        if request.raw or not request.text:
            return Understanding(parts=(), rest=request.text)
        facets = self.index.facets
        return understand(
            request.text,
            self.index.names,
            lambda facet, value: bool(facets.under(facet, [value])),
            request.ignore,
        )

    def _entity(self, understood: Understanding, request: SearchRequest) -> Hit | None:
        if understood.entity is None or request.sort != "relevance" or request.within is not None:
            return None
        return entity_hit(self.index, understood.entity)

    def _page(
        self, request: SearchRequest, plan: Plan, candidates: Candidates, order: Order, lead: Hit | None
    ) -> tuple[Hit, ...]:
        first = (lead,) if lead is not None and request.offset == 0 and request.limit else ()
        start = max(request.offset - (lead is not None), 0)
        rows = order.rows[start : start + request.limit - len(first)]
        return (*first, *to_hits(self.index, plan, candidates, order, rows))


def _model(index: OpenIndex, settings: Settings, embedder: Embedder | None) -> tuple[Embedder | None, Message | None]:
    if index.model is None:
        return None, say("notice.no_model.index")
    wanted = embedder.name if embedder is not None else settings.model
    if is_none(wanted):
        return None, say("notice.no_model.setting")
    if wanted != index.model:
        raise ModelMismatch(say("error.model.other", made=index.model, wanted=wanted))
    try:
        embedder = embedder or open_embedder(settings.model)
    except ModelUnavailable as error:
        return None, say("notice.no_model.broken", reason=error.said)
    if embedder is not None and embedder.dimension != index.contents.dimension:
        raise ModelMismatch(say("error.model.dimension", found=index.contents.dimension, wanted=embedder.dimension))
    return embedder, None
