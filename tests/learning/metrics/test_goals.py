from __future__ import annotations

import random
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.learning.dialogues import Service, Slot, State
from backend.learning.metrics.goals import frame_scores, goal_scores

FERRY = Service(
    "Ferries_1",
    "",
    (
        Slot("harbour"),
        Slot("sails_at"),
        Slot("deck", "", True, ("upper", "lower")),
        Slot("cabin", "", True, ("inside", "outside")),
    ),
)
TRAM = Service("Trams_2", "", (Slot("line", "", True, ("1", "2")),))
RIGHT = State(
    "FindFerry",
    ("price", "length"),
    {
        "harbour": ("North Pier", "the north pier"),
        "sails_at": ("5 pm", "17:00"),
        "deck": ("upper",),
    },
)


def state(intent: str = "FindFerry", *requested: str, **values: str) -> State:
    return State(intent, requested, {slot: (value,) for slot, value in values.items()})


def test_a_frame_is_worked_out_as_by_hand() -> None:
    """harbour: “pier” is 0.57 like “North Pier” (8/14) and 0.44 like “the north pier” (8/18).
    sails_at: not predicted, 0. deck: right, 1. cabin: rightly empty, 1, and not filled.
    """
    predicted = state("FindFerry", "price", "deck", harbour="pier", deck="upper")
    scores = frame_scores(FERRY, RIGHT, predicted)
    assert scores.joint == 0
    assert scores.joint_categorical == 1
    assert scores.joint_free == 0
    assert scores.average == pytest.approx((0.57 + 0 + 1) / 3)
    assert scores.average_categorical == 1
    assert scores.average_free == pytest.approx(0.57 / 2)
    assert scores.intent == 1
    # price of price and deck is right: precision 1/2; of price and length found: recall 1/2.
    assert scores.requested_precision == 0.5
    assert scores.requested_recall == 0.5
    assert scores.requested_f1 == 0.5


def test_joint_goal_accuracy_is_the_product_of_the_likenesses() -> None:
    """“pier” 0.57; “6 pm” is 0.75 like “5 pm”; deck 1; cabin 1: 0.57 * 0.75 = 0.4275."""
    predicted = state(harbour="pier", sails_at="6 pm", deck="upper")
    scores = frame_scores(FERRY, RIGHT, predicted)
    assert scores.joint == pytest.approx(0.4275)
    assert scores.joint_free == pytest.approx(0.4275)
    assert frame_scores(FERRY, RIGHT, predicted, fuzzy=False).joint == 0


@pytest.mark.parametrize("said", ["5 pm", "17:00", "PM 5"])
def test_any_accepted_spelling_of_a_free_slot_is_right(said: str) -> None:
    predicted = state(harbour="the north pier", sails_at=said, deck="upper")
    assert frame_scores(FERRY, RIGHT, predicted).joint == 1
    exact = frame_scores(FERRY, RIGHT, predicted, fuzzy=False)
    assert exact.joint == float(said != "PM 5")


@pytest.mark.parametrize(
    ("deck", "joint"), [("upper", 1.0), ("Upper", 0.0), ("uper", 0.0), ("dontcare", 0.0)]
)
def test_a_categorical_slot_is_right_or_wrong(deck: str, joint: float) -> None:
    right = state(deck="upper")
    assert frame_scores(FERRY, right, state(deck=deck)).joint == joint


def test_no_preference_is_a_value_like_any_other() -> None:
    right = state(harbour="dontcare", deck="dontcare")
    assert frame_scores(FERRY, right, state(harbour="dontcare", deck="dontcare")).joint == 1
    assert frame_scores(FERRY, right, state(harbour="dontcare")).joint == 0


def test_a_slot_that_should_be_empty_makes_the_frame_wrong_but_not_the_average() -> None:
    scores = frame_scores(FERRY, state(deck="upper"), state(deck="upper", cabin="inside"))
    assert (scores.joint, scores.average) == (0, 1)


