"""Claims: “these characters are a value of that slot”, gathered from parsers and weighed by cues.

A claim is not yet believed; :mod:`.assigning` chooses among those that contradict one another.
Knows parsers by their contract only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from backend.words import STOP_WORDS

from ..schema import Slot, SlotType
from . import markers
from .cues import REACH, Cues, Hit
from .offered import among
from .parsers.common import has_han
from .reading import Reading, Span, overlaps
from .values import Bad, Context, Found, Parser

MOST_CLAIMS = 400  # in one message; what stands further down is not read
# How much a value tells by its looks alone, without the question for it and without a cue.
TELLING = {
    "email": 0.97,
    "pattern": 0.9,
    "phone": 0.9,
    "date_range": 0.85,
    "choice": 0.85,
    "money": 0.8,
    "date": 0.75,
    "time": 0.75,
    "location": 0.6,
    "person": 0.6,
    "number": 0.35,
    "yes_no": 0.0,
    "text": 0.0,
}
_INSIDE = {"choice": 0.0, "text": 0.0, "number": 0.95, "money": 0.95}  # of a word in the value
_BEFORE_ONE = {"the", "this", "that", "another", "which", "any", "other", "no", "some", "every"}
_AFTER_ONE = {"way", "of", "more", "that", "thing", "moment", "second", "minute", "last"}
_POLITE = {"please", "fine", "i'd", "i'll", "we'd", "we'll", "it's", "thanks", "yes", "ok"}
_READ_BY = {
    *("type", "choices", "minimum", "maximum", "integer", "unit", "currency", "pattern"),
    *("earliest", "latest"),
}
By = Literal["found", "read", "offer", "label", "context", "reworded"]


@dataclass(frozen=True)
class Claim:
    """``found`` is what the parser made of ``start`` to ``end``. ``cue`` is 0 to 1.

    ``old``: the words take it back or rule it out. ``corrects``: how surely they put it in the
    place of what was said before. ``inherits`` is the span that it takes the place of.
    """

    slot: str
    type: str
    found: Found | Bad
    start: int
    end: int
    by: By = "found"
    cue: float = 0.0
    old: bool = False
    corrects: float = 0.0
    inherits: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        return self.start, self.end

    @property
    def bad(self) -> bool:
        return isinstance(self.found, Bad)

    @property
    def value(self) -> Any:
        return self.found.value if isinstance(self.found, Found) else None

    @property
    def sure(self) -> float:
        """The parser's own confidence; of what it refuses, half."""
        return self.found.confidence if isinstance(self.found, Found) else 0.5


def claim(
    slot: Slot, found: Found | Bad, offset: int, length: int, by: By = "found", cue: float = 0.0
) -> Claim:
    """A claim on a piece that begins at ``offset`` of a message with ``length`` characters."""
    start = min(max(found.start + offset, 0), length)
    end = min(max(found.end + offset, start), length)
    return Claim(slot.name, slot.type, found, start, end, by, cue)


@dataclass(frozen=True)
class Finder:
    """Runs the parsers over a message, once for slots that are read alike."""

    parsers: Mapping[SlotType, Parser]
    contexts: Mapping[str, Context]
    _keys: dict[str, str] = field(default_factory=dict)

    def all(self, reading: Reading, slots: Iterable[Slot]) -> list[Claim]:
        blanked = markers.without_refusals(reading.text, reading.folded)
        unmoved = markers.without_changes(blanked, reading.folded)
        done: dict[str, list[Found | Bad]] = {}
        claims: list[Claim] = []
        for slot in slots:
            key = self._key(slot)
            if key not in done:
                text = reading.text if slot.type == "yes_no" else blanked
                done[key] = self.find(unmoved if slot.type == "date" else text, slot)
            claims += [claim(slot, one, 0, len(reading.text)) for one in done[key]]
        kept = [one for one in claims if one.start < one.end and not _idle(one, reading)]
        return kept[:MOST_CLAIMS]

    def find(self, text: str, slot: Slot) -> list[Found | Bad]:
        parser, context = self.parsers[slot.type], self.contexts[slot.name]
        return among(parser.find(text, slot, context), slot, context, parser)

    def read(self, text: str, slot: Slot) -> Found | Bad:
        parser, context = self.parsers[slot.type], self.contexts[slot.name]
        return among([parser.read(text, slot, context)], slot, context, parser)[0]

    def _key(self, slot: Slot) -> str:
        if slot.offer or self.contexts[slot.name].options:
            return slot.name
        if slot.name not in self._keys:
            read_by = slot.model_dump(mode="json", include=_READ_BY)
            self._keys[slot.name] = json.dumps(read_by, sort_keys=True)
        return self._keys[slot.name]


