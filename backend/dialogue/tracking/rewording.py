"""Corrections of values without a look of their own: “not the boots, the sandals”.

Works from the values that are filled already, since nothing else tells which words are meant.
Knows parsers by their contract only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from backend.words import STOP_WORDS

from ..memory import Value
from ..schema import Slot
from . import markers, refusals
from .claims import Claim, claim
from .doubts import doubts
from .parsers import postal
from .parsers.common import fold, has_han
from .reading import Span, tokens, trim
from .surroundings import LOOSE, Surroundings
from .values import Bad, Found

_LONGEST_OLD = 80  # characters of a value that is looked for
_NEVER = frozenset({"not", "wrong", "right", "correct", "cancel", "stop", "change", "different"})
_LONGEST_NEW = 60  # characters of what takes its place, where nothing else says so
_BETWEEN = re.compile(
    r"^[\s,，.。;；:\"”’]*(?:(?:but|it'?s|it is|rather|to|with|for|into|should be|and)(?![a-z])\s*|"
    r"而?是|改[成为]|换成|应该是|应为|要)*\s*",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"[\s,.;]*(?:,? ?(?:and )?not|instead of|rather than|而?不是|不要)\s*(?:the |a |an |my )?$",
    re.IGNORECASE,
)
_HALF = re.compile(r"[ap]\.?m|[上下中]午|早|晚|凌晨|夜|morning|noon|evening|night|\b0\d|\b1[3-9]")
_ARTICLE = re.compile(r"(?:the|a|an|my|some|with|for)\s+", re.IGNORECASE)


def replaced(around: Surroundings, filled: Mapping[str, Value]) -> list[Claim]:
    """New values for loose slots whose old value the message takes back by name."""
    found: list[Claim] = []
    for slot in around.cues.slots.values():
        if slot.type in LOOSE and slot.name in filled:
            found += _in_place_of(around, slot, filled[slot.name])
    return found


def _in_place_of(around: Surroundings, slot: Slot, value: Value) -> Iterable[Claim]:
    old = _place(around.reading.folded, fold(str(value.value or "")))
    new = new_words(around, old) if old else None
    if new:
        yield from _claimed(around, slot, new, 0.85)


def new_words(around: Surroundings, old: Span) -> Span | None:
    """Where the words stand that are to take the place of the old ones; None where none do."""
    text = around.reading.folded
    start, end = around.reading.sentence(old[0])
    after = (old[1] + _length(_BETWEEN, text[old[1] : end]), end)
    before = _BEFORE.search(text[start : old[0]])
    ahead = text[start : start + before.start()] if before else ""
    if before and trim(ahead, 0, len(ahead)) and not markers.is_filler(ahead):
        return start, start + before.start()
    changed = markers.replaced(text, old, after) or markers.gives_way(text, old, after)
    return after if changed or refusals.refused(text, old) else None


def _place(text: str, old: str) -> Span | None:
    """Where the old value is said again, in whole words."""
    if not 1 < len(old) <= _LONGEST_OLD:
        return None
    said = re.search(rf"(?<![A-Za-z0-9]){re.escape(old)}(?![A-Za-z0-9])", text, re.IGNORECASE)
    return said.span() if said else None


def _length(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def in_the_same_half(
    claims: Sequence[Claim], around: Surroundings, filled: Mapping[str, Value]
) -> list[Claim]:
    """“make it 8 o'clock” after 7 pm is 8 pm: a time that says no half keeps that of the old."""
    return [_later(one, around, filled.get(one.slot)) for one in claims]


def _later(one: Claim, around: Surroundings, old: Value | None) -> Claim:
    said = around.reading.folded[max(one.start - 8, 0) : one.end + 12]
    if one.type != "time" or not one.corrects or _HALF.search(said) or old is None:
        return one
    before, now = str(old.value or ""), str(one.value or "")
    if not ("12:00" <= before <= "23:59" and "01:00" <= now < "12:00"):
        return one
    later = f"{int(now[:2]) + 12}{now[2:]}"
    found = around.finder.read(later, around.cues.slots[one.slot])
    return replace(one, found=found) if isinstance(found, Found) else one


def meant(around: Surroundings, filled: Mapping[str, Value]) -> list[Claim]:
    """“no, sandals”, “改成凉鞋”: the value filled last, where that is a loose one."""
    last = max(filled, key=lambda name: (filled[name].message, filled[name].start), default="")
    slot = around.cues.slots.get(last)
    text = around.reading.folded
    start = markers.correction(text)
    piece = trim(text, start, len(text)) if start else None
    if slot is None or slot.type not in LOOSE or piece is None:
        return []
    new = list(_claimed(around, slot, piece, 0.6))
    said = text[slice(*new[0].span)] if new else ""
    return (
        new if said and said not in fold(str(filled[last].value)) and _names_a_thing(said) else []
    )


def _names_a_thing(said: str) -> bool:
    """Whether the words can be a value and are no sentence: “that is not what I want” is one."""
    told = [token.norm for token in tokens(said)]
    small = any(norm in STOP_WORDS or norm in _NEVER for norm in told)
    return len(said) <= _LONGEST_NEW and not small and doubts(said)[0] > 0.9


def _claimed(around: Surroundings, slot: Slot, piece: Span, sure: float) -> Iterable[Claim]:
    text = around.reading.text
    span = trim(text, *piece)
    if span is None:
        return
    bare = trim(text, span[0] + _bare(around, slot, text[slice(*span)]), span[1])
    found = around.finder.read(text[slice(*bare)], slot) if bare else None
    if bare and isinstance(found, Bad) and found.reason == "no_address":
        found = _town(text[slice(*bare)]) or found
    if bare and isinstance(found, Found):
        yield claim(slot, found, bare[0], len(text), "reworded", sure)


def _town(said: str) -> Found | None:
    """A name that says too little for a whole address, yet may be a part of the known one."""
    named = (said[0].isupper() or has_han(said)) and not postal.UNNAMED.fullmatch(fold(said))
    return Found(said, 0, len(said)) if named else None


def _bare(around: Surroundings, slot: Slot, said: str) -> int:
    """The length of a correction's words and, where examples mark values without, of an article."""
    start = markers.correction(fold(said))
    article = _ARTICLE.match(said[start:])
    return start + (article.end() if article and around.cues.marked(slot.name) else 0)
