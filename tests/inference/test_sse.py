from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.inference.sse import LONGEST_EVENT, EventParser


def parse(data: bytes, cuts: list[int]) -> list[str]:
    parser, events, start = EventParser(), [], 0
    for cut in [*sorted({cut % (len(data) + 1) for cut in cuts}), len(data)]:
        events += parser.feed(data[start:cut])
        start = cut
    return events


EVENTS = st.lists(st.text(st.characters(exclude_characters="\r\n", codec="utf-8")), max_size=5)


@given(EVENTS, st.sampled_from(["\n", "\r\n"]), st.lists(st.integers(0, 10_000)))
def test_events_are_the_same_however_the_bytes_are_cut(
    texts: list[str], end: str, cuts: list[int]
) -> None:
    data = "".join(f"data: {text}{end}{end}" for text in texts).encode()
    assert parse(data, cuts) == texts


@given(st.binary(max_size=200), st.lists(st.integers(0, 200)))
def test_garbage_is_read_the_same_however_it_is_cut(data: bytes, cuts: list[int]) -> None:
    assert parse(data, cuts) == parse(data, [])


def test_comments_and_other_fields_are_skipped_and_lines_of_data_joined() -> None:
    stream = b"\xef\xbb\xbf: ping\n\nevent: x\nid: 7\ndata: one\ndata:two\n\ndata\n\n"
    assert parse(stream, []) == ["one\ntwo", ""]


def test_an_event_that_never_ends_is_refused() -> None:
    parser = EventParser()
    parser.feed(b"data: " + b"x" * (LONGEST_EVENT // 2))
    with pytest.raises(ValueError, match="longer than"):
        parser.feed(b"x" * (LONGEST_EVENT // 2))
