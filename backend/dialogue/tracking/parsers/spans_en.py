"""Spans of days as English says them: “next weekend”, “this week”, “in December”, and feast days.

Weeks begin on Monday. What has begun already counts from today on (“this week”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from .days import Said, made, month_end, shift

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_WHICH = r"(?P<which>this coming|this|next|last|the coming|coming|the following|the)"
_UNIT = re.compile(
    rf"(?<![a-z])(?:(?:over|at|on|during|for|any ?time|some ?time|later) )?"
    rf"(?:(?P<part>early|mid|late) )?{_WHICH} "
    r"(?:whole )?(?P<unit>week ?end|week|month|"
    r"year)(?![a-z])(?: (?P<after>after next))?(?! (?:after|before|from|ago|of))"
)
_MONTH = re.compile(
    rf"(?<![a-z])(?:(?P<part>early|mid|late|the (?:beginning|start|middle|end) of|(?:beginning|"
    rf"start|middle|end) of)[ -](?:in )?|(?:in|during|next|this|by|for|until|of) )"
    rf"(?P<month>{'|'.join(_MONTHS)})(?: (?P<year>20[0-9]{{2}}))?(?![a-z0-9]| ?[0-9])"
)
_EDGE = re.compile(
    r"(?<![a-z])(?:the )?(?P<edge>end|beginning|start|middle|mid|last day|first day)(?: of|"
    r"-)? (?:the )?(?P<which>this|next|current)? ?(?P<unit>week|month|year)(?![a-z])"
)
_FEASTS = {
    **{"christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25)},
    **{"xmas": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31)},
    **{"new years eve": (12, 31), "new year's day": (1, 1), "new years day": (1, 1)},
    **{"new year": (1, 1), "valentine's day": (2, 14), "halloween": (10, 31)},
}
_FEAST = re.compile(
    rf"(?<![a-z])(?:{'|'.join(sorted(_FEASTS, key=len, reverse=True))})(?![a-z']| (?:present|gift|"
    r"tree|card|party|sale|offer|order|week|holiday|break|jumper))"
)


def english_spans(folded: str, today: date) -> Iterator[Said]:
    for match in _UNIT.finditer(folded):
        unit, part = match["unit"].replace(" ", ""), match["part"] or ""
        first, last = _unit(match["after"] or match["which"], unit, today)
        if part and unit == "month" and first:
            first, last = thirds(first.replace(day=1), part, today)
        yield _span(match, first, last)
    for match in _MONTH.finditer(folded):
        yield _span(match, *_month(match, today))
    for match in _EDGE.finditer(folded):
        said = _edge(match, today)
        if said:
            yield said
    for match in _FEAST.finditer(folded):
        month, day = _FEASTS[match.group()]
        yield Said(*match.span(), month=month, day=day)


def _span(match: re.Match[str], first: date | None, last: date | None) -> Said:
    return Said(*match.span(), exact=first, until=last, impossible=first is None or last is None)


def _unit(which: str, unit: str, today: date) -> tuple[date | None, date | None]:
    ahead = {"next": 1, "the following": 1, "last": -1, "after next": 2}.get(which, 0)
    if unit in ("week", "weekend"):
        monday = shift(today, 7 * ahead - today.weekday())
        first = monday and shift(monday, 5 if unit == "weekend" else 0)
        last = monday and shift(monday, 6)
    else:
        some = shift(today, months=ahead * (12 if unit == "year" else 1))
        first = some and (some.replace(month=1, day=1) if unit == "year" else some.replace(day=1))
        last = some and (made(some.year, 12, 31) if unit == "year" else month_end(some))
    return (max(first, today) if first and not ahead else first), last


def _month(match: re.Match[str], today: date) -> tuple[date | None, date | None]:
    month = _MONTHS.index(match["month"]) + 1
    year = int(match["year"] or 0) or today.year + (month < today.month)
    first = made(year, month, 1)
    return thirds(first, match["part"] or "", today)


def thirds(first: date | None, part: str, today: date) -> tuple[date | None, date | None]:
    """The first ten days of a month, the next ten, the rest; all of it where no part was said."""
    if first is None:
        return None, None
    since, until = 1, month_end(first).day
    if "early" in part or "start" in part or "begin" in part:
        until = 10
    elif "mid" in part:
        since, until = 11, 20
    elif part:
        since = 21
    first, last = first.replace(day=since), first.replace(day=until)
    return (max(first, today) if last >= today else first), last


def _edge(match: re.Match[str], today: date) -> Said | None:
    """“The end of the month” is its last day; other edges are spans."""
    unit, ahead = match["unit"], 1 if match["which"] == "next" else 0
    first, last = _unit("next" if ahead else "this", unit, today)
    if first is None or last is None:
        return _span(match, None, None)
    begins = first if ahead else (first.replace(day=1) if unit == "month" else first)
    edge = match["edge"]
    if unit == "month" and edge not in ("last day", "end", "first day"):
        return _span(match, *thirds(begins, edge, today))
    if edge in ("end", "last day") and unit != "week":
        return Said(*match.span(), exact=last)
    if edge == "end":
        return _span(match, shift(last, -2), last)
    return Said(*match.span(), exact=begins, sure=0.7) if ahead else None
