"""A diff in words, which misses nothing."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.schema import Schema
from backend.schemas.differences import describe

from .conftest import SHOP
from .strategies import many, schemas


def after(change):
    """What is said of a change to the shop's first service."""
    new = deepcopy(SHOP)
    change(new["services"][0])
    return [str(one) for one in describe(Schema.model_validate(SHOP), Schema.model_validate(new))]


@many(30)
@given(schemas, schemas)
def test_two_schemas_are_told_apart_exactly_if_they_differ(one, other):
    assert (describe(one, other) == []) == (one.checksum == other.checksum)
    assert describe(one, one) == []


@many(50)
@given(st.data(), schemas)
def test_no_change_of_a_single_value_is_missed(data, schema):
    dumped = schema.model_dump(mode="json")
    places = list(_places(dumped))
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = data.draw(st.sampled_from([None, "", "x", 0, 1, 1.0, True, False, [], {}]))
    try:
        changed = Schema.model_validate(dumped)
    except ValueError:
        return
    assert bool(describe(schema, changed)) == (schema.checksum != changed.checksum)


def _places(data):
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield data, key
        if isinstance(value, dict | list):
            yield from _places(value)


ORDER, ITEM, KIND = range(3)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda s: s["intents"][0]["examples"]["en"].append("this does not fit"),
            "Intent “Return an item”: example (English) added: “this does not fit”",
        ),
        (
            lambda s: s["intents"][0]["examples"]["en"].pop(),
            "Intent “Return an item”: example (English) removed: “can I exchange",
        ),
        (
            lambda s: s["intents"][0]["examples"]["en"].reverse(),
            "Intent “Return an item”: example (English): the order changed; the first is now “can "
            "I exchange this for another size?”",
        ),
        (
            lambda s: s["slots"][ORDER]["title"].update(en="your order", zh="订单号"),
            "Slot “your order”: title (English) changed from “order number” to “your order”",
        ),
        (
            lambda s: s["slots"][ORDER]["title"].update(zh="订单号"),
            "Slot “order number”: title (中文) added: “订单号”",
        ),
        (
            lambda s: s["slots"][ORDER].update(sensitive=True),
            "Slot “order number”: sensitive switched on",
        ),
        (lambda s: s["slots"][ORDER].update(ask_again=3), "asks again changed from 2 to 3"),
        (lambda s: s["slots"][ITEM].pop("offer"), "Slot “item”: offered values removed; it was {"),
        (
            lambda s: s["slots"][ITEM]["offer"].update(items="order.lines"),
            "Slot “item”: offered values “items” changed from “lines” to “order.lines”",
        ),
        (
            lambda s: s["slots"][KIND]["choices"].append({"value": "repair"}),
            "Slot “refund or exchange”: choice “repair” added",
        ),
        (
            lambda s: s["slots"][KIND]["choices"][0].update(synonyms={"en": ["money back"]}),
            "choice “refund”: synonym (English) added: “money back”",
        ),
        (
            lambda s: s["slots"][KIND]["choices"].reverse(),
            "Slot “refund or exchange”: the order of choices is now exchange, refund",
        ),
        (lambda s: s["actions"][0].update(timeout_s=5), "timeout (s) changed from 8.0 to 5.0"),
        (
            lambda s: s["actions"][1]["body"].update(kind="{{ item }}"),
            "body “kind” changed from “{{ kind }}” to “{{ item }}”",
        ),
        (
            lambda s: s["actions"][0]["headers"].update(Accept="application/json"),
            "Action “get_order”: header “Accept” added: “application/json”",
        ),
        (
            lambda s: s["intents"][0]["slots"][2].update(required=False, default="refund"),
            "Intent “Return an item”: slot “kind”: default set to “refund”",
        ),
        (
            lambda s: s["intents"][0]["slots"][2].update(when={"item": ["a"]}),
            "Intent “Return an item”: slot “kind”: condition on “item” added: “a”",
        ),
        (lambda s: s["intents"][0]["slots"].pop(), "Intent “Return an item”: slot “kind” removed"),
        (
            lambda s: s["intents"][0]["slots"].reverse(),
            "Intent “Return an item”: the order of slots is now kind, item, order",
        ),
        (
            lambda s: s["intents"][0]["replies"]["confirm"].update(en="Sure?"),
            "(English) changed from “Shall I send back {{ item }} of {{ order }}?” to “Sure?”",
        ),
        (
            lambda s: s["intents"].append({"name": "hours", "examples": {"en": ["open?"]}}),
            "Intent “hours”: added, with 1 example",
        ),
        (lambda s: s["actions"].pop(), "Action “create_return”: removed"),
        (
            lambda s: s["actions"][0].update(name="look_up"),
            "Action “look_up”: its name changed from “get_order” to “look_up”",
        ),
        (lambda s: s["slots"].reverse(), "Service “orders”: the order of slots is now kind"),
        (lambda s: s.update(description="About orders"), "Service “Orders”: description set to"),
    ],
)  # fmt: skip
def test_each_kind_of_change_reads_like_a_sentence(change, says):
    assert any(says in line for line in after(change)), after(change)


def test_of_a_long_text_the_place_that_differs_is_shown():
    old, new = "word " * 60 + "END", "word " * 60 + "STOP"
    first, second = (Schema(services=[{"name": "a", "description": text}]) for text in (old, new))
    (change,) = describe(first, second)
    assert change.text.endswith("word END” to “…" + change.text.split("to “…")[1])
    assert "STOP”" in change.text
    assert len(change.text) < 260


def test_the_first_version_is_all_new(shop):
    (change,) = describe(None, shop)
    assert str(change) == (
        "Service “Orders”: added, with intent “Return an item”; slots “order number”, “item”, "
        "“refund or exchange”; actions “get_order”, “create_return”"
    )


def test_pieces_of_several_services_are_named_with_their_service(shop):
    other = deepcopy(SHOP)
    other["services"].append({"name": "stores"})
    other["services"][0]["slots"][0]["carry"] = False
    lines = [str(change) for change in describe(shop, Schema.model_validate(other))]
    assert "Slot “order number” of “orders”: use of an earlier value switched off" in lines
