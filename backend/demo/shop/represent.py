"""How the API writes the shop's records as JSON. Money is a decimal text in pounds.

Names of products and stores are in the language of the request (Accept-Language).
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Any

from ..models import Appointment, Order, OrderLine, ReturnRequest, Store, WarrantyClaim
from . import claims, returns
from .catalogue import local_name
from .company import FITTING_MINUTES, LONDON, closed_all_day, in_chinese, store_name

NEXT = {
    ReturnRequest.Via.POST: "Post it within 14 days with the QR code we e-mail you.",
    ReturnRequest.Via.STORE: "Bring it to any store with the order number.",
    ReturnRequest.Via.PICKUP: "Have it packed by 8 am; the courier brings the label.",
}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def money(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02d}"


def moment(value: datetime | None) -> str | None:
    """On the shop's clock, with its offset."""
    return value.astimezone(LONDON).isoformat(timespec="seconds") if value else None


def clock(value: datetime) -> str:
    """``"14:30"`` on the shop's clock."""
    return f"{value.astimezone(LONDON):%H:%M}"


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def order(record: Order) -> dict[str, Any]:
    collect = record.delivery == Order.Delivery.COLLECT
    return {
        "number": record.number,
        "status": record.status,
        "customer": record.customer,
        "placed_at": moment(record.placed_at),
        "dispatched_at": moment(record.dispatched_at),
        "delivered_at": moment(record.delivered_at),
        "cancelled_at": moment(record.cancelled_at),
        "expected_on": day(record.expected_on),
        "delivery": record.delivery,
        "store": record.store.slug if record.store else None,
        "store_name": _name_of(record.store) if record.store else None,
        "address": None if collect else record.address,
        "carrier": record.carrier or None,
        "tracking_number": record.tracking_number or None,
        "currency": "GBP",
        "delivery_charge": money(record.delivery_charge),
        "total": money(record.total),
        "can": {
            "cancel": record.status == Order.Status.PLACED,
            "change_address": record.status == Order.Status.PLACED and not collect,
            "return": record.status == Order.Status.DELIVERED,
        },
        "lines": [line(item) for item in record.lines.all()],
        "returns": [item.reference for item in record.returns.order_by("pk")],
    }


def line(record: OrderLine) -> dict[str, Any]:
    return {
        "line": record.position,
        "sku": record.sku,
        "name": local_name(record.sku, record.name),
        "size": record.size or None,
        "quantity": record.quantity,
        "price": money(record.price),
        "offer": record.offer,
        "return_until": day(returns.last_day(record)),
        "warranty_until": day(claims.last_day(record)),
    }


def return_request(record: ReturnRequest) -> dict[str, Any]:
    return {
        "reference": record.reference,
        "order": record.order.number,
        "kind": record.kind,
        "via": record.via,
        "pickup_on": day(record.pickup_on),
        "created_at": moment(record.created_at),
        "currency": "GBP",
        "charge": money(record.charge),
        "amount": money(record.amount),
        "next": NEXT[ReturnRequest.Via(record.via)],
        "lines": [
            {
                "line": item.line.position,
                "name": local_name(item.line.sku, item.line.name),
                "quantity": item.quantity,
                "reason": item.reason,
                "new_size": item.new_size or None,
            }
            for item in record.lines.select_related("line").order_by("pk")
        ],
    }


def store(record: Store, on: date) -> dict[str, Any]:
    """``on`` is the day whose own hours are told; null on a day that is closed."""
    hours = {
        name: {"opens": opens, "closes": closes}
        for name, (opens, closes) in zip(DAYS, record.hours, strict=True)
    }
    return {
        "store": record.slug,
        "name": _name_of(record),
        "address": record.address,
        "phone": record.phone,
        "time_zone": LONDON.key,
        "hours": hours,
        "week": _week(record.hours),
        "on": None if closed_all_day(on) else hours[DAYS[on.weekday()]],
        "services": record.services,
    }


def _week(hours: list[list[str]]) -> str:
    """``"Monday to Saturday 09:00–17:30, Sunday 10:00–16:00"``, in the caller's language."""
    chinese = in_chinese()
    names = [f"周{day}" for day in "一二三四五六日"] if chinese else [d.capitalize() for d in DAYS]
    spans = []
    for (opens, closes), days in groupby(range(7), lambda day: hours[day]):
        first, *_, last = [*days] * 2
        between = "至" if chinese else " to "
        days_said = names[first] + (between + names[last] if last != first else "")
        spans.append(f"{days_said} {opens}–{closes}")
    return ("，" if chinese else ", ").join(spans)


def _name_of(record: Store) -> str:
    return store_name(record.slug, record.name)


def appointment(record: Appointment) -> dict[str, Any]:
    return {
        "reference": record.reference,
        "store": record.store.slug,
        "store_name": _name_of(record.store),
        "address": record.store.address,
        "kind": record.kind,
        "starts_at": moment(record.starts_at),
        "date": day(record.starts_at.astimezone(LONDON).date()),
        "time": clock(record.starts_at),
        "minutes": FITTING_MINUTES,
        "name": record.name,
        "email": record.email,
        "cancelled": record.cancelled_at is not None,
    }


def claim(record: WarrantyClaim) -> dict[str, Any]:
    return {
        "reference": record.reference,
        "order": record.line.order.number,
        "line": record.line.position,
        "name": local_name(record.line.sku, record.line.name),
        "status": record.status,
        "created_at": moment(record.created_at),
        "next": "Send 3 photos with this reference to help@northwindtrail.example. "
        "We decide within 5 working days.",
    }
