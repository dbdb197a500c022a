"""Days that follow one another: who arrives on the 12th leaves on the Monday after it.

A weekday or a day of the month alone is read as the next one from today. Where the form has an
earlier day that lies behind it, the next one from that day is meant; a weekday that takes the place
of a known day is the one of that week. Knows no calendar but dates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ..memory import Value
from .claims import Claim
from .surroundings import Surroundings
from .values import Found

_FURTHEST = 400  # days that are looked through
_WEEKDAY = re.compile(
    r"(?:on |until |till |by )?(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?\.?|"
    r"(?:周|星期|礼拜)[一二三四五六日天]"
)
_DAY = re.compile(r"(?:on |until |till )?(?:the )?[0-9]{1,2}(?:st|nd|rd|th)|[0-9]{1,2}[日号]")


def in_order(
    chosen: Sequence[Claim], around: Surroundings, filled: Mapping[str, Value]
) -> list[Claim]:
    """The claims, days without month or week moved behind those of earlier slots."""
    days = {name: _day(value.value) for name, value in filled.items() if _is_date(around, name)}
    moved: dict[str, Claim] = {}
    chosen = [_in_its_week(one, around, filled.get(one.slot)) for one in chosen]
    order = list(around.cues.slots)
    for one in sorted(chosen, key=lambda claim: order.index(claim.slot)):
        before = [days.get(name) for name in order[: order.index(one.slot)]]
        moved[one.slot] = _behind(one, max(filter(None, before), default=None), around)
        if one.type == "date":
            days[one.slot] = _day(moved[one.slot].value)
    return [moved[one.slot] for one in chosen]


def _is_date(around: Surroundings, name: str) -> bool:
    return around.cues.slots[name].type == "date"


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _in_its_week(one: Claim, around: Surroundings, known: Value | None) -> Claim:
    """A bare weekday in place of a known day is that of the known day's week, where it can be."""
    said = around.reading.folded[one.start : one.end].strip()
    day, old = _day(one.value), _day(known.value) if known else None
    heard_here = known is not None and known.message == around.reading.seq
    if day is None or old is None or heard_here or not _WEEKDAY.fullmatch(said):
        return one
    meant = old + timedelta(days=day.weekday() - old.weekday())
    today = around.finder.contexts[one.slot].now.date()
    read = around.finder.read(meant.isoformat(), around.cues.slots[one.slot])
    return replace(one, found=read) if meant >= today and isinstance(read, Found) else one


def _behind(one: Claim, earliest: date | None, around: Surroundings) -> Claim:
    """The claim with the first such day from ``earliest`` on; as it is where it says more."""
    said = around.reading.folded[one.start : one.end].strip()
    day, slot = _day(one.value), around.cues.slots[one.slot]
    now = around.finder.contexts[one.slot].now.date()
    if day is None or earliest is None or not now <= day < earliest:
        return one
    weekly, monthly = bool(_WEEKDAY.fullmatch(said)), bool(_DAY.fullmatch(said))
    for distance in range(_FURTHEST if weekly or monthly else 0):
        later = earliest + timedelta(days=distance)
        if later.weekday() == day.weekday() if weekly else later.day == day.day:
            read = around.finder.read(later.isoformat(), slot)
            return replace(one, found=read) if isinstance(read, Found) else one
    return one
