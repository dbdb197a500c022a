"""A slot's default as a person types it, and as the schema keeps it."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

from django.utils.translation import gettext as _

YES = ("yes", "true", "on", "是")
NO = ("no", "false", "off", "否")
MONEY = re.compile(r"(?P<amount>\d+(\.\d+)?)\s*(?P<currency>[A-Z]{3})")
RANGE = re.compile(r"(\d{4}-\d\d-\d\d)\s*(?:to|\.\.|–|/)\s*(\d{4}-\d\d-\d\d)")


def read_default(text: str, kind: str) -> Any:
    """The normalised value (see ``dialogue.tracking.values``). Raises ValueError with words."""
    reader = READERS.get(kind)
    return reader(text) if reader else text


def show_default(value: Any) -> str:
    """The value so that ``read_default`` reads it back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and value.keys() == {"amount", "currency"}:
        return f"{value['amount']} {value['currency']}"
    if isinstance(value, dict) and value.keys() == {"from", "to"}:
        return f"{value['from']} to {value['to']}"
    return value if isinstance(value, str) else json.dumps(value)


def whole(number: float | None) -> float | None:
    """The number as a person writes it: 12, not 12.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        pass
    if not re.fullmatch(r"[+-]?\d*\.?\d+", text):
        raise ValueError(_("This has to be a number."))
    return float(text)


def _yes_no(text: str) -> bool:
    if text.lower() not in (*YES, *NO):
        raise ValueError(_("This has to be yes or no."))
    return text.lower() in YES


def _money(text: str) -> dict[str, str]:
    match = MONEY.fullmatch(text)
    if not match:
        raise ValueError(_("Write an amount with its currency, such as 12.50 GBP."))
    return match.groupdict()


def _date(text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(_("Write a day such as 2026-11-30.")) from error


def _time(text: str) -> str:
    try:
        return datetime.time.fromisoformat(text).strftime("%H:%M")
    except ValueError as error:
        raise ValueError(_("Write a time such as 14:30.")) from error


def _range(text: str) -> dict[str, str]:
    match = RANGE.fullmatch(text)
    if not match:
        raise ValueError(_("Write two days: 2026-11-27 to 2026-11-30."))
    return {"from": _date(match.group(1)), "to": _date(match.group(2))}


READERS = {
    "number": _number,
    "yes_no": _yes_no,
    "money": _money,
    "date": _date,
    "time": _time,
    "date_range": _range,
}
