"""Takes apart what a parser found as one thing though it is two.

“Friday to Sunday” is no date for one slot, yet two dates for two slots, and an old and a new one
after “change”; “明晚7点” is a day and a time, whose parsers both want the evening; an address may
end in the postcode that another slot wants.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from backend.words import STOP_WORDS

from . import markers
from .claims import Claim, Finder, claim
from .cues import Cues
from .reading import Reading, Span, overlaps, trim, without
from .values import Bad

_JOINT = re.compile(
    r"[\s,]*(?:(?:to|until|till?|through|thru|and|up to|leav\w{1,3}|return\w{0,3}|depart\w{0,3}|"
    r"check\w{0,3}[ -]?out|back)(?![a-z])|-|~|[直推迟提前改换]?[到至]|[改换][成为]|和|与|,)\s*"
)


def split(claims: Sequence[Claim], reading: Reading, finder: Finder, cues: Cues) -> list[Claim]:
    """The claims, with those that hold two things as two."""
    dates = sum(slot.type == "date" for slot in cues.slots.values())
    found: list[Claim] = []
    for one in claims:
        found += _ends(one, reading, finder, cues, dates) or [one]
    found = [_without_tail(one, reading, finder, cues) for one in found]
    days = [one.span for one in found if one.type == "date"]
    codes = [one for one in found if one.type in ("pattern", "phone", "email") and not one.bad]
    found = [_without_day(one, days, reading) if one.type == "time" else one for one in found]
    return [_without_codes(one, codes, reading, finder, cues) for one in found]


def _ends(one: Claim, reading: Reading, finder: Finder, cues: Cues, dates: int) -> list[Claim]:
    """The two days of a range, where two slots may want them or one replaces the other."""
    if not isinstance(one.found, Bad) or one.found.reason != "several_days":
        return []
    places = _places(reading, one.span)
    if not places or (dates < 2 and not markers.replaced(reading.folded, *places)):
        return []
    days = (one.found.fields.get("first", ""), one.found.fields.get("last", ""))
    return [
        _half(one, day, place, reading, finder, cues)
        for day, place in zip(days, places, strict=True)
    ]


def _half(one: Claim, day: str, place: Span, reading: Reading, finder: Finder, cues: Cues) -> Claim:
    """One end of a range: the day that the parser made of both, where it stands by itself."""
    said, slot = reading.text[slice(*place)], cues.slots[one.slot]
    alone = next(iter(finder.find(said, slot)), None)
    found = finder.read(day, slot)
    if alone:
        place = (place[0] + alone.start, place[0] + alone.end)
    return replace(one, found=found, start=place[0], end=place[1])


def _places(reading: Reading, span: Span) -> tuple[Span, Span] | None:
    """Where the first and the last day stand."""
    for joint in _JOINT.finditer(reading.folded, *span):
        first = trim(reading.text, span[0], joint.start())
        last = trim(reading.text, joint.end(), span[1])
        if first and last:
            return first, last
    return None


def _without_codes(
    one: Claim, codes: Sequence[Claim], reading: Reading, finder: Finder, cues: Cues
) -> Claim:
    """An address without the postcode that another slot wants, a name without a number."""
    if one.type not in ("location", "person") or one.bad:
        return one
    inside = [code.span for code in codes if overlaps(code.span, one.span)]
    inside = [span for span in inside if span[1] >= one.end or _mixed(reading.text[slice(*span)])]
    parts = [trim(reading.text, *part) for part in without(one.span, inside)]
    place = next((part for part in parts if part), None)
    return _read_again(one, place, reading, finder, cues) if inside and place else one


def _read_again(one: Claim, place: Span, reading: Reading, finder: Finder, cues: Cues) -> Claim:
    """The claim on a part of its words."""
    read = finder.read(reading.text[slice(*place)], cues.slots[one.slot])
    again = claim(cues.slots[one.slot], read, place[0], len(reading.text))
    return replace(one, found=read, start=again.start, end=again.end)


def _mixed(code: str) -> bool:
    """Whether it has letters and digits, as no house number has."""
    return any(char.isalpha() for char in code) and any(char.isdigit() for char in code)


def _without_tail(one: Claim, reading: Reading, finder: Finder, cues: Cues) -> Claim:
    """A place or a name without the small words behind it: “1 High Street, York to”."""
    if one.type not in ("location", "person") or one.bad:
        return one
    end = one.end
    for token in reversed(reading.before(one.end, 4)):
        if token.norm not in STOP_WORDS or token.start <= one.start:
            break
        end = token.start
    place = trim(reading.text, one.start, end)
    return _read_again(one, place, reading, finder, cues) if end < one.end and place else one


def _without_day(one: Claim, days: Sequence[Span], reading: Reading) -> Claim:
    """A time without the day that it begins or ends with."""
    start, end = one.span
    for day in days:
        if overlaps(day, (start, end)) and start <= day[0] and day[1] <= end:
            start, end = (day[1], end) if day[0] == start else (start, day[0])
    left = trim(reading.text, start, end)
    return replace(one, start=left[0], end=left[1]) if left else one
