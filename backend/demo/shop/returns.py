"""Returns: what may come back, until when, how, and what is refunded. Amounts in pence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from ..models import Order, OrderLine, ReturnLine, ReturnRequest
from . import pickups
from .catalogue import FINAL_SALE, local_name, sizes
from .company import (
    LEGAL_RETURN_DAYS,
    PICKUP,
    RETURN_DAYS,
    RETURN_LABEL,
    SALE_RETURN_DAYS,
    local_date,
    today,
)
from .problems import Problem, refused

Reason, Kind, Via = ReturnRequest.Reason, ReturnRequest.Kind, ReturnRequest.Via
# Our fault, so the label is free and things that are otherwise final may come back.
OUR_FAULT = {Reason.DAMAGED, Reason.FAULTY, Reason.WRONG_ITEM, Reason.NOT_AS_DESCRIBED}


@dataclass(frozen=True)
class Item:
    """What the customer wants to send back of one line."""

    line: OrderLine
    quantity: int
    reason: str
    new_size: str = ""


def last_day(line: OrderLine) -> date | None:
    """The last day on which the line may be returned; None before it is delivered."""
    order = line.order
    if order.delivered_at is None:
        return None
    full = line.offer == OrderLine.Offer.FULL
    until = local_date(order.delivered_at) + timedelta(
        days=RETURN_DAYS if full else SALE_RETURN_DAYS
    )
    placed = local_date(order.placed_at)
    if order.gift and (placed.month == 11 or (placed.month == 12 and placed.day <= 24)):
        until = max(until, date(placed.year + 1, 1, 31))
    return until


def left(line: OrderLine) -> int:
    """How many of the line have not been sent back yet."""
    gone = line.returned.aggregate(sum=Sum("quantity"))["sum"] or 0
    return line.quantity - gone


def returnable(order: Order) -> list[OrderLine]:
    """The lines of which something is left, where at least one is in time; else a 409 problem."""
    _check_delivered(order)
    lines = [line for line in order.lines.all() if left(line)]
    if not lines:
        raise refused(
            "too_many",
            f"Everything from order {order.number} has been sent back already.",
            "Ask about the return by its reference.",
            left=0,
        )
    if all(_is_late(line) for line in lines):
        raise _too_late(max(lines, key=lambda line: last_day(line) or date.min))
    return lines


def request_return(
    order: Order, items: Sequence[Item], kind: str, via: str, pickup_on: date | None = None
) -> ReturnRequest:
    """Record a return. Raises a 409 problem that names the line and the rule."""
    _check_delivered(order)
    for item in items:
        _check(item, kind)
    _check_country(order, kind)
    if pickup_on is not None:
        pickups.check(order, pickup_on)
    charge = _charge(items, kind, via)
    value = sum(item.line.price * item.quantity for item in items)
    amount = 0 if kind == Kind.EXCHANGE else max(0, value - charge)
    request = ReturnRequest.objects.create(
        order=order, kind=kind, via=via, charge=charge, amount=amount, pickup_on=pickup_on
    )
    for item in items:
        ReturnLine.objects.create(
            request=request,
            line=item.line,
            quantity=item.quantity,
            reason=item.reason,
            new_size=item.new_size,
        )
    return request


def _charge(items: Sequence[Item], kind: str, via: str) -> int:
    """For the label or the courier; our faults and exchanges cost nothing."""
    if via == Via.STORE or kind == Kind.EXCHANGE or all(item.reason in OUR_FAULT for item in items):
        return 0
    return PICKUP if via == Via.PICKUP else RETURN_LABEL


def _check_delivered(order: Order) -> None:
    if order.status != Order.Status.DELIVERED:
        raise refused(
            "not_delivered",
            f"Order {order.number} is {order.get_status_display().lower()}, not delivered.",
            "Wait for the delivery, or cancel the order while it is only placed.",
            status_of_order=order.status,
        )


def _is_late(line: OrderLine) -> bool:
    until = last_day(line)
    return until is None or today() > until


def _too_late(line: OrderLine) -> Problem:
    until = last_day(line)
    return refused(
        "too_late",
        f"{line.name} could be returned until {until}.",
        "If it is faulty, make a warranty claim: POST /shop/api/warranty-claims/.",
        name=local_name(line.sku, line.name),
        until=str(until),
    )


def _check(item: Item, kind: str) -> None:
    line = item.line
    if _is_late(line):
        raise _too_late(line)
    if item.quantity > left(line):
        raise refused(
            "too_many",
            f"Of {line.name}, {left(line)} can still be returned, not {item.quantity}.",
            "Lower the quantity of this line.",
            name=local_name(line.sku, line.name),
            left=left(line),
        )
    _check_size(item, kind)
    if item.reason in OUR_FAULT:
        return
    if line.kind in FINAL_SALE:
        raise refused(
            "not_returnable",
            f"{line.name} cannot come back, unless it arrived damaged or faulty.",
            "Take this line out of the return.",
            name=local_name(line.sku, line.name),
        )
    _check_last_chance(line, kind)


def _check_size(item: Item, kind: str) -> None:
    have = sizes(item.line.sku)
    if kind != Kind.EXCHANGE or not have or item.new_size in have:
        return
    raise refused(
        "no_such_size",
        f"{item.line.name} does not come in {item.new_size}.",
        f"It comes in: {', '.join(have)}.",
        name=local_name(item.line.sku, item.line.name),
        sizes=list(have),
    )


def _check_last_chance(line: OrderLine, kind: str) -> None:
    if line.offer != OrderLine.Offer.LAST_CHANCE or kind != Kind.REFUND:
        return
    assert line.order.delivered_at is not None
    if today() > local_date(line.order.delivered_at) + timedelta(days=LEGAL_RETURN_DAYS):
        raise refused(
            "no_refund",
            f"{line.name} was a Last Chance item; it is refunded within 14 days only.",
            "Ask for an exchange or a gift card: set kind to exchange or gift_card.",
            name=local_name(line.sku, line.name),
        )


def _check_country(order: Order, kind: str) -> None:
    if kind == Kind.EXCHANGE and order.address.get("country", "GB") != "GB":
        raise refused(
            "no_exchange_abroad",
            "Exchanges are possible within the UK only.",
            "Set kind to refund and order the other size again.",
        )
