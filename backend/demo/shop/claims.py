"""Warranty claims: whether a line is still under warranty, and recording a claim."""

from __future__ import annotations

from datetime import date

from ..models import OrderLine, WarrantyClaim
from .catalogue import WARRANTY_YEARS
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


def claim(line: OrderLine, description: str) -> WarrantyClaim:
    """Raises a 409 problem where the warranty does not hold."""
    if line.order.delivered_at is None:
        raise refused(
            "not_delivered",
            f"{line.name} has not been delivered yet.",
            "Claim when it has arrived and shows a fault.",
        )
    until = last_day(line)
    if until is None or today() > until:
        ended = f"ended on {until}" if until else "does not exist for this product"
        raise refused(
            "warranty_over",
            f"The warranty on {line.name} {ended}.",
            "The workshop repairs it for a price: write to workshop@northwindtrail.example.",
        )
    return WarrantyClaim.objects.create(line=line, description=description)
