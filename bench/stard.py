"""Do the fusion weights hold outside our documents? STARD: lay legal questions, the statute articles that answer them.

    python bench/stard.py [FOLDER]

FOLDER holds queries.json (default: ../shared/datasets/stard beside the checkout). Prints nDCG@10 and
recall@10 of each leg and of their fusion over the distinct articles, without thesaurus, filters or folding.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np

from search.index.analyze import to_terms
from search.index.lexical import LexicalEntry, LexicalIndex, LexicalQuery, write_lexical
from search.index.sparse import SparseIndex, write_sparse
from search.index.vectors import open_vectors, write_vectors
from search.model.embed import open_embedder
from search.model.embedding_cache import EmbeddingCache
from search.rank import fuse

DEPTH = 10
FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "datasets" / "stard"


def main() -> int:
    """Build the index of the articles, ask every question, print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not (folder / "queries.json").is_file():
        print(f"no queries.json in {folder}: skipped")
        return 0
    asked = json.loads((folder / "queries.json").read_text("utf-8"))
    articles = {text.strip(): None for query in asked for text in query["相关法规"].values()}
    texts = list(articles)
    rows = {text: row for row, text in enumerate(texts)}
    embedder = open_embedder("multilingual-e5-small")
    assert embedder is not None
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        with EmbeddingCache(work / "cache", embedder) as cache:
            dense, sparse, _ = cache.passages(texts)
        vectors = open_vectors("faiss", work, write_vectors("faiss", work, dense))
        write_sparse(work, sparse, embedder.sparse_dimension)
        terms = SparseIndex.open(work, len(texts))
        write_lexical(work / "lexical", (LexicalEntry(row=row, text=text) for row, text in enumerate(texts)))
        lexical = LexicalIndex.open(work / "lexical", len(texts))
        everything = np.arange(len(texts))
        figures: dict[str, list[tuple[float, float]]] = {}
        for query in asked:
            relevant = {rows[text.strip()] for text in query["相关法规"].values()}
            vector = embedder.embed_queries([query["问题"]])[0]
            learned = terms.scores(embedder.sparse_terms([query["问题"]])[0])
            words = LexicalQuery(terms=tuple(dict.fromkeys((term, 1.0) for term in to_terms(query["问题"]))))
            found = dict(zip(*(part.tolist() for part in lexical.search(words, len(texts))), strict=True))
            matched = np.array([found.get(row, 0.0) for row in range(len(texts))], dtype=np.float32)
            spread = (float(learned.mean()), float(learned.std()))
            legs = [
                fuse.standard("dense", vectors.scores(vector, everything), vectors.spread(vector), fuse.WEIGHTS.dense),
                fuse.standard("sparse", learned, spread, fuse.WEIGHTS.sparse),
                fuse.share("lexical", matched, fuse.WEIGHTS.lexical),
            ]
            for leg in legs:
                figures.setdefault(leg.name, []).append(measure(leg.raw, relevant))
            figures.setdefault("dense + BM25", []).append(measure(fuse.total([legs[0], legs[2]]), relevant))
            figures.setdefault("all three", []).append(measure(fuse.total(legs), relevant))
    print(f"{len(asked)} questions, {len(texts)} articles")
    for name, values in figures.items():
        ndcg, recall = np.mean(values, axis=0)
        print(f"{name:14} nDCG@10 {ndcg:.4f}  recall@10 {recall:.4f}")
    return 0


def measure(scores: np.ndarray, relevant: set[int]) -> tuple[float, float]:
    """Return nDCG@10 and recall@10 with binary relevance."""
    best = np.argsort(-scores, kind="stable")[:DEPTH].tolist()
    gain = sum(1 / np.log2(rank + 2) for rank, row in enumerate(best) if row in relevant)
    ideal = sum(1 / np.log2(rank + 2) for rank in range(min(DEPTH, len(relevant))))
    return gain / ideal, len(relevant & set(best)) / len(relevant)


if __name__ == "__main__":
    sys.exit(main())
