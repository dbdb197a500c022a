from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.learning.metrics.fuzzy import likeness


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        # Words in another order are the same words.
        ("Lamp Inn, The", "the lamp inn", 1.0),
        # Sorted: “north pier” (10 characters) and “pier” (4) share 4: 2 * 4 / 14 = 0.571.
        ("Pier North", "pier", 0.57),
        # “5 pm” (4) and “6 pm” (4) share “ pm”: 2 * 3 / 8 = 0.75.
        ("5 pm", "6 pm", 0.75),
        # “17 30” (5) for “17:30”, and “1730” (4): “17” and “30” are shared: 2 * 4 / 9 = 0.889.
        ("17:30", "1730", 0.89),
        # What is no letter or digit does not count, nor what lies in Latin-1 beyond ASCII.
        ("café", "caf", 1.0),
        ("!!!", "???", 1.0),
        ("!!!", "a", 0.0),
        ("abc", "xyz", 0.0),
        ("炸酱面", "炸酱面", 1.0),
        # Two of three characters: 2 * 2 / 6 = 0.667.
        ("炸酱面", "炸酱饭", 0.67),
    ],
)
def test_likeness_is_worked_out_as_by_hand(one: str, other: str, alike: float) -> None:
    assert likeness(one, other) == alike


@given(st.text(), st.text())
def test_likeness_lies_between_0_and_1_and_is_1_for_the_same(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=1), st.randoms())
def test_the_order_of_words_does_not_matter(words: list[str], random: object) -> None:
    assert likeness(" ".join(words), " ".join(reversed(words))) == 1
