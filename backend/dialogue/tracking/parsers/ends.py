"""The two ends of a range of days: which days belong together, and what one tells of the other.

“14 to 16 December”: both are in December. The last day is the first one that fits after the first;
where that would be very far off, the ends were meant the other way round and the range is reversed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from .days import Limits, Said, resolve, shift

_TO = re.compile(
    r"(?: (?:morning|afternoon|evening|night))?[ ,]{0,2}"
    r"(?:-|~|to|until|till|til|through|thru|up to|ending|直?到|至|[改换推迟提前]{1,2}[到成为])"
    r"[ ,]{0,2}(?:on )?(?:the )?"
    r"|[ ,]{1,2}(?:and )?(?:leav[a-z]{1,3}|return[a-z]{0,3}|depart[a-z]{0,3}|back|"
    r"com[a-z]{1,3} back|check(?:ing)?[ -]?out)(?: on)? (?:the )?"
)
# “12月14日入住，16日离开”: the second day is the last where leaving is said behind it.
_THEN = re.compile("(?:入住|出发|到达|到|取车|取)?[ ,]{1,2}")
_LEAVING = re.compile("(?:退房|离开|离店|回来|返回|回|还车|还|走|结束)")
_AND = re.compile(r"[ ,]{0,2}(?:and|与|和)[ ,]{0,2}(?:the )?")
_BETWEEN = re.compile(r"(?:between|介于|在)[ ,]*(?:the )?$")
_FROM = re.compile(r"(?:from|between|starting|beginning|从|自)[ ,]*(?:on )?(?:the )?$")
_FIRST = re.compile(
    r"(?<![0-9a-z/-])(?<![0-9][.,:])(?P<day>[0-9]{1,2})(?:st|nd|rd|th|日|号)? ?(?:-|~|to|until|"
    r"till|through|and|至|到) ?(?:the )?$"
)
_LAST = re.compile(
    r" ?(?:-|~|to|until|till|through|至|到) ?(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th|日|号)?"
    r"(?![0-9a-z:/]|[.,-][0-9])"
)
_LONGEST = 183  # days; a longer range comes of ends that were meant the other way round

_FAR = 21  # days; the same for ends that are days of a month only


def pairs(folded: str, told: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Days that follow each other with “to” between, or “and” after “between”."""
    for first, last in pairwise(told):
        gap = (first.end, last.start)
        if (
            _TO.fullmatch(folded, *gap)
            or (_THEN.fullmatch(folded, *gap) and _LEAVING.match(folded, last.end))
            or (
                _AND.fullmatch(folded, first.end, last.start)
                and _BETWEEN.search(folded[max(first.start - 15, 0) : first.start])
            )
        ):
            yield first, last


def cue_length(folded: str, first: Said) -> int:
    """How many characters “from” takes before the first day; 0 where it is not there."""
    cue = _FROM.search(folded[max(first.start - 20, 0) : first.start])
    return len(cue.group()) if cue else 0


def half_pairs(folded: str, told: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """A day with a number alone before it (“14-16 Dec”) or behind it (“Dec 14-16”)."""
    for said in (one for one in told if one.day is not None or one.exact is not None):
        since = max(said.start - 20, 0)
        before = _FIRST.search(folded[since : said.start])
        after = _LAST.match(folded, said.end)
        if before:
            yield Said(since + before.start(), said.start, day=int(before["day"])), said
        elif after:
            yield said, Said(after.start("day"), after.end(), day=int(after["day"]))


def ends(first: Said, last: Said, today: date, within: Limits) -> tuple[date | None, date | None]:
    """Both days, what one end leaves out taken from the other."""
    until = last.until
    if first.exact is None and first.day is not None and first.month is None:
        ended = resolve(last, today, within)
        if (last.exact or last.month) and ended:
            began = _before(first, ended)
            return began, until or ended
    if (
        first.exact is None
        and first.month
        and first.year is None
        and last.exact
        and last.day is None
    ):
        return _before(first, last.exact), until or last.exact
    if _only_weekday(first) and last.exact and last.weekday is not None and not last.day:
        return shift(last.exact, -((last.exact.weekday() - (first.weekday or 0)) % 7)), last.exact
    began = resolve(first, today, within)
    if began is None or last.exact:
        return began, until or last.exact
    return began, _after(last, began)


def _only_weekday(said: Said) -> bool:
    return said.weekday is not None and said.exact is None and said.day is None


def _before(first: Said, ended: date) -> date | None:
    """The nearest day not after the last one; the same month's where there is such a day."""
    return resolve(first, ended, Limits(latest=ended, past=True))


def _after(last: Said, began: date) -> date | None:
    """The nearest day from the first one on, unless that is so far off that it was meant before."""
    if last.weekday is not None and last.day is None:
        return shift(began, (last.weekday - began.weekday()) % 7 or 7)
    ahead = resolve(last, began, Limits(earliest=began))
    behind = resolve(last, began, Limits(latest=began, past=True))
    if ahead and behind and last.month is None and (ahead - began).days > _FAR:
        return behind
    return behind if ahead and (ahead - began).days > _LONGEST else ahead
