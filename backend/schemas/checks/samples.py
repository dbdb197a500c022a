"""Values that a slot could have: one to try templates with, and whether a default is one."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from backend.dialogue.schema import Slot

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_SAMPLES: dict[str, Any] = {
    "number": 1,
    "money": {"amount": "1.00", "currency": "EUR"},
    "date": "2026-11-27",
    "time": "14:30",
    "date_range": {"from": "2026-11-27", "to": "2026-11-30"},
    "email": "name@example.com",
    "phone": "+447700900123",
    "yes_no": True,
}


def sample(slot: Slot) -> Any:
    """A value in the normal form of the slot's type; see ``dialogue.tracking.values``."""
    if slot.type == "choice" and slot.choices:
        return slot.choices[0].value
    return _SAMPLES.get(slot.type, "x1")


def fits(slot: Slot, value: Any) -> bool:
    """Whether the value is in the normal form of the slot's type, and one of its choices."""
    if slot.type == "choice" and slot.choices and not slot.offer:
        return value in [choice.value for choice in slot.choices]
    if slot.type == "yes_no":
        return isinstance(value, bool)
    if slot.type == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if slot.type == "money":
        return _has(value, "amount", "currency") and _is_decimal(value["amount"])
    if slot.type == "date_range":
        return _has(value, "from", "to") and all(is_date(value[key]) for key in ("from", "to"))
    if slot.type == "date":
        return is_date(value)
    if slot.type == "time":
        return isinstance(value, str) and bool(_TIME.fullmatch(value))
    return isinstance(value, str)


def is_date(text: Any) -> bool:
    try:
        return isinstance(text, str) and len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _has(value: Any, *keys: str) -> bool:
    return isinstance(value, dict) and set(value) == set(keys)


def _is_decimal(text: Any) -> bool:
    try:
        return isinstance(text, str) and Decimal(text).is_finite()
    except InvalidOperation:
        return False
