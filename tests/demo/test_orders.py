"""What the API lets customers do to orders: the rules that the help articles state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from backend.demo.models import Order, OrderLine, ReturnRequest
from backend.demo.shop import company, samples

from .conftest import Call

pytestmark = pytest.mark.django_db
AMIRA, TOM, LIN = "amira.khan@example.com", "tom.ellis@example.com", "lin.wei@example.com"
ADDRESS = {"line1": "1 New Road", "city": "Leeds", "postcode": "ls1 1aa"}


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at noon, so that "60 days ago" is a date and not a matter of the hour."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2030, 5, 15, 12, tzinfo=UTC))


@pytest.fixture
def delivered(api_key: str) -> Callable[..., Order]:
    """Order 10219 (2 jackets, 1 head torch), as if delivered ``days`` ago with that offer."""

    def deliver(days: int, offer: str = "full_price") -> Order:
        order = Order.objects.get(number="10219")
        order.delivered_at = timezone.now() - timedelta(days=days)
        order.save()
        order.lines.update(offer=offer)
        return order

    return deliver


def sending_back(**more: object) -> dict[str, object]:
    lines = [{"line": 1, "quantity": 1, "reason": "too_small"}]
    return {"order": "10219", "email": AMIRA, "lines": lines, **more}


class TestCancelling:
    def test_a_placed_order_is_cancelled(self, owner: Call) -> None:
        response = owner("orders/10241/cancel/", {"email": TOM, "reason": "too dear"})
        assert response.status_code == 200
        order = Order.objects.get(number="10241")
        assert (order.status, order.cancel_reason) == ("cancelled", "too dear")

    @pytest.mark.parametrize(
        ("number", "email"),
        [
            ("10238", "grace.obi@example.com"),
            ("10234", AMIRA),
            ("10236", "jonas.berg@example.com"),
            ("10219", AMIRA),
            ("10229", TOM),
            ("10164", "grace.obi@example.com"),
        ],
    )
    def test_an_order_in_any_other_state_stays_as_it_is(
        self, owner: Call, number: str, email: str
    ) -> None:
        before = Order.objects.get(number=number).status
        response = owner(f"orders/{number}/cancel/", {"email": email})
        assert response.status_code == 409
        assert response.json()["code"] == "not_cancellable"
        assert response.json()["hint"]
        assert Order.objects.get(number=number).status == before

    def test_somebody_elses_email_cancels_nothing(self, owner: Call) -> None:
        assert owner("orders/10241/cancel/", {"email": AMIRA}).status_code == 404
        assert Order.objects.get(number="10241").status == "placed"


class TestChangingTheAddress:
    def test_a_placed_order_goes_to_the_new_address(self, owner: Call) -> None:
        response = owner("orders/10241/address/", {"email": TOM, "address": ADDRESS})
        assert response.status_code == 200
        assert Order.objects.get(number="10241").address == {
            "line1": "1 New Road",
            "line2": "",
            "city": "Leeds",
            "postcode": "LS1 1AA",
            "country": "GB",
        }

    def test_another_country_is_refused(self, owner: Call) -> None:
        address = {**ADDRESS, "country": "FR"}
        response = owner("orders/10241/address/", {"email": TOM, "address": address})
        assert response.json()["code"] == "other_country"

    def test_a_dispatched_order_is_refused(self, owner: Call) -> None:
        response = owner("orders/10234/address/", {"email": AMIRA, "address": ADDRESS})
        assert response.json()["code"] == "address_fixed"

    def test_an_order_for_collection_is_refused(self, owner: Call) -> None:
        Order.objects.filter(number="10236").update(status="placed")
        body = {"email": "jonas.berg@example.com", "address": ADDRESS}
        assert owner("orders/10236/address/", body).json()["code"] == "no_delivery"

    @pytest.mark.parametrize(
        ("address", "field"),
        [
            (None, "address"),
            ("1 New Road", "address"),
            ({}, "address.line1"),
            ({**ADDRESS, "city": ""}, "address.city"),
            ({**ADDRESS, "line1": "x" * 101}, "address.line1"),
            ({**ADDRESS, "postcode": 5}, "address.postcode"),
            ({**ADDRESS, "city": "Le\x00eds"}, "address.city"),
            ({**ADDRESS, "street": "x"}, "address.street"),
        ],
    )
    def test_a_bad_address_is_named_by_its_field(
        self, owner: Call, address: object, field: str
    ) -> None:
        response = owner("orders/10241/address/", {"email": TOM, "address": address})
        assert response.status_code == 422
        assert field in {error["field"] for error in response.json()["errors"]}


class TestReturning:
    def test_a_refund_by_post_costs_the_label(self, owner: Call, delivered: Callable) -> None:
        delivered(10)
        response = owner("returns/", sending_back())
        assert response.status_code == 201
        answer = response.json()
        assert (answer["charge"], answer["amount"]) == ("2.95", "52.05")
        read = owner(f"returns/{answer['reference']}/?email={AMIRA}")
        assert read.json() == answer
        assert owner(f"returns/{answer['reference']}/?email={TOM}").status_code == 404

    @pytest.mark.parametrize(
        ("more", "amount"),
        [
            ({"via": "store"}, "55.00"),
            ({"lines": [{"line": 1, "reason": "faulty"}]}, "55.00"),
            (
                {
                    "kind": "exchange",
                    "lines": [{"line": 1, "reason": "too_small", "new_size": "134–140"}],
                },
                "0.00",
            ),
        ],
    )
    def test_stores_faults_and_exchanges_are_free(
        self, owner: Call, delivered: Callable, more: dict, amount: str
    ) -> None:
        delivered(10)
        answer = owner("returns/", sending_back(**more)).json()
        assert (answer["charge"], answer["amount"]) == ("0.00", amount)

    @pytest.mark.parametrize(
        ("offer", "kind", "days"),
        [
            ("full_price", "refund", company.RETURN_DAYS),
            ("sale", "refund", company.SALE_RETURN_DAYS),
            ("last_chance", "refund", company.LEGAL_RETURN_DAYS),
            ("last_chance", "gift_card", company.SALE_RETURN_DAYS),
        ],
    )
    def test_the_last_day_is_in_time_and_the_next_is_not(
        self, owner: Call, delivered: Callable, offer: str, kind: str, days: int
    ) -> None:
        delivered(days + 1, offer)
        assert owner("returns/", sending_back(kind=kind)).status_code == 409
        delivered(days, offer)
        assert owner("returns/", sending_back(kind=kind)).status_code == 201

    def test_a_christmas_present_has_until_the_end_of_january(
        self, owner: Call, delivered: Callable
    ) -> None:
        order = delivered(0)
        order.gift = True
        order.placed_at = timezone.now().replace(year=2024, month=11, day=2)
        order.delivered_at = order.placed_at + timedelta(days=2)
        order.save()
        lines = owner(f"orders/10219/?email={AMIRA}").json()["lines"]
        assert lines[0]["return_until"] == "2025-01-31"

    def test_no_more_can_come_back_than_was_bought(self, owner: Call, delivered: Callable) -> None:
        delivered(10)
        two = [{"line": 1, "quantity": 2, "reason": "changed_mind"}]
        assert owner("returns/", sending_back(lines=two)).status_code == 201
        response = owner("returns/", sending_back())
        assert response.json()["code"] == "too_many"
        assert ReturnRequest.objects.count() == 1

    def test_an_order_on_its_way_cannot_be_returned(self, owner: Call) -> None:
        body = sending_back(order="10234")
        assert owner("returns/", body).json()["code"] == "not_delivered"

    def test_gas_comes_back_only_when_it_is_our_fault(
        self, owner: Call, delivered: Callable
    ) -> None:
        order = delivered(1)
        OrderLine.objects.filter(order=order, position=1).update(kind="consumable")
        assert owner("returns/", sending_back()).json()["code"] == "not_returnable"
        damaged = [{"line": 1, "reason": "damaged"}]
        assert owner("returns/", sending_back(lines=damaged)).status_code == 201

    def test_nothing_is_exchanged_abroad(self, owner: Call) -> None:
        lines = [{"line": 1, "reason": "too_small", "new_size": "L"}]
        body = {"order": "10098", "email": "sean.murphy@example.com", "kind": "exchange"}
        response = owner("returns/", {**body, "lines": lines})
        assert response.json()["code"] == "no_exchange_abroad"

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"lines": []}, "lines"),
            ({"lines": ["x"]}, "lines[0]"),
            ({"lines": [{"line": 9, "reason": "faulty"}]}, "lines[0].line"),
            ({"lines": [{"line": True, "reason": "faulty"}]}, "lines[0].line"),
            ({"lines": [{"line": 1, "reason": "dull"}]}, "lines[0].reason"),
            ({"lines": [{"line": 1, "reason": "faulty"}] * 2}, "lines"),
            ({"kind": "exchange"}, "lines[0].new_size"),
            ({"kind": ["refund"]}, "kind"),
            ({"order": None}, "order"),
        ],
    )
    def test_a_bad_field_is_named(
        self, owner: Call, delivered: Callable, more: dict, field: str
    ) -> None:
        delivered(1)
        response = owner("returns/", sending_back(**more))
        assert response.status_code == 422
        assert field in {error["field"] for error in response.json()["errors"]}


class TestWarranty:
    def claim(self, owner: Call, order: str, email: str, line: int = 1):
        body = {"order": order, "email": email, "line": line, "description": "It broke."}
        return owner("warranty-claims/", body)

    def test_a_claim_in_time_is_recorded_and_can_be_read(self, owner: Call) -> None:
        made = self.claim(owner, "10112", "mei.zhang@example.com")
        assert made.status_code == 201
        reference = made.json()["reference"]
        read = owner(f"warranty-claims/{reference.lower()}/?email=mei.zhang@example.com")
        assert read.json()["status"] == "received"
        assert owner(f"warranty-claims/{reference}/?email={TOM}").status_code == 404

    def test_each_product_has_its_own_length(self, owner: Call) -> None:
        """Bought 800 days ago: the stove's 2 years are over, the tent's 3 are not."""
        helen = "helen.price@example.com"
        assert self.claim(owner, "10041", helen, 1).json()["code"] == "warranty_over"
        assert self.claim(owner, "10041", helen, 2).status_code == 201

    def test_what_has_not_arrived_cannot_be_claimed(self, owner: Call) -> None:
        assert self.claim(owner, "10234", AMIRA).json()["code"] == "not_delivered"


class TestNewsletter:
    def test_joining_twice_keeps_one_row(self, owner: Call) -> None:
        assert owner("newsletter/", {"email": "Sam@Example.com"}).status_code == 201
        again = owner("newsletter/", {"email": "sam@example.com", "language": "zh"})
        assert (again.status_code, again.json()["language"]) == (200, "zh")

    def test_leaving_says_the_same_for_everyone(self, owner: Call) -> None:
        owner("newsletter/", {"email": TOM})
        left = owner("newsletter/unsubscribe/", {"email": TOM})
        never = owner("newsletter/unsubscribe/", {"email": AMIRA})
        assert left.status_code == never.status_code == 200
        assert left.json()["subscribed"] is never.json()["subscribed"] is False


def test_loading_again_makes_nothing_and_keeps_what_changed(owner: Call) -> None:
    owner("orders/10241/cancel/", {"email": TOM})
    assert samples.load() == 0
    assert Order.objects.count() == 12
    assert Order.objects.get(number="10241").status == "cancelled"


def test_the_sample_orders_are_in_every_state(api_key: str) -> None:
    assert set(Order.objects.values_list("status", flat=True)) == set(Order.Status.values)
