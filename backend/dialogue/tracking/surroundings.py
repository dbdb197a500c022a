"""What the searches for values look at together, and where the words that lead to a value begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.words import STOP_WORDS

from .claims import Claim, Finder
from .cues import Cues, Hit
from .reading import Reading, overlaps

LOOSE = frozenset({"text", "person", "location"})  # types without a look of their own
_LEADS = "on at by via number no nr is 是 号 码 为 的 我 和 还 有 在"
_LEADING = frozenset(_LEADS.split())


@dataclass(frozen=True)
class Surroundings:
    """All that the search for named values looks at."""

    reading: Reading
    cues: Cues
    finder: Finder
    hits: Sequence[Hit]


def lead_in(around: Surroundings, one: Claim, least: int) -> int:
    """Where the words that lead to the claim begin: “, and my email is …”."""
    own = [(hit.start, hit.end) for hit in around.hits if hit.slot == one.slot]
    start = one.start
    for token in reversed(around.reading.before(one.start, 8)):
        gap = (token.end, start)
        if token.start < least or around.reading.stops(*gap) or around.reading.pauses(*gap):
            break
        small = token.norm in STOP_WORDS or token.norm in _LEADING
        if not small and not any(overlaps((token.start, token.end), hit) for hit in own):
            break
        start = token.start
    return start
