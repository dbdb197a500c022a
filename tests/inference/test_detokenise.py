from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.inference.detokenise import Decode, Detokeniser, TextAssembler


def bytes_decoder(errors: str) -> Decode:
    """A tokenizer whose tokens are single bytes, unfinished ones replaced or left out."""

    def decode(ids: Sequence[int]) -> str:
        return bytes(ids).decode("utf-8", errors)

    return decode


def words_decoder(ids: Sequence[int]) -> str:
    """As SentencePiece does: the very first token loses its space."""
    return " ".join(f"w{one}" for one in ids)


@pytest.mark.parametrize("errors", ["replace", "ignore"])
@given(text=st.text(max_size=40), sizes=st.lists(st.integers(1, 7), min_size=1))
def test_text_comes_out_as_it_went_in_however_the_bytes_are_cut(
    errors: str, text: str, sizes: list[int]
) -> None:
    text = text.replace("\ufffd", "?")
    detokeniser, data, pieces = Detokeniser(bytes_decoder(errors)), text.encode(), []
    while data:
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(detokeniser.push(data[:size]))
        data = data[size:]
    pieces.append(detokeniser.finish())
    assert "".join(pieces) == text
    assert not any("\ufffd" in piece for piece in pieces)


@given(st.lists(st.integers(0, 99), min_size=1, max_size=20))
def test_spaces_between_words_survive(ids: list[int]) -> None:
    detokeniser = Detokeniser(words_decoder)
    text = "".join(detokeniser.push([one]) for one in ids) + detokeniser.finish()
    assert text == words_decoder(ids)


def test_an_unfinished_character_at_the_end_is_dropped() -> None:
    detokeniser = Detokeniser(bytes_decoder("replace"))
    assert detokeniser.push("好".encode()) == "好"
    assert detokeniser.push("好".encode()[:2]) == ""
    assert detokeniser.finish() == ""


def test_bytes_that_never_become_a_character_are_dropped_and_hold_nothing_back() -> None:
    detokeniser = Detokeniser(bytes_decoder("replace"))
    assert [detokeniser.push([0xFF]) for _ in range(20)] == [""] * 20
    assert detokeniser.push(b"ok") == "ok"


def test_a_stop_string_is_found_across_tokens() -> None:
    assembler = TextAssembler(bytes_decoder("replace"), ["结束"])
    shown = "".join(assembler.push([byte]) for byte in "好了结束了".encode())
    assert (shown, assembler.stopped) == ("好了", True)
