"""The orders that the demo company starts with, relative to the day on which they are loaded.

Twelve orders in every state, so that each rule of the shop can be seen to hold and to refuse.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ..models import Order, OrderLine, Store
from .catalogue import BY_SKU
from .company import FREE_DELIVERY_FROM, NEXT_DAY_DELIVERY, STANDARD_DELIVERY, STORES, local_date

Status, Delivery, Offer = Order.Status, Order.Delivery, OrderLine.Offer


@dataclass(frozen=True)
class Line:
    sku: str
    size: str = ""
    quantity: int = 1
    offer: str = Offer.FULL
    off: int = 0  # per cent


@dataclass(frozen=True)
class Sample:
    """``placed`` is in days before now; ``delivered`` too, None while it is on its way."""

    number: str
    email: str
    customer: str
    status: str
    placed: float
    lines: tuple[Line, ...]
    address: tuple[str, str, str, str] = ("", "", "", "")
    delivered: float | None = None
    delivery: str = Delivery.STANDARD
    store: str = ""
    gift: bool = False


SAMPLES = (
    Sample("10234", "amira.khan@example.com", "Amira Khan", Status.DISPATCHED, 2.2,
           (Line("SKIDDAW", "UK 6"), Line("GAS230", quantity=2)),
           ("7 Mill Lane", "Sheffield", "S10 2TB", "GB")),
    Sample("10241", "tom.ellis@example.com", "Tom Ellis", Status.PLACED, 0.01,
           (Line("BORROWDALE", "L"),), ("52 Park Street", "Leeds", "LS6 1AN", "GB")),
    Sample("10240", "lin.wei@example.com", "Lin Wei", Status.PLACED, 0.02,
           (Line("TARN2"), Line("EMBER5", "regular", 2)),
           ("Flat 3, 19 Castle Road", "Edinburgh", "EH3 9PX", "GB")),
    Sample("10238", "grace.obi@example.com", "Grace Obi", Status.PACKING, 0.3,
           (Line("CAIRN55", "M"),), ("4 Quay Street", "Bristol", "BS1 4DJ", "GB"),
           delivery=Delivery.NEXT_DAY),
    Sample("10236", "jonas.berg@example.com", "Jonas Berg", Status.READY, 1.1,
           (Line("SPARK"), Line("RIDGE")), delivery=Delivery.COLLECT, store="keswick"),
    Sample("10219", "amira.khan@example.com", "Amira Khan", Status.DELIVERED, 14,
           (Line("WREN", "122–128", 2), Line("BEACON")),
           ("7 Mill Lane", "Sheffield", "S10 2TB", "GB"), delivered=11),
    Sample("10187", "peter.novak@example.com", "Peter Novak", Status.DELIVERED, 49,
           (Line("SKIDDAW", "UK 9"), Line("RIDGE", offer=Offer.SALE, off=25)),
           ("31 Church Hill", "York", "YO1 8QT", "GB"), delivered=45),
    Sample("10112", "mei.zhang@example.com", "Mei Zhang", Status.DELIVERED, 100,
           (Line("CAIRN55", "S"),), ("88 Oxford Road", "Manchester", "M13 9PL", "GB"),
           delivered=96),
    Sample("10098", "sean.murphy@example.com", "Seán Murphy", Status.DELIVERED, 26,
           (Line("BORROWDALE", "M", offer=Offer.LAST_CHANCE, off=50),),
           ("12 Harbour View", "Galway", "H91 E2R3", "IE"), delivered=21),
    Sample("10229", "tom.ellis@example.com", "Tom Ellis", Status.CANCELLED, 5,
           (Line("EMBER5", "long"),), ("52 Park Street", "Leeds", "LS6 1AN", "GB")),
    Sample("10164", "grace.obi@example.com", "Grace Obi", Status.RETURNED, 60,
           (Line("SKIDDAW", "UK 7"),), ("4 Quay Street", "Bristol", "BS1 4DJ", "GB"),
           delivered=57),
    Sample("10041", "helen.price@example.com", "Helen Price", Status.DELIVERED, 800,
           (Line("SPARK"), Line("TARN2")), ("2 Fell View", "Kendal", "LA9 4QD", "GB"),
           delivered=796, gift=True),
)  # fmt: skip


@transaction.atomic
def load() -> int:
    """Make stores and orders that are not there yet; returns how many orders were made."""
    for facts in STORES:
        hours = [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in facts.hours]
        Store.objects.get_or_create(
            slug=facts.slug,
            defaults={
                "name": facts.name,
                "address": facts.address,
                "phone": facts.phone,
                "hours": hours,
                "services": list(facts.services),
            },
        )
    have = set(Order.objects.values_list("number", flat=True))
    missing = [sample for sample in SAMPLES if sample.number not in have]
    for sample in missing:
        _make(sample, timezone.now())
    return len(missing)


def _make(sample: Sample, now: datetime) -> None:
    sent = sample.status in {Status.DISPATCHED, Status.DELIVERED, Status.RETURNED}
    placed_at = now - timedelta(days=sample.placed)
    delivered = sample.delivered
    order = Order.objects.create(
        number=sample.number,
        email=sample.email,
        customer=sample.customer,
        status=sample.status,
        placed_at=placed_at,
        dispatched_at=placed_at + timedelta(days=1) if sent else None,
        delivered_at=None if delivered is None else now - timedelta(days=delivered),
        cancelled_at=placed_at + timedelta(minutes=30)
        if sample.status == Status.CANCELLED
        else None,
        expected_on=local_date(placed_at + timedelta(days=4)),
        delivery=sample.delivery,
        store=Store.objects.filter(slug=sample.store).first(),
        address=_address(sample),
        carrier="Royal Mail" if sent else "",
        tracking_number=f"NT{sample.number}7714GB" if sent else "",
        gift=sample.gift,
    )
    for position, line in enumerate(sample.lines, 1):
        _add(order, position, line)
    order.delivery_charge = _charge(sample, order.total)
    order.save()


def _address(sample: Sample) -> dict[str, str]:
    line1, city, postcode, country = sample.address
    if not line1:
        return {}
    parts = {"line1": line1, "line2": "", "city": city, "postcode": postcode}
    return {**parts, "country": country}


def _add(order: Order, position: int, line: Line) -> None:
    product = BY_SKU[line.sku]
    OrderLine.objects.create(
        order=order,
        position=position,
        sku=product.sku,
        name=product.name,
        kind=product.kind,
        size=line.size,
        quantity=line.quantity,
        price=product.price * (100 - line.off) // 100,
        offer=line.offer,
    )


def _charge(sample: Sample, goods: int) -> int:
    if sample.delivery == Delivery.COLLECT:
        return 0
    if sample.delivery == Delivery.NEXT_DAY:
        return NEXT_DAY_DELIVERY
    if sample.address[3] != "GB":
        return 995  # Ireland
    return 0 if goods > FREE_DELIVERY_FROM else STANDARD_DELIVERY
