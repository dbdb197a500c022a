"""Days as they are said, and which day of the calendar each means.

A :class:`Said` keeps what was told: a whole date, a day and a month, a day alone, a weekday, or a
span of days. :func:`resolve` finds the day meant, given today and the slot's limits. Knows no
language; ``dates_en`` and ``dates_zh`` read texts into these.

Which day is meant where something was left out: the nearest from today on, or, for slots that lie
in the past (``latest`` not after today), the nearest up to today. If that one is outside the slot's
limits, the year or month before or after is taken where it is within them. A weekday alone is never
today: people say “today” then.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from ...schema import Slot


@dataclass(frozen=True)
class Said:
    """What ``text[start:end]`` tells of a day; None where it does not say.

    ``exact`` is a day that was told in full or relative to today; with ``until`` it begins a span.
    ``weekday`` counts from Monday, 0. ``sure`` is low where the words are ambiguous. ``counted``:
    reckoned from another day (“two weeks from Monday”), which a range may read otherwise.
    """

    start: int
    end: int
    exact: date | None = None
    until: date | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    sure: float = 1.0
    impossible: bool = False
    counted: bool = False


A = TypeVar("A")
Rule = Callable[[re.Match[str], A], Said | None]


class Rules(Generic[A]):
    """A language's ways to say a day: expressions, and what a match means ``around`` what it is
    said in."""

    def __init__(self) -> None:
        self._rules: list[tuple[re.Pattern[str], Rule[A]]] = []

    def rule(self, expression: str) -> Callable[[Rule[A]], Rule[A]]:
        """Decorates the function that reads the expression's matches."""

        def add(read: Rule[A]) -> Rule[A]:
            self._rules.append((re.compile(expression), read))
            return read

        return add

    def read(self, folded: str, around: A) -> Iterator[Said]:
        """All that the rules read in a folded text; they may overlap."""
        for expression, read in self._rules:
            for match in expression.finditer(folded):
                said = read(match, around)
                if said:
                    yield said


@dataclass(frozen=True)
class Limits:
    """The first and the last day that a slot takes; None where it has no limit."""

    earliest: date | None = None
    latest: date | None = None
    past: bool = False

    def hold(self, day: date) -> bool:
        return not self.broken(day)

    def broken(self, day: date) -> str:
        """The reason why the day is refused, or ''."""
        if self.earliest and day < self.earliest:
            return "too_early"
        return "too_late" if self.latest and day > self.latest else ""


def limits(slot: Slot, today: date) -> Limits:
    earliest, latest = _limit(slot.earliest, today), _limit(slot.latest, today)
    past = latest is not None and latest <= today and not (earliest and earliest >= today)
    return Limits(earliest, latest, past)


def _limit(written: str, today: date) -> date | None:
    """An ISO date, or days from today; None where it is neither or beyond the calendar."""
    try:
        if len(written) == 10 and written[4] == "-":
            return date.fromisoformat(written)
        return today + timedelta(days=int(written)) if written else None
    except (ValueError, OverflowError):
        return None


def shift(day: date, days: int = 0, months: int = 0) -> date | None:
    """So much later; None beyond the calendar. Of a shorter month its last day is taken."""
    try:
        if months:
            year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
            last = calendar.monthrange(year, month + 1)[1]
            day = date(year, month + 1, min(day.day, last))
        return day + timedelta(days=days)
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def made(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def possible(said: Said) -> bool:
    """Whether any year has such a day."""
    if said.impossible or (said.day is not None and not 1 <= said.day <= 31):
        return False
    if said.month is not None and said.day is not None:
        return made(said.year or 2000, said.month, said.day) is not None
    return True


def resolve(said: Said, today: date, within: Limits) -> date | None:
    """The day that is meant; None where there is no such day."""
    if said.exact:
        return said.exact
    if not possible(said):
        return None
    days = sorted(set(_candidates(said, today)))
    if not days:
        return None
    wanted = [day for day in days if (day <= today if within.past else day >= today)]
    if said.day is not None and said.weekday is not None:
        wanted = [day for day in wanted if day.weekday() == said.weekday] or wanted
    nearest = (wanted[-1] if within.past else wanted[0]) if wanted else days[0]
    if within.hold(nearest):
        return nearest
    fitting = [day for day in days if within.hold(day)]
    return min(fitting or days, key=lambda day: (abs((day - today).days), day))


def _candidates(said: Said, today: date) -> Iterator[date]:
    """The days around today that fit what was said."""
    if said.day is None:
        if said.weekday is not None:
            ahead = (said.weekday - today.weekday()) % 7 or 7
            nearest = (shift(today, ahead - 7 * back) for back in (0, 1 if ahead < 7 else 2))
            yield from (day for day in nearest if day)
        return
    if said.month is not None:
        years = [said.year] if said.year else range(today.year - 8, today.year + 9)
        found = [made(year, said.month, said.day) for year in years]
        yield from _nearest([day for day in found if day], today)
        return
    for months in range(-2, 3):
        first = shift(today.replace(day=1), months=months)
        day = made(first.year, first.month, said.day) if first else None
        if day:
            yield day


def _nearest(days: list[date], today: date) -> list[date]:
    """The last one before today, and the first one from today on."""
    return [day for day in days if day < today][-1:] + [day for day in days if day >= today][:1]
