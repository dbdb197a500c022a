"""The demo company's bot: a sound file, whose actions the shop's API understands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from backend.demo.bot import FILE
from backend.dialogue.memory import Value
from backend.dialogue.responding import requests
from backend.dialogue.responding.templates import SlotText, names, render
from backend.dialogue.schema import Intent, Service
from backend.dialogue.tracking.patterns import compile_pattern
from backend.dialogue.understanding.marks import marks, plain
from backend.schemas.document import load

DOCUMENT = load(FILE.read_bytes())
SCHEMA = DOCUMENT.schema
INTENTS = list(SCHEMA.intents())
AMIRA, TOM = "amira.khan@example.com", "tom.ellis@example.com"
each_intent = pytest.mark.parametrize(
    ("service", "intent"), INTENTS, ids=[intent.name for _, intent in INTENTS]
)


@each_intent
def test_an_intent_has_enough_examples_in_both_languages(service: Service, intent: Intent) -> None:
    for language in SCHEMA.languages:
        texts = [plain(example) for example in intent.examples[language]]
        assert 10 <= len(set(texts)) == len(texts)


@each_intent
def test_examples_mark_slots_that_the_intent_has(service: Service, intent: Intent) -> None:
    used = {use.slot for use in intent.slots}
    for example in (text for texts in intent.examples.values() for text in texts):
        assert {mark.slot for mark in marks(example)} <= used, example


@each_intent
def test_marked_numbers_match_their_patterns(service: Service, intent: Intent) -> None:
    for example in (text for texts in intent.examples.values() for text in texts):
        for mark in marks(example):
            slot = service.slot(mark.slot)
            if slot and slot.pattern:
                assert compile_pattern(slot.pattern).fullmatch(mark.value), example


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every piece of the schema that is written per language, with its place."""
    if isinstance(value, dict):
        if value and set(value) <= {"en", "zh"}:
            yield path, value
        for key, child in value.items():
            yield from _texts(child, f"{path}.{key}")
    elif isinstance(value, list):
        for child in value:
            yield from _texts(child, f"{path}.{child.get('name', '')}" if _named(child) else path)


def _named(value: Any) -> bool:
    return isinstance(value, dict)


def test_everything_that_people_read_is_written_in_both_languages() -> None:
    for place, texts in _texts(SCHEMA.as_json()):
        assert set(texts) == set(SCHEMA.languages), place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("order no. 10234.", ["10234"]),
        ("#10234 and #10240", ["10234", "10240"]),
        ("订单10234什么时候到", ["10234"]),
        ("call 03069990140, that is 102345 or 20234", []),
    ],
)
def test_order_numbers_are_found_in_what_people_write(text: str, found: list[str]) -> None:
    slot = SCHEMA.services[0].slot("order")
    assert slot
    assert [match.group() for match in compile_pattern(slot.pattern).finditer(text)] == found


# What each action is called with, and what its reply then says.
CALLS: dict[str, tuple[dict[str, Any], str]] = {
    "get_order": ({"order": "10234", "email": AMIRA}, "NT102347714GB"),
    "list_returnable": ({"order": "10219", "email": AMIRA}, ""),
    "list_sizes": ({"order": "10219", "email": AMIRA, "item": 1}, ""),
    "create_return": (
        {
            **{"order": "10219", "email": AMIRA, "item": 1, "quantity": "2", "reason": "too_small"},
            **{"resolution": "exchange", "new_size": "134–140"},
            **{"via": "pickup", "pickup_on": "2030-05-16"},
        },
        "134–140",
    ),
    "change_address": (
        {"order": "10241", "email": TOM, "new_address": "1 New Road, Leeds", "postcode": "LS11AA"},
        "1 New Road, Leeds, LS1 1AA",
    ),
    "cancel_order": ({"order": "10241", "email": TOM}, "£210.00"),
    "list_claimable": ({"order": "10219", "email": AMIRA}, ""),
    "create_claim": (
        {"order": "10219", "email": AMIRA, "faulty_item": 2, "fault": "It flickers."},
        "help@northwindtrail.example",
    ),
    "list_stores": ({"store": "keswick", "day": "2030-05-19"}, "10:00"),
    "list_times": ({"store": "keswick", "fitting_date": "2030-05-16"}, ""),
    "book_fitting": (
        {
            **{"store": "keswick", "fitting": "boots", "fitting_date": "2030-05-16"},
            **{"fitting_time": "11:00", "visitor_name": "Sam Hill", "email": AMIRA},
        },
        "18 Greta Street",
    ),
    "subscribe": ({"email": AMIRA, "frequency": "monthly"}, AMIRA),
    "unsubscribe": ({"email": AMIRA}, AMIRA),
}
Shop = Callable[..., Any]


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Wednesday; the orders are loaded on it too."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2030, 5, 15, 12, tzinfo=UTC))


