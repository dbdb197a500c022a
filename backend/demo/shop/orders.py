"""Finding, cancelling and redirecting orders, by the rules that the help articles state."""

from __future__ import annotations

from django.utils import timezone

from ..models import Order
from .company import PHONE
from .problems import Problem, refused, unknown

_INSTEAD = {
    Order.Status.PACKING: "Refuse the parcel at the door, or return it within 60 days.",
    Order.Status.DISPATCHED: "Refuse the parcel at the door, or return it within 60 days.",
    Order.Status.READY: "Leave it in the store: it is cancelled and refunded after 10 days.",
    Order.Status.DELIVERED: "Start a return: POST /shop/api/returns/.",
}


def find(number: str, email: str, *, for_change: bool = False) -> Order:
    """The order, if the e-mail address belongs to it.

    A wrong address and an unknown number are the same 404, so that neither can be guessed.
    ``for_change`` locks the row; the caller holds a transaction.
    """
    orders = Order.objects.select_related("store")
    if for_change:
        orders = orders.select_for_update(of=("self",))
    order = orders.filter(number=number, email__iexact=email).first()
    if order is None:
        raise unknown(
            "order with this number and e-mail address",
            "Check both: the number has 5 digits, and the address is the one given with the order.",
        )
    return order


def cancel(order: Order, reason: str) -> None:
    """Raises a 409 problem unless the order is only placed."""
    _check_placed(order, "not_cancellable", "cancelled")
    order.status = Order.Status.CANCELLED
    order.cancelled_at, order.cancel_reason = timezone.now(), reason
    order.save()


def change_address(order: Order, address: dict[str, str]) -> None:
    """Raises a 409 problem where the order is packed, collected, or would leave the country."""
    _check_placed(order, "address_fixed", "sent elsewhere")
    if order.delivery == Order.Delivery.COLLECT:
        raise refused(
            "no_delivery",
            f"Order {order.number} is collected in a store and has no delivery address.",
            "Cancel it and order again with delivery.",
        )
    if address["country"] != order.address["country"]:
        raise refused(
            "other_country",
            f"Order {order.number} was paid for delivery to {order.address['country']}.",
            "Give an address in the same country, or cancel the order and place a new one.",
            country=order.address["country"],
        )
    order.address = address
    order.save()


def _check_placed(order: Order, code: str, done: str) -> None:
    if order.status == Order.Status.PLACED:
        return
    status = order.get_status_display().lower()
    raise refused(
        code,
        f"Order {order.number} is {status} and can no longer be {done}.",
        _INSTEAD.get(Order.Status(order.status), f"If this is a surprise, call {PHONE}."),
        status_of_order=order.status,
    )


def check_number(number: str) -> None:
    if not (number.isascii() and number.isdigit() and len(number) == 5):
        raise Problem(
            404,
            "not_found",
            "This is no order number.",
            "An order number has 5 digits, such as 10234.",
        )
