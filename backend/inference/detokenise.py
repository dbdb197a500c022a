"""Turning tokens into text while they come.

Pure: gets the tokenizer's own ``decode`` as a function. A token may end in the middle of a
character (Chinese, emoji) or lose its leading space when decoded alone, so a piece is the
difference between two decodings that begin at the same, earlier token.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .stops import StopScanner

Decode = Callable[[Sequence[int]], str]

UNFINISHED = "\ufffd"  # what a tokenizer writes for the bytes of an unfinished character
MOST_UNFINISHED = 3  # of them for one character: UTF-8 has at most 4 bytes


class Detokeniser:
    """Whole characters from tokens. Bytes that never become a character are dropped."""

    def __init__(self, decode: Decode) -> None:
        self._decode = decode
        self._ids: list[int] = []
        self._start = 0  # decoding begins here: one piece before what is still to be shown
        self._shown = 0  # tokens before this one have been shown
        self._known = ""  # the decoding of [start, shown)

    def push(self, ids: Sequence[int]) -> str:
        """Add tokens; return the new whole characters, perhaps none."""
        self._ids.extend(ids)
        text = self._decode(self._ids[self._start :])
        piece = text[len(self._known) :]
        if not piece or _may_be_unfinished(piece):
            return ""
        self._start, self._shown = self._shown, len(self._ids)
        self._known = self._decode(self._ids[self._start : self._shown])
        return piece.replace(UNFINISHED, "")

    def finish(self) -> str:
        """What is left when no more tokens come."""
        text = self._decode(self._ids[self._start :])[len(self._known) :]
        self._start = self._shown = len(self._ids)
        self._known = ""
        return text.replace(UNFINISHED, "")


def _may_be_unfinished(piece: str) -> bool:
    """More bytes than one character has are garbage: waiting longer would hold back for ever."""
    return 0 < len(piece) - len(piece.rstrip(UNFINISHED)) <= MOST_UNFINISHED


class TextAssembler:
    """Tokens in, text to show out: whole characters, ended at the first stop string."""

    def __init__(self, decode: Decode, stops: Sequence[str]) -> None:
        self._detokeniser = Detokeniser(decode)
        self._scanner = StopScanner(stops)

    @property
    def stopped(self) -> bool:
        return self._scanner.stopped

    def push(self, ids: Sequence[int]) -> str:
        return self._scanner.feed(self._detokeniser.push(ids))

    def finish(self) -> str:
        return self._scanner.feed(self._detokeniser.finish()) + self._scanner.flush()
