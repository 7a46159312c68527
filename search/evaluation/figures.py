"""What measuring retrieval comes to: figures in all, by language and by kind of query, and by another hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from kg.serialise import Digits, Flat, Named

DEPTH = 10
"""How many hits of a query are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """nDCG, recall and mean reciprocal rank at DEPTH, 0 to 1."""

    ndcg: Annotated[float, Named(f"ndcg@{DEPTH}"), Digits(4)]
    recall: Annotated[float, Named(f"recall@{DEPTH}"), Digits(4)]
    mrr: Annotated[float, Named(f"mrr@{DEPTH}"), Digits(4)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The means of some queries; `of` says which: all, a language, a kind, or a leg by whose hand."""

    of: str
    queries: int
    figures: Annotated[Figures, Flat()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """A query that was answered badly."""

    id: str
    query: str
    ndcg: Annotated[float, Named(f"ndcg@{DEPTH}"), Digits(4)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossCheck:
    """One leg's figures by another hand, and ours by the same definition; `queries` had something to find."""

    queries: int
    leg: str
    theirs: Annotated[Figures, Named("sentence-transformers")]
    ours: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The figures of a generation on judged queries, with the five worst; no cross-check without a model."""

    rows: tuple[Measured, ...]
    worst: tuple[Worst, ...]
    cross_check: CrossCheck | None
