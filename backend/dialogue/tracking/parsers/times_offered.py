"""Times of which only some are offered: “in the afternoon”, “after 3”, “the earliest”, “下午”.

They narrow the offered times down; where one is left, it is meant. A time that is said outright
does not come here. Texts are folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..values import Bad, Found
from .common import negation

_PARTS = (
    (re.compile(r"(?<![a-z])before (?:lunch|noon)(?![a-z])|午饭前|中午前"), (0, 12)),
    (re.compile(r"(?<![a-z])after (?:lunch|noon)(?![a-z])|午饭后|中午以?后"), (13, 18)),
    (re.compile(r"(?<![a-z])mornings?(?![a-z])|早上|早晨|上午|清晨"), (0, 12)),
    (
        re.compile(
            r"(?<!before )(?<!after )(?<![a-z])(?:lunch ?time|lunch|midday)(?![a-z])|"
            r"(?:中午|午饭)(?!以?[前后])"
        ),
        (11, 14),
    ),
    (re.compile(r"(?<![a-z])afternoons?(?![a-z])|下午|午后"), (12, 18)),
    (
        re.compile(
            r"(?<![a-z])(?:evenings?|tonight|nights?|after work)(?![a-z])|晚上|傍晚|夜里|下班后"
        ),
        (17, 24),
    ),
)
_FIRST = re.compile(
    r"(?<![a-z])(?:(?:the )?(?:very )?(?:earliest|soonest)(?: one| time| slot| possible)?|first "
    r"thing|"
    r"as (?:early|soon) as (?:possible|you can)|asap)(?![a-z])|最早|尽早|尽快|越早越好"
)
_LAST = re.compile(
    r"(?<![a-z])(?:the )?(?:very )?latest(?: one| time| slot| possible)?(?![a-z])|"
    r"(?<![a-z])as late as (?:possible|you can)|最晚|越晚越好"
)
_AFTER = re.compile(r"(?<![a-z])(?:any ?time after|after|later than|not before)(?: about)? ?$")
_BEFORE = re.compile(r"(?<![a-z])(?:any ?time before|before|earlier than|no later than) ?$")
_ABOUT = re.compile(r"(?<![a-z])(?:around|about|roughly|approximately|circa|near|~) ?$")
_ABOUT_BEHIND = re.compile(r" ?(?:-?ish(?![a-z])|左右|前后|or so(?![a-z]))")
_NEAR = 30  # minutes that “around” leaves open
_AFTER_ZH, _BEFORE_ZH = re.compile(" ?(?:以后|之后|过后|后)"), re.compile(" ?(?:以前|之前|前)")
_ONWARDS = re.compile(" ?(?:onwards?|or later|and later)|以后")
# In running text: what says that the part of the day is wished for, and is no greeting.
_WISHED = re.compile(
    r"(?<![a-z])(?:in the|tomorrow|this|an?|the next|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"[0-9](?:st|nd|rd|th))(?: early| late)? $|(?:[天日号在想要约]|周[一二三四五六日])的?$"
)


def narrowed(folded: str, said: Sequence[Found], times: Sequence[str]) -> Found | Bad | None:
    """The one offered time that is left; Bad where several or none are; None where the text names
    no part of the day, or names a time outright. ``said`` are the times in the text."""
    limits = [_limit(folded, one, times) for one in said]
    if not all(limits):
        return None
    left, spans = list(times), [limit[2] for limit in limits if limit]
    for limit in limits:
        if limit:
            left = [time for time in left if limit[0] <= time < limit[1]]
    for expression, (since, until) in _PARTS:
        for match in expression.finditer(folded):
            inside = [time for time in left if since <= int(time[:2]) < until]
            start = negation(folded, match.start())
            unwanted = start < match.start()
            left = [time for time in left if time not in inside] if unwanted else inside
            spans.append((start, match.end()))
    for expression, place in ((_FIRST, 0), (_LAST, -1)):
        if extreme := expression.search(folded):
            left = sorted(left)[place:][:1]
            spans.append(extreme.span())
    if not spans:
        return None
    start, end = min(spans)[0], max(end for _, end in spans)
    if len(left) == 1:
        return Found(left[0], start, end, 0.8)
    return Bad("time_vague" if left else "not_offered", start, end)


def wished(folded: str, start: int) -> bool:
    """Whether a part of the day that begins here is one that is wished for."""
    return bool(_WISHED.search(folded[max(start - 24, 0) : start]))


def _limit(
    folded: str, one: Found, times: Sequence[str]
) -> tuple[str, str, tuple[int, int]] | None:
    """The times between which it has to be, with the place, where the words make it a limit."""
    before = folded[max(one.start - 20, 0) : one.start]
    if match := _AFTER.search(before):
        return one.value, "24:00", (one.start - len(match.group()), one.end)
    if match := _BEFORE.search(before):
        return "00:00", one.value, (one.start - len(match.group()), one.end)
    if match := _ONWARDS.match(folded, one.end) or _AFTER_ZH.match(folded, one.end):
        return one.value, "24:00", (one.start, match.end())
    if match := _BEFORE_ZH.match(folded, one.end):
        return "00:00", one.value, (one.start, match.end())
    about = None if one.value in times else _ABOUT.search(before)
    behind = None if one.value in times else _ABOUT_BEHIND.match(folded, one.end)
    if about or behind or (folded[: one.end].endswith("ish") and one.value not in times):
        start = one.start - len(about.group()) if about else one.start
        return *_around(one.value), (start, behind.end() if behind else one.end)
    return None


def _around(time: str) -> tuple[str, str]:
    at = int(time[:2]) * 60 + int(time[3:])
    first, last = max(at - _NEAR, 0), min(at + _NEAR + 1, 24 * 60)
    return f"{first // 60:02}:{first % 60:02}", f"{last // 60:02}:{last % 60:02}"
