"""Chinese times of day: “下午三点半”, “早上9点”, “三点一刻”, “差五分三点”, “15点30分”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..values import Bad, Found
from .numerals import chinese

_N = "[0-9]{1,2}|[零〇一二两三四五六七八九十]{1,3}"
_DIGIT = "0-9一二两三四五六七八九十"
_EARLY = ("凌晨", "清晨", "早上", "早晨", "上午", "明早", "今早", "早")
_LATE = ("晚上", "夜里", "夜晚", "半夜", "今晚", "明晚", "晚")
_NOON = ("中午", "正午")
_PARTS = "|".join((*_EARLY, *_LATE, *_NOON, "下午", "午后", "傍晚"))
_TIME = re.compile(
    rf"(?:(?P<part>{_PARTS})的? ?)?(?P<less>差(?P<lack>一刻|"
    rf"{_N})分?钟?到? ?)?(?<![{_DIGIT}])(?<![0-9][.,:])"
    rf"(?P<hour>{_N}) ?(?:(?P<mark>点钟|点整|点|时(?!间|候|刻))(?:(?P<half>半)|"
    rf"(?P<quarter>[一二两三1-3])刻钟?|"
    rf"过?(?P<minute>{_N})(?:分钟?)?(?![{_DIGIT}个件元块号天]))?|:(?P<digits>[0-9]{{2}})(?![0-9:]))"
)
_NAMED = re.compile(rf"(?P<noon>中午|正午)(?!前|后|[{_DIGIT}])|午夜|零点(?![{_DIGIT}])")
# Before an hour that has no part of the day: words that say that a time follows.
_CUED = re.compile("[在到于约成就日号周后天一二三四五六末]$")
_A_BIT = re.compile("[快慢早晚大小多少有好差高低宜贵长短近远紧松]$")
VAGUE_ZH = "早上|早晨|上午|下午|晚上|傍晚|夜里|今晚|午后|随时|尽快"


def chinese_times(folded: str, strict: bool) -> Iterator[Found | Bad]:
    """The times of a folded text; ``strict`` leaves out “一点” where it may be “a bit”."""
    for match in _TIME.finditer(folded):
        one = _told(match, folded, strict)
        if one:
            yield one
    for match in _NAMED.finditer(folded):
        yield Found("12:00" if match["noon"] else "00:00", *match.span(), 0.6)


def _told(match: re.Match[str], folded: str, strict: bool) -> Found | Bad | None:
    part, said = match["part"] or "", match["hour"]
    hour = _number(said)
    minute = _minute(match)
    if match["digits"] and not part:
        return None  # read as digits already
    before = folded[max(match.start() - 1, 0) : match.start()]
    clear = part or minute or match["mark"] != "点" or _CUED.search(before)
    few = said in ("一", "两") and not minute and match["mark"] == "点"
    if few and (part in ("早", "晚") or (not clear and (strict or _A_BIT.search(before)))):
        return None
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return Bad("no_such_time", *match.span())
    at = _of_day(hour, part, said) * 60 + minute
    if match["less"]:
        at -= 15 if match["lack"] == "一刻" else _number(match["lack"])
    at %= 1440
    sure = 1.0 if part or hour > 12 else 0.8
    return Found(f"{at // 60:02}:{at % 60:02}", *match.span(), sure)


def _minute(match: re.Match[str]) -> int:
    if match["half"]:
        return 30
    if match["quarter"]:
        return 15 * _number(match["quarter"])
    return _number(match["minute"] or match["digits"] or "零")


def _number(said: str) -> int:
    return int(said) if said.isascii() else (chinese(said) or 0)


def _of_day(hour: int, part: str, said: str) -> int:
    """The hour of 24; without a part of the day as in ``times``."""
    if hour > 12 or said.startswith("0"):
        return hour % 24
    if part in _EARLY:
        return 12 if part == "上午" and hour == 12 else hour % 12
    if part in _LATE:
        night = hour == 12 or (hour <= 4 and part in ("夜里", "半夜"))
        return hour % 12 if night else hour % 12 + 12
    if part in _NOON:
        return hour if hour >= 10 else hour + 12
    if part:
        return hour % 12 + 12
    return hour + 12 if 1 <= hour <= 6 else hour
