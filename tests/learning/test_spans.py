from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.learning.spans import find


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("A table at the Lamp Inn.", "lamp inn", "Lamp Inn"),
        ("from 5 to 15", "5", "5"),
        ("the 15th", "15", None),
        ("museums", "museum", None),
        ("at 17:45, please", "17:45", "17:45"),
        ("评分4.5分以上的餐馆", "4.5分以上", "4.5分以上"),
        ("想吃炸酱面", "炸酱面", "炸酱面"),
        ("", "x", None),
        ("x", " ", None),
        ("İstanbul or Izmir", "izmir", None),  # its small letter is two characters
        ("İstanbul or Izmir", "Izmir", "Izmir"),
    ],
)
def test_a_value_is_found_as_whole_words(text: str, value: str, found: str | None) -> None:
    place = find(text, value)
    assert (text[slice(*place)] if place else None) == found


def test_the_last_place_counts_since_people_correct_themselves() -> None:
    assert find("For two. No, wait: for two.", "two") == (23, 26)


@given(st.text(), st.text(min_size=1))
def test_what_is_found_is_the_value_but_for_case(text: str, value: str) -> None:
    place = find(text, value)
    if place:
        start, end = place
        assert text[start:end].lower() == value.strip().lower()


@given(st.text(), st.text(min_size=1), st.text())
def test_a_value_between_spaces_is_always_found(before: str, value: str, after: str) -> None:
    assert not value.strip() or find(f"{before} {value} {after}", value) is not None
