"""How the API writes the shop's records as JSON. Money is a decimal text in pounds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ..models import Appointment, Order, OrderLine, ReturnRequest, Store, WarrantyClaim
from . import claims, returns
from .company import FITTING_MINUTES, LONDON

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def money(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02d}"


def moment(value: datetime | None) -> str | None:
    """On the shop's clock, with its offset."""
    return value.astimezone(LONDON).isoformat(timespec="seconds") if value else None


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
        "name": record.name,
        "size": record.size or None,
        "quantity": record.quantity,
        "price": money(record.price),
        "offer": record.offer,
        "return_until": day(returns.last_day(record)),
        "warranty_until": day(claims.last_day(record)),
    }


def return_request(record: ReturnRequest) -> dict[str, Any]:
    by_post = record.via == ReturnRequest.Via.POST
    return {
        "reference": record.reference,
        "order": record.order.number,
        "kind": record.kind,
        "via": record.via,
        "created_at": moment(record.created_at),
        "currency": "GBP",
        "label_charge": money(record.label_charge),
        "amount": money(record.amount),
        "next": "Post it within 14 days with the QR code we e-mail you."
        if by_post
        else "Bring it to any store with the order number.",
        "lines": [
            {
                "line": item.line.position,
                "name": item.line.name,
                "quantity": item.quantity,
                "reason": item.reason,
                "new_size": item.new_size or None,
            }
            for item in record.lines.select_related("line").order_by("pk")
        ],
    }


def store(record: Store) -> dict[str, Any]:
    hours = {
        name: {"opens": opens, "closes": closes}
        for name, (opens, closes) in zip(DAYS, record.hours, strict=True)
    }
    return {
        "store": record.slug,
        "name": record.name,
        "address": record.address,
        "phone": record.phone,
        "time_zone": LONDON.key,
        "hours": hours,
        "services": record.services,
    }


def appointment(record: Appointment) -> dict[str, Any]:
    return {
        "reference": record.reference,
        "store": record.store.slug,
        "kind": record.kind,
        "starts_at": moment(record.starts_at),
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
        "name": record.line.name,
        "status": record.status,
        "created_at": moment(record.created_at),
        "next": "Send 3 photos with this reference to help@northwindtrail.example. "
        "We decide within 5 working days.",
    }
