"""One message as trackers look at it: its tokens, the stops between them, and pieces of it.

All places are characters of the message's own text. Pure; knows nothing of slots.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from backend.words import HAN, stem

from ..types import Utterance
from .parsers.common import fold

MOST_READ = 5_000  # characters of a message that are read; no value stands further down
_TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*")
# A full stop ends a sentence only where a space follows: 12.50, a.b@c.d.
_STOP = re.compile(r"[!?;。！？；]|\.(?=\s|$)|\n+")
_PAUSE = re.compile(r"[,，、]|\s[-–—]+\s")
_EDGE = " \t\r\n,，、.。;；:：!！?？\"'“”‘’-–—…*"

Span = tuple[int, int]
# Plurals that the stemmer does not know, by their singular's stem.
_PLURALS = {"children": "child", "people": "person", "men": "man", "women": "woman", "feet": "foot"}


@dataclass(frozen=True)
class Token:
    """A Latin word (``norm`` is it folded, ``stem`` its stem) or one Han character."""

    norm: str
    stem: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    return _tokens(fold(text))


def _tokens(folded: str) -> list[Token]:
    found = ((match.group(), *match.span()) for match in _TOKEN.finditer(folded))
    return [Token(word, _PLURALS.get(word) or stem(word), *span) for word, *span in found]


@dataclass(frozen=True)
class Reading:
    """A message, cut after ``MOST_READ`` characters."""

    utterance: Utterance

    @cached_property
    def text(self) -> str:
        return self.utterance.text[:MOST_READ]

    @cached_property
    def folded(self) -> str:
        """The text, as long as before, as phrases are compared: see ``parsers.common.fold``."""
        return fold(self.text)

    @property
    def seq(self) -> int:
        return self.utterance.seq

    @property
    def cut(self) -> bool:
        return len(self.utterance.text) > MOST_READ

    @cached_property
    def tokens(self) -> list[Token]:
        return _tokens(self.folded)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _stops(self) -> list[int]:
        return [match.start() for match in _STOP.finditer(self.text)]

    @cached_property
    def _pauses(self) -> list[int]:
        return [match.start() for match in _PAUSE.finditer(self.text)]

    def before(self, place: int, count: int) -> list[Token]:
        """The last ``count`` tokens that end at or before ``place``, in order."""
        at = bisect_left(self._starts, place)
        return self.tokens[max(at - count, 0) : at]

    def after(self, place: int, count: int) -> list[Token]:
        at = bisect_left(self._starts, place)
        return self.tokens[at : at + count]

    def distance(self, start: int, end: int) -> int:
        """How many tokens begin between two places."""
        return max(bisect_left(self._starts, end) - bisect_left(self._starts, start), 0)

    def stops(self, start: int, end: int) -> int:
        """How many sentences end between two places."""
        return bisect_left(self._stops, end) - bisect_left(self._stops, start)

    def pauses(self, start: int, end: int) -> int:
        """How many commas and dashes stand between two places."""
        return bisect_left(self._pauses, end) - bisect_left(self._pauses, start)

    def sentence(self, place: int) -> Span:
        """The sentence that the character at ``place`` belongs to, stops left out."""
        return _around(self._stops, place, len(self.text))

    def clause(self, place: int) -> Span:
        """The part between two stops or pauses that the character belongs to."""
        return _around(self._cuts, place, len(self.text))

    @cached_property
    def _cuts(self) -> list[int]:
        return sorted([*self._stops, *self._pauses])

    def clauses(self) -> list[Span]:
        """Every clause with a word in it, trimmed."""
        ends = [*self._cuts, len(self.text)]
        found, start = [], 0
        for end in ends:
            piece = trim(self.text, start, end)
            if piece:
                found.append(piece)
            start = end
        return found


def _around(cuts: Sequence[int], place: int, length: int) -> Span:
    at = bisect_right(cuts, place)
    start = cuts[at - 1] + 1 if at else 0
    return start, cuts[at] if at < len(cuts) else length


def trim(text: str, start: int, end: int) -> Span | None:
    """The span without white space and punctuation on its edges; None where no word is left."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return (start, end) if any(char.isalnum() for char in text[start:end]) else None


def overlaps(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def without(span: Span, taken: Iterable[Span]) -> list[Span]:
    """What is left of the span, in order, once the others are cut out of it."""
    left, at = [], span[0]
    for start, end in sorted(taken):
        if end <= span[0] or start >= span[1]:
            continue
        if start > at:
            left.append((at, start))
        at = max(at, end)
    if at < span[1]:
        left.append((at, span[1]))
    return left
