"""Stores and fittings through the API, on a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from backend.demo.models import Appointment, Store
from backend.demo.shop import fittings

from .conftest import Call

pytestmark = pytest.mark.django_db
# A Wednesday in winter and one in summer, so that the shop's clock is 0 and 1 hour from UTC.
WINTER = datetime(2030, 1, 16, 12, 0, tzinfo=UTC)
SUMMER = datetime(2030, 7, 17, 12, 0, tzinfo=UTC)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch, owner: Call) -> None:
    monkeypatch.setattr(timezone, "now", lambda: WINTER)


def booking(starts_at: str, **more: str) -> dict[str, str]:
    fixed = {"store": "keswick", "kind": "boots", "name": "Sam", "email": "sam@example.com"}
    return {**fixed, "starts_at": starts_at, **more}


def test_stores_say_when_they_are_open(owner: Call) -> None:
    stores = {store["store"]: store for store in owner("stores/").json()["stores"]}
    assert set(stores) == {"keswick", "edinburgh", "bristol"}
    assert stores["edinburgh"]["hours"]["thursday"] == {"opens": "09:30", "closes": "20:00"}
    assert stores["keswick"] == owner("stores/Keswick/").json()


def test_one_store_can_be_asked_for_and_one_day(owner: Call) -> None:
    thursday = owner("stores/?store=edinburgh&date=2030-01-17").json()
    assert [store["on"] for store in thursday["stores"]] == [{"opens": "09:30", "closes": "20:00"}]
    christmas = owner("stores/?date=2030-12-25").json()
    assert [store["on"] for store in christmas["stores"]] == [None, None, None]
    assert owner("stores/?store=london").status_code == 404
    assert owner("stores/?date=soon").status_code == 422


def test_the_hours_of_a_week_are_said_in_the_callers_language(owner: Call) -> None:
    english = owner("stores/edinburgh/").json()["week"]
    assert english == (
        "Monday to Wednesday 09:30–18:00, Thursday 09:30–20:00, "
        "Friday to Saturday 09:30–18:00, Sunday 11:00–17:00"
    )
    chinese = owner("stores/keswick/", Accept_Language="zh").json()["week"]
    assert chinese == "周一至周六 09:00–17:30，周日 10:00–16:00"


def test_an_unknown_store_is_answered_with_the_known_ones(owner: Call) -> None:
    response = owner("stores/london/")
    assert response.status_code == 404
    assert "keswick" in response.json()["hint"]


def test_fittings_begin_half_an_hour_after_opening_and_end_before_closing(now: None) -> None:
    times = fittings.times(Store.objects.get(slug="keswick"), WINTER.date())
    assert f"{times[0]:%H:%M}" == "09:30"
    assert f"{times[-1]:%H:%M}" <= "16:30"


def test_a_closed_day_has_none(now: None) -> None:
    assert fittings.times(Store.objects.get(slug="bristol"), datetime(2030, 12, 25).date()) == []


def test_past_times_of_today_are_not_offered(now: None, owner: Call) -> None:
    answer = owner("stores/keswick/fitting-times/?date=2030-01-16").json()
    assert answer["free"][0] == "2030-01-16T12:30:00+00:00"
    assert answer["times"][0] == "12:30"


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 422), ("?date=soon", 422), ("?date=2030-01-15", 409), ("?date=2030-02-16", 409)],
)
def test_a_day_that_cannot_be_booked_is_refused(
    now: None, owner: Call, query: str, status: int
) -> None:
    assert owner(f"stores/keswick/fitting-times/{query}").status_code == status


def test_a_free_time_is_booked_once(now: None, owner: Call) -> None:
    made = owner("appointments/", booking("2030-01-17T11:00"))
    assert made.status_code == 201
    assert made.json()["starts_at"] == "2030-01-17T11:00:00+00:00"
    again = owner("appointments/", booking("2030-01-17T11:00", email="tom@example.com"))
    assert again.json()["code"] == "taken"
    assert "10:15" in again.json()["hint"]
    assert again.json()["free"] == ["09:30", "10:15", "11:45"]
    assert owner("appointments/", booking("2030-01-17T11:00", store="bristol")).status_code == 409
    assert Appointment.objects.count() == 1


def test_a_time_without_an_offset_is_the_shops_own(
    owner: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: SUMMER)
    made = owner("appointments/", booking("2030-07-18T11:00"))
    assert made.json()["starts_at"] == "2030-07-18T11:00:00+01:00"
    same = owner("appointments/", booking("2030-07-18T10:00:00Z"))
    assert same.json()["code"] == "taken"


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        ("2030-01-17T11:07", "no_such_time"),
        ("2030-01-17T23:00", "no_such_time"),
        ("2030-01-16T09:30", "in_the_past"),
        ("2030-01-15T11:00", "day_not_open"),
        ("2030-03-15T11:00", "day_not_open"),
        ("9999-12-31T23:59", "day_not_open"),
        ("0001-01-01T00:00", "day_not_open"),
    ],
)
def test_a_time_that_is_not_offered_is_refused(
    now: None, owner: Call, starts_at: str, code: str
) -> None:
    response = owner("appointments/", booking(starts_at))
    assert response.status_code == 409
    assert response.json()["code"] == code


@pytest.mark.parametrize("starts_at", ["tomorrow", "", "2030-13-01T10:00"])
def test_what_is_no_time_is_a_bad_field(now: None, owner: Call, starts_at: str) -> None:
    response = owner("appointments/", booking(starts_at))
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "starts_at"


def test_a_cancelled_time_is_free_again(now: None, owner: Call) -> None:
    reference = owner("appointments/", booking("2030-01-17T11:00")).json()["reference"]
    read = owner(f"appointments/{reference}/?email=sam@example.com").json()
    assert (read["date"], read["time"], read["cancelled"]) == ("2030-01-17", "11:00", False)
    assert owner(f"appointments/{reference}/?email=tom@example.com").status_code == 404
    address = f"appointments/{reference}/cancel/"
    assert owner(address, {"email": "tom@example.com"}).status_code == 404
    for _ in range(2):
        assert owner(address, {"email": "sam@example.com"}).json()["cancelled"] is True
    assert owner("appointments/", booking("2030-01-17T11:00")).status_code == 201


def test_a_fitting_that_has_begun_is_not_cancelled(
    now: None, owner: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = owner("appointments/", booking("2030-01-16T12:30")).json()["reference"]
    monkeypatch.setattr(timezone, "now", lambda: WINTER.replace(hour=13))
    response = owner(f"appointments/{reference}/cancel/", {"email": "sam@example.com"})
    assert response.json()["code"] == "in_the_past"
