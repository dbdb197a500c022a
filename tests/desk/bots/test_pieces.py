"""The pages of slots, actions, services, secrets and the bot itself."""

from __future__ import annotations

import pytest
from django.urls import reverse

from backend.schemas.models import Action, Secret, Service, Slot

from .conftest import posted


def add(kind, service):
    return reverse(f"admin:schemas_{kind}_add") + f"?service={service.pk}"


def change(piece):
    return reverse(f"admin:schemas_{piece._meta.model_name}_change", args=[piece.pk])


def a_slot(**fields):
    return {"title_en": "size", "type": "number", "ask_again": "2", "carry": "on"} | fields


def test_a_slot_keeps_only_what_its_type_has(desk, orders):
    fields = a_slot(minimum="1", maximum="9", integer="on", pattern="x", currency="GBP")
    assert desk.post(add("slot", orders), fields).status_code == 302
    slot = Slot.objects.get(name="size")
    assert slot.more == {"minimum": 1.0, "maximum": 9.0, "integer": True}
    shown = desk.get(change(slot)).context_data["form"]
    assert [shown[name].value() for name in ("minimum", "maximum")] == [1, 9]
    assert 'value="9"' in str(shown["maximum"])
    assert slot.carry
    assert not slot.sensitive


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"minimum": "9", "maximum": "1"}, "smaller than the smallest"),
        ({"type": "pattern"}, "Say what the code looks like"),
        ({"prompts_en": ["Which size?", "Which {{ one"]}, "not closed"),
        ({"refusal_en": "{% if %}No"}, "Line 1"),
        ({"type": "pattern", "pattern": "(a+"}, "never closed"),
        ({"type": "pattern", "pattern": r"(a)\1"}, "refers back"),
        ({"type": "pattern", "pattern": "a*"}, "empty text"),
        ({"type": "money", "currency": "pounds"}, "Three capital letters"),
        ({"type": "choice"}, "Name what can be chosen"),
        ({"type": "colour"}, "not one of the available choices"),
        ({"name": "profile"}, "means something in templates already"),
        ({"ask_again": "11"}, "less than or equal to 10"),
        ({"minimum": "nan"}, "number"),
    ],
)
def test_a_slot_that_cannot_be_is_refused_at_its_field(desk, orders, fields, says):
    answer = desk.post(add("slot", orders), a_slot(**fields))
    assert answer.status_code == 422
    assert any(says in one.text for one in answer.context_data["problems"]), answer.context_data[
        "problems"
    ]
    assert not Slot.objects.filter(name="size").exists()


def test_a_slot_called_like_a_word_of_templates_gets_a_number(desk, orders):
    assert desk.post(add("slot", orders), a_slot(title_en="Result")).status_code == 302
    assert Slot.objects.filter(name="result_2").exists()


def test_a_slot_may_offer_what_an_action_finds(desk, orders):
    Action.objects.update(method="GET")
    fields = a_slot(type="choice", offer_action="create_return")
    answer = desk.post(add("slot", orders), fields)
    assert len(answer.context_data["problems"]) == 3  # where the list, the value and the label are
    fields |= {"offer_items": "lines", "offer_value": "sku", "offer_label": "name"}
    assert desk.post(add("slot", orders), fields).status_code == 302
    slot = Slot.objects.get(name="size")
    assert slot.offer_action.name == "create_return"
    where = change(slot)
    assert posted(desk, where)["offer_items"] == "lines"
    before = slot.revision
    assert desk.post(where, posted(desk, where)).status_code == 302
    slot.refresh_from_db()
    assert slot.revision == before


def test_a_slot_that_is_renamed_is_renamed_everywhere(desk, intent, orders):
    slot = orders.slots.get(name="order")
    where = change(slot)
    assert desk.post(where, posted(desk, where) | {"name": "order_number"}).status_code == 302
    assert "{{ order_number }}" in Action.objects.get(name="create_return").url


def test_the_page_of_a_slot_says_who_uses_it_and_asks_before_deleting(desk, intent, orders):
    slot = orders.slots.get(name="order")
    assert "Return an item" in desk.get(change(slot)).content.decode()
    where = reverse("admin:schemas_slot_delete", args=[slot.pk])
    assert "Return an item" in desk.get(where).content.decode()
    desk.post(where, {"revision": slot.revision})
    assert [use.slot.name for use in intent.uses.all()] == ["kind"]


def test_every_piece_is_saved_unchanged_as_it_was(desk, orders, intent):
    pieces = [*orders.slots.all(), *orders.actions.all(), intent, orders]
    for piece in pieces:
        before = piece.revision
        assert desk.post(change(piece), posted(desk, change(piece))).status_code == 302, piece
        piece.refresh_from_db()
        assert piece.revision == before, piece


