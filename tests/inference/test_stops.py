from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.inference.stops import StopScanner

LETTERS = st.text("abc你", max_size=30)
STOPS = st.lists(st.text("abc你", max_size=4), max_size=4)


def cut_at_first_stop(text: str, stops: list[str]) -> str:
    """The definition, letter by letter: the stop that is complete first ends the text."""
    for end in range(1, len(text) + 1):
        met = [stop for stop in stops if stop and text[:end].endswith(stop)]
        if met:
            return text[: end - max(map(len, met))]
    return text


def scan(pieces: list[str], stops: list[str]) -> str:
    scanner = StopScanner(stops)
    return "".join(scanner.feed(piece) for piece in pieces) + scanner.flush()


@given(st.lists(LETTERS, max_size=8), STOPS)
def test_the_text_ends_where_the_definition_says_however_it_is_cut(
    pieces: list[str], stops: list[str]
) -> None:
    assert scan(pieces, stops) == cut_at_first_stop("".join(pieces), stops)


@given(LETTERS, STOPS)
def test_nothing_shown_is_ever_taken_back(text: str, stops: list[str]) -> None:
    scanner, shown, whole = StopScanner(stops), "", cut_at_first_stop(text, stops)
    for letter in text:
        shown += scanner.feed(letter)
        assert whole.startswith(shown)


def test_the_beginning_of_a_stop_is_held_back_and_shown_when_it_was_none() -> None:
    scanner = StopScanner(["\n\nUser:"])
    assert scanner.feed("Yes.\n\nUs") == "Yes."
    assert scanner.feed("e it.") == "\n\nUse it."
    assert not scanner.stopped


def test_without_stops_nothing_is_held_back() -> None:
    assert StopScanner([""]).feed("anything") == "anything"
