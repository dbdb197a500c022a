"""Facts of the company: its clock, stores and terms. The help articles state the same figures.

Amounts are in pence, lengths of time in days unless a name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language

LONDON = ZoneInfo("Europe/London")
PHONE = "03069 990 140"
EMAIL = "help@northwindtrail.example"

RETURN_DAYS = 60
SALE_RETURN_DAYS = 30
LEGAL_RETURN_DAYS = 14
RETURN_LABEL = 295
PICKUP = 595
PICKUP_AHEAD_DAYS = 14
FREE_DELIVERY_FROM = 6000
STANDARD_DELIVERY = 395
NEXT_DAY_DELIVERY = 695

FITTING_MINUTES = 45
FITTING_AHEAD_DAYS = 30
CLOSED_ON = {(12, 25), (12, 26), (1, 1)}  # month and day
CHINESE_STORES = {"keswick": "凯西克", "edinburgh": "爱丁堡", "bristol": "布里斯托"}

Hours = tuple[time, time]


@dataclass(frozen=True)
class StoreFacts:
    """``hours`` has 7 entries, Monday first; times are London's."""

    slug: str
    name: str
    address: str
    phone: str
    hours: tuple[Hours, ...]
    services: tuple[str, ...]


def _hours(opens: str, closes: str) -> Hours:
    return time.fromisoformat(opens), time.fromisoformat(closes)


_EVERYWHERE = ("fittings", "click and collect", "returns", "small repairs")
STORES = (
    StoreFacts(
        "keswick",
        "Keswick",
        "18 Greta Street, Keswick CA12 5QX",
        "01632 960 211",
        (_hours("09:00", "17:30"),) * 6 + (_hours("10:00", "16:00"),),
        (*_EVERYWHERE, "workshop", "rental"),
    ),
    StoreFacts(
        "edinburgh",
        "Edinburgh",
        "27 Candlemaker Lane, Edinburgh EH1 2QA",
        "0131 496 0233",
        (_hours("09:30", "18:00"),) * 3
        + (_hours("09:30", "20:00"),)
        + (_hours("09:30", "18:00"),) * 2
        + (_hours("11:00", "17:00"),),
        (*_EVERYWHERE, "rental"),
    ),
    StoreFacts(
        "bristol",
        "Bristol",
        "5 Harbour Walk, Bristol BS1 5XL",
        "0117 496 0255",
        (_hours("09:30", "18:00"),) * 6 + (_hours("10:30", "16:30"),),
        _EVERYWHERE,
    ),
)


def today() -> date:
    """The date on the shop's clock."""
    return timezone.now().astimezone(LONDON).date()


def local_date(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def closed_all_day(day: date) -> bool:
    return (day.month, day.day) in CLOSED_ON


def in_chinese() -> bool:
    """Whether the caller reads Chinese (its Accept-Language header)."""
    return (get_language() or "").startswith("zh")


def store_name(slug: str, name: str) -> str:
    """The store's name as the caller's language has it."""
    chinese = CHINESE_STORES.get(slug, "") if in_chinese() else ""
    return f"{name}（{chinese}）" if chinese else name
