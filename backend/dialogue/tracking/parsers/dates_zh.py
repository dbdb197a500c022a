"""Days and spans as Chinese says them: “下周三”, “十二月十四号”, “三天后”, “月底”, “这周末”.

Weeks begin on Monday: “下周三” is the Wednesday of next week, “这周三” that of this week, even
where it is past; “周三” alone is the coming one. “月底” is the last day of the month, “月初” its
first ten days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from .days import Rules, Said, made, month_end, shift
from .numerals import chinese
from .spans_en import thirds

_N = "[0-9]{1,2}|[零〇一二三四五六七八九十]{1,3}"
_NOT_NUMBER = r"(?<![0-9零〇一二三四五六七八九十百千万/#])(?<![a-z]-)(?<![0-9][.,:])"
_WEEK = "(?:周|星期|礼拜)"
_WEEKDAY = rf"{_WEEK}(?P<weekday>[一二三四五六日天])(?![零〇二三四五六七八九十])"
_IN_MARKS = r"(?: ?[(]?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])[)]?)?"
# After a number and “号” these make it a house or a line, not a day.
_NOT_DAY = r"(?![楼线店门院房桌码单机床柜公栋馆车厅窗幢库])"
# Before a number and “号”: the street that the house is in.
_STREET = re.compile("[路街巷弄道村里园区镇院幢栋甲乙丙丁][0-9]{0,5}-?$")
_HAN_DIGITS = "一二三四五六日"
_NEAR = {
    **{
        "今天": 0,
        "今日": 0,
        "今晚": 0,
        "今早": 0,
        "当天": 0,
        "明天": 1,
        "明日": 1,
        "明早": 1,
        "明晚": 1,
    },
    **{
        "后天": 2,
        "大后天": 3,
        "昨天": -1,
        "昨日": -1,
        "昨晚": -1,
        "前天": -2,
        "大前天": -3,
        "明儿": 1,
    },
}
_FEASTS = {
    **{
        "元旦": (1, 1),
        "情人节": (2, 14),
        "双十一": (11, 11),
        "双十二": (12, 12),
        "妇女节": (3, 8),
        "劳动节": (5, 1),
        "五一": (5, 1),
    },
    **{
        "儿童节": (6, 1),
        "国庆节": (10, 1),
        "国庆": (10, 1),
        "平安夜": (12, 24),
        "圣诞节": (12, 25),
        "圣诞": (12, 25),
    },
}
_WHICH = "(?P<which>下下|下|这|本|上上|上)一?个?"
_AHEAD = {"下下": 2, "下": 1, "这": 0, "本": 0, "上": -1, "上上": -2}

_RULES: Rules[date] = Rules()
_rule = _RULES.rule


def chinese_days(folded: str, today: date) -> Iterator[Said]:
    """All that rules read in a folded text; they may overlap."""
    return _RULES.read(folded, today)


def _number(said: str | None) -> int:
    return int(said) if said and said.isascii() else (chinese(said or "") or 0)


def _weekday(match: re.Match[str]) -> int | None:
    said = match["weekday"]
    return _HAN_DIGITS.index("日" if said == "天" else said) if said else None


def _exact(match: re.Match[str], day: date | None, until: date | None = None) -> Said:
    return Said(*match.span(), exact=day, until=until, impossible=day is None)


@_rule(
    rf"{_NOT_NUMBER}(?:(?P<year>[0-9]{{4}}|[一二][〇零一二三四五六七八九]{{3}}|[0-9]{{2}}|今|明|"
    rf"后|去|前)年)? ?(?P<month>{_N})月(?:份)? ?(?:(?P<day>{_N}) ?[日号]|"
    rf"(?P<bare>[0-9]{{1,2}})(?![0-9:点个件元块])){_NOT_DAY}{_IN_MARKS}"
)
def _month_day(match: re.Match[str], today: date) -> Said:
    month, day = _number(match["month"]), _number(match["day"] or match["bare"])
    weekday, year = _weekday(match), _year(match["year"], today)
    if year:
        whole = made(year, month, day)
        return Said(*match.span(), exact=whole, weekday=weekday, impossible=whole is None)
    wrong = not 1 <= month <= 12 or not day
    return Said(*match.span(), month=month, day=day, weekday=weekday, impossible=wrong)


def _year(said: str | None, today: date) -> int | None:
    if not said:
        return None
    near = {"今": 0, "明": 1, "后": 2, "去": -1, "前": -2}
    if said in near:
        return today.year + near[said]
    year = _number(said)
    return year + 2000 if year < 100 else year


@_rule(rf"(?P<which>下下|下|这|本|上)一?个?月(?:的)? ?(?P<day>{_N}) ?[日号]{_NOT_DAY}")
def _day_of_month(match: re.Match[str], today: date) -> Said:
    first = shift(today.replace(day=1), months=_AHEAD[match["which"]])
    return _exact(match, made(first.year, first.month, _number(match["day"])) if first else None)


@_rule(rf"{_NOT_NUMBER}(?<![月期第])(?P<day>{_N}) ?[日号]{_NOT_DAY}{_IN_MARKS}")
def _day(match: re.Match[str], today: date) -> Said | None:
    if _STREET.search(match.string[max(match.start() - 8, 0) : match.start()]):
        return None
    day = _number(match["day"])
    return Said(*match.span(), day=day, weekday=_weekday(match), impossible=not day)


@_rule("|".join(sorted(_NEAR, key=len, reverse=True)))
def _near(match: re.Match[str], today: date) -> Said:
    return _exact(match, shift(today, _NEAR[match.group()]))


@_rule(rf"(?:(?P<which>下下|下|这|本|上上|上)一?个?)?{_WEEKDAY}")
def _named_weekday(match: re.Match[str], today: date) -> Said:
    weekday = _weekday(match) or 0
    if not match["which"]:
        return Said(*match.span(), weekday=weekday)
    return _exact(match, shift(today, 7 * _AHEAD[match["which"]] - today.weekday() + weekday))


@_rule(
    rf"{_NOT_NUMBER}(?:再?过|再)?(?P<count>{_N}|两|半) ?(?P<unit>天|日|周|个?星期|个?礼拜|个月|"
    rf"年)(?:之|以)?"
    r"(?P<way>后|前)"
)
@_rule(rf"(?:再?过|再等)(?P<count>{_N}|两|半) ?(?P<unit>天|周|个?星期|个?礼拜|个月|年)(?P<way>)")
def _counted(match: re.Match[str], today: date) -> Said | None:
    count, unit = _number(match["count"]) or (2 if match["count"] == "两" else 0), match["unit"]
    sign = -1 if match["way"] == "前" else 1
    if match["count"] == "半":
        days = {"个月": 15, "年": 182}.get(unit)
        return _exact(match, shift(today, sign * days)) if days else None
    if unit in ("个月", "年"):
        return _exact(match, shift(today, months=sign * count * (12 if unit == "年" else 1)))
    return _exact(match, shift(today, sign * count * (1 if unit in ("天", "日") else 7)))


@_rule(rf"(?:(?P<which>下下|下|这|本|上)一?个?)?(?:{_WEEK}末|双休日)(?P<end>)")
@_rule(
    rf"(?P<which>下下|下|这|本|上)一?个?{_WEEK}(?![一二三四五六日天末边围年转身全密岁])(?P<end>内|里|之内)?"
)
def _weeks(match: re.Match[str], today: date) -> Said:
    ahead = _AHEAD[match["which"] or "这"]
    monday = shift(today, 7 * ahead - today.weekday())
    last = monday and shift(monday, 6)
    first = monday and (
        shift(monday, 5) if "末" in match.group() or "双" in match.group() else monday
    )
    return _exact(match, max(first, today) if first and not ahead else first, last)


_YEAR = r"(?:(?P<year>[0-9]{4}|今|明|后|去|前)年)?"
_NO_MORE = "(?![0-9一二三四五六七八九十底末初中上下 ])"


@_rule(
    rf"(?:{_WHICH}|{_YEAR}{_NOT_NUMBER}(?P<month>{_N}))?月(?P<part>底|末|初|中旬|上旬|下旬|中(?!国))"
)
@_rule(rf"{_WHICH}月{_NO_MORE}(?P<year>)(?P<month>)(?P<part>)")
@_rule(rf"(?P<which>){_YEAR}{_NOT_NUMBER}(?P<month>{_N})月份?{_NO_MORE}(?P<part>)")
def _months(match: re.Match[str], today: date) -> Said:
    number = _number(match["month"])
    if match["month"] and not 1 <= number <= 12:
        return _exact(match, None)
    first = shift(today.replace(day=1), months=_AHEAD[match["which"] or "这"])
    if match["month"]:
        year = _year(match["year"], today) or today.year + (number < today.month)
        first = made(year, number, 1)
    part = match["part"] or ""
    if first and part in ("底", "末"):
        return _exact(match, month_end(first))
    names = {"初": "early", "上旬": "early", "中": "mid", "中旬": "mid", "下旬": "late"}
    return _exact(match, *thirds(first, names.get(part, ""), today))


@_rule(r"(?P<which>今|明|本)?年底|(?:今年|明年)最后一天")
def _year_end(match: re.Match[str], today: date) -> Said:
    return _exact(match, made(today.year + match.group().startswith("明"), 12, 31))


@_rule("|".join(sorted(_FEASTS, key=len, reverse=True)))
def _feast(match: re.Match[str], today: date) -> Said:
    month, day = _FEASTS[match.group()]
    return Said(*match.span(), month=month, day=day)
