"""Fitting appointments: which times a store has, and booking one of them.

Knows the opening hours and the days that are closed; does not know the shorter hours of bank
holidays.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..models import Appointment, Store
from .company import FITTING_AHEAD_DAYS, FITTING_MINUTES, LONDON, closed_all_day, today
from .problems import Problem, refused

AFTER_OPENING = timedelta(minutes=30)
BEFORE_CLOSING = timedelta(hours=1)


def times(store: Store, day: date) -> list[datetime]:
    """Every time of that day at which a fitting may begin, taken or not (aware)."""
    return [] if closed_all_day(day) else list(_times(store, day))


def _times(store: Store, day: date) -> Iterator[datetime]:
    opens, closes = (time.fromisoformat(value) for value in store.hours[day.weekday()])
    start = datetime.combine(day, opens, LONDON) + AFTER_OPENING
    while start <= datetime.combine(day, closes, LONDON) - BEFORE_CLOSING:
        yield start
        start += timedelta(minutes=FITTING_MINUTES)


def free_times(store: Store, day: date) -> list[datetime]:
    """The times that can be booked now."""
    _check_day(day)
    taken = set(store.appointments.filter(cancelled_at=None).values_list("starts_at", flat=True))
    now = timezone.now()
    return [start for start in times(store, day) if start > now and start not in taken]


def book(
    store: Store, starts_at: datetime, kind: str, name: str, email: str, phone: str
) -> Appointment:
    """Raises a 409 problem where that time is not free; its hint names the nearest free ones."""
    starts_at = as_london(starts_at)
    _check_day(starts_at.date())
    if starts_at not in times(store, starts_at.date()):
        raise _not_free(store, starts_at, "no_such_time", "does not begin a fitting at")
    if starts_at <= timezone.now():
        raise _not_free(store, starts_at, "in_the_past", "is already past")
    try:
        with transaction.atomic():
            return Appointment.objects.create(
                store=store, starts_at=starts_at, kind=kind, name=name, email=email, phone=phone
            )
    except IntegrityError as error:
        raise _not_free(store, starts_at, "taken", "has nobody free at") from error


def as_london(moment: datetime) -> datetime:
    """A time without an offset is meant on the shop's clock."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=LONDON)
    return moment.astimezone(LONDON)


def cancel(appointment: Appointment) -> None:
    """Cancelling twice is harmless. Raises a 409 problem once the fitting has begun."""
    if appointment.cancelled_at is not None:
        return
    if appointment.starts_at <= timezone.now():
        raise refused(
            "in_the_past", "The appointment has already begun.", "Call the store if you are late."
        )
    appointment.cancelled_at = timezone.now()
    appointment.save()


def _check_day(day: date) -> None:
    last = today() + timedelta(days=FITTING_AHEAD_DAYS)
    if not today() <= day <= last:
        raise Problem(
            409,
            "day_not_open",
            f"Fittings can be booked from {today()} to {last}, not on {day}.",
            "Choose a day in that range.",
            facts={"first": str(today()), "last": str(last)},
        )


def _not_free(store: Store, wanted: datetime, code: str, what: str) -> Problem:
    free = sorted(free_times(store, wanted.date()), key=lambda start: abs(start - wanted))[:3]
    near = ", ".join(f"{start:%H:%M}" for start in sorted(free))
    said = f"{wanted:%H:%M} on {wanted.date()}"
    detail = f"{said} {what}." if code == "in_the_past" else f"{store.name} {what} {said}."
    hint = f"Free on that day: {near}." if near else "Nothing is free that day; choose another."
    return refused(code, detail, hint, free=[f"{start:%H:%M}" for start in sorted(free)])
