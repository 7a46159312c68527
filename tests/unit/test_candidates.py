"""Candidates of the legs: every leg scores all of them, filters hold for all, definitions of terms step back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from kg.settings import Settings
from search.engine import SearchEngine
from search.facets.catalogue import Filters
from search.index.opened import OpenIndex
from search.query.plan import make_plan
from search.query.restrict import Restriction, restrict
from search.query.understand import Understanding
from search.rank import fuse
from search.rank.candidates import DEFINED, Candidates, find_candidates
from tests.search_graph import PASSAGES, open_engine, write_generation

SETTINGS = Settings(model="none")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    folder = tmp_path_factory.mktemp("candidates")
    write_generation(folder, SETTINGS, folder / "cache")
    with open_engine(folder, SETTINGS) as opened:
        yield opened


@pytest.fixture(scope="module")
def index(engine: SearchEngine) -> OpenIndex:
    return engine.index


def candidates(index: OpenIndex, text: str, restriction: Restriction | None = None) -> Candidates:
    plan = make_plan(text, Understanding(rest=text, parts=()), index)
    return find_candidates(index, None, plan, restriction or restrict(index, Filters()), "lexical")


def kinds_of(index: OpenIndex, found: Candidates) -> list[str]:
    """Return the kinds of the candidates, the best first."""
    order = np.argsort(-found.scores, kind="stable")
    return [index.passages.get([int(found.rows[place])])[0].kind for place in order]


def test_rows_ascend_and_each_leg_scores_each_of_them(index: OpenIndex) -> None:
    found = candidates(index, "生活困难的信访人")
    assert list(found.rows) == sorted(set(found.rows.tolist()))
    assert len(found.rows) > 3
    assert [leg.name for leg in found.legs] == ["lexical"]
    assert all(len(leg.raw) == len(leg.scaled) == len(found.rows) == len(found.scores) for leg in found.legs)
    assert [found.place(int(row)) for row in found.rows] == list(range(len(found.rows)))


def test_what_no_leg_finds_is_no_candidate(index: OpenIndex) -> None:
    assert len(candidates(index, "zzz").rows) == 0


def test_a_filter_that_leaves_nothing_leaves_no_candidate(index: OpenIndex) -> None:
    nothing = Restriction(mask=np.zeros(index.size, dtype=np.bool_), count=0)
    assert len(candidates(index, "信访", nothing).rows) == 0


def test_without_words_what_the_filter_leaves_is_the_answer(index: OpenIndex) -> None:
    some = restrict(index, Filters(kind=("goal",)))
    found = candidates(index, "", some)
    assert len(found.rows) == sum(kind == "goal" for _, kind, _, _ in PASSAGES)
    assert found.legs == ()


def test_candidates_stay_within_the_filter(index: OpenIndex) -> None:
    goals = restrict(index, Filters(kind=("goal",)))
    assert set(kinds_of(index, candidates(index, "信访", goals))) == {"goal"}


def test_a_definition_steps_back_unless_it_is_asked_for(index: OpenIndex) -> None:
    plain, asked = candidates(index, "公务接待费"), candidates(index, "公务接待费是什么")
    assert kinds_of(index, asked)[0] == "explanation"
    assert best(index, plain, "explanation") < best(index, asked, "explanation")


def best(index: OpenIndex, found: Candidates, kind: str) -> float:
    rows = [place for place, row in enumerate(found.rows) if index.passages.get([int(row)])[0].kind == kind]
    return float(max(found.scores[rows]))


# Fusion


def floats(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, dtype=np.float32)


def test_a_leg_is_measured_in_deviations_above_its_mean() -> None:
    leg = fuse.standard("dense", floats(0.5, 0.7, 0.9), (0.5, 0.1), 2.0)
    assert leg.scaled.tolist() == pytest.approx([0, 4, 8], abs=1e-4)


def test_a_leg_without_spread_says_nothing_infinite() -> None:
    assert np.isfinite(fuse.standard("dense", floats(0.5), (0.5, 0.0), 1.0).scaled).all()


def test_a_leg_is_measured_as_a_share_of_its_best() -> None:
    assert fuse.share("lexical", floats(2, 8, 0), 4.0).scaled.tolist() == [1, 4, 0]
    assert fuse.share("lexical", floats(0, 0), 4.0).scaled.tolist() == [0, 0]
    assert fuse.share("lexical", floats(), 4.0).scaled.tolist() == []


def test_all_legs_at_their_best_make_about_four_fifths_and_none_a_fifth() -> None:
    weights = fuse.WEIGHTS
    dense = fuse.standard("dense", floats(4, 0), (0.0, 1.0), weights.dense)
    sparse = fuse.standard("sparse", floats(4, 0), (0.0, 1.0), weights.sparse)
    lexical = fuse.share("lexical", floats(9, 0), weights.lexical)
    assert fuse.total([dense, sparse, lexical]).tolist() == pytest.approx([0.8176, 0.1824], abs=1e-3)


def test_what_is_known_beforehand_moves_a_score_down_by_its_scale() -> None:
    lexical = fuse.share("lexical", floats(5, 5), fuse.WEIGHTS.lexical)
    first, second = fuse.total([lexical], floats(0, -DEFINED))
    assert first == pytest.approx(0.8176, abs=1e-3)
    assert second == pytest.approx(1 / (1 + np.exp(-3 * (1 - DEFINED / fuse.WEIGHTS.lexical - 0.5))), abs=1e-4)


def test_ranks_count_from_one_and_ties_keep_their_places() -> None:
    leg = fuse.share("lexical", floats(1, 3, 3, 2), 1.0)
    assert fuse.ranks(leg).tolist() == [4, 1, 2, 3]
