"""Counts that no parser takes for a number in running text, beside the words for what is counted.

“a child” is one, “no children” is none, “4 star” and “for 3 days” are numbers where a slot asks for
stars or days, and “for two” are people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from backend.words import STOP_WORDS

from ..schema import Slot
from .claims import Claim, claim
from .cues import Hit
from .reading import Token, overlaps, tokens, trim
from .roles import counts_people
from .surroundings import Surroundings
from .values import Found

_NOBODY = re.compile(
    r"\W*(?:none|no ?(?:one|body)|nobody|zero|just me|no|nope|没有人?|不带人?|没|无|一个都?没有|零)"
    r"(?:[\s,]*(?:thanks|thank you|at all|sorry|谢谢))*\W*"
)
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_WORDS = frozenset(_NUMBERS.split()) | frozenset("一二两三四五六七八九十")
_LEAST = 0.3  # weight of the word that is counted
_ONE = re.compile(r"(?:^|[\s,.;])(?P<said>an?|just one|another)\s+(?:\w+\s+)?$")
_NONE = re.compile(r"(?:^|[\s,.;])(?P<said>no|without(?: any)?|zero)\s+$|(?P<han>没有?|不带|无)$")


def beside(around: Surroundings, claims: Sequence[Claim]) -> list[Claim]:
    """Numbers next to a slot's own words, and behind “for” where people are counted."""
    found: list[Claim] = []
    for slot in around.cues.slots.values():
        if slot.type == "number":
            taken = [one.span for one in claims if one.slot == slot.name]
            for token in _next_to(around, slot):
                if not any(overlaps((token.start, token.end), span) for span in taken):
                    found += _read(around, slot, token)
    return found


def _next_to(around: Surroundings, slot: Slot) -> Iterable[Token]:
    reading = around.reading
    for hit in around.hits:
        if hit.slot == slot.name and hit.weight >= _LEAST:
            near = (*reading.before(hit.start, 1), *reading.after(hit.end, 1))
            yield from (t for t in near if not reading.stops(t.end, hit.start))
    if counts_people(slot):
        yield from (two for one, two in pairwise(reading.tokens) if one.norm == "for")


def _read(around: Surroundings, slot: Slot, token: Token) -> Iterable[Claim]:
    """The one word as a number, where it is one; not “a” and not “one” for anything."""
    if not (token.norm.isdecimal() or token.norm in _WORDS):
        return
    after = around.reading.after(token.end, 1)
    if token.norm == "one" and after and after[0].norm in STOP_WORDS:
        return
    read = around.finder.read(around.reading.text[token.start : token.end], slot)
    if isinstance(read, Found) and not isinstance(read.value, bool):
        yield claim(slot, read, token.start, len(around.reading.text))


def counts(around: Surroundings, asked: str) -> list[Claim]:
    """Counts without a figure; at most one claim a slot."""
    found = {one.slot: one for one in _nobody(around, asked)}
    for hit in around.hits:
        slot = around.cues.slots[hit.slot]
        if slot.integer and hit.weight >= _LEAST:
            one = _count(around, slot, hit)
            if one:
                found.setdefault(slot.name, one)
    return list(found.values())


def _nobody(around: Surroundings, asked: str) -> Iterable[Claim]:
    """“none” as the answer to how many."""
    slot = around.cues.slots.get(asked)
    match = _NOBODY.fullmatch(around.reading.folded[:60].strip())
    value = around.finder.read("0", slot) if slot and slot.integer and match else None
    whole = trim(around.reading.text, 0, len(around.reading.text))
    if slot and whole and isinstance(value, Found):
        yield Claim(slot.name, slot.type, value, *whole, "label", 0.95)


def _count(around: Surroundings, slot: Slot, hit: Hit) -> Claim | None:
    text = around.reading.folded
    since = max(hit.start - 30, 0)
    one, none = (pattern.search(text[since : hit.start]) for pattern in (_ONE, _NONE))
    match = one or none
    if match is None or not (match.groupdict().get("han") or _plural(slot, hit)):
        return None
    value = around.finder.read("1" if one else "0", slot)
    if not isinstance(value, Found):
        return None
    start = since + max(match.start("said"), match.start("han") if none else 0)
    return Claim(slot.name, slot.type, value, start, hit.end, "label", 0.75)


def _plural(slot: Slot, hit: Hit) -> bool:
    """Whether the slot names in the plural what the hit names: “Adults” for “an adult”."""
    named = " ".join([*slot.title.values(), slot.description, slot.name.replace("_", " ")])
    return any(
        token.stem == hit.term and (token.norm.endswith("s") or token.norm != token.stem)
        for token in tokens(named)
    )
