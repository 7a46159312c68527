"""Join the legs: each leg's scores are brought to one scale, weighted and added.

Ranks throw away how far ahead a leg puts a passage, so scores are used: dense and learned-sparse
scores as standard deviations above that leg's mean over the whole index, BM25 as a share of its
best. Weights lie on a wide plateau of a grid over judged queries (docs/decisions.md) and were checked on
statute retrieval; they are not tuned to any document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much a standard deviation (dense, sparse) or the whole of the best BM25 score counts."""

    dense: float = 1.0
    sparse: float = 0.5
    lexical: float = 8.0


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg's scores of the candidates, raw and on the common scale, NaN-free; 0 where it found nothing."""

    name: str
    raw: Floats
    scaled: Floats


def standard(name: str, raw: Floats, spread: tuple[float, float], weight: float) -> Leg:
    """Return a leg measured in deviations above its mean."""
    mean, deviation = spread
    return Leg(name=name, raw=raw, scaled=((raw - mean) / max(deviation, 1e-6) * weight).astype("float32"))


def share(name: str, raw: Floats, weight: float) -> Leg:
    """Return a leg measured as a share of its best score."""
    best = float(raw.max()) if len(raw) else 0.0
    return Leg(name=name, raw=raw, scaled=(raw * (weight / best if best > 0 else 0.0)).astype("float32"))


def total(legs: list[Leg], prior: Floats | float = 0.0, weights: Weights = WEIGHTS) -> Floats:
    """Return the fused score of each candidate, between 0 and 1: about 0.8 where all legs agree on it.

    `prior` is added to the legs, in their scale: what is known of a passage whatever is asked.
    """
    import numpy as np

    full = {"dense": 4 * weights.dense, "sparse": 4 * weights.sparse, "lexical": weights.lexical}
    whole = sum(full[leg.name] for leg in legs)
    scores: Floats = sum((leg.scaled for leg in legs[1:]), start=legs[0].scaled)
    return np.asarray(1 / (1 + np.exp(-3 * ((scores + prior) / whole - 0.5))), dtype=np.float32)


def ranks(leg: Leg) -> NDArray[np.int64]:
    """Return each candidate's rank in the leg, from 1; ties in order of place."""
    import numpy as np

    places = np.empty(len(leg.raw), dtype=np.int64)
    places[np.argsort(-leg.raw, kind="stable")] = np.arange(1, len(leg.raw) + 1)
    return places
