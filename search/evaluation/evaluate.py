"""Measure retrieval on judged queries: `suyuan eval`.

data/eval/queries*.jsonl hold queries with graded spans, each a verbatim piece of a document: a hit is relevant
if it holds a span (or is at least half of it), blanks and punctuation aside, and a span counts
once, for the first hit that holds it. Printed are nDCG@10 (gain 2^grade - 1), recall@10 of spans
of grade 2 and 3, and MRR@10, in all, by language and by kind of query; and, as a cross-check by another hand,
the figures of sentence-transformers' InformationRetrievalEvaluator for the dense leg.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from kg.settings import Settings
from kg.store.generations import Home
from search.engine import SearchEngine
from search.evaluation.cross_check import dense_figures
from search.evaluation.figures import DEPTH, CrossCheck, Evaluation, Figures, Measured, Worst
from search.evaluation.judged import Judged, holds, load_queries
from search.request import Mode, SearchRequest
from search.response import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The figures of one query."""

    query: Judged
    ndcg: float
    recall: float
    mrr: float


def score(query: Judged, hits: Sequence[Hit]) -> Row:
    """Return the figures of one query for the hits in their order."""
    left = set(range(len(query.targets)))
    gains: list[int] = []
    reciprocal = 0.0
    for rank, hit in enumerate(hits[:DEPTH], 1):
        file = PurePath(hit.document.file).name
        held = {n for n in left if query.targets[n].file == file and holds(hit.text, query.targets[n].span)}
        left -= held
        gains.append(max((query.targets[n].grade for n in held), default=0))
        if held and not reciprocal:
            reciprocal = 1 / rank
    ideal = sorted((target.grade for target in query.targets), reverse=True)[:DEPTH]
    wanted = [n for n, target in enumerate(query.targets) if target.grade >= 2] or list(range(len(query.targets)))
    recall = sum(n not in left for n in wanted) / min(DEPTH, len(wanted))
    return Row(query=query, ndcg=_dcg(gains) / _dcg(ideal), recall=min(recall, 1.0), mrr=reciprocal)


def _dcg(grades: Iterable[int]) -> float:
    return math.fsum((2.0**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def evaluate(
    settings: Settings, *, queries: Path | None = None, mode: Mode = "hybrid", cross_check: bool = True
) -> Evaluation:
    """Return the figures of the current generation on judged queries, data/eval by default.

    Raises NoGeneration, SearchError, and BadSearch where there are no queries.
    """
    judged = load_queries(queries or Path("data/eval"))
    with SearchEngine.open(Home(settings.home).current(), settings) as engine:
        return measure(engine, judged, mode, cross_check=cross_check)


def measure(
    engine: SearchEngine, judged: Sequence[Judged], mode: Mode = "hybrid", *, cross_check: bool = True
) -> Evaluation:
    """Return the figures of an opened engine on judged queries. Raises SearchError."""
    rows = [score(query, engine.search(SearchRequest(text=query.text, mode=mode)).hits) for query in judged]
    checked = dense_figures(engine, judged) if cross_check and engine.embedder is not None else None
    worst = sorted(rows, key=lambda row: (row.ndcg, row.query.id))[:5]
    return Evaluation(
        rows=(*_table(rows), *(_checked_rows(checked) if checked is not None else ())),
        worst=tuple(Worst(id=row.query.id, query=row.query.text, ndcg=row.ndcg) for row in worst),
        cross_check=checked,
    )


def _table(rows: Sequence[Row]) -> Iterator[Measured]:
    yield _measured("all", rows)
    for language in sorted({row.query.language for row in rows}):
        yield _measured(language, [row for row in rows if row.query.language == language])
    for kind in sorted({row.query.kind for row in rows}):
        yield _measured(kind, [row for row in rows if row.query.kind == kind])


def _checked_rows(checked: CrossCheck) -> Iterator[Measured]:
    yield Measured(of="dense, sentence-transformers", queries=checked.queries, figures=checked.theirs)
    yield Measured(of="dense, ours", queries=checked.queries, figures=checked.ours)


def _measured(of: str, rows: Sequence[Row]) -> Measured:
    figures = Figures(
        ndcg=statistics.mean(row.ndcg for row in rows),
        recall=statistics.mean(row.recall for row in rows),
        mrr=statistics.mean(row.mrr for row in rows),
    )
    return Measured(of=of, queries=len(rows), figures=figures)