def test_what_no_frame_has_does_not_count() -> None:
    scores = frame_scores(TRAM, state(), state())
    assert (scores.joint, scores.joint_categorical, scores.joint_free) == (1, 1, None)
    assert (scores.average, scores.average_free) == (None, None)
    # Nothing requested and nothing predicted counts as right in the official script.
    assert scores.requested_f1 == 1


@pytest.mark.parametrize(
    ("right", "predicted", "f1"),
    [
        ((), ("price",), 0.0),  # precision 0, recall 1
        (("price",), (), 0.0),  # precision 1, recall 0
        (("price",), ("price", "length"), 2 / 3),  # precision 1/2, recall 1
        (("price",), ("length",), 0.0),
        (("price",), ("price", "price"), 2 / 3),  # a slot named twice is found once
    ],
)
def test_requested_slots_f1_is_worked_out_as_by_hand(
    right: tuple[str, ...], predicted: tuple[str, ...], f1: float
) -> None:
    scores = frame_scores(TRAM, State("", right), State("", predicted))
    assert scores.requested_f1 == pytest.approx(f1)


def test_the_means_are_over_frames_and_by_group() -> None:
    """Three frames: a ferry right (joint 1, average 1), a ferry wrong (0, 0), a tram right (1, but
    nothing filled). Joint 2/3, ferries 1/2; average over the two that have something: 1/2.
    """
    frames = [
        (FERRY, state(deck="upper"), state(deck="upper")),
        (FERRY, state(deck="upper"), state("BookFerry", deck="lower")),
        (TRAM, state("", "line"), state("")),
    ]
    scores = goal_scores(frames, seen={"Ferries_1"})
    assert scores["all"].joint == pytest.approx(2 / 3)
    assert scores["all"].average == 0.5
    assert scores["all"].intent == pytest.approx(2 / 3)
    assert scores["all"].requested_f1 == pytest.approx(2 / 3)
    assert scores["all"].frames == 3
    assert (scores["seen"].joint, scores["seen"].frames) == (0.5, 2)
    assert (scores["unseen"].joint, scores["unseen"].frames) == (1, 1)
    assert scores["unseen"].average is None
    assert scores["Ferries_1"] == scores["Ferries"] == scores["seen"]
    assert scores["Trams_2"] == scores["unseen"]


def test_without_frames_there_are_no_scores() -> None:
    assert goal_scores([])["all"].joint is None
    assert "seen" not in goal_scores([])


names = st.sampled_from([slot.name for slot in FERRY.slots])
spellings = st.lists(st.text(min_size=1), min_size=1, max_size=3).map(tuple)
states = st.builds(
    State,
    st.sampled_from(["", "FindFerry"]),
    st.lists(names, max_size=3).map(tuple),
    st.dictionaries(names, spellings),
)


@given(states)
def test_the_right_state_scores_1_in_everything(right: State) -> None:
    for fuzzy in (True, False):
        scores = asdict(frame_scores(FERRY, right, right, fuzzy))
        assert all(score in (1, None) for score in scores.values())


@given(states, states)
def test_every_score_lies_between_0_and_1_and_exactness_is_stricter(
    right: State, predicted: State
) -> None:
    scores = frame_scores(FERRY, right, predicted)
    exact = frame_scores(FERRY, right, predicted, fuzzy=False)
    for name, score in asdict(scores).items():
        if score is not None:
            assert 0 <= score <= 1
            assert asdict(exact)[name] <= score + 1e-9


@given(st.lists(st.tuples(states, states), max_size=8), st.integers())
def test_the_order_of_frames_and_slots_does_not_matter(
    pairs: list[tuple[State, State]], seed: int
) -> None:
    frames = [(FERRY, right, predicted) for right, predicted in pairs]
    mixed = random.Random(seed).sample(frames, len(frames))
    turned = Service(FERRY.name, "", FERRY.slots[::-1])
    scores = asdict(goal_scores(frames)["all"])
    others = asdict(goal_scores((turned, right, guess) for _, right, guess in mixed)["all"])
    assert scores == {
        name: pytest.approx(score) if score is not None else None for name, score in others.items()
    }