def _idle(one: Claim, reading: Reading) -> bool:
    """A “one” that counts nothing: “the one”, “the green one”, “one way”, “one of them”."""
    if one.type not in ("number", "choice") or reading.folded[one.start : one.end] != "one":
        return False
    before = [token.norm for token in reading.before(one.start, 2)]
    after = [token.norm for token in reading.after(one.end, 1)]
    of_a_kind = len(before) > 1 and before[0] in _BEFORE_ONE and before[1] not in STOP_WORDS
    return bool(of_a_kind or {*before[-1:]} & _BEFORE_ONE or {*after} & _AFTER_ONE)


def with_cues(
    claims: Sequence[Claim], reading: Reading, cues: Cues, hits: Sequence[Hit]
) -> list[Claim]:
    """Each claim with the strength of the words and contexts beside it."""
    by_slot: dict[str, list[Hit]] = {}
    for hit in hits:
        by_slot.setdefault(hit.slot, []).append(hit)
    rivals: dict[str, list[Span]] = {}
    for one in claims:
        rivals.setdefault(one.type, []).append(one.span)
    return [
        replace(
            one,
            cue=max(
                one.cue,
                _near(one, reading, by_slot.get(one.slot, ()), rivals[one.type]),
                cues.counted(reading, one.span, one.slot),
                _by_itself(one, reading),
                cues.context(reading, one.span, one.slot),
            ),
        )
        for one in claims
    ]


def _by_itself(one: Claim, reading: Reading) -> float:
    """“I need 3.” is said of the number that is missing."""
    if one.type != "number":
        return 0.0
    start, end = reading.clause(one.start)
    beside = [*reading.before(one.start, 5), *reading.after(one.end, 4)]
    told = [token for token in beside if start <= token.start < end]
    small = all(token.norm in STOP_WORDS or token.norm in _POLITE for token in told)
    return 0.3 if small and len(told) <= 6 else 0.0


def _near(one: Claim, reading: Reading, hits: Sequence[Hit], rivals: Sequence[Span]) -> float:
    """How surely the slot's words near the claim speak of it; each word counts once."""
    best: dict[str, float] = {}
    for hit in hits:
        strength = hit.weight * _closeness(one, hit, reading, rivals)
        best[hit.term] = max(best.get(hit.term, 0.0), strength)
    rest = 1.0
    for strength in best.values():
        rest *= 1 - strength
    return 1 - rest


def _closeness(one: Claim, hit: Hit, reading: Reading, rivals: Sequence[Span]) -> float:
    if overlaps(one.span, (hit.start, hit.end)):
        return _INSIDE.get(one.type, 0.3)
    left = hit.end <= one.start
    gap = (hit.end, one.start) if left else (one.end, hit.start)
    distance = reading.distance(*gap)
    if has_han(hit.term):
        distance = distance // 2
    if distance > REACH:
        return 0.0
    close = (1 - distance / (REACH + 1)) * (1.0 if left else _right(one, hit))
    if left and distance and one.type == "number" and _counts_else(one, hit, reading):
        close *= 0.4
    close *= 0.25 ** min(reading.stops(*gap), 2) * 0.6 ** min(reading.pauses(*gap), 2)
    return close * (0.35 if any(gap[0] <= s and e <= gap[1] for s, e in rivals) else 1.0)


def _counts_else(one: Claim, hit: Hit, reading: Reading) -> bool:
    """“a room for two days”: a word behind the number says that something else is counted."""
    after = reading.after(one.end, 1)
    near = bool(after) and after[0].start - one.end <= 1 and after[0].norm.isascii()
    return near and after[0].norm not in STOP_WORDS and after[0].stem not in hit.term


def _right(one: Claim, hit: Hit) -> float:
    """“2 adults”, “周五入住”: there the word follows; elsewhere it mostly comes first."""
    return 0.9 if one.type in ("number", "money") or has_han(hit.term) else 0.6
