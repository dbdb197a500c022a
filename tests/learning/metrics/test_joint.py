"""Joint goal accuracy over turns, and what is the same value on MultiWOZ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.learning.metrics.joint import Judged, equal, joint_scores
from backend.learning.metrics.multiwoz import SLOTS, normalised, same

RIGHT = {"hotel-area": ("north",), "train-leaveat": ("17:45",)}
BOTH = ("hotel", "train")


def test_a_turn_is_right_where_every_slot_of_every_service_is() -> None:
    """Of four turns two are right. Slots that are wrong: 0, 0, 1 and 2 of 30."""
    turns = [
        Judged(RIGHT, {"hotel-area": "north", "train-leaveat": "5:45 pm"}, BOTH),
        Judged({}, {}, ["hotel"]),
        Judged(RIGHT, {"hotel-area": "north"}, BOTH),  # one is missing
        # One has another value, one should be empty.
        Judged(
            {"hotel-area": ("north",)}, {"hotel-area": "west", "taxi-leaveat": "9:00"}, ["hotel"]
        ),
    ]
    scores = joint_scores(turns, SLOTS, same)
    assert scores.joint == 0.5
    assert scores.slots == pytest.approx(1 - 3 / (4 * 30))
    assert scores.turns == 4
    # hotel: right in the first three of the four turns about it; train: in one of two.
    assert scores.domains == {"hotel": 0.75, "train": 0.5}


def test_slots_that_are_not_evaluated_are_left_out() -> None:
    turn = Judged({"hospital-department": ("x",)}, {"bus-day": "friday"})
    assert joint_scores([turn], SLOTS, same).joint == 1


def test_without_turns_there_are_no_scores() -> None:
    scores = joint_scores([], SLOTS)
    assert (scores.joint, scores.slots, scores.turns, scores.domains) == (None, None, 0, {})


def test_without_a_normal_form_white_space_alone_does_not_count() -> None:
    slots = ["餐馆-推荐菜"]
    turn = Judged({"餐馆-推荐菜": ("炸酱面 馄饨",)}, {"餐馆-推荐菜": "炸酱面  馄饨"}, ["餐馆"])
    assert joint_scores([turn], slots).joint == 1
    assert joint_scores([turn], slots).domains == {"餐馆": 1}
    assert not equal("", ("North",), "north")


@pytest.mark.parametrize(
    ("slot", "values"),
    [
        ("train-leaveat", "17:45|17:45.|5:45 pm|5:45 p.m.|1745|after 17:45|by 17:45|17 : 45|17;45"),
        ("taxi-arriveby", "09:00|9:00|9am|9 am|at 9|9|after 9:00"),
        ("train-arriveby", "00:30|24:30|12:30 am"),
        ("restaurant-booktime", "12:00|12 pm|12:00 p.m."),
        ("train-leaveat", "dontcare|dont care|don't care|do n't care|does not care|any"),
        ("hotel-area", "centre|center|the centre|city center|centre of town|Centre"),
        ("attraction-area", "north|the north|northern|north part of town"),
        ("restaurant-pricerange", "moderate|moderately priced|Moderate"),
        ("hotel-type", "guest house|guesthouse|guesthouses"),
        ("attraction-type", "swimming pool|swimmingpool|pool"),
        ("attraction-type", "nightclub|night club|night clubs"),
        ("hotel-parking", "yes|free|free parking"),
        ("hotel-stars", "4|four|4 stars|four star"),
        ("hotel-bookpeople", "3|three|3.|3 people"),
        ("hotel-name", "alexander bed and breakfast|the alexander b & b|alexander bed & breakfast"),
        ("attraction-name", "saint john's college|st johns college|st. john 's college"),
        ("taxi-destination", "acorn guest house|the acorn guesthouse|acorn  guest house."),
        ("hotel-area", "none|not mentioned|"),
    ],
)
def test_spellings_of_the_same_value_have_one_form(slot: str, values: str) -> None:
    forms = {value: normalised(slot, value) for value in values.split("|")}
    assert len(set(forms.values())) == 1, forms


@pytest.mark.parametrize(
    ("slot", "one", "other"),
    [
        ("train-leaveat", "5:45", "17:45"),
        ("train-leaveat", "monday", "0:00"),
        ("train-leaveat", "25:00", "01:00"),
        ("hotel-area", "north", "south"),
        ("hotel-name", "lamp inn", "lamp"),
        ("hotel-stars", "4", "5"),
        ("hotel-internet", "yes", "no"),
        ("train-departure", "cambridge", "dontcare"),
    ],
)
def test_different_values_stay_apart(slot: str, one: str, other: str) -> None:
    assert not same(slot, (one,), other)


def test_a_label_may_hold_several_accepted_values() -> None:
    assert same("hotel-type", ("hotel|guesthouse",), "guest house")
    assert same("hotel-name", ("lamp inn", "lamp hotel"), "the lamp hotel")


values = st.dictionaries(
    st.sampled_from(SLOTS), st.sampled_from(["north", "4", "17:45", "lamp inn"])
)


@given(st.lists(st.tuples(values, values), max_size=6))
def test_what_is_right_scores_1_and_the_order_does_not_matter(
    pairs: list[tuple[dict[str, str], dict[str, str]]],
) -> None:
    def judged(right: dict[str, str], predicted: dict[str, str]) -> Judged:
        return Judged({slot: (value,) for slot, value in right.items()}, predicted, ["hotel"])

    perfect = joint_scores([judged(right, right) for right, _ in pairs], SLOTS, same)
    assert perfect.joint in (1, None)
    assert perfect.slots in (1, None)
    turns = [judged(*pair) for pair in pairs]
    scores, turned = joint_scores(turns, SLOTS, same), joint_scores(turns[::-1], SLOTS[::-1], same)
    assert scores.joint == turned.joint
    assert scores.domains == turned.domains
    assert scores.slots == pytest.approx(turned.slots)
    assert scores.joint is None or 0 <= scores.joint <= (scores.slots or 0) <= 1


@given(st.sampled_from(SLOTS), st.text())
def test_a_form_is_its_own_form(slot: str, value: str) -> None:
    form = normalised(slot, value)
    assert normalised(slot, form) == form or form == ""
