"""The ranking of knots: what the weights decide, and what they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.programme.multi_criteria import ranking
from analytics.programme.readings import programme
from data.curated.programme.model import CRITERIA, Knot, Score

EVEN = dict.fromkeys(CRITERIA, 1.0)
SCORES = st.tuples(*[st.integers(1, 5)] * 3)


def knot(name: str, *scores: int) -> Knot:
    words = {"nb": name, "en": name}
    marks = {key: Score(score, words, words) for key, score in zip(CRITERIA, scores, strict=True)}
    return Knot(name, words, **marks, example=True)


def test_a_knot_best_in_everything_is_first_however_one_weighs() -> None:
    first, second = ranking([knot("b", 4, 4, 4), knot("a", 5, 5, 5)], EVEN)
    assert (first.knot.id, first.best_rank, first.worst_rank, first.first_share) == ("a", 1, 1, 1.0)
    assert (second.score, second.first_share) == (4.0, 0.0)


def test_equal_knots_share_the_rank_and_the_first_place() -> None:
    rows = ranking([knot("a", 3, 3, 3), knot("b", 3, 3, 3)], EVEN)
    assert [(row.rank, row.first_share) for row in rows] == [(1, 0.5), (1, 0.5)]


def test_weights_decide_between_opposites() -> None:
    opposites = [knot("easy", 5, 1, 1), knot("large", 1, 5, 1)]
    assert ranking(opposites, {"ease": 2, "gain": 1, "necessity": 0})[0].knot.id == "easy"
    assert ranking(opposites, {"ease": 1, "gain": 2, "necessity": 0})[0].knot.id == "large"


def test_a_gain_from_an_appraisal_takes_the_place_of_the_typed_one() -> None:
    (row,) = ranking([knot("a", 1, 5, 1)], {"ease": 0, "gain": 1, "necessity": 0}, {"a": 2})
    assert (row.score, row.scores["gain"]) == (2.0, 2)


@pytest.mark.parametrize("weights", [(0, 0, 0), (-1, 2, 2)])
def test_weights_without_meaning_are_refused(weights) -> None:
    with pytest.raises(ValueError, match="weights"):
        ranking(programme().knots.knots, dict(zip(CRITERIA, weights, strict=True)))


@pytest.mark.long
@given(st.lists(SCORES, min_size=1, max_size=5), st.tuples(*[st.integers(0, 3)] * 3).filter(any))
def test_first_places_sum_to_one_and_ranks_lie_between_best_and_worst(scores, weights) -> None:
    rows = ranking(
        [knot(str(i), *each) for i, each in enumerate(scores)], dict(zip(CRITERIA, map(float, weights), strict=True))
    )
    assert sum(row.first_share for row in rows) == pytest.approx(1)
    assert all(1 <= row.score <= 5 for row in rows)
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
