"""Intent recognition, what is out of scope, and search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from backend.learning.metrics.intents import (
    Guess,
    accuracy,
    auroc,
    in_scope_accuracy,
    out_of_scope_recall,
    recall_at_accuracy,
)
from backend.learning.metrics.retrieval import recall_at

# Five in scope, four of them right; four out of scope, two of them noticed.
GUESSES = [
    Guess("fly", "fly", 0.9),
    Guess("fly", "fly", 0.8),
    Guess("land", "land", 0.7),
    Guess("land", "land", 0.4),
    Guess("land", "fly", 0.5),
    Guess("", "", 0.1),
    Guess("", "", 0.4),
    Guess("", "fly", 0.6),
    Guess("", "land", 0.95),
]


def test_accuracy_and_out_of_scope_recall_are_worked_out_as_by_hand() -> None:
    assert accuracy(GUESSES) == pytest.approx(6 / 9)
    assert in_scope_accuracy(GUESSES) == 4 / 5
    assert out_of_scope_recall(GUESSES) == 2 / 4


def test_auroc_counts_the_pairs() -> None:
    """In scope .9 .8 .7 .4 .5 against out of scope .1 .4 .6 .95, surer in: 3 3 3 1.5 2 of 4 each
    (.4 against .4 is half): 12.5 of 20.
    """
    assert auroc(GUESSES) == 12.5 / 20


@pytest.mark.parametrize(
    ("least", "recall"),
    [
        (0.8, 1 / 4),  # all four right ones have to pass, the least sure at .4: only .1 is below
        (0.6, 3 / 4),  # three: the threshold rises to .7, and .1, .4 and .6 are below
        (0.4, 3 / 4),  # two: .8
        (0.2, 3 / 4),  # one: .9
        (0.0, 1.0),  # none: everything may be refused
        (0.9, None),  # five of five would be needed, and four are right
    ],
)
def test_recall_at_a_set_accuracy_is_worked_out_as_by_hand(
    least: float, recall: float | None
) -> None:
    assert recall_at_accuracy(GUESSES, least) == recall


def test_95_percent_of_20_are_19() -> None:
    """The least sure of twenty may be lost, and no more."""
    inside = [Guess("fly", "fly", number / 100) for number in range(20)]
    assert recall_at_accuracy([*inside, Guess("", "fly", 0.005)], 0.95) == 1
    assert recall_at_accuracy([*inside, Guess("", "fly", 0.015)], 0.95) == 0


def test_where_a_kind_of_text_is_missing_there_is_no_score() -> None:
    inside, outside = [Guess("fly", "fly")], [Guess("", "")]
    assert auroc(inside) is auroc(outside) is None
    assert out_of_scope_recall(inside) is None
    assert in_scope_accuracy(outside) is None
    assert recall_at_accuracy(inside, 0.5) is recall_at_accuracy(outside, 0.5) is None
    assert accuracy([]) is None


guesses = st.builds(
    Guess,
    st.sampled_from(["", "fly", "land"]),
    st.sampled_from(["", "fly", "land"]),
    st.integers(0, 6).map(float),
)


@given(st.lists(guesses, max_size=30))
def test_auroc_agrees_with_scikit_learn(some: list[Guess]) -> None:
    area = auroc(some)
    if area is not None:
        marks = [bool(guess.right) for guess in some]
        assert area == pytest.approx(roc_auc_score(marks, [guess.sureness for guess in some]))


@given(st.lists(guesses, max_size=30), st.integers(0, 100).map(lambda percent: percent / 100))
def test_recall_at_an_accuracy_is_the_best_of_all_thresholds(
    some: list[Guess], least: float
) -> None:
    def at(threshold: float) -> tuple[float, float]:
        inside = [guess for guess in some if guess.right]
        outside = [guess for guess in some if not guess.right]
        right = sum(one.right == one.intent and one.sureness >= threshold for one in inside)
        return (
            right / len(inside),
            sum(one.sureness < threshold for one in outside) / len(outside),
        )

    recall = recall_at_accuracy(some, least)
    if {bool(guess.right) for guess in some} == {True, False}:
        reached = [at(number) for number in range(8)]
        enough = [found for correct, found in reached if correct >= least - 1e-6]
        assert recall == (max(enough) if enough else None)


@given(st.lists(guesses, max_size=20))
def test_the_order_does_not_matter_and_what_is_right_scores_1(some: list[Guess]) -> None:
    assert auroc(some) == auroc(some[::-1])
    assert recall_at_accuracy(some, 0.5) == recall_at_accuracy(some[::-1], 0.5)
    perfect = [Guess(one.right, one.right, float(bool(one.right))) for one in some]
    for measure in (accuracy, in_scope_accuracy, out_of_scope_recall, auroc):
        assert measure(perfect) in (1, None)
    assert recall_at_accuracy(perfect, 1) in (1, None)


def test_recall_of_a_search_is_worked_out_as_by_hand() -> None:
    """Of a and b, a is among the first two: 1/2. c is third: 0. To the last nothing is relevant."""
    searches = [({"a", "b"}, ["a", "x", "b"]), ({"c"}, ["x", "y", "c"]), (set(), ["x"])]
    assert recall_at(searches, 2) == 1 / 4
    assert recall_at(searches, 1) == 1 / 4
    assert recall_at(searches, 3) == 1
    assert recall_at([({"a", "b"}, ["a", "a", "b"])], 2) == 0.5
    assert recall_at([], 1) is None
    with pytest.raises(ValueError, match="1 or more"):
        recall_at(searches, 0)


@given(st.lists(st.tuples(st.sets(st.integers(0, 9)), st.lists(st.integers(0, 9)))))
def test_recall_grows_with_the_number_of_passages(
    searches: list[tuple[set[int], list[int]]],
) -> None:
    recalls = [recall_at(searches, k) for k in range(1, 12)]
    if None not in recalls:
        assert recalls == sorted(recalls)  # type: ignore[type-var]
        assert all(0 <= recall <= 1 for recall in recalls if recall is not None)