def test_an_action_is_changed(desk, orders):
    action = Action.objects.get(name="create_return")
    where = change(action)
    fields = posted(desk, where) | {
        "headers_name": ["X-Api-Key"],
        "headers_text": ["{{ secret.shop }}"],
        "reply_refused_en": "Sorry: {{ problem.detail }}",
    }
    assert desk.post(where, fields).status_code == 302
    action.refresh_from_db()
    assert action.headers == {"X-Api-Key": "{{ secret.shop }}"}
    assert action.replies["refused"] == {"en": "Sorry: {{ problem.detail }}"}
    assert action.body == {"kind": "{{ kind }}"}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"headers_name": ["X Key"], "headers_text": ["1"]}, "cannot be a header"),
        ({"headers_name": ["A", "A"], "headers_text": ["1", "2"]}, "twice"),
        ({"query_name": [""], "query_text": ["1"]}, "needs a name"),
        ({"results_name": ["Return Number"], "results_text": ["a"]}, "cannot be a name"),
        ({"url": "ftp://shop.example"}, "https://"),
        ({"url": "https://shop.example/{{ order"}, "not closed"),
        ({"body": '{"a": "{{ order"}'}, "not closed"),
        ({"timeout_s": "31"}, "less than or equal to 30"),
        ({"retries": "9"}, "less than or equal to 3"),
    ],
)
def test_an_action_that_cannot_be_is_refused_at_its_field(desk, orders, fields, says):
    action = Action.objects.get(name="create_return")
    answer = desk.post(change(action), posted(desk, change(action)) | fields)
    assert answer.status_code == 422
    assert any(says in one.text for one in answer.context_data["problems"]), answer.context_data[
        "problems"
    ]


def test_a_secret_is_set_replaced_deleted_and_never_shown(desk, bot):
    where = reverse("admin:desk_bot_secrets", args=[bot.pk])
    for value in ("hunter-one", "hunter-two"):
        page = desk.post(where, {"name": "shop_key", "value": value}, follow=True)
        assert "shop_key" in page.content.decode()
        assert "hunter" not in page.content.decode()
    assert Secret.objects.count() == 1
    assert "hunter" not in Secret.objects.get().sealed
    assert desk.post(where, {"name": "shop_key", "value": "ключ"}).status_code == 422
    assert desk.post(where, {"name": "钥匙", "value": "x"}).status_code == 422
    page = desk.post(where, {"name": "Hotel key", "value": "x"}, follow=True)
    assert "{{ secret.hotel_key }}" in page.content.decode()
    asked = desk.post(where, {"delete": "shop_key"})
    assert "Delete the secret “shop_key”?" in asked.content.decode()
    assert Secret.objects.count() == 2
    desk.post(where, {"delete": "shop_key", "sure": "yes"})
    assert Secret.objects.get().name == "hotel_key"


def test_before_a_secret_is_deleted_its_page_says_which_calls_would_fail(desk, bot, orders):
    where = reverse("admin:desk_bot_secrets", args=[bot.pk])
    Action.objects.update(headers={"X-Api-Key": "{{ secret.shop_key }}"})
    desk.post(where, {"name": "shop_key", "value": "x"})
    page = desk.post(where, {"delete": "shop_key"}).content.decode()
    assert change(orders.actions.get()) in page
    assert "also in what is live" in page


def test_a_service_is_added_and_named_after_its_title(desk, bot):
    where = reverse("admin:schemas_service_add") + f"?bot={bot.pk}"
    assert desk.post(where, {"title_en": "Orders & returns"}).status_code == 302
    assert Service.objects.get(bot=bot).name == "orders_returns"


def test_the_bots_page_shows_what_it_can_do(desk, bot, orders, intent):
    page = desk.get(reverse("admin:schemas_bot_change", args=[bot.pk])).content.decode()
    for words in (
        "Return an item",
        "Calls create_return",
        "5 examples",
        "order number",
        "Not live",
    ):
        assert words in page
    assert reverse("admin:desk_bot_publish", args=[bot.pk]) in page


def test_the_languages_of_a_bot_are_set_as_codes(desk, bot):
    where = reverse("admin:desk_bot_settings", args=[bot.pk])
    fields = posted(desk, where)
    assert desk.post(where, fields | {"languages": "zh，en, zh"}).status_code == 302
    bot.refresh_from_db()
    assert bot.languages == ["zh", "en"]
    answer = desk.post(where, posted(desk, where) | {"languages": "Chinese"})
    assert answer.status_code == 422
    assert "no language" in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?service=", "?service=x", "?service=999", "?service=²"])
def test_a_piece_without_a_service_is_not_found(desk, orders, query):
    assert desk.get(reverse("admin:schemas_intent_add") + query).status_code == 404
