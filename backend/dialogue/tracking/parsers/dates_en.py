"""Days as English says them: “next Friday”, “the 14th”, “14/12”, “in a fortnight”.

“This Friday” is the coming one. “Next Friday” is the Friday of next week, weeks beginning on
Monday: on a Wednesday it is nine days off. “Friday week” is a week after the coming Friday. The
same holds for weekends. “14/12” is day first; month first in the few countries that write so; where
only one reading is a date it is that. Words that are weekdays and months by chance (“sun”, “may”)
count only with a number, a capital or a word such as “on” before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from .days import Rules, Said, made, shift
from .numerals import ORDINALS, SMALL, english

_MONTHS = (
    r"jan(?:uary|uray)?|feb(?:r?u?ary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember|emeber)?"
)
_MONTH_KEYS = (
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_WEEKDAYS = (
    r"mon(?:day)?|tue(?:s|sday|day)?|wed(?:s|nesday|nsday|ensday|esday)?|wen(?:sday|esday|"
    r"dsday)|thu(?:r|rs|rsday|sday)?|fri(?:day)?|sat(?:urday|erday)?|sun(?:day)?"
)
_WEEKDAY_KEYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_NTH = "|".join(sorted(ORDINALS, key=len, reverse=True))
# Where a number may begin, and where a word ends.
_S, _E = r"(?<![a-z0-9/£$€#_])(?<![a-z]-)(?<![0-9][.,:])", r"(?![a-z0-9])"
_ND = "[0-9]{1,2}(?:st|nd|rd|th)"
_DAY = rf"(?P<day>{_ND}|[0-9]{{1,2}}|{_NTH})"
_MONTH = rf"(?P<month>{_MONTHS})"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2}(?![0-9])|'[0-9]{2}(?![0-9]))"
_WEEKDAY = rf"(?:(?P<weekday>{_WEEKDAYS})\.?(?:,| the|, the|)? ?(?:the )?)?"
_OF_MONTH = r"(?:(?: day)? of (?P<which>this|next|the) month)?"
_TWO = "[0-9]{1,2}"
# What may not follow a day: a verb (“2 may not”), a time, a count, another part of the number.
_NO_VERB = r"(?! not| be\b| have| i\b| we\b)"
_NO_COUNT = (
    r"(?![a-z0-9:]|[.,][0-9]{1,2}(?![0-9])"
    r"| ?(?:am|pm|items?|pairs?|times|of (?!the|this|next|20))\b)"
)
_NO_THING = (
    r"(?! ?(?:one|time|floor|option|choice|item|order|street|st\b|avenue|ave\b|pair|row|edition|"
    r"gen|birthday|class|party|place|century|hand|attempt|half|of them|year|anniversary|reminder|"
    r"day(?! of (?:the|this|next) month)))"
)
_COUNT = rf"(?P<count>[0-9]{{1,3}}|{SMALL}|a couple of|a few|an?|the next)"
_UNIT = r"(?P<unit>days?|weeks?|wks?|fortnights?|months?|years?)"
_FRACTIONS = ("24/7", "7/24", "50/50")
_AMBIGUOUS = frozenset(("mon", "sat", "sun", "wed", "may", "mar", "tue", "fri"))


@dataclass(frozen=True)
class Around:
    """What a day is said in: today, the order of numbers, and whether the text is an answer."""

    today: date
    month_first: bool = False
    lenient: bool = False
    original: str = ""


_RULES: Rules[Around] = Rules()
_rule = _RULES.rule


def english_days(folded: str, around: Around) -> Iterator[Said]:
    """All that rules read in a folded text; they may overlap."""
    return _RULES.read(folded, around)


def exact(match: re.Match[str], day: date | None, **more: object) -> Said:
    """A day that is known in full; impossible where the calendar ends before it."""
    return Said(*match.span(), exact=day, impossible=day is None, **more)  # type: ignore[arg-type]


def full_year(written: str, today: date) -> int:
    """“26” is the year nearest to today that ends so, up to 20 years ahead."""
    number = int(written.lstrip("'"))
    if len(written.lstrip("'")) > 2:
        return number
    century = today.year - today.year % 100
    return number + century - (100 if number + century > today.year + 20 else 0)


def _weekday(name: str | None) -> int | None:
    return _WEEKDAY_KEYS.index(name[:2]) if name else None


def _month(name: str) -> int:
    return _MONTH_KEYS.index(name[:3]) + 1


def _day(written: str) -> int:
    return ORDINALS.get(written) or int(re.sub(r"[^0-9]", "", written) or 0)


@_rule(
    rf"{_S}(?P<year>(?:19|20)[0-9]{{2}})(?P<mark>[-/.])(?P<month>{_TWO})(?P=mark)(?P<day>{_TWO})"
    r"(?![0-9])"
)
def _iso(match: re.Match[str], around: Around) -> Said:
    day = made(int(match["year"]), int(match["month"]), int(match["day"]))
    return exact(match, day)


@_rule(
    rf"{_S}{_WEEKDAY}(?P<one>{_TWO}) ?(?P<mark>[-/.]) ?(?P<two>{_TWO}) ?(?P=mark) ?"
    r"(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])(?!(?P=mark)[0-9])"
)
def _numeric(match: re.Match[str], around: Around) -> Said:
    day, month, sure = ordered(int(match["one"]), int(match["two"]), around)
    year = full_year(match["year"], around.today)
    return exact(match, made(year, month, day), sure=sure, weekday=_weekday(match["weekday"]))


@_rule(rf"{_S}{_WEEKDAY}(?P<one>{_TWO})/(?P<two>{_TWO})(?![0-9]|[/.][0-9])")
def _numeric_short(match: re.Match[str], around: Around) -> Said | None:
    written = match.group()
    if written in _FRACTIONS or (written == "1/2" and not around.lenient):
        return None
    day, month, sure = ordered(int(match["one"]), int(match["two"]), around)
    told = Said(*match.span(), month=month, day=day, sure=min(sure, 0.9))
    weekday, wrong = _weekday(match["weekday"]), not 1 <= month <= 12
    return replace(told, weekday=weekday, impossible=wrong)


def ordered(one: int, two: int, around: Around) -> tuple[int, int, float]:
    """Day and month of two numbers; less sure where both orders are dates."""
    month, day = (one, two) if around.month_first else (two, one)
    if month > 12 >= day:
        month, day = day, month
    return day, month, 0.8 if month <= 12 and day <= 12 and day != month else 1.0


@_rule(
    rf"{_S}{_WEEKDAY}{_DAY}[ -]{{0,2}}(?:day )?(?:of )?{_MONTH}\.?{_E}{_NO_VERB}(?:,? ?-?{_YEAR})?"
)
@_rule(rf"{_S}{_WEEKDAY}{_MONTH}\.? ?(?:the )?{_DAY}{_NO_COUNT}(?:,? ?{_YEAR})?")
def _day_month(match: re.Match[str], around: Around) -> Said:
    day, month = _day(match["day"]), _month(match["month"])
    weekday = _weekday(match["weekday"])
    if match["year"]:
        whole = made(full_year(match["year"], around.today), month, day)
        return exact(match, whole, weekday=weekday)
    return Said(*match.span(), month=month, day=day, weekday=weekday)


@_rule(rf"{_S}(?:(?P<weekday>{_WEEKDAYS})\.?,? )?(?:the )?(?P<day>{_ND}){_E}{_NO_THING}{_OF_MONTH}")
@_rule(
    rf"{_S}(?P<weekday>{_WEEKDAYS})\.?,? (?:the )?(?P<day>{_TWO}|{_NTH}){_NO_THING}(?P<which>)"
    rf"(?![a-z0-9:/]|[.,-][0-9]| ?(?:am|pm|o'clock|{_MONTHS}|[a-z]*day)\b)"
)
@_rule(
    rf"(?<![a-z])on the (?P<weekday>)(?P<day>{_TWO}|{_NTH}){_E}(?![:/]|[.,-][0-9]){_NO_THING}"
    rf"{_OF_MONTH}"
)
def _day_only(match: re.Match[str], around: Around) -> Said:
    day = _day(match["day"])
    if match["which"] in ("next", "this"):
        first = shift(around.today.replace(day=1), months=1 if match["which"] == "next" else 0)
        return exact(match, made(first.year, first.month, day) if first else None)
    return Said(*match.span(), day=day, weekday=_weekday(match["weekday"] or None))


@_rule(rf"{_S}(?:the )?(?P<day>{_NTH}){_E}{_NO_THING}(?: of (?:the|this) month)?")
@_rule(rf"{_S}the (?P<day>{_TWO})(?![a-z0-9:/]|[.,-][0-9]| [a-z])")
def _day_alone(match: re.Match[str], around: Around) -> Said | None:
    """“The first” and “the 14” are days only where a day was asked for."""
    return Said(*match.span(), day=_day(match["day"]), sure=0.8) if around.lenient else None


_NEAR = {
    **{"the day after tomorrow": 2, "day after tomorrow": 2, "the day before yesterday": -2},
    **{"tomorrow week": 8, "tomorrow": 1, "tommorow": 1, "tommorrow": 1, "tomorow": 1, "tmrw": 1},
    **{"tmr": 1, "today week": 7, "today": 0, "tonight": 0, "this morning": 0},
    **{"this afternoon": 0, "this evening": 0, "yesterday": -1, "last night": -1},
}
_AT_ONCE = ("right now", "now", "right away", "straight away", "immediately")
_CLOSING = re.compile(
    r"(?:all|it|everything|help|done|enough|lot)(?: (?:that )?i (?:need|want)(?:ed)?)?(?: for)? $"
)


@_rule(rf"(?<![a-z])(?:{'|'.join(sorted(_NEAR, key=len, reverse=True))})(?![a-z])")
def _near(match: re.Match[str], around: Around) -> Said | None:
    before = match.string[max(match.start() - 30, 0) : match.start()]
    if match.group() == "today" and not around.lenient and _CLOSING.search(before):
        return None  # “that's all for today” tells of no day
    return exact(match, shift(around.today, _NEAR[match.group()]))


@_rule(rf"(?<![a-z])(?:{'|'.join(_AT_ONCE)})(?![a-z])")
def _at_once(match: re.Match[str], around: Around) -> Said | None:
    return exact(match, around.today, sure=0.7) if around.lenient else None


_EARLIER = r"(?P<which>this coming|the coming|coming|this|next|last|past|the following|following)"


@_rule(
    r"(?<![a-z0-9])(?<!black )(?<!cyber )(?<!good )(?<!every )(?<!each )"
    rf"(?:(?P<ahead>a week (?:on )?|(?P<weeks>two|three|2|3) weeks on )|{_EARLIER} |"
    r"(?P<next>next week(?: on|,)? )|"
    r"(?P<cue>(?:on|by|until|till|for|from|to|before|after|and|or) )(?:the )?)?"
    rf"(?P<weekday>{_WEEKDAYS})(?![a-z0-9]|\.[a-z]{{2}}|-(?!{_WEEKDAYS})[a-z])"
    r"(?P<behind> (?:(?:of )?next week|week(?! ?end)|after next|fortnight))?"
    r"(?! of (?:the|this|next) )"
)
def _named_weekday(match: re.Match[str], around: Around) -> Said | None:
    name, which, behind = match["weekday"], match["which"] or "", (match["behind"] or "").strip()
    weekday = _weekday(name) or 0
    start = match.start("weekday") if match["cue"] else match.start()
    clear = which or behind or match["ahead"] or match["next"] or match["cue"] or around.lenient
    capital = around.original[match.start("weekday") : match.start("weekday") + 1].isupper()
    paired = "-" in around.original[max(match.start() - 1, 0) : match.end() + 1]
    if name in _AMBIGUOUS and not (clear or capital or paired):
        return None
    if not (which or behind or match["ahead"] or match["next"]):
        return Said(start, match.end(), weekday=weekday)
    day = _in_week(match, weekday, which, behind, around.today)
    told = exact(match, day, weekday=weekday, sure=0.8 if which == "next" else 1.0)
    return replace(told, start=start)


def _in_week(
    match: re.Match[str], weekday: int, which: str, behind: str, today: date
) -> date | None:
    coming = shift(today, (weekday - today.weekday()) % 7 or (0 if which == "this" else 7))
    next_week = shift(today, 7 - today.weekday() + weekday)
    if match["ahead"] or behind in ("week", "fortnight"):
        weeks = {"two": 2, "2": 2, "three": 3, "3": 3}.get(match["weeks"] or "", 1)
        return coming and shift(coming, 14 if behind == "fortnight" else 7 * weeks)
    if behind == "after next":
        return next_week and shift(next_week, 7)
    if which == "next" or match["next"] or "next week" in behind:
        return next_week
    if which in ("last", "past"):
        return shift(today, -((today.weekday() - weekday) % 7 or 7))
    return coming


@_rule(
    rf"(?<![a-z])(?:in|after) (?:about |around |another )?{_COUNT} ?{_UNIT}(?:'? time)?(?![a-z])"
    r"(?P<from>)(?P<ago>)"
)
@_rule(
    rf"{_S}{_COUNT} ?{_UNIT} (?:(?P<ago>ago)|later|hence|"
    rf"(?:from|after) (?P<from>now|today|tomorrow|{_WEEKDAYS}))(?![a-z])"
)
@_rule(
    r"(?<![a-z])(?P<count>a) (?P<unit>week|fortnight) (?P<from>today|tomorrow)(?P<ago>)(?![a-z])"
)
def _counted(match: re.Match[str], around: Around) -> Said | None:
    count = _amount(match["count"] or "a")
    if count is None:
        return None
    start: date | None = around.today
    since = match["from"] or ""
    if since == "tomorrow":
        start = shift(around.today, 1)
    elif since not in ("", "now", "today"):
        start = shift(around.today, ((_weekday(since) or 0) - around.today.weekday()) % 7 or 7)
    day = later(start, -count if match["ago"] else count, match["unit"]) if start else None
    return exact(match, day, counted=bool(since and since != "now"))


def _amount(said: str) -> int | None:
    if said in ("a", "an", "the next"):
        return 1
    if said in ("a couple of", "a few"):
        return 2 if "couple" in said else None
    return int(said) if said.isdigit() else english(said)


def later(day: date, count: int, unit: str) -> date | None:
    """So many units on; ``unit`` begins with d, w, f (two weeks), m or y."""
    if unit[0] in "my":
        return shift(day, months=count * (12 if unit[0] == "y" else 1))
    return shift(day, count * {"d": 1, "w": 7, "f": 14}[unit[0]])
