"""The demo shop's own records: orders and what customers ask to happen to them.

Amounts are in pence. Rules on who may do what and when are in :mod:`backend.demo.shop`.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

# Without 0/O and 1/I/L, which people mix up on the phone. A digit comes first, so that no word
# of a sentence looks like a reference.
REFERENCE_DIGITS = "23456789"
REFERENCE_LETTERS = REFERENCE_DIGITS + "ABCDEFGHJKMNPQRSTUVWXYZ"


def new_api_key() -> str:
    return "nwt_" + secrets.token_urlsafe(32)


def new_reference() -> str:
    rest = (secrets.choice(REFERENCE_LETTERS) for _ in range(7))
    return secrets.choice(REFERENCE_DIGITS) + "".join(rest)


class ApiKey(models.Model):
    """What a program shows as its bearer key."""

    name = models.CharField(max_length=100, unique=True)
    key = models.CharField(max_length=100, unique=True, default=new_api_key)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class IdempotencyKey(models.Model):
    """The answer that a write with this key was given."""

    api_key = models.ForeignKey(ApiKey, models.CASCADE)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["api_key", "key"], name="demo_idempotency_key_once")
        ]

    def __str__(self) -> str:
        return self.key


class Store(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=30)
    hours = models.JSONField(help_text='7 pairs, Monday first: ["09:00", "17:30"], London time.')
    services = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Order(models.Model):
    class Status(models.TextChoices):
        PLACED = "placed"
        PACKING = "packing"
        DISPATCHED = "dispatched"
        READY = "ready_to_collect"
        DELIVERED = "delivered"
        CANCELLED = "cancelled"
        RETURNED = "returned"

    class Delivery(models.TextChoices):
        STANDARD = "standard"
        NEXT_DAY = "next_day"
        COLLECT = "collect"

    number = models.CharField(max_length=5, unique=True)
    email = models.EmailField()
    customer = models.CharField(max_length=100)
    status = models.CharField(max_length=20, choices=Status)
    placed_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    delivery = models.CharField(max_length=20, choices=Delivery)
    delivery_charge = models.PositiveIntegerField(default=0)
    store = models.ForeignKey(Store, models.PROTECT, null=True, blank=True)
    address = models.JSONField(
        default=dict, blank=True, help_text="line1, line2, city, postcode, country (ISO 3166)"
    )
    carrier = models.CharField(max_length=30, blank=True)
    tracking_number = models.CharField(max_length=40, blank=True)
    gift = models.BooleanField(default=False)

    class Meta:
        ordering = ["-placed_at"]

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> int:
        return self.delivery_charge + sum(line.price * line.quantity for line in self.lines.all())


class OrderLine(models.Model):
    class Offer(models.TextChoices):
        FULL = "full_price"
        SALE = "sale"
        LAST_CHANCE = "last_chance"

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    sku = models.CharField(max_length=30)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)
    size = models.CharField(max_length=30, blank=True)
    quantity = models.PositiveSmallIntegerField(default=1)
    price = models.PositiveIntegerField(help_text="For one, in pence.")
    offer = models.CharField(max_length=20, choices=Offer, default=Offer.FULL)

    class Meta:
        ordering = ["order", "position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="demo_line_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"


class Referenced(models.Model):
    """Something that a customer asked for and can ask about by its reference."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference


class ReturnRequest(Referenced):
    class Kind(models.TextChoices):
        REFUND = "refund"
        EXCHANGE = "exchange"
        GIFT_CARD = "gift_card"

    class Via(models.TextChoices):
        POST = "post"
        STORE = "store"
        PICKUP = "pickup"

    class Reason(models.TextChoices):
        TOO_SMALL = "too_small"
        TOO_LARGE = "too_large"
        CHANGED_MIND = "changed_mind"
        NOT_AS_DESCRIBED = "not_as_described"
        DAMAGED = "damaged"
        FAULTY = "faulty"
        WRONG_ITEM = "wrong_item"

    order = models.ForeignKey(Order, models.CASCADE, related_name="returns")
    kind = models.CharField(max_length=20, choices=Kind)
    via = models.CharField(max_length=10, choices=Via)
    charge = models.PositiveIntegerField(default=0, help_text="For the way back, in pence.")
    amount = models.PositiveIntegerField(help_text="To be refunded after the charge, in pence.")
    pickup_on = models.DateField(null=True, blank=True)


class ReturnLine(models.Model):
    request = models.ForeignKey(ReturnRequest, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.CASCADE, related_name="returned")
    quantity = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=20, choices=ReturnRequest.Reason)
    new_size = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return f"{self.quantity} × {self.line.name}"


class WarrantyClaim(Referenced):
    line = models.ForeignKey(OrderLine, models.CASCADE, related_name="claims")
    description = models.TextField()
    status = models.CharField(max_length=20, default="received")


class Appointment(Referenced):
    class Kind(models.TextChoices):
        BOOTS = "boots"
        BACKPACK = "backpack"

    store = models.ForeignKey(Store, models.CASCADE, related_name="appointments")
    kind = models.CharField(max_length=20, choices=Kind)
    starts_at = models.DateTimeField()
    name = models.CharField(max_length=100)
    email = models.EmailField()
    phone = models.CharField(max_length=30, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "starts_at"],
                condition=models.Q(cancelled_at=None),
                name="demo_one_fitting_at_a_time",
            )
        ]


class NewsletterSubscription(models.Model):
    class Frequency(models.TextChoices):
        TWICE_A_MONTH = "twice_a_month"
        MONTHLY = "monthly"
        OFFERS = "offers_only"

    email = models.EmailField(unique=True)
    language = models.CharField(max_length=5, default="en")
    frequency = models.CharField(max_length=20, choices=Frequency, default=Frequency.TWICE_A_MONTH)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()  # so that one person is on the list once
        super().save(*args, **kwargs)
