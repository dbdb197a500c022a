"""Delivery addresses that are given as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.demo.models import Order
from backend.demo.shop import addresses
from backend.demo.shop.fields import Fields
from backend.demo.shop.problems import Problem

from .conftest import Call

TOM = "tom.ellis@example.com"


def read(text: object) -> dict[str, str]:
    fields = Fields({"address": text})
    address = addresses.read(fields, "address")
    fields.finish()
    return address


@pytest.mark.parametrize(
    ("text", "line1", "line2", "city", "postcode", "country"),
    [
        ("1 New Road, Leeds LS1 1AA", "1 New Road", "", "Leeds", "LS1 1AA", "GB"),
        ("1 New Road, Leeds, ls11aa", "1 New Road", "", "Leeds", "LS1 1AA", "GB"),
        ("1 New Road, Leeds LS1 1AA, LS1 1AA", "1 New Road", "", "Leeds", "LS1 1AA", "GB"),
        ("Flat 3\n19 Castle Road\nEdinburgh\nEH3 9PX\nUK",
         "Flat 3", "19 Castle Road", "Edinburgh", "EH3 9PX", "GB"),
        ("14 Station Road York YO24 1AB", "14 Station Road York", "", "", "YO24 1AB", "GB"),
        ("3 Quay Lane, Galway, H91E2R3, Ireland", "3 Quay Lane", "", "Galway", "H91 E2R3", "IE"),
        ("新路1号，利兹，邮编LS1 1AA", "新路1号", "", "利兹", "LS1 1AA", "GB"),
    ],
)  # fmt: skip
def test_an_address_is_taken_apart(
    text: str, line1: str, line2: str, city: str, postcode: str, country: str
) -> None:
    assert read(text) == {
        "line1": line1,
        "line2": line2,
        "city": city,
        "postcode": postcode,
        "country": country,
    }


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("1 New Road, Leeds", "postcode"),
        ("LS1 1AA", "street"),
        ("LS1 1AA, UK", "street"),
        ("", "empty"),
        ("x" * 301, "300"),
    ],
)
def test_a_text_that_is_no_address_says_what_is_missing(text: str, what: str) -> None:
    with pytest.raises(Problem) as caught:
        read(text)
    assert what in caught.value.errors[0]["detail"]
    assert len(caught.value.errors) == 1


@given(st.text(max_size=400))
def test_any_text_is_an_address_or_a_problem(text: str) -> None:
    try:
        address = read(text)
    except Problem:
        return
    assert address["line1"]
    assert address["country"] in addresses.COUNTRIES


@pytest.mark.django_db
def test_an_order_goes_to_an_address_in_one_text(owner: Call) -> None:
    body = {"email": TOM, "address": "1 New Road, Leeds LS1 1AA"}
    assert owner("orders/10241/address/", body).json()["address"]["city"] == "Leeds"
    assert Order.objects.get(number="10241").address["line1"] == "1 New Road"


@pytest.mark.django_db
def test_a_text_with_an_irish_postcode_leaves_the_country(owner: Call) -> None:
    body = {"email": TOM, "address": "3 Quay Lane, Galway H91 E2R3"}
    refusal = owner("orders/10241/address/", body).json()
    assert (refusal["code"], refusal["country"]) == ("other_country", "GB")
