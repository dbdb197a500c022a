"""What cases of tracking are made of: who says what, when, and what is to be taken from it."""

from __future__ import annotations

from typing import Any

import pytest

FRIDAY, SATURDAY, SUNDAY, MONDAY = "2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"
TOMORROW, TWELFTH, FOURTEENTH, SIXTEENTH = "2026-11-25", "2026-12-12", "2026-12-14", "2026-12-16"


def case(bot: Any, *texts: str, **more: Any) -> Any:
    expected = more.pop("gives")
    return pytest.param(bot, texts, more, expected, id=" / ".join(texts)[:60])


def pounds(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "GBP"}
