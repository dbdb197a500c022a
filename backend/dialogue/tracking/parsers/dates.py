"""Dates. How words are read is told in ``dates_en``, ``dates_zh`` and ``days``.

Numbers such as 14/12 are day first, but month first where the visitor's country writes so, and in
Chinese. A day outside the slot's limits is Bad with the limit; so is a span (“next week”), a day
that no calendar has, and a weekday that its date does not fall on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from ...schema import Slot
from ..values import Bad, Context, Found
from .common import answer, apart, asks, fold, has_han, moves, pick
from .dates_en import Around, english_days, ordered
from .dates_zh import chinese_days
from .days import Limits, Said, limits, made, resolve, shift
from .ends import cue_length, ends, half_pairs, pairs
from .spans_en import english_spans

# Where the month is written before the day: America and its neighbours, and East Asia.
_MONTH_FIRST_IN = "US PH FM MH PW GU AS PR VI MP KY CN TW JP KR HU MN LT"
_MONTH_FIRST = frozenset(_MONTH_FIRST_IN.split())
_BESIDE = 20  # characters between a week and a weekday in it
_BASIC = re.compile(r"(?:19|20)[0-9]{6}")
_DOTTED = re.compile(r"(?P<one>[0-9]{1,2})[. -](?P<two>[0-9]{1,2})\.?")


class DateParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        said = said_days(text, context)
        return apart(_checked(text, said, slot, context), fold(text))

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        """Also “the first”, “14.12.”, “20261214”."""
        folded = fold(text)
        said = said_days(text, context) or said_days(text, context, lenient=True)
        if not said:
            said = [each for each in (_numbers(folded, context),) if each]
        chosen = pick(apart(_checked(text, said, slot, context)), text)
        if chosen and not (isinstance(chosen, Bad) and asks(folded)):
            return chosen
        return Bad("not_a_date", 0, len(text))


def said_days(
    text: str, context: Context, lenient: bool = False, counted: bool = True
) -> Sequence[Said]:
    """What the text tells of days, in order: of overlapping readings the longest.

    Without ``counted`` “two weeks from Monday” is read as Monday alone.
    """
    return _said_days(text, context.now.date(), _month_first(context), lenient, counted)


def _month_first(context: Context) -> bool:
    return context.region in _MONTH_FIRST or context.language == "zh"


@lru_cache(maxsize=64)  # one message is read for many slots
def _said_days(
    text: str, today: date, month_first: bool, lenient: bool, counted: bool
) -> Sequence[Said]:
    folded = fold(text)
    around = Around(today, month_first, lenient, text)
    told = [*english_days(folded, around), *english_spans(folded, today)]
    if has_han(folded):
        told += chinese_days(folded, today)
    return tuple(_narrowed(_apart(one for one in told if counted or not one.counted)))


def _narrowed(told: list[Said]) -> list[Said]:
    """With a weekday that is named beside its week as one day (“next week, maybe Wednesday”)."""
    kept = list(told)
    for one, other in pairwise(told):
        span, day = (one, other) if one.until else (other, one)
        if other.start - one.end > _BESIDE or day.weekday is None or day.exact or day.day:
            continue
        first = span.exact if span.until else None
        meant = first and shift(first, (day.weekday - first.weekday()) % 7)
        if meant and span.until and meant <= span.until and span in kept:
            kept[kept.index(day)] = replace(day, exact=meant)
            kept.remove(span)
    return kept


def _apart(told: Iterable[Said]) -> list[Said]:
    kept: list[Said] = []
    taken: set[int] = set()
    for one in sorted(told, key=lambda each: (each.start - each.end, each.start)):
        places = range(one.start, one.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)


def _checked(text: str, told: Sequence[Said], slot: Slot, context: Context) -> list[Found | Bad]:
    """The days as values; two that are the ends of a range are several days.

    Where one is to take the other's place (“move it from Monday to Tuesday”), that one is meant.
    """
    folded, today = fold(text), context.now.date()
    within = limits(slot, today)
    checked: list[Found | Bad] = []
    replaced: set[Said] = set()
    for first, last in [*pairs(folded, told), *half_pairs(folded, told)]:
        if cue_length(folded, first) and moves(folded, first.start, last.end):
            replaced.add(first)
            continue
        days = ends(first, last, today, within)
        fields = {name: str(day) for name, day in zip(("first", "last"), days, strict=True) if day}
        if len(fields) == 2:
            checked.append(Bad("several_days", first.start, last.end, fields))
    return checked + [check(said, today, within) for said in told if said not in replaced]


def check(said: Said, today: date, within: Limits) -> Found | Bad:
    """The day that is meant, or why it cannot be taken."""
    place = (said.start, said.end)
    day = resolve(said, today, within)
    if day is None:
        return Bad("no_such_date", *place)
    if said.until and said.until != day:
        fields = {"first": day.isoformat(), "last": said.until.isoformat()}
        return Bad("several_days", *place, fields)
    if said.weekday is not None and day.weekday() != said.weekday:
        return Bad("weekday_differs", *place, {"date": day.isoformat()})
    return refused(day, within, place) or Found(day.isoformat(), *place, said.sure)


def refused(day: date, within: Limits, place: tuple[int, int]) -> Bad | None:
    """Why the slot does not take the day, with the limit that it passes."""
    reason = within.broken(day)
    limit = within.earliest if reason == "too_early" else within.latest
    return Bad(reason, *place, {"limit": limit.isoformat()}) if reason and limit else None


def _numbers(folded: str, context: Context) -> Said | None:
    """Numbers alone that are a date only as an answer: “20261214”, “14.12.”, “14 12”, “14”."""
    start, end = answer(folded)
    written = folded[start:end]
    if _BASIC.fullmatch(written):
        day = made(int(written[:4]), int(written[4:6]), int(written[6:]))
        return Said(start, end, exact=day, impossible=day is None)
    dotted = _DOTTED.fullmatch(written)
    if dotted:
        around = Around(context.now.date(), _month_first(context))
        day_of, month, _ = ordered(int(dotted["one"]), int(dotted["two"]), around)
        return Said(start, end, month=month, day=day_of, sure=0.7) if 1 <= month <= 12 else None
    if re.fullmatch("[0-9]{1,2}", written) and 1 <= int(written) <= 31:
        return Said(start, end, day=int(written), sure=0.6)
    return None
