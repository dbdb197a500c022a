"""How people read a slot's normalised value, in English and Chinese.

Knows the normal forms of ``tracking.values``. Whatever else it is given (an operator's edit, a
profile's field) is shown as it stands. Knows no clock: dates are written out with their year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from ..memory import Option
from ..schema import Slot, in_language

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS_ZH = "一二三四五六日"
SYMBOLS = {
    **{"GBP": "£", "EUR": "€", "USD": "$", "CNY": "¥", "JPY": "JP¥", "KRW": "₩", "INR": "₹"},
    **{"CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "HKD": "HK$", "SGD": "S$", "TWD": "NT$"},
}
WITHOUT_CENTS = frozenset(("JPY", "KRW", "VND", "CLP", "ISK"))
_WORDS = {
    "en": {"any": "any", "yes": "yes", "no": "no"},
    "zh": {"any": "不限", "yes": "是", "no": "否"},
}
_SHORT = 8  # characters; a longer text gets a longer mask


def display(value: Any, slot: Slot, language: str, options: Iterable[Option] = ()) -> str:
    """The value in words: “Friday 27 November 2026”, “£12.50”, “2:30 pm”, a choice's label.

    None is “any”. ``options`` are what the bot listed for the slot. Never raises.
    """
    words = _WORDS.get(language, _WORDS["en"])
    if value is None:
        return words["any"]
    label = _label(value, slot, language, options)
    if label:
        return label
    try:
        shown = _typed(value, slot, language)
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
        shown = ""
    if shown:
        return shown
    return (words["yes"] if value else words["no"]) if isinstance(value, bool) else str(value)


def mask(text: str) -> str:
    """Dots in place of a sensitive text; only whether it is long can be told from them."""
    if not text:
        return ""
    return "•" * (4 if len(text) <= _SHORT else 8)


def _label(value: Any, slot: Slot, language: str, options: Iterable[Option]) -> str:
    for option in options:
        if option.value == value and isinstance(option.value, bool) == isinstance(value, bool):
            return option.label
    for choice in slot.choices:
        if choice.value == value:
            return in_language(choice.labels, language) or choice.value
    return ""


def _typed(value: Any, slot: Slot, language: str) -> str:
    if slot.type == "date":
        return show_date(date.fromisoformat(value), language)
    if slot.type == "time":
        return show_time(time.fromisoformat(value), language)
    if slot.type == "date_range":
        first, last = (date.fromisoformat(value[end]) for end in ("from", "to"))
        return show_range(first, last, language)
    if slot.type == "money":
        return show_money(value, language)
    if slot.type == "number" and isinstance(value, int | float) and not isinstance(value, bool):
        return _with_unit(value, slot, language)
    return ""


def show_date(day: date, language: str) -> str:
    """“Friday 27 November 2026”, “2026年11月27日（周五）”."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS_ZH[day.weekday()]}）"
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def show_range(first: date, last: date, language: str) -> str:
    """Both days in full; a range of one day is that day."""
    if first == last:
        return show_date(first, language)
    shown, until = show_date(first, language), show_date(last, language)
    if language == "zh":
        return f"{shown}至{until.split('年')[1] if first.year == last.year else until}"
    if first.year == last.year:
        shown = shown.removesuffix(f" {first.year}")
    return f"{shown} to {until}"


def show_time(at: time, language: str) -> str:
    """“2:30 pm”, “noon”, “下午2:30”."""
    if (at.hour, at.minute) in ((0, 0), (12, 0)) and language != "zh":
        return "noon" if at.hour else "midnight"
    hour = f"{(at.hour - 1) % 12 + 1}:{at.minute:02}"
    if language == "zh":
        return _part_zh(at.hour) + hour
    return f"{hour} {'am' if at.hour < 12 else 'pm'}"


def _part_zh(hour: int) -> str:
    return next(
        part
        for until, part in ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
        if hour < until
    )


def show_money(value: Mapping[str, str], language: str) -> str:
    """“£12.50”; a currency without a symbol of its own goes by its code: “12.50 CHF”."""
    currency = value.get("currency", "")
    digits = 0 if currency in WITHOUT_CENTS else 2
    amount = Decimal(value["amount"])
    shown = f"{abs(amount):,.{digits}f}"
    sign = "-" if amount < 0 else ""
    if currency in SYMBOLS:
        return f"{sign}{SYMBOLS[currency]}{shown}"
    return f"{sign}{shown} {currency}".rstrip()


def show_number(number: float) -> str:
    """Without “.0”; from 10,000 on with commas."""
    whole = int(number) if float(number).is_integer() else number
    return f"{whole:,}" if abs(whole) >= 10_000 else str(whole)


def _with_unit(number: float, slot: Slot, language: str) -> str:
    unit = in_language(slot.unit, language)
    if not unit:
        return show_number(number)
    if not unit.isascii():
        return show_number(number) + unit
    if number == 1 and unit.endswith("s") and not unit.endswith("ss"):
        unit = unit[:-1]
    return f"{show_number(number)} {unit}"
