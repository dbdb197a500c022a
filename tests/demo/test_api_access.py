"""Who may call the shop's API, and what it says to requests that it cannot read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client

from backend.demo.models import ApiKey, NewsletterSubscription
from backend.demo.shop import api, http

from .conftest import Call, caller

EMAIL = "amira.khan@example.com"
ORDER = f"orders/10234/?email={EMAIL}"
pytestmark = pytest.mark.django_db


def test_the_owner_reads_an_order(owner: Call) -> None:
    response = owner(ORDER)
    assert response.status_code == 200
    assert response.json()["status"] == "dispatched"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", [ORDER, "stores/", "orders/99999/?email=a@b.example"])
def test_a_stranger_without_a_key_is_told_which_header_is_missing(
    stranger: Call, address: str
) -> None:
    response = stranger(address)
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert response["Content-Type"] == "application/problem+json"
    assert "Authorization: Bearer" in response.json()["hint"]


@pytest.mark.parametrize(
    "shown", ["Bearer wrong", "Bearer ", "Bearer ключ", "Basic bmV2ZXI=", "Bearer x y"]
)
def test_a_wrong_key_opens_nothing(api_key: str, shown: str) -> None:
    assert caller({"Authorization": shown})(ORDER).status_code == 401


def test_a_stranger_writes_nothing(stranger: Call) -> None:
    assert stranger("newsletter/", {"email": EMAIL}).status_code == 401
    assert not NewsletterSubscription.objects.exists()


def test_keys_are_made_at_random(api_key: str) -> None:
    other = ApiKey.objects.create(name="other").key
    assert other != api_key
    assert len(api_key) > 40


def test_a_wrong_email_is_answered_like_an_unknown_order(owner: Call) -> None:
    wrong = owner("orders/10234/?email=sam@example.com")
    unknown = owner("orders/99999/?email=sam@example.com")
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.json() == unknown.json()


def test_the_email_may_be_written_in_capitals(owner: Call) -> None:
    assert owner("orders/10234/?email=Amira.Khan@Example.com").status_code == 200


def test_an_order_is_not_read_without_an_email(owner: Call) -> None:
    response = owner("orders/10234/")
    assert response.status_code == 422
    assert response.json()["errors"] == [{"field": "email", "detail": "is missing"}]


@pytest.mark.parametrize("number", ["1", "10234x", "１０２３４", "102345678901234567890"])
def test_what_is_no_order_number_is_not_found(owner: Call, number: str) -> None:
    assert owner(f"orders/{number}/?email={EMAIL}").status_code == 404


@pytest.mark.parametrize("address", ["", "nothing/", "stores", "orders/10234/%00/"])
def test_an_unknown_address_is_a_problem_and_not_a_page(owner: Call, address: str) -> None:
    response = owner(address)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_another_method_is_told_which_one_is_right(api_key: str) -> None:
    client = Client(headers={"Authorization": f"Bearer {api_key}"})
    response = client.delete("/shop/api/orders/10234/")
    assert response.status_code == 405
    assert response["Allow"] == "GET"
    assert client.get("/shop/api/returns/").status_code == 405


def test_a_body_of_another_type_is_refused(api_key: str) -> None:
    client = Client(headers={"Authorization": f"Bearer {api_key}"})
    response = client.post("/shop/api/newsletter/", {"email": EMAIL})
    assert response.status_code == 415
    assert "application/json" in response.json()["hint"]


def test_a_body_that_is_too_large_is_refused(owner: Call) -> None:
    response = owner("newsletter/", {"email": "a" * http.MOST_BYTES})
    assert response.status_code == 413
    response = owner("newsletter/", b" " * 6 * 2**20)  # above Django's own limit
    assert response.status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"{",
        b"\xff",
        b'{"email": NaN}',
        b'{"email": "a@b.example", "email": "c@d.example"}',
        b'{"email": "\\ud800"}',
        b"[" * 30_000,
    ],
)
def test_a_body_that_is_no_json_is_refused(owner: Call, body: bytes) -> None:
    response = owner("newsletter/", body)
    assert response.status_code == 400
    assert response.json()["code"] == "bad_json"


def test_a_body_that_is_no_object_is_refused(owner: Call) -> None:
    assert owner("newsletter/", [1]).json()["code"] == "not_an_object"


def test_every_bad_field_is_named_at_once(owner: Call) -> None:
    body = {"email": "nobody", "language": "fr", "frequenzy": "monthly"}
    response = owner("newsletter/", body)
    assert response.status_code == 422
    assert {error["field"] for error in response.json()["errors"]} == {
        "email",
        "language",
        "frequenzy",
    }


def test_a_database_that_does_not_answer_is_a_503(
    owner: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(request: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(http, "_authenticate", down)
    response = owner("stores/")
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "gone" not in response.content.decode()


def test_every_address_stands_in_the_documentation() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "demo.md").read_text(encoding="utf-8")
    for pattern in api.urlpatterns[:-1]:
        address = re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern))
        assert f"/shop/api/{address}`" in text, address


class TestIdempotency:
    body = {"email": "new@example.com"}

    def test_the_same_request_again_gets_the_same_answer(self, owner: Call) -> None:
        claim = {
            "order": "10219",
            "email": EMAIL,
            "line": 2,
            "description": "It no longer turns on.",
        }
        first = owner("warranty-claims/", claim, Idempotency_Key="k1")
        again = owner("warranty-claims/", claim, Idempotency_Key="k1")
        assert first.status_code == again.status_code == 201
        assert first.json() == again.json()
        assert "Idempotent-Replayed" not in first
        assert again["Idempotent-Replayed"] == "true"

    def test_the_order_of_fields_does_not_matter(self, owner: Call) -> None:
        owner("newsletter/", '{"email":"a@b.example","language":"zh"}', Idempotency_Key="k")
        again = owner(
            "newsletter/", '{"language": "zh", "email": "a@b.example"}', Idempotency_Key="k"
        )
        assert again["Idempotent-Replayed"] == "true"

    def test_the_same_key_with_another_body_is_refused(self, owner: Call) -> None:
        owner("newsletter/", self.body, Idempotency_Key="k")
        other = owner("newsletter/", {"email": "other@example.com"}, Idempotency_Key="k")
        assert other.status_code == 422
        assert other.json()["code"] == "idempotency_key_reused"
        assert NewsletterSubscription.objects.count() == 1

    def test_the_same_key_at_another_address_is_refused(self, owner: Call) -> None:
        owner("newsletter/", self.body, Idempotency_Key="k")
        assert owner("newsletter/unsubscribe/", self.body, Idempotency_Key="k").status_code == 422

    def test_a_refusal_is_repeated_too(self, owner: Call) -> None:
        body = {"email": EMAIL}
        first = owner("orders/10234/cancel/", body, Idempotency_Key="k")
        again = owner("orders/10234/cancel/", body, Idempotency_Key="k")
        assert first.status_code == again.status_code == 409
        assert first.json() == again.json()
        assert again["Content-Type"] == "application/problem+json"

    def test_two_callers_may_use_the_same_key(self, owner: Call, colleague: Call) -> None:
        owner("newsletter/", self.body, Idempotency_Key="k")
        response = colleague("newsletter/", {"email": "x@example.com"}, Idempotency_Key="k")
        assert response.status_code == 201

    @pytest.mark.parametrize("key", ["", "a b", "x" * 256, "é"])
    def test_a_key_that_cannot_be_one_is_refused(self, owner: Call, key: str) -> None:
        response = owner("newsletter/", self.body, Idempotency_Key=key)
        assert response.status_code == 400
        assert not NewsletterSubscription.objects.exists()

    def test_without_a_key_a_request_is_done_each_time(self, owner: Call) -> None:
        assert owner("newsletter/", self.body).status_code == 201
        assert owner("newsletter/", self.body).status_code == 200
