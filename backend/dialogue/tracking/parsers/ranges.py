"""Ranges of days: “from Monday to Wednesday”, “14–16 Dec”, “3 nights from the 14th”, “周一到周三”.

What is left out of one end is taken from the other: in “14 to 16 December” both are in December,
and the last day is the first one that fits after the first. Nights count to the day of leaving,
days and weeks include their last day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ...schema import Slot
from ..values import Bad, Context, Found
from .common import apart, asks, fold, pick
from .dates import check, refused, said_days
from .days import Limits, Said, limits, resolve, shift
from .ends import cue_length, ends, half_pairs, pairs
from .numerals import SMALL, chinese, english

_COUNT = rf"(?P<count>[0-9]{{1,2}}|{SMALL}|an?|[一二两三四五六七八九十]{{1,3}})"
_LENGTH = (
    rf"{_COUNT}[ -]?(?:whole |full )?(?P<unit>days?|nights?|weeks?|fortnights?|天|晚|夜|周|"
    rf"个?星期|个?礼拜)"
    r"(?![a-z])"
)
_LENGTH_BEFORE = re.compile(
    rf"(?:for |住)?{_LENGTH},? ?(?:from |starting |beginning |commencing |as of |after |on |从|"
    rf"自|[,.] ?)(?:on |from |从)?(?:the )?$"
)
_LENGTH_AFTER = re.compile(
    rf"(?: ?(?:起|开始|以后|入住))?[, ]{{0,2}}(?:for|x|住|待|共|一共|租|,)? ?(?:the )?{_LENGTH}"
)
_ONLY = re.compile(
    r"\b(?:just|only|one day|single day|a day|day trip|all day)\b|只|就一天|当天|一天"
)


class RangeParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        folded = fold(text)
        return apart(_ranges(text, folded, slot, context, lenient=False), folded)

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        """A single day is one_date, unless it is said to be the only one."""
        folded = fold(text)
        chosen = pick(apart(_ranges(text, folded, slot, context, lenient=True)), text)
        if chosen and not (isinstance(chosen, Bad) and asks(folded)):
            return chosen
        today = context.now.date()
        within = limits(slot, today)
        for said in [] if asks(folded) else said_days(text, context, lenient=True, counted=False):
            day = check(said, today, within)
            if isinstance(day, Bad):
                return day
            if _ONLY.search(folded):
                return replace(day, value={"from": day.value, "to": day.value}, confidence=0.8)
            return Bad("one_date", said.start, said.end, {"date": day.value})
        return Bad("not_a_range", 0, len(text))


def _ranges(
    text: str, folded: str, slot: Slot, context: Context, lenient: bool
) -> Iterator[Found | Bad]:
    today = context.now.date()
    within = limits(slot, today)
    told = said_days(text, context, lenient, counted=False)
    for first, last in [*pairs(folded, told), *half_pairs(folded, told)]:
        yield _from_to(first, last, today, within, folded)
    for said in (one for one in told if one.until is None):
        yield from _counted(folded, said, today, within)
    for said in (one for one in told if one.until is not None and one.exact is not None):
        yield _taken(said.exact, said.until, (said.start, said.end), within, said.sure)


def _counted(folded: str, said: Said, today: date, within: Limits) -> Iterator[Found | Bad]:
    since = max(said.start - 40, 0)
    before = _LENGTH_BEFORE.search(folded[since : said.start])
    after = _LENGTH_AFTER.match(folded, said.end)
    length = before or after
    days = _days(length) if length else None
    if length is None or days is None:
        return
    start = since + before.start() if before else said.start
    end = said.end if before else length.end()
    first = resolve(said, today, within)
    last = shift(first, days) if first else None
    yield _taken(first, last, (start, end), within, said.sure)


def _days(length: re.Match[str]) -> int | None:
    """How many days after the first the last one is."""
    said, unit = length["count"], length["unit"]
    count = 1 if said in ("a", "an") else int(said) if said.isdigit() else english(said)
    count = chinese(said) if count is None and not said.isascii() else count
    if not count:
        return None
    if unit[0] in "n晚夜":
        return count
    return count * (1 if unit[0] in "d天" else 14 if unit[0] == "f" else 7) - 1


def _from_to(first: Said, last: Said, today: date, within: Limits, folded: str) -> Found | Bad:
    place = (first.start - cue_length(folded, first), last.end)
    began, ended = ends(first, last, today, within)
    if began is None or ended is None:
        return Bad("no_such_date", *place)
    return _taken(began, ended, place, within, min(first.sure, last.sure))


def _taken(
    first: date | None, last: date | None, place: tuple[int, int], within: Limits, sure: float
) -> Found | Bad:
    if first is None or last is None:
        return Bad("no_such_date", *place)
    if last < first:
        return Bad("reversed", *place)
    value = {"from": first.isoformat(), "to": last.isoformat()}
    return (
        refused(first, within, place) or refused(last, within, place) or Found(value, *place, sure)
    )
