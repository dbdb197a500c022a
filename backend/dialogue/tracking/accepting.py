"""Answers that name no value: the offered one is taken, any will do, or the same as before.

Each gives places in the message that says so, and what it means. Knows parsers by their contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from ..memory import Value
from ..schema import Slot
from ..types import Utterance
from ..understanding import signals
from . import agreement, markers
from .claims import TELLING, Finder
from .cues import Cues, Hit, placed_terms
from .parsers.common import fold, last_word
from .parsers.ordinals import places
from .reading import Reading, Span, tokens, trim
from .tracker import Mention, TrackRequest
from .values import Found

_NAMED = 0.4  # weight of a word, from which it names a slot
_NUMBERS = re.compile(
    r"(?:the )?(?:[0-9]{1,2}(?:st|nd|rd|th)?|one|two|three|four|five|six|seven|eight)[.)]?|"
    r"[0-9零一二两三四五六七八九十]{1,3}[号日]?"
)
_BESIDE = 24  # characters
_WRITTEN = frozenset({"email", "phone", "pattern"})
_EXAMPLE_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:such as|like|e\.?g\.?|for (?:example|instance)|example:?)|例如|比如|譬如|"
    r"样子是|像|如)[ ,:：“\"'(]*(?:an? |the )?[“\"'(]?$"
)
_EXAMPLE_BEHIND = re.compile(r"[”\"']?(?:这样的?|那样的?|之类|,? for (?:example|instance))")
_NOUNS = {"day": "date", "date": "date", "time": "time", "hour": "time", "place": "location"}


@dataclass(frozen=True)
class Taken:
    """A value for ``slot`` that ``start`` to ``end`` of message ``message`` stand for."""

    slot: str
    value: Any
    message: int
    text: str
    start: int
    end: int
    confidence: float
    how: str
    free: bool = False  # any value will do


def _taken(
    reading: Reading, span: Span, slot: str, value: Any, confidence: float, how: str
) -> Taken:
    said = reading.text[slice(*span)]
    return Taken(slot, value, reading.seq, said, *span, confidence, how)


def mention(one: Taken) -> Mention:
    place = (one.text, one.message, one.start, one.end, one.confidence)
    kind: Literal["value", "dont_care"] = "dont_care" if one.free else "value"
    return Mention(one.slot, one.value, *place, kind=kind, how=one.how)


def offered(reading: Reading, slot: Slot, request: TrackRequest, finder: Finder) -> Taken | None:
    """The offered value that the message picks by its place, or accepts as the only one."""
    whole = trim(reading.text, 0, len(reading.text))
    values = _offers(slot, request, finder)
    if not whole or not values or (slot.type == "choice" and len(values) > 1):
        return None  # the parser of choices knows places in a list
    said = reading.folded[slice(*whole)]
    since = last_word(said)
    picked = _picked(said[since:], slot, values) if len(values) > 1 else None
    if picked:
        at = (whole[0] + since + picked.start, whole[0] + since + picked.end)
        return _taken(reading, at, slot.name, picked.value, 0.95, "picked by its place")
    if len(values) == 1 and slot.type != "yes_no" and _agrees(said):
        return _taken(reading, whole, slot.name, values[0], 0.9, "the offered value was accepted")
    return None


def _picked(said: str, slot: Slot, values: Sequence[Any]) -> Found | None:
    """By its place. A number alone, or that of a day, is none where times or days are listed."""
    for strict in (True, False):
        for one in places(said, values, strict):
            rest = f"{said[: one.start]} {said[one.end :]}"
            timed = slot.type in ("time", "date") and _NUMBERS.fullmatch(said[one.start : one.end])
            if not timed and (not strict or not re.search("[0-9]", rest)):
                return one
    return None


def _agrees(said: str) -> bool:
    sign, rest = agreement.yes_or_no(said)
    if sign is True and (markers.is_filler(rest) or markers.that_one(rest)):
        return True
    return sign is None and markers.that_one(said)


def _offers(slot: Slot, request: TrackRequest, finder: Finder) -> list[Any]:
    """What the bot listed for the slot, or the one value that it named in its last message."""
    options = request.options.get(slot.name)
    if options:
        return [option.value for option in options]
    last = next((u for u in reversed(request.history) if u.speaker != "visitor"), None)
    if last is None or TELLING[slot.type] < 0.7:
        return []
    text = last.text[:2000]
    named = [one for one in finder.find(text, slot) if isinstance(one, Found)]
    values = [one.value for one in named if not _is_example(text, one, slot)]
    return values if len(values) == 1 else []


def _is_example(text: str, one: Found, slot: Slot) -> bool:
    """Whether a value only shows how one is written: “such as name@example.com”.

    So do addresses and numbers that are written in the slot's own questions.
    """
    if _EXAMPLE_BEFORE.search(fold(text[: one.start])[-_BESIDE:]):
        return True
    if _EXAMPLE_BEHIND.match(fold(text[one.end : one.end + _BESIDE])):
        return True
    asking = (said for told in slot.prompts.values() for said in told)
    written = " ".join([slot.description, *slot.refusal.values(), *asking])
    return slot.type in _WRITTEN and text[one.start : one.end] in written


def free(reading: Reading, cues: Cues, asked: str, open_: Sequence[str]) -> list[Taken]:
    """The slots for which the message says that any value will do; ``open_`` have none yet."""
    found: dict[str, Taken] = {}
    for start, end in _pieces(reading):
        piece = reading.folded[start:end]
        match = markers.any_noun(piece)
        span = match.span() if match else markers.carefree(piece)
        if span is None:
            continue
        name = _any_of(piece, match, cues, asked, open_) if match else ""
        if not name and (match is None or markers.is_filler(match["noun"])):
            name = _free_slot(piece, span, cues, asked, open_)
        place = trim(reading.text, start + span[0], start + span[1])
        if name and place and name not in found:
            one = _taken(reading, place, name, None, 0.9, "any value will do")
            found[name] = replace(one, free=True)
    return list(found.values())


def _pieces(reading: Reading) -> list[Span]:
    """Sentences where they are short, else clauses."""
    pieces: list[Span] = []
    for start, end in reading.clauses():
        whole = reading.sentence(start)
        span = trim(reading.text, *whole) if whole[1] - whole[0] <= 100 else (start, end)
        if span and span not in pieces:
            pieces.append(span)
        if (start, end) not in pieces:
            pieces.append((start, end))
    return pieces


def _any_of(piece: str, match: re.Match[str], cues: Cues, asked: str, open_: Sequence[str]) -> str:
    """The slot that “any …” names; '' where the sentence asks for something with it."""
    if signals.is_question(piece) and not markers.is_filler(
        piece[: match.start()] + piece[match.end() :]
    ):
        return ""
    named = cues.named(match["noun"])
    best = max(named, key=lambda slot: (named[slot], slot == asked), default="")
    if best and named[best] >= _NAMED:
        return best
    kind = _NOUNS.get(match["noun"].strip().lower().rstrip("s"), "")
    if kind or not named:
        return _of_types((kind,), cues, asked, open_)
    return best if best == asked else ""


def _of_types(types: Iterable[str], cues: Cues, asked: str, open_: Sequence[str]) -> str:
    """The slot of one of the types that is asked for, or the only one that is open."""
    for type_ in types:
        fitting = [name for name, slot in cues.slots.items() if slot.type == type_]
        if asked in fitting:
            return asked
        left = [name for name in fitting if name in open_]
        if len(left) == 1:
            return left[0]
    return ""


def _free_slot(piece: str, span: Span, cues: Cues, asked: str, open_: Sequence[str]) -> str:
    """The one slot that the rest of the words name; the asked one where they tell nothing."""
    rest = f"{piece[: span[0]]} {piece[span[1] :]}"
    for pattern, types in markers.KINDS:
        if pattern.search(piece) and (name := _of_types(types, cues, asked, open_)):
            return name
    if markers.is_filler(rest):
        return asked
    named = cues.named(rest)
    best = max(named, key=lambda slot: (named[slot], slot == asked), default="")
    told = [term for term, _, _ in placed_terms(tokens(rest))]
    own = [term for term in told if best in cues.named(term)]
    return best if best and named[best] >= _NAMED and len(told) - len(own) <= 1 else ""


def referred(
    reading: Reading,
    cues: Cues,
    hits: Sequence[Hit],
    request: TrackRequest,
    filled: Mapping[str, Value],
    finder: Finder,
) -> Taken | None:
    """A value that the message says is the same as one before, with the place where it was said."""
    at = markers.same(reading.folded)
    if at is None:
        return None
    start, end = reading.sentence(at[0])
    named = [hit for hit in hits if start <= hit.start < end and hit.weight >= _NAMED]
    wanted = _wanted(reading, named, at, request.asked)
    if not wanted:
        return None
    slot = cues.slots[wanted]
    others = [hit.slot for hit in named if hit.slot != wanted and hit.start >= at[0]]
    source = _source(slot, others, cues, filled)
    if source:
        return _copied(reading, at, wanted, source, filled[source], request)
    return _from_history(slot, request.history, finder)


def _wanted(reading: Reading, named: Sequence[Hit], at: Span, asked: str) -> str:
    """The slot that gets the value: named before “same” or right after it, else the asked one."""
    before = [hit for hit in named if hit.end <= at[0]]
    compared = re.match(r"\s*(?:as|like)\b", reading.folded[at[1] :])
    near = [] if compared else [hit for hit in named if at[1] <= hit.start <= at[1] + 20]
    best = max(before or near, key=lambda hit: (hit.weight, hit.slot == asked), default=None)
    return best.slot if best else asked


def _source(slot: Slot, others: Sequence[str], cues: Cues, filled: Mapping[str, Value]) -> str:
    """The filled slot that is meant: named, or this one before, or the only one of its type."""
    for name in others:
        if name in filled and cues.slots[name].type == slot.type:
            return name
    if slot.name in filled:
        return slot.name
    alike = [
        name
        for name in filled
        if name in cues.slots and cues.slots[name].type == slot.type and filled[name].value
    ]
    return alike[0] if len(alike) == 1 else ""


def _copied(
    reading: Reading, at: Span, slot: str, source: str, value: Value, request: TrackRequest
) -> Taken:
    """The value with the place where it was said, or, where that is not at hand, this one."""
    how = f"the same as {source}"
    said = (*request.history, *request.said)
    origin = next((u for u in said if value.message and u.seq == value.message), None)
    if origin and value.text and origin.text[value.start : value.end] == value.text:
        place = (value.message, value.text, value.start, value.end)
        return Taken(slot, value.value, *place, 0.9, how, free=value.value is None)
    return replace(_taken(reading, at, slot, value.value, 0.9, how), free=value.value is None)


def _from_history(slot: Slot, history: Sequence[Utterance], finder: Finder) -> Taken | None:
    """The last value of the slot's kind that the visitor named before."""
    if TELLING[slot.type] < 0.7:
        return None
    for utterance in reversed(history):
        if utterance.speaker != "visitor":
            continue
        text = utterance.text[:2000]
        found = finder.find(text, slot)
        values = [one for one in found if isinstance(one, Found)]
        if values:
            last = values[-1]
            said = text[last.start : last.end]
            place = (utterance.seq, said, last.start, last.end)
            return Taken(slot.name, last.value, *place, 0.7, "the same as said before")
    return None
