"""Picking returns up from the customer's door: where, and on which days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..models import Order
from .company import PICKUP_AHEAD_DAYS, closed_all_day, today
from .problems import refused

SATURDAY = 5


def days() -> Iterator[date]:
    """The days on which a courier can come, soonest first."""
    for ahead in range(1, PICKUP_AHEAD_DAYS + 1):
        day = today() + timedelta(days=ahead)
        if day.weekday() < SATURDAY and not closed_all_day(day):
            yield day


def check(order: Order, day: date) -> None:
    """Raises a 409 problem where nobody can come to the order's address on that day."""
    if order.address.get("country") != "GB":
        raise refused(
            "no_pickup_here",
            f"Order {order.number} did not go to an address in the UK.",
            "Set via to post or store.",
        )
    open_days = list(days())
    if day not in open_days:
        near = sorted(sorted(open_days, key=lambda other: abs(other - day))[:3])
        raise refused(
            "no_pickup_that_day",
            f"The courier does not come on {day}, but on weekdays from tomorrow up to "
            f"{PICKUP_AHEAD_DAYS} days ahead.",
            f"The nearest days are: {', '.join(map(str, near))}.",
            days=[str(other) for other in near],
        )