@pytest.fixture
def shop(noon: None, api_key: str) -> Shop:
    """Sends the action's call to the shop."""
    client = Client()

    def send(name: str, values: Mapping[str, Any], language: str = "en") -> Any:
        service = next(service for service in SCHEMA.services if service.action(name))
        action = service.action(name)
        assert action
        given = {slot: Value(value=value) for slot, value in values.items()}
        lacking = {slot.name for slot in service.slots} - set(values)
        request = requests.build(action, service, given, {}, optional=lacking, language=language)
        headers = {
            key: text.replace("{{ secret.shop_key }}", api_key)
            for key, text in request.headers.items()
        }
        assert request.url.startswith("http://localhost:8000/shop/api/")
        body = "" if request.body is None else json.dumps(request.body)
        return client.generic(
            request.method,
            request.url.removeprefix("http://localhost:8000"),
            body,
            content_type="application/json",
            headers=headers,
        )

    return send


def said(name: str, values: Mapping[str, Any], answer: Any, language: str) -> str:
    """The action's words for a success, as a visitor of the language reads them."""
    service = next(service for service in SCHEMA.services if service.action(name))
    action = service.action(name)
    assert action
    known = {slot.name: SlotText("", None) for slot in service.slots}
    known |= {slot: SlotText(str(value), value) for slot, value in values.items()}
    fields = {**known, "result": requests.mapped(action, answer), "language": language}
    return render(action.replies["success"][language], fields)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CALLS)
def test_the_shop_understands_each_action(shop: Shop, name: str, language: str) -> None:
    values, expected = CALLS[name]
    answer = shop(name, values, language)
    assert answer.status_code in (200, 201), answer.content
    if expected:
        assert expected in said(name, values, answer.json(), language)


@pytest.mark.django_db
def test_a_fitting_is_cancelled_by_its_reference(shop: Shop) -> None:
    reference = shop("book_fitting", CALLS["book_fitting"][0]).json()["reference"]
    values = {"booking": reference.lower(), "email": AMIRA}
    assert shop("cancel_fitting", values).json()["cancelled"] is True


@pytest.mark.django_db
def test_values_that_nobody_cares_about_are_left_to_the_shop(shop: Shop) -> None:
    """Any reason, any way back: what the visitor does not mind is not sent."""
    values = {"order": "10219", "email": AMIRA, "item": 1, "quantity": "1", "resolution": "refund"}
    answer = shop("create_return", {**values, "reason": None, "via": None}).json()
    assert (answer["via"], answer["amount"]) == ("post", "52.05")
    soon = shop("create_return", {**values, "reason": "faulty", "via": "pickup"}).json()
    assert soon["pickup_on"] == "2030-05-16"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("order", "email", "words"),
    [
        ("10241", TOM, "placed"),
        ("10238", "grace.obi@example.com", "being packed"),
        ("10234", AMIRA, "on its way"),
        ("10236", "jonas.berg@example.com", "Keswick"),
        ("10219", AMIRA, "delivered on"),
        ("10229", TOM, "cancelled"),
        ("10164", "grace.obi@example.com", "come back"),
    ],
)
def test_each_state_of_an_order_has_words(shop: Shop, order: str, email: str, words: str) -> None:
    values = {"order": order, "email": email}
    for language in ("en", "zh"):
        text = said("get_order", values, shop("get_order", values, language).json(), language)
        assert words in text or language == "zh"
        assert not re.search(r"None|\{\{|\bnull\b", text)


REFUSALS = {
    "return_item": "not_delivered too_late too_many not_returnable no_refund no_exchange_abroad "
    "no_such_size no_pickup_here no_pickup_that_day",
    "change_address": "address_fixed no_delivery other_country invalid_fields",
    "warranty_claim": "not_delivered warranty_over",
    "book_fitting": "taken no_such_time in_the_past day_not_open",
}


@pytest.mark.parametrize("name", REFUSALS)
def test_each_refusal_of_the_shop_has_words(name: str) -> None:
    documented = (Path(__file__).resolve().parents[2] / "docs" / "demo.md").read_text("utf-8")
    _, intent = SCHEMA.find(name) or pytest.fail(name)
    for code in REFUSALS[name].split():
        assert f"`{code}`" in documented
        for language in SCHEMA.languages:
            assert f'"{code}"' in intent.replies["refused"][language], code


def test_templates_name_nothing_that_is_not_there() -> None:
    given = {"profile", "company", "result", "problem", "language"}
    for service in SCHEMA.services:
        known = {slot.name for slot in service.slots} | given
        pieces = [*service.intents, *service.actions]
        for texts in (texts for piece in pieces for texts in piece.replies.values()):
            for text in texts.values():
                assert names(text) <= known
