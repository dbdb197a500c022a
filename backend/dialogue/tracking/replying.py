"""The message as an answer to the question for one slot, where no value stood out.

Free text is the message without what belongs to other slots. A message that is hardly an answer
(see :mod:`.doubts`) gives low confidence and says so: what it is, the policy decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from backend.words import STOP_WORDS, terms

from ..schema import Intent, Slot
from ..understanding import phrases, signals
from . import agreement, markers, polarity
from .claims import Claim
from .doubts import ASKED, doubts, says_nothing
from .parsers.common import fold
from .reading import Reading, Span, tokens, trim, without
from .surroundings import Surroundings, lead_in
from .values import Bad, Found

_NOTHING = ("not_a", "not_yes_no", "not_money", "empty")  # reasons that nothing was tried
_SHORT = (
    60  # characters; a longer message that has no value of the type is hardly an attempt at one
)
_BEFORE_PLACES = frozenset({"in", "near", "around", "from", "at", "to", "of", "visit", "try"})
_SENTENCES = "i i'm i'll i'd we we're we'll please search find look check try send let's can could"
_SENTENCE = frozenset(_SENTENCES.split())
_LEADS = STOP_WORDS | {"it's", "that's", "i'm"}


@dataclass(frozen=True)
class Answer:
    """``found`` in ``start`` to ``end`` of the message; ``how`` says what speaks against it."""

    found: Found | Bad
    start: int
    end: int
    confidence: float
    how: str


def loose(
    around: Surroundings, slot: Slot, others: Sequence[Claim], intent: Intent
) -> Answer | None:
    """Free text, a name or a place: the longest piece of the message that is left for it."""
    piece = _longest(around, others)
    if piece is None:
        return None
    said = around.reading.text[slice(*piece)]
    if phrases.small_talk(said):
        return None
    found = around.finder.read(said, slot)
    nothing = says_nothing(fold(said), _named(slot, intent))
    later = _place_in(said) if slot.type == "location" else 0
    if isinstance(found, Bad) and slot.type != "text":
        later = _without_lead(said)
    # “Do you deliver on Saturdays?” asks, whatever of it looks like a place.
    asks = bool(later) and signals.is_question(said) and not any(c.isdigit() for c in said)
    if later:
        piece, said = (piece[0] + later, piece[1]), said[later:]
        found = around.finder.read(said, slot)
    start, end = piece[0] + found.start, piece[0] + found.end
    sure, why = (0.3, nothing) if nothing else doubts(said)
    if asks and sure > ASKED:
        sure, why = ASKED, "reads like a question"
    if slot.type == "person" and sure == ASKED and isinstance(found, Found):
        sure, why = 0.95, ""  # “Will Smith”: questions are no names to the parser
    if any(one.corrects for one in others):
        sure, why = 0.4, "goes with a correction"
    if agreement.yes_or_no(said)[0] is not None and markers.is_filler(agreement.yes_or_no(said)[1]):
        sure, why = 0.4, "is a bare yes or no"
    if isinstance(found, Bad):
        part = _of_a_clause(around, slot, piece)
        if part:
            return part
        return Answer(found, start, end, min(sure, 0.6), why or "the answer is not taken")
    how = why or "the answer to the question"
    if around.reading.cut:
        how += "; the end of a very long message was left out"
    return Answer(found, start, end, sure * found.confidence, how)


def _named(slot: Slot, intent: Intent) -> set[str]:
    """The terms of what is asked and of what is done with it."""
    titles = [*slot.title.values(), *intent.title.values()]
    names = [name.replace("_", " ") for name in (slot.name, intent.name)]
    return {term for text in (*titles, *names) for term in terms(text)}


def _place_in(said: str) -> int:
    """How many characters of a sentence come before its place: “I'm looking around Leeds”."""
    told = tokens(said)
    if not told or told[0].norm not in _SENTENCE or any(c.isdigit() for c in said):
        return 0
    before = [one for one, following in pairwise(told) if one.norm in _BEFORE_PLACES]
    last = before[-1] if before else None
    after = next((token for token in told if last and token.start >= last.end), None)
    return after.start if after and after.norm not in STOP_WORDS else 0


def _without_lead(said: str) -> int:
    """How many characters of small words come first: “it's for …”."""
    told = tokens(said)
    first = next((token for token in told if token.norm not in _LEADS), None)
    return first.start if first else 0


def _of_a_clause(around: Surroundings, slot: Slot, piece: Span) -> Answer | None:
    """The first clause that is a value where the whole is none: “Ana Ruiz, as I said before”."""
    for start, end in around.reading.clauses():
        if slot.type != "text" and piece[0] <= start and end <= piece[1]:
            found = around.finder.read(around.reading.text[start:end], slot)
            if isinstance(found, Found) and found.confidence >= 0.5:
                place = (start + found.start, start + found.end)
                return Answer(found, *place, found.confidence, "a part of the answer")
    return None


def _longest(around: Surroundings, others: Sequence[Claim]) -> Span | None:
    reading = around.reading
    taken = [(lead_in(around, one, 0), one.end) for one in others]
    start, end = _peeled(reading)
    pieces = (trim(reading.text, *piece) for piece in without((start, end), taken))
    told = [piece for piece in pieces if piece]
    if not told:
        return None
    begin, end = max(told, key=lambda piece: (piece[1] - piece[0], -piece[0]))
    joined = re.match(
        r"(?:and|also|plus|but|还有|而且|另外)(?![A-Za-z])[\s,，]*", reading.text[begin:end]
    )
    return trim(reading.text, begin + (joined.end() if joined else 0), end)


def _peeled(reading: Reading) -> Span:
    """The message without greetings and thanks."""
    rest, _ = phrases.peel(reading.text)
    at = reading.text.find(rest) if rest else -1
    return (at, at + len(rest)) if at >= 0 else (0, len(reading.text))


def strict(around: Surroundings, slot: Slot) -> Answer | None:
    """Why the message is no value of the slot's type."""
    text = around.reading.text
    found = around.finder.read(text, slot)
    tried = isinstance(found, Bad) and not found.reason.startswith(_NOTHING)  # “morning”
    if isinstance(found, Found) or (phrases.small_talk(text) and not tried):
        return None
    sure, why = doubts(text)
    lean = polarity.leaning(around.reading.folded) if slot.type == "yes_no" and not why else None
    if lean:
        return Answer(lean, lean.start, lean.end, lean.confidence, "begins like a yes or a no")
    of_its_kind = not found.reason.startswith(_NOTHING)
    attempt = 0.8 if of_its_kind else 0.6 if len(text) <= _SHORT else 0.3
    return Answer(found, found.start, found.end, min(sure, attempt), why or "no value of the type")


def alone(reading: Reading, one: Claim) -> bool:
    """Whether the claim is a clause by itself: “10234, 12 High Street”, “tomorrow please”."""
    start, end = reading.clause(one.start)
    if not start <= one.start < one.end <= end:
        return False
    return markers.is_filler(f"{reading.folded[start : one.start]} {reading.folded[one.end : end]}")
