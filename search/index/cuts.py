"""From which score on a passage is relevant: learned from what the legs give to questions of other fields.

Scores of a model mean nothing by themselves: e5 gives 0.77 to a passage and a recipe. So each leg scores the
passages of this very index for questions that no budget answers (words/unrelated.tsv); what hardly any passage
reaches for them is the cut of the leg. It is a property of index and model, whatever is asked and filtered.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING

from search.index.sparse import SparseIndex
from search.model.embedder import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RARE = 0.001
"""Share of the passages that reach the cut for a question of another field."""
SAMPLE = 10_000  # passages scored, drawn with a fixed seed: more move the cut in the fourth digit


def learn_cuts(
    embedder: Embedder, vectors: NDArray[np.float32], sparse: SparseIndex | None
) -> Mapping[str, float] | None:
    """Return the least relevant score by leg (`dense`, `sparse`), None for an index without passages."""
    import numpy as np

    if not len(vectors):
        return None
    asked = _unrelated()
    drawn = np.sort(np.random.default_rng(0).permutation(len(vectors))[:SAMPLE])
    cuts = {"dense": _cut(embedder.embed_queries(asked) @ vectors[drawn].T)}
    if sparse is not None:
        cuts["sparse"] = _cut(np.array([sparse.scores(terms)[drawn] for terms in embedder.sparse_terms(asked)]))
    return cuts


def _cut(scores: NDArray[np.float32]) -> float:
    import numpy as np

    return round(float(np.quantile(scores, 1 - RARE)), 4)


def _unrelated() -> list[str]:
    text = (files("search.index") / "words" / "unrelated.tsv").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
