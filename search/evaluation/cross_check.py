"""The dense leg's figures by another hand: sentence-transformers' InformationRetrievalEvaluator.

It sees every passage as a document and every passage that holds a span of grade 2 or 3 as relevant
(binary, and two passages may hold one span), so its figures differ from ours by their definition;
`ours` repeats its definition over our own ranking, and the two must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from search.engine import SearchEngine
from search.evaluation.figures import DEPTH, CrossCheck, Figures
from search.evaluation.judged import Judged, holds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class _Model:
    """What the evaluator asks of a model: vectors of queries and of passages we already have."""

    def __init__(self, engine: SearchEngine, passages: dict[str, int]) -> None:
        self._engine = engine
        self._rows = passages

    def encode_query(self, texts: Sequence[str], **_: Any) -> Any:
        import torch

        assert self._engine.embedder is not None
        return torch.from_numpy(self._engine.embedder.embed_queries(list(texts)))

    def encode_document(self, texts: Sequence[str], **_: Any) -> Any:
        import numpy as np
        import torch

        assert self._engine.index.vectors is not None
        rows = np.array([self._rows[text] for text in texts], dtype=np.int64)
        return torch.from_numpy(self._engine.index.vectors.vectors(rows))

    def encode(self, texts: Sequence[str], **options: Any) -> Any:
        known = all(text in self._rows for text in texts)
        return self.encode_document(texts, **options) if known else self.encode_query(texts, **options)


def dense_figures(engine: SearchEngine, judged: Sequence[Judged]) -> CrossCheck:
    """Return the evaluator's figures of the dense leg, and ours by the same definition."""
    import warnings

    store = engine.index.passages
    passages = store.get(range(store.count()))
    keys = {f"{passage.text} #{passage.row}": passage.row for passage in passages}
    corpus = {str(row): text for text, row in keys.items()}
    relevant: dict[str, set[str]] = {}
    for query in judged:
        relevant[query.id] = {
            str(passage.row)
            for passage in passages
            for target in query.targets
            if target.grade >= 2
            and store.documents[passage.document].file == target.file
            and holds(passage.text, target.span)
        }
    asked = {query.id: query.text for query in judged if relevant[query.id]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers.evaluation import InformationRetrievalEvaluator

        evaluator = InformationRetrievalEvaluator(
            asked, corpus, {query: found for query, found in relevant.items() if found},
            mrr_at_k=[DEPTH], ndcg_at_k=[DEPTH], accuracy_at_k=[DEPTH], precision_recall_at_k=[DEPTH],
            map_at_k=[DEPTH], show_progress_bar=False, write_csv=False, name="dense",
            score_functions={"cosine": lambda first, second: first @ second.T}, batch_size=64,
        )  # fmt: skip
        measure = getattr(evaluator, "compute_all_metrics", None) or evaluator.compute_metrices
        found = measure(_Model(engine, keys))
    theirs = found.get("cosine", next(iter(found.values())))
    ndcg, recall, mrr = (float(theirs[name][DEPTH]) for name in ("ndcg@k", "recall@k", "mrr@k"))
    return CrossCheck(
        queries=len(asked),
        leg="dense, binary relevance",
        theirs=Figures(ndcg=ndcg, recall=recall, mrr=mrr),
        ours=_ours(engine, asked, relevant),
    )


def _ours(engine: SearchEngine, asked: dict[str, str], relevant: dict[str, set[str]]) -> Figures:
    import numpy as np

    assert engine.embedder is not None
    assert engine.index.vectors is not None
    totals = np.zeros(3)
    for key, text in asked.items():
        rows, _ = engine.index.vectors.search(engine.embedder.embed_queries([text])[0], DEPTH)
        totals += _binary([str(row) in relevant[key] for row in rows.tolist()], len(relevant[key]))
    ndcg, recall, mrr = (totals / max(len(asked), 1)).tolist()
    return Figures(ndcg=ndcg, recall=recall, mrr=mrr)


def _binary(hits: list[bool], count: int) -> NDArray[np.float64]:
    import numpy as np

    places = np.flatnonzero(hits) + 1
    ideal = (1 / np.log2(np.arange(1, min(count, DEPTH) + 1) + 1)).sum()
    first = 1 / places[0] if len(places) else 0.0
    return np.array([(1 / np.log2(places + 1)).sum() / ideal, len(places) / count, first])
