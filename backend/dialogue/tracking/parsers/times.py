"""Times of day: “2:30pm”, “half past two”, “noon”; Chinese ones are in ``times_zh``.

An hour without a part of the day is taken as shops and offices are open: 1 to 6 in the afternoon,
7 to 11 in the morning, 12 at noon. What is said of the day around it (“in the evening”, “tonight”)
decides before that. A part of the day alone (“morning”) is not a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from backend.words import HAN

from ...schema import Slot
from ..values import Bad, Context, Found
from .common import CODE, answer, apart, fold, last_word, pick
from .dates import said_days
from .numerals import SMALL, english
from .postal import HOUSE
from .times_offered import narrowed, wished
from .times_zh import VAGUE_ZH, chinese_times

_HOUR_WORD = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?![a-z-])"
_HOURS = rf"(?:[01]?[0-9]|2[0-4])(?![0-9])|{_HOUR_WORD}"
_HOUR = rf"(?P<hour>{_HOURS})"
_CLOCK_WORD = r" ?o['\"]? ?clock"
_HALF = r"(?: ?(?P<half>[ap]\.? ?m(?:\.|(?![a-z0-9]))|[ap](?![a-z0-9'])))"
_START = r"(?<![a-z0-9£$€¥#/])(?<![a-z]-)(?<![0-9][.,:])"
_CUED = 0.6  # confidence in an hour that only a word such as “at” makes a time
_ALONE = r"(?![a-z0-9:/%-]|[.,][0-9])"
# What may follow an hour that only a word before it makes a time.
_NEXT = (
    r"(?= ?(?:$|[,.;!?)-] |[.!?]$|(?:and|or|to|on|in the|if|this|next|is|for|would) |please|pls|"
    r"thanks|to(?:day|morrow|night)|then|works?|sharp|instead|"
    rf"(?:mon|tues|wednes|thurs|fri|satur|sun)day|[{HAN}]))"
)
_CLOCK = rf"{_START}(?P<hour>[0-9]{{1,2}})(?P<mark>[:.h])(?P<minute>[0-9]{{2}})(?![0-9:]|[.,][0-9])"
_SPOKEN = (
    rf"{_START}(?P<hour>{_HOUR_WORD}) "
    r"(?P<minute>oh five|ten|fifteen|twenty|thirty|forty-?five|fifty)(?![a-z-])"
)
_AT = (
    r"(?<![a-z])(?<!how )(?<!what )"
    r"(?:at|around|about|by|from|before|after|until|till|between|@) ?"
)
_IN_PART = r"(?= (?:in the|tomorrow|this) (?:morn|aftern|even|night)| at night)"
_PART = r"(?<![a-z])(?:morning|afternoon|evening|night|tonight),? (?:at |around |about )?"
_MILITARY = (
    r"(?<![a-z0-9/-])(?<![0-9][.,:])(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])"
    r"(?: ?h(?:ou)?rs?|h)?(?![a-z0-9:/-]|[.,][0-9])"
)
# Expressions of English times, and how sure each is: for running text, and for answers.
_STRICT = tuple(
    (re.compile(expression), sure)
    for expression, sure in (
        (rf"{_CLOCK}{_HALF}?", 0.95),
        (rf"{_START}{_HOUR}{_HALF}", 1.0),
        (rf"{_START}{_HOUR}{_CLOCK_WORD}{_HALF}?", 1.0),
        (rf"{_SPOKEN}{_HALF}?", 0.7),
        (rf"{_START}{_HOUR}{_IN_PART}", 0.9),
        (rf"{_PART}{_HOUR}{_ALONE}", 0.8),
        (rf"{_AT}{_HOUR}(?:ish)?{_NEXT}", _CUED),
    )
)
_BARE = tuple(
    (re.compile(expression), 0.8)
    for expression in (
        rf"(?<![a-z0-9/#-])(?<![0-9][.,:]){_HOUR}(?:-?ish)?{_ALONE}",
        rf"{_START}{_HOUR} ?h(?![a-z0-9])",
        _MILITARY,
    )
)
_PAST = re.compile(
    rf"{_START}(?![0-9]{{1,2}} to [0-9])"
    rf"(?P<minute>half|(?:a )?quarter|(?:[0-9]{{1,2}}|{SMALL})(?: ?min(?:ute)?s?)?) ?"
    rf"(?P<way>past|after|to|before|till|til) (?P<hour>{_HOURS}|noon|midday|midnight)"
    rf"(?:{_CLOCK_WORD})?{_HALF}?"
    rf"|{_START}half (?P<british>{_HOURS})(?!-)(?:{_CLOCK_WORD})?"
)
_NAMED = re.compile(r"(?<![a-z0-9])(?:12 ?)?(?P<name>noon|mid ?day|mid ?night)(?:ish)?(?![a-z])")
_VAGUE = re.compile(
    r"(?<![a-z])(?:mornings?|afternoons?|evenings?|night|tonight|lunch ?time|lunch|after work|"
    rf"early|late|any ?time|whenever|asap|soon)(?![a-z])|{VAGUE_ZH}"
)
# A number that counts or measures something.
_COUNTS = re.compile(
    r" ?[月日号个人位件双块元岁楼层家间天辆套次名口]| (?:of|people|person|adult|child|"
    r"(?!(?:works|suits|is|was|as|thanks|sounds|looks|hours|hrs|pls)(?![a-z]))[a-z]{2,12}s)(?![a-z])"
)
_HOUSE = re.compile(HOUSE)
_SIZE = re.compile(r"(?:sizes?|wear an?|height|width|weight|aged?|尺码|码|号|第)[ :#是为]{0,2}$")
# The part of the day, said behind or before, and the hours that it may mean.
_AFTER = re.compile(
    r"(?:,? (?:in the|this|at|on|tomorrow|today|(?:on )?[a-z]{3,6}day)){0,2},? (?P<part>morning|"
    r"afternoon|evening|night|tonight)(?![a-z])"
)
_BEFORE = re.compile(
    r"(?P<part>morning|afternoon|evening|night|tonight)(?: ?,| at| around| by| after)* ?$"
)
_HOURS_OF = {
    **{"morning": (0, 12), "afternoon": (12, 18), "evening": (16, 24), "night": (17, 29)},
    "tonight": (17, 29),
}


class TimeParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        """Also a part of the day in which one time is offered: “tomorrow afternoon”."""
        folded = fold(text)
        found = apart([*_english(folded, True), *chinese_times(folded, True)], folded)
        left = _narrowed(folded, found, slot, context)
        if left and found:
            return [left]
        if isinstance(left, Found) and wished(folded, left.start):
            return [replace(left, confidence=0.7)]
        return found

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        """Also an hour alone (“3”), “3.30” and “1430”."""
        folded = fold(text)
        found = apart([*_english(folded, False), *chinese_times(folded, False)], folded)
        if all(isinstance(one, Found) and one.confidence <= _CUED for one in found):
            found = apart([*found, *_alone(text, folded, context)], folded)
        chosen = _narrowed(folded, found, slot, context) or pick(found, text)
        if chosen:
            return chosen
        vague = _VAGUE.search(folded)
        return Bad("time_vague", *vague.span()) if vague else Bad("not_a_time", 0, len(text))


def _narrowed(
    folded: str, found: Sequence[Found | Bad], slot: Slot, context: Context
) -> Found | Bad | None:
    """By a part of the day or a limit, where times are offered."""
    if slot.type != "time" or not context.options:
        return None
    texts = [(fold(str(option.value)), fold(option.label)) for option in context.options]
    offered = [time for told in texts if (time := _first(told[0]) or _first(told[1]))]
    said = [one for one in found if isinstance(one, Found)]
    if not offered or len(said) < len(found):
        return None
    since = last_word(folded)
    later = [one for one in said if one.start >= since]
    if since and not later and (left := narrowed(" " * since + folded[since:], [], offered)):
        return left
    return narrowed(folded, said, offered)


def _first(folded: str) -> str:
    said = (*_english(folded, False), *chinese_times(folded, False))
    return next((str(one.value) for one in said if isinstance(one, Found)), "")


def _alone(text: str, folded: str, context: Context) -> Iterator[Found | Bad]:
    """Hours without a mark of a time, but for numbers that are something else: of a day, an order,
    a house, or counted things."""
    others = [(day.start, day.end) for day in said_days(text, context)]
    others += [house.span() for house in _HOUSE.finditer(folded)]
    for one in _by(_BARE, folded, False):
        other = any(start < one.end and one.start < end for start, end in others)
        before = folded[max(one.start - 30, 0) : one.start]
        word = folded[one.start : one.end] == "one" and answer(folded)[0] != one.start
        counts = _COUNTS.match(folded, one.end)
        if not (other or word or counts or CODE.search(before) or _SIZE.search(before)):
            yield one


def _english(folded: str, strict: bool) -> Iterator[Found | Bad]:
    yield from _by(_STRICT, folded, strict)
    for match in _PAST.finditer(folded):
        yield _past(match, folded)
    for match in _NAMED.finditer(folded):
        yield Found("00:00" if "night" in match["name"] else "12:00", *match.span())


def _by(
    expressions: tuple[tuple[re.Pattern[str], float], ...], folded: str, strict: bool
) -> Iterator[Found | Bad]:
    for expression, sure in expressions:
        for match in expression.finditer(folded):
            said = match.groupdict()
            half, part = said.get("half") or "", _part(folded, match.start("hour"), match.end())
            if said.get("mark") == "." and strict and not half and not part:
                continue  # a time in British writing, and a number as often
            minute = _count((said.get("minute") or "0").removeprefix("oh "))
            told = _at(said["hour"], minute, half, part, match, sure)
            yield replace(told, start=match.start("hour"))


def _count(said: str) -> int:
    return int(said) if said.isdigit() else (english(said) or 0)


def _part(folded: str, start: int, end: int) -> str:
    """The part of the day that is said next to a time, or ''."""
    near = _AFTER.match(folded, end, end + 40) or _BEFORE.search(folded[max(start - 20, 0) : start])
    return near["part"] if near else ""


def _at(
    said: str, minute: int, half: str, part: str, match: re.Match[str], sure: float
) -> Found | Bad:
    hour = _count(said)
    exact = hour > 12 or said.startswith("0")
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return Bad("no_such_time", *match.span())
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    elif part and hour <= 12:
        since, until = _HOURS_OF[part]
        hours = (hour % 12, hour % 12 + 12, hour % 12 + 24)
        hour = next((one for one in hours if since <= one < until), hour)
    elif not exact and 1 <= hour <= 6:
        hour += 12
    told = half or part or exact
    return Found(f"{hour % 24:02}:{minute:02}", *match.span(), sure if told else min(sure, 0.8))


def _past(match: re.Match[str], folded: str) -> Found | Bad:
    """“Ten past four”, “quarter to three”, and the British “half two”."""
    said = match["british"] or match["hour"]
    named = {"noon": "12", "midday": "12", "midnight": "00"}.get(said, said)
    back = match["way"] in ("to", "before", "till", "til")
    minute = 30 if match["british"] else _minutes(match["minute"])
    part = _part(folded, *match.span())
    if back and named == "12" and part == "morning":
        part = ""  # a quarter to twelve in the morning is before noon
    whole = _at(named, 0, match["half"] or "", part, match, 1.0)
    if isinstance(whole, Bad) or minute > 59:
        return Bad("no_such_time", *match.span())
    at = (int(whole.value[:2]) * 60 + (-minute if back else minute)) % 1440
    return replace(whole, value=f"{at // 60:02}:{at % 60:02}")


def _minutes(said: str) -> int:
    if said == "half" or "quarter" in said:
        return 30 if said == "half" else 15
    return _count(re.sub(r" ?min(?:ute)?s?$", "", said))
