"""Everything that is wrong with a schema is found, with its place and what mends it."""

from __future__ import annotations

import time
from copy import deepcopy

from hypothesis import given

from backend.dialogue.schema import Schema
from backend.schemas.checks import Place, check
from backend.schemas.checks.names import unstorable

from ..conftest import SHOP
from ..strategies import many, mended, schemas
from .helpers import add, confirm, found, intent


@many(50)
@given(schemas)
def test_any_schema_is_checked_without_an_error_and_the_same_way_twice(schema):
    findings = check(schema, secrets=(), open_slots={("a", ""): 1, ("order", "a"): 2})
    assert findings == check(schema, secrets=(), open_slots={("a", ""): 1, ("order", "a"): 2})
    assert all(finding.text.strip() and finding.mends.strip() for finding in findings)
    assert len(set(findings)) == len(findings)


@many(30)
@given(schemas)
def test_what_rows_cannot_hold_is_an_error_and_nothing_else_stops_storing(schema):
    assert set(unstorable(schema)) <= {f for f in check(schema) if f.level == "error"}
    assert unstorable(mended(schema)) == []


def test_a_good_schema_has_no_findings(shop):
    assert check(shop, secrets={"shop_key"}) == []


def with_languages(*languages):
    new = deepcopy(SHOP) | {"languages": list(languages)}
    return check(Schema.model_validate(new))


def test_texts_that_a_language_lacks_are_named():
    findings = with_languages("en", "zh")
    places = {str(finding.place) for finding in findings}
    assert {
        "orders › slot order › prompts.zh",
        "orders › slot order › title.zh",
        "orders › intent return_item › title.zh",
        "orders › intent return_item › examples.zh",
        "orders › intent return_item › replies.confirm.zh",
        "orders › slot kind › choices.refund.labels.zh",
    } <= places
    assert {finding.level for finding in findings} == {"warning"}


def test_a_bot_without_a_language_and_one_that_kefu_does_not_speak():
    assert any("speaks no language" in finding.text for finding in with_languages())
    (finding,) = [
        one for one in with_languages("en", "fr") if one.place == Place("bot", field="languages")
    ]
    assert "français" in finding.text


def test_a_language_that_is_there_twice():
    assert any("there twice" in finding.text for finding in with_languages("en", "en"))


def test_the_place_of_a_service_names_it_once():
    assert str(Place("service", "orders", "orders", "title.zh")) == "service orders › title.zh"


def test_a_secret_that_is_not_set_is_named_once_with_who_sends_it():
    (finding,) = found(lambda s: None, secrets=())
    assert "“shop_key” is not set; it is sent by “get_order”, “create_return”" in finding.text
    assert found(lambda s: None, secrets=None) == []


def test_intents_of_one_name_in_two_services_are_an_error():
    new = deepcopy(SHOP)
    new["services"].append({"name": "stores", "intents": [intent(name="return_item")]})
    assert any(
        "“orders” and “stores” each have an intent “return_item”" in finding.text
        for finding in check(Schema.model_validate(new))
    )


def test_what_open_conversations_hold_is_counted():
    held = {
        ("return_item", "colour"): 2,
        ("return_item", "order"): 9,
        ("gone", ""): 1,
        ("gone", "a"): 1,
    }
    texts = [finding.text for finding in found(lambda s: None, open_slots=held)]
    assert texts == [
        "An open conversation is in “gone”, which this draft does not have any more.",
        "2 open conversations are holding a value of “colour” for “return_item”, which this draft "
        "does not have any more.",
    ]


def test_the_encoder_may_find_examples_that_mean_the_same_in_other_words():
    seen = []

    def likeness(texts):
        seen.extend(texts)
        return [(texts.index("when do you open"), texts.index("I want to return the boots"))]

    (finding,) = found(add(), likeness=likeness)
    assert "“I want to return the boots” and “when do you open”" in finding.text
    assert len(seen) == 6


def test_the_same_template_is_checked_in_both_directions_of_a_condition():
    assert not found(confirm("{% if kind.value == 'refund' %}Money{% else %}{{ item }}{% endif %}"))


def test_a_large_schema_is_checked_in_no_time():
    intents = [
        intent(
            name=f"intent_{i}", examples={"en": [f"word{i}x{j} thing{j} {i}" for j in range(40)]}
        )
        for i in range(100)
    ]
    schema = Schema(languages=["en"], services=[{"name": "a", "intents": intents}])
    began = time.perf_counter()
    assert check(schema) == []
    assert time.perf_counter() - began < 3
