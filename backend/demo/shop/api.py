"""The shop's API: each function reads its fields, calls a rule and writes the answer.

Addresses and fields are described in docs/demo.md.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import path, re_path

from ..models import (
    Appointment,
    NewsletterSubscription,
    Order,
    OrderLine,
    ReturnRequest,
    Store,
    WarrantyClaim,
)
from . import addresses, catalogue, claims, fittings, orders, pickups, represent, returns
from .company import today
from .fields import Fields
from .http import Answer, endpoint, not_found
from .problems import invalid, unknown

SENDING_BACK, CLAIMING = "return", "warranty"


def read_order(fields: Fields, number: str) -> Answer:
    return Answer(represent.order(_order(fields, number)))


def cancel_order(fields: Fields, number: str) -> Answer:
    reason = fields.text("reason", required=False)
    order = _order(fields, number, for_change=True)
    orders.cancel(order, reason)
    return Answer(represent.order(order))


def change_address(fields: Fields, number: str) -> Answer:
    address = addresses.read(fields, "address")
    order = _order(fields, number, for_change=True)
    orders.change_address(order, address)
    return Answer(represent.order(order))


def list_lines(fields: Fields, number: str) -> Answer:
    """What of an order a customer can choose from, for a return or for a warranty claim."""
    what = fields.choice("for", (SENDING_BACK, CLAIMING))
    order = _order(fields, number)
    lines = returns.returnable(order) if what == SENDING_BACK else claims.under_warranty(order)
    return Answer({"order": order.number, "lines": [represent.line(line) for line in lines]})


def list_sizes(fields: Fields, number: str, position: int) -> Answer:
    order = _order(fields, number)
    line = order.lines.filter(position=position).first()
    if line is None:
        raise unknown("line in this order", "GET the order to see its lines.")
    return Answer({"line": line.position, "sizes": catalogue.sizes(line.sku)})


def _order(fields: Fields, number: str, *, for_change: bool = False) -> Order:
    """Ends the reading of ``fields``; the e-mail address is the last one."""
    email = fields.email()
    fields.finish()
    orders.check_number(number)
    return orders.find(number, email, for_change=for_change)


def make_return(fields: Fields) -> Answer:
    kind = fields.choice("kind", ReturnRequest.Kind.values, "refund")
    via = fields.choice("via", ReturnRequest.Via.values, "post")
    by_courier = via == ReturnRequest.Via.PICKUP
    pickup_on = fields.day("pickup_on", next(pickups.days())) if by_courier else None
    wanted = [_wanted(given, kind) for given in fields.objects("lines", 20)]
    order = _order(fields, fields.text("order", 10), for_change=True)
    items = [
        returns.Item(_line(order, position, f"lines[{index}].line"), *rest)
        for index, (position, *rest) in enumerate(wanted)
    ]
    if len({item.line.pk for item in items}) != len(items):
        raise invalid([{"field": "lines", "detail": "names a line twice; add its quantities up"}])
    record = returns.request_return(order, items, kind, via, pickup_on)
    return Answer(represent.return_request(record), 201)


def _wanted(given: Fields, kind: str) -> tuple[Any, ...]:
    return (
        given.integer("line", 1, 99),
        given.integer("quantity", 1, 99, 1),
        given.choice("reason", ReturnRequest.Reason.values, "changed_mind"),
        given.text("new_size", 30, required=kind == ReturnRequest.Kind.EXCHANGE),
    )


def _line(order: Order, position: int, field: str) -> OrderLine:
    line = order.lines.filter(position=position).first()
    if line is None:
        have = ", ".join(str(item.position) for item in order.lines.all())
        detail = f"order {order.number} has no line {position}; it has {have}"
        raise invalid([{"field": field, "detail": detail}])
    return line


def read_return(fields: Fields, reference: str) -> Answer:
    email = fields.email()
    fields.finish()
    request = ReturnRequest.objects.filter(
        reference=reference.upper(), order__email__iexact=email
    ).first()
    if request is None:
        raise _no_reference("return")
    return Answer(represent.return_request(request))


def make_claim(fields: Fields) -> Answer:
    position = fields.integer("line", 1, 99)
    description = fields.text("description", 2000)
    order = _order(fields, fields.text("order", 10))
    record = claims.claim(_line(order, position, "line"), description)
    return Answer(represent.claim(record), 201)


def read_claim(fields: Fields, reference: str) -> Answer:
    email = fields.email()
    fields.finish()
    record = WarrantyClaim.objects.filter(
        reference=reference.upper(), line__order__email__iexact=email
    ).first()
    if record is None:
        raise _no_reference("warranty claim")
    return Answer(represent.claim(record))


def list_stores(fields: Fields) -> Answer:
    """All stores, or the one that ``store`` names, with the hours of one day."""
    slug, day = fields.text("store", 50, required=False), fields.day("date", today())
    fields.finish()
    stores = [_store(slug)] if slug else Store.objects.all()
    return Answer({"date": str(day), "stores": [represent.store(store, day) for store in stores]})


def read_store(fields: Fields, slug: str) -> Answer:
    day = fields.day("date", today())
    fields.finish()
    return Answer(represent.store(_store(slug), day))


def list_times(fields: Fields, slug: str) -> Answer:
    day = fields.day("date")
    fields.finish()
    free = fittings.free_times(_store(slug), day)
    return Answer(
        {
            "store": slug,
            "date": str(day),
            "free": [represent.moment(start) for start in free],
            "times": [represent.clock(start) for start in free],
        }
    )


def _store(slug: str) -> Store:
    store = Store.objects.filter(slug=slug.lower()).first()
    if store is None:
        names = ", ".join(Store.objects.values_list("slug", flat=True))
        raise unknown("store", f"The stores are: {names}.")
    return store


def book_fitting(fields: Fields) -> Answer:
    slug = fields.text("store", 50)
    kind = fields.choice("kind", Appointment.Kind.values)
    starts_at = fields.moment("starts_at")
    name, email = fields.text("name", 100), fields.email()
    phone = fields.text("phone", 30, required=False)
    fields.finish()
    record = fittings.book(_store(slug), starts_at, kind, name, email, phone)
    return Answer(represent.appointment(record), 201)


def read_fitting(fields: Fields, reference: str) -> Answer:
    return Answer(represent.appointment(_fitting(fields, reference, Appointment.objects.all())))


def cancel_fitting(fields: Fields, reference: str) -> Answer:
    locked = Appointment.objects.select_for_update(of=("self",))
    record = _fitting(fields, reference, locked)
    fittings.cancel(record)
    return Answer(represent.appointment(record))


def _fitting(fields: Fields, reference: str, rows: QuerySet[Appointment]) -> Appointment:
    email = fields.email()
    fields.finish()
    mine = rows.select_related("store").filter(email__iexact=email)
    record = mine.filter(reference=reference.upper()).first()
    if record is None:
        raise _no_reference("appointment")
    return record


def _no_reference(what: str) -> Exception:
    return unknown(
        f"{what} with this reference and e-mail address",
        "Check both: the reference has 8 characters, without 0, O, 1, I and L.",
    )


def subscribe(fields: Fields) -> Answer:
    email = fields.email().lower()
    chosen = {
        "language": fields.choice("language", ("en", "zh"), "en"),
        "frequency": fields.choice(
            "frequency", NewsletterSubscription.Frequency.values, "twice_a_month"
        ),
    }
    fields.finish()
    row, fresh = NewsletterSubscription.objects.update_or_create(
        email=email, defaults={**chosen, "active": True}
    )
    return Answer({"email": row.email, "subscribed": True, **chosen}, 201 if fresh else 200)


def unsubscribe(fields: Fields) -> Answer:
    """Says the same whether the address was on the list or not, so that nobody can find out."""
    email = fields.email().lower()
    fields.finish()
    NewsletterSubscription.objects.filter(email=email).update(active=False)
    return Answer({"email": email, "subscribed": False})


urlpatterns = [
    path("orders/<slug:number>/", endpoint(get=read_order)),
    path("orders/<slug:number>/cancel/", endpoint(post=cancel_order)),
    path("orders/<slug:number>/address/", endpoint(post=change_address)),
    path("orders/<slug:number>/lines/", endpoint(get=list_lines)),
    path("orders/<slug:number>/lines/<int:position>/sizes/", endpoint(get=list_sizes)),
    path("returns/", endpoint(post=make_return)),
    path("returns/<slug:reference>/", endpoint(get=read_return)),
    path("warranty-claims/", endpoint(post=make_claim)),
    path("warranty-claims/<slug:reference>/", endpoint(get=read_claim)),
    path("stores/", endpoint(get=list_stores)),
    path("stores/<slug:slug>/", endpoint(get=read_store)),
    path("stores/<slug:slug>/fitting-times/", endpoint(get=list_times)),
    path("appointments/", endpoint(post=book_fitting)),
    path("appointments/<slug:reference>/", endpoint(get=read_fitting)),
    path("appointments/<slug:reference>/cancel/", endpoint(post=cancel_fitting)),
    path("newsletter/", endpoint(post=subscribe)),
    path("newsletter/unsubscribe/", endpoint(post=unsubscribe)),
    re_path(r"", not_found),
]
