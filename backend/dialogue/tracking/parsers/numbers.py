"""Numbers in digits and in words, with or without the slot's unit.

In running text a number that is part of a date, a time, an amount, an email, a phone or an order
number is none; neither is “one” where it points (“the blue one”). Slot limits hold for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ...schema import Slot
from ..values import Bad, Context, Found, Parser
from .common import CODE, answer, apart, asks, fold, pick
from .dates import DateParser
from .email import EmailParser
from .money import MoneyParser
from .numerals import CHINESE, ENGLISH, chinese, english
from .phone import PhoneParser
from .ranges import RangeParser
from .times import TimeParser

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})(?:\.[0-9]{1,6})?"
_VAGUE = {"dozen": 12, "couple": 2}
_NUMBER = re.compile(
    rf"(?<![a-z0-9/#_@-])(?<![0-9][.,:])(?P<sign>(?:minus |negative |-)?)"
    rf"(?:(?P<digits>{_DIGITS})(?P<times>k(?![a-z])|千|万|百)?"
    r"(?![0-9_@#]|[.,/:-][0-9]|-?[a-z]{1,2}[0-9]|%\w)"
    rf"|(?P<half>half a |(?:(?P<count>{ENGLISH}) |a ))?(?P<vague>dozen|couple)(?![a-z])"
    rf"|(?P<words>{ENGLISH})(?P<and> and a half)?(?![a-z'-]))"
    rf"|(?P<zh>{CHINESE})(?P<point>点[零一二三四五六七八九]{{1,4}})?"
)
# What a Chinese number counts; without one of these, numerals are often parts of other words.
_COUNTED = re.compile(
    r"\s*[个件双条只张份位人次套盒包台把本瓶斤公斤克米厘毫升箱袋支枚名岁晚间层页]"
    r"|\s*(?:$|[,.!?;])|\s*(?:左右|以上|以内)"
)
_POINTS = re.compile(
    r"(?:the|this|that|which|any|no|every|each|some|another|other|[a-z]+(?:er|est|ed|ue|ack|own|"
    r"ite|y)) $"
)
_HOUSE = re.compile(
    r"[a-z]? (?:[a-z]{2,20} ){1,2}(?:street|st|road|rd|lane|avenue|ave|close|drive|way)\b"
    r"|-?[0-9]{0,4}(?:号|楼|层|室|栋|路|院|弄)"
)
_NUMBERED = re.compile(r"(?<![a-z])(?:number|no\.?|nr)(?: is)?[ :]{0,2}$|号码[是: ]{0,2}$")
# “One” counts where something is wanted; elsewhere it stands for a thing.
_WANTED = re.compile(
    r"(?:just|only|want|need|order|buy|take|exactly|quantity:?|is) $|(?:只|就|要|买|共)$"
)
_OF_TIME = re.compile(
    r"(?: of)?[ -]?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|%|percent|per cent|"
    r"sided|times?\b|star|(?:st|nd|rd|th)\b|分钟|小时|天|周|个月|个星期|个小时|年|岁|%)"
)
_SINGLE = re.compile(r"(?:an?|(?P<one>one))(?![a-z])")
_VAGUE_TIME = 0.6  # confidence of “around 5”, which may as well be a count
_LONG = 7  # digits of what is a code rather than a count
_TIMES = {"k": 1_000, "百": 100, "千": 1_000, "万": 10_000}


# What has numbers in it and is no number of its own.
_OTHERS = (DateParser(), RangeParser(), TimeParser(), EmailParser(), PhoneParser())
_MONEY = MoneyParser()
_ABOUT = re.compile("(?:around|about|between|before|after) ?$")


class NumberParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        folded = fold(text)
        numbers = list(_numbers(folded))
        taken = _taken(text, slot, context, (*_OTHERS, _MONEY)) if numbers else set()
        found: list[Found | Bad] = []
        for start, end, number in numbers:
            unit = _unit_after(folded, end, slot)
            numbered = _NUMBERED.search(folded[max(start - 12, 0) : start])
            free = taken.isdisjoint(range(start, end)) and not numbered
            if unit or (free and _counts(folded, start, end)):
                found.append(_checked(number, start, unit or end, slot))
        return apart(found, folded)

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        """Also numbers that a currency or other words follow, and “a pair” of the slot's unit."""
        folded = fold(text)
        chosen = pick(self.find(text, slot, context), text)
        if chosen is None:
            taken = _taken(text, slot, context, _OTHERS)
            found = [
                _checked(number, start, end, slot)
                for start, end, number in _numbers(folded)
                if taken.isdisjoint(range(start, end)) and not _no_count(folded, start, end)
            ]
            chosen = pick(apart(found), text) or _single(folded, slot)
        if chosen and not (asks(folded) and isinstance(chosen, Bad)):
            return chosen
        return Bad("not_a_number", 0, len(text))


