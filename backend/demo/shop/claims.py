"""Warranty claims: whether a line is still under warranty, and recording a claim."""

from __future__ import annotations

from datetime import date

from ..models import Order, OrderLine, WarrantyClaim
from .catalogue import WARRANTY_YEARS, local_name
from .company import local_date, today
from .problems import refused


def last_day(line: OrderLine) -> date | None:
    """The last day of the line's warranty; None before delivery or where there is none."""
    years = WARRANTY_YEARS.get(line.kind, 0)
    if line.order.delivered_at is None or not years:
        return None
    start = local_date(line.order.delivered_at)
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return start.replace(year=start.year + years, day=28)


def under_warranty(order: Order) -> list[OrderLine]:
    """All lines of the order, where at least one is under warranty; else a 409 problem."""
    lines = list(order.lines.all())
    longest = max(lines, key=lambda line: last_day(line) or date.min)
    _check(longest)
    return lines


def claim(line: OrderLine, description: str) -> WarrantyClaim:
    """Raises a 409 problem where the warranty does not hold."""
    _check(line)
    return WarrantyClaim.objects.create(line=line, description=description)


def _check(line: OrderLine) -> None:
    if line.order.delivered_at is None:
        raise refused(
            "not_delivered",
            f"{line.name} has not been delivered yet.",
            "Claim when it has arrived and shows a fault.",
            status_of_order=line.order.status,
        )
    until = last_day(line)
    if until is None or today() > until:
        ended = f"ended on {until}" if until else "does not exist for this product"
        raise refused(
            "warranty_over",
            f"The warranty on {line.name} {ended}.",
            "The workshop repairs it for a price: write to workshop@northwindtrail.example.",
            name=local_name(line.sku, line.name),
            until=str(until) if until else "",
        )
