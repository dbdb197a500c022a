"""Returns that are picked up, and what of an order can be chosen for a return or a claim."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from backend.demo.models import Order, ReturnRequest
from backend.demo.shop import pickups

from .conftest import Call

pytestmark = pytest.mark.django_db
AMIRA, PETER = "amira.khan@example.com", "peter.novak@example.com"
# A Wednesday, and the Tuesday before Christmas.
NOW = datetime(2030, 5, 15, 12, tzinfo=UTC)
ADVENT = datetime(2030, 12, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def sending_back(pickup_on: object = "2030-05-16", **more: object) -> dict[str, object]:
    lines = [{"line": 1, "reason": "changed_mind"}]
    body = {"order": "10219", "email": AMIRA, "lines": lines, "via": "pickup", **more}
    return body if pickup_on is None else {**body, "pickup_on": pickup_on}


class TestPickingUp:
    def test_the_answer_has_the_day_and_the_price(self, owner: Call) -> None:
        answer = owner("returns/", sending_back()).json()
        assert (answer["via"], answer["pickup_on"]) == ("pickup", "2030-05-16")
        assert (answer["charge"], answer["amount"]) == ("5.95", "49.05")
        assert "courier" in answer["next"]

    @pytest.mark.parametrize(
        "more",
        [
            {"lines": [{"line": 1, "reason": "faulty"}]},
            {
                "kind": "exchange",
                "lines": [{"line": 1, "reason": "too_small", "new_size": "134–140"}],
            },
        ],
    )
    def test_faults_and_exchanges_are_picked_up_free(self, owner: Call, more: dict) -> None:
        assert owner("returns/", sending_back(**more)).json()["charge"] == "0.00"

    @pytest.mark.parametrize("day", ["2030-05-16", "2030-05-20", "2030-05-29"])
    def test_a_weekday_within_two_weeks_is_taken(self, owner: Call, day: str) -> None:
        assert owner("returns/", sending_back(day)).status_code == 201

    @pytest.mark.parametrize(
        ("day", "near"),
        [
            ("2030-05-15", ["2030-05-16", "2030-05-17", "2030-05-20"]),  # today
            ("2030-05-18", ["2030-05-16", "2030-05-17", "2030-05-20"]),  # a Saturday
            ("2030-05-30", ["2030-05-27", "2030-05-28", "2030-05-29"]),  # too far ahead
            ("2029-05-16", ["2030-05-16", "2030-05-17", "2030-05-20"]),
        ],
    )
    def test_another_day_is_refused_with_the_nearest_ones(
        self, owner: Call, day: str, near: list[str]
    ) -> None:
        response = owner("returns/", sending_back(day))
        assert response.status_code == 409
        assert response.json()["code"] == "no_pickup_that_day"
        assert response.json()["days"] == near
        assert near[0] in response.json()["hint"]
        assert not ReturnRequest.objects.exists()

    def test_without_a_day_the_courier_comes_on_the_first_one(self, owner: Call) -> None:
        assert owner("returns/", sending_back(None)).json()["pickup_on"] == "2030-05-16"

    def test_nobody_comes_at_christmas(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(timezone, "now", lambda: ADVENT)
        days = list(pickups.days())
        assert days[0] == date(2030, 12, 27)
        assert date(2031, 1, 1) not in days

    def test_nobody_comes_to_an_address_abroad(self, owner: Call) -> None:
        body = sending_back(order="10098", email="sean.murphy@example.com", kind="gift_card")
        assert owner("returns/", body).json()["code"] == "no_pickup_here"

    def test_nobody_comes_for_an_order_that_was_collected(self, owner: Call) -> None:
        Order.objects.filter(number="10219").update(address={}, delivery="collect")
        assert owner("returns/", sending_back()).json()["code"] == "no_pickup_here"

    @pytest.mark.parametrize(
        ("pickup_on", "via"), [("soon", "pickup"), (5, "pickup"), ("2030-05-16", "post")]
    )
    def test_a_day_belongs_to_a_pick_up_and_to_nothing_else(
        self, owner: Call, pickup_on: object, via: str
    ) -> None:
        response = owner("returns/", sending_back(pickup_on, via=via))
        assert response.status_code == 422
        assert response.json()["errors"][0]["field"] == "pickup_on"


class TestChoosingALine:
    def lines(self, owner: Call, what: str, number: str = "10219", email: str = AMIRA):
        return owner(f"orders/{number}/lines/?email={email}&for={what}")

    def test_what_was_sent_back_is_not_offered_again(self, owner: Call) -> None:
        names = [line["name"] for line in self.lines(owner, "return").json()["lines"]]
        assert names == ["Wren children's jacket", "Beacon head torch"]
        two = [{"line": 2, "reason": "changed_mind"}]
        owner("returns/", {"order": "10219", "email": AMIRA, "lines": two})
        assert [line["line"] for line in self.lines(owner, "return").json()["lines"]] == [1]

    def test_an_order_of_which_everything_came_back_offers_nothing(self, owner: Call) -> None:
        all_of_it = [
            {"line": 1, "quantity": 2, "reason": "changed_mind"},
            {"line": 2, "reason": "changed_mind"},
        ]
        owner("returns/", {"order": "10219", "email": AMIRA, "lines": all_of_it})
        response = self.lines(owner, "return")
        assert (response.json()["code"], response.json()["left"]) == ("too_many", 0)

    @pytest.mark.parametrize(
        ("what", "number", "email", "code"),
        [
            ("return", "10234", AMIRA, "not_delivered"),
            ("return", "10112", "mei.zhang@example.com", "too_late"),
            ("warranty", "10234", AMIRA, "not_delivered"),
        ],
    )
    def test_an_order_that_is_out_of_the_question_says_so_at_once(
        self, owner: Call, what: str, number: str, email: str, code: str
    ) -> None:
        assert self.lines(owner, what, number, email).json()["code"] == code

    def test_one_line_in_time_is_enough_to_offer_the_others(self, owner: Call) -> None:
        """The sale poles of 10187 are too late, and the customer is told so when choosing them."""
        assert len(self.lines(owner, "return", "10187", PETER).json()["lines"]) == 2
        poles = {"order": "10187", "email": PETER, "lines": [{"line": 2, "reason": "faulty"}]}
        refusal = owner("returns/", poles).json()
        assert (refusal["code"], refusal["name"]) == ("too_late", "Ridge trekking poles")
        assert refusal["until"] == str(NOW.date() - timedelta(days=15))

    def test_an_order_whose_warranties_are_all_over_is_refused(self, owner: Call) -> None:
        old = NOW - timedelta(days=366 * 4)
        Order.objects.filter(number="10041").update(delivered_at=old)
        refusal = self.lines(owner, "warranty", "10041", "helen.price@example.com").json()
        assert (refusal["code"], refusal["name"]) == ("warranty_over", "Tarn 2 tent")

    def test_for_what_has_to_be_said(self, owner: Call) -> None:
        assert self.lines(owner, "fun").status_code == 422
        assert owner(f"orders/10219/lines/?email={AMIRA}").status_code == 422

    def test_somebody_elses_lines_are_not_found(self, owner: Call) -> None:
        assert self.lines(owner, "return", email=PETER).status_code == 404

    def test_names_are_in_the_callers_language(self, owner: Call) -> None:
        address = f"orders/10219/lines/?email={AMIRA}&for=return"
        lines = owner(address, Accept_Language="zh").json()["lines"]
        assert [line["name"] for line in lines] == ["Wren 儿童冲锋夹克", "Beacon 头灯"]
        assert owner("stores/keswick/", Accept_Language="zh").json()["name"] == "Keswick（凯西克）"


class TestSizes:
    def test_the_sizes_of_a_line_are_those_of_its_product(self, owner: Call) -> None:
        sizes = owner(f"orders/10234/lines/1/sizes/?email={AMIRA}").json()["sizes"]
        assert sizes == ["UK 6", "UK 7", "UK 8", "UK 9", "UK 10", "UK 11"]

    @pytest.mark.parametrize(("line", "email"), [(9, AMIRA), (1, PETER)])
    def test_a_line_that_is_not_theirs_has_none(self, owner: Call, line: int, email: str) -> None:
        assert owner(f"orders/10234/lines/{line}/sizes/?email={email}").status_code == 404

    def test_a_size_that_the_product_does_not_have_is_refused(self, owner: Call) -> None:
        lines = [{"line": 1, "reason": "too_small", "new_size": "UK 7"}]
        body = {"order": "10219", "email": AMIRA, "kind": "exchange", "lines": lines}
        refusal = owner("returns/", body).json()
        assert refusal["code"] == "no_such_size"
        assert "134–140" in refusal["sizes"]