def _single(folded: str, slot: Slot) -> Found | Bad | None:
    """“A pair”, “just one”."""
    start, end = answer(folded)
    single = _SINGLE.match(folded, start, end)
    if single and (single["one"] or _unit_after(folded, single.end(), slot)):
        return _checked(1, start, single.end(), slot)
    return None


def _numbers(folded: str) -> Iterator[tuple[int, int, float]]:
    for match in _NUMBER.finditer(folded):
        number = _value(match)
        if number is not None:
            yield match.start(), match.end(), number


def _value(match: re.Match[str]) -> float | None:
    number: float | None
    if match["digits"]:
        plain = match["digits"].replace(",", "")
        number = float(plain) if "." in plain else int(plain)
        number *= _TIMES.get(match["times"] or "", 1)
    elif match["vague"]:
        times = 0.5 if match["half"] == "half a " else (english(match["count"] or "") or 1)
        number = int(_VAGUE[match["vague"]] * times)
    elif match["zh"]:
        number = chinese(match["zh"])
        tenths = "".join(str(chinese(char)) for char in (match["point"] or "")[1:])
        number = float(f"{number}.{tenths}") if tenths and number is not None else number
    else:
        number = english(match["words"] or "")
        if number is not None and match["and"]:
            number += 0.5
    return -number if number is not None and match["sign"] else number


def _checked(number: float, start: int, end: int, slot: Slot) -> Found | Bad:
    whole = float(number).is_integer()
    if slot.integer and not whole:
        return Bad("not_whole", start, end)
    for limit, reason in ((slot.minimum, "too_small"), (slot.maximum, "too_large")):
        if limit is not None and (number < limit if reason == "too_small" else number > limit):
            told = f"{limit:g}" if abs(limit) < 1e6 else str(limit)
            return Bad(reason, start, end, {"limit": told})
    return Found(int(number) if whole else number, start, end)


@lru_cache(maxsize=256)
def _units(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """The unit's words, one or many of them (“pair”, “pairs”)."""
    forms = {form for word in words for form in (word, word.rstrip("s"), word + "s") if form}
    listed = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"[ -]?(?:of )?(?:{listed})(?![a-z])") if listed else None


def _unit_after(folded: str, end: int, slot: Slot) -> int:
    """Where the slot's unit ends that stands at ``end``; 0 where it does not."""
    units = _units(tuple(sorted(fold(unit).strip() for unit in slot.unit.values())))
    match = units.match(folded, end) if units else None
    return match.end() if match else 0


def _counts(folded: str, start: int, end: int) -> bool:
    """Whether a number in running text can be a count."""
    said = folded[start:end]
    if _no_count(folded, start, end) or _HOUSE.match(folded, end) or _OF_TIME.match(folded, end):
        return False
    if said in ("one", "一") and not (
        _WANTED.search(folded[max(start - 20, 0) : start]) or answer(folded)[0] == start
    ):
        return False
    return sum(char.isdigit() for char in said) < _LONG


def _no_count(folded: str, start: int, end: int) -> bool:
    """Whether it is a code, a “one” that points, or a part of a Chinese word."""
    said, before = folded[start:end], folded[max(start - 30, 0) : start]
    if said == "one" and (_POINTS.search(before) or folded.startswith((" of ", " more"), end)):
        return True
    if not said[0].isascii() and not _COUNTED.match(folded, end):
        return True
    return bool(CODE.search(before))


def _taken(text: str, slot: Slot, context: Context, others: Iterable[Parser]) -> set[int]:
    """The characters that belong to values of other types."""
    bare = Slot(name=slot.name, type="number")
    taken: set[int] = set()
    for other in others:
        for one in other.find(text, bare, context):
            vague = isinstance(one, Found) and one.confidence <= _VAGUE_TIME
            if not (vague and _ABOUT.search(fold(text[max(one.start - 9, 0) : one.start]))):
                taken.update(range(one.start, one.end))
    return taken
