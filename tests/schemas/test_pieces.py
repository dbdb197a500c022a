"""Saving single pieces of a draft: nobody overwrites anybody, and nothing dangling is stored."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from backend.dialogue import schema as values
from backend.schemas import draft, services
from backend.schemas.models import Action, Bot, Intent, Service, Slot
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def orders(bot):
    return bot.services.get()


def slot_row(name="order"):
    return Slot.objects.get(name=name)


def renamed(row, name):
    return draft.slot_value(row).model_copy(update={"name": name})


@pytest.mark.store
@pytest.mark.django_db(transaction=True)
def test_of_editors_who_save_at_once_one_wins_and_the_others_are_told_who(
    bot, orders, operator, colleague
):
    row = slot_row()
    texts = [f"Text {number}" for number in range(6)]

    def save(text, by):
        value = draft.slot_value(slot_row()).model_copy(update={"description": text})
        return services.save_piece(orders, value, by, piece=row, revision=row.revision)

    people = [operator, colleague] * 3
    results = at_once(
        *[lambda t=t, by=by: save(t, by) for t, by in zip(texts, people, strict=True)]
    )
    saved = [one for one in results if isinstance(one, Slot)]
    refused = [one for one in results if isinstance(one, services.EditConflict)]
    assert (len(saved), len(refused)) == (1, 5)
    assert slot_row().description == saved[0].description
    assert {error.by for error in refused} == {saved[0].changed_by}
    assert all(error.at == slot_row().changed_at for error in refused)


@pytest.mark.store
@pytest.mark.django_db(transaction=True)
def test_changes_of_different_pieces_at_once_are_all_kept_and_counted(bot, orders, operator):
    before = Bot.objects.get().revision
    at_once(
        *[
            lambda i=i: services.save_piece(
                orders, values.Slot(name=f"new_{i}", type="text"), operator
            )
            for i in range(6)
        ]
    )
    assert Slot.objects.filter(name__startswith="new_").count() == 6
    assert sorted(Slot.objects.values_list("position", flat=True)) == list(range(9))
    assert Bot.objects.get().revision == before + 6


def test_a_slot_that_was_deleted_meanwhile_is_said_to_be_gone(orders, operator):
    row = slot_row("kind")
    services.delete_piece(row, operator, row.revision)
    with pytest.raises(services.EditConflict, match="was deleted since you opened it") as error:
        services.save_piece(
            orders, values.Slot(name="kind", type="text"), operator,
            piece=Slot(pk=row.pk or 999, service=orders), revision=1,
        )  # fmt: skip
    assert error.value.at is None


def test_deleting_what_somebody_changed_is_refused(orders, operator, colleague):
    row = slot_row()
    value = draft.slot_value(row).model_copy(update={"carry": False})
    services.save_piece(orders, value, colleague, piece=row, revision=row.revision)
    with pytest.raises(services.EditConflict, match="Tom changed this"):
        services.delete_piece(row, operator, row.revision)
    assert slot_row().carry is False


def test_saving_what_is_the_same_already_changes_no_revision(orders, bot, operator):
    row = slot_row()
    before = Bot.objects.get().revision
    services.save_piece(orders, draft.slot_value(row), operator, piece=row, revision=row.revision)
    assert slot_row().revision == row.revision
    assert Bot.objects.get().revision == before


def test_an_intent_may_name_slots_and_an_action_saved_just_before(orders, operator):
    with transaction.atomic():
        services.save_piece(orders, values.Slot(name="city", type="location"), operator)
        services.save_piece(orders, values.Action(name="track", url="https://a.example/"), operator)
        value = values.Intent(
            name="track", does="action", action="track", slots=[values.IntentSlot(slot="city")]
        )
        row = services.save_piece(orders, value, operator)
    assert draft.intent_value(row, row.uses.all()) == value
    assert row.position == 1


@pytest.mark.parametrize(
    ("value", "field", "says"),
    [
        (values.Slot(name="item", type="text"), "name", "Another one has this name"),
        (values.Intent(name="a", slots=[values.IntentSlot(slot="nope")]), "slots", "no “nope”"),
        (values.Intent(name="a", slots=[values.IntentSlot(slot="item")] * 2), "slots", "twice"),
        (values.Intent(name="a", action="nope"), "action", "no “nope”"),
        (
            values.Slot(
                name="a",
                type="choice",
                offer=values.Offer(action="nope", items="a", value="a", label="a"),
            ),
            "offer",
            "no “nope”",
        ),
        (values.Action(name="a", body={"a": "\0"}), "__all__", "NUL"),
    ],
)
def test_what_leads_nowhere_is_refused_by_field(orders, operator, value, field, says):
    before = Bot.objects.get().revision
    with pytest.raises(ValidationError) as error:
        services.save_piece(orders, value, operator)
    assert says in error.value.message_dict[field][0]
    assert Bot.objects.get().revision == before


def test_a_new_service_comes_last_and_its_own_fields_alone_are_saved(bot, orders, operator):
    value = values.Service(name="stores", title={"en": "Stores"}, slots=[])
    row = services.save_piece(bot, value, operator)
    assert (row.position, row.title, row.changed_by) == (1, {"en": "Stores"}, operator)
    value = values.Service(name="shop_orders")
    services.save_piece(bot, value, operator, piece=orders, revision=orders.revision)
    assert Service.objects.get(pk=orders.pk).slots.count() == 3


def test_deleting_a_service_takes_all_that_is_in_it(bot, orders, operator):
    services.delete_piece(orders, operator, orders.revision)
    assert not Slot.objects.exists()
    assert not Intent.objects.exists()
    assert not Action.objects.exists()


def test_a_slot_keeps_its_places_when_it_gets_another_name(orders, operator):
    intent = Intent.objects.get()
    value = draft.intent_value(intent, intent.uses.all())
    uses = [
        use.model_copy(update={"when": {"order": ["a"]}}) if use.slot == "kind" else use
        for use in value.slots
    ]
    replies = {
        "confirm": {"en": "{{ order }}: {% if order and x.order %}order{% endif %} {{ order '"}
    }
    texts = {"en": [*value.examples["en"], "order [NT-1](order)"]}
    changed = value.model_copy(update={"slots": uses, "replies": {**replies, "success": {
        "en": "{{ order|upper }}: {% if order and profile.order %}order{% endif %}\n"}},
        "examples": texts})  # fmt: skip
    services.save_piece(orders, changed, operator, piece=intent, revision=intent.revision)
    row = slot_row()
    services.save_piece(orders, renamed(row, "number"), operator, piece=row, revision=row.revision)
    (found,) = draft.read(Bot.objects.get()).services
    after = found.intents[0]
    assert [use.slot for use in after.slots] == ["number", "item", "kind"]
    assert after.slots[2].when == {"number": ["a"]}
    assert after.examples["en"][-1] == "order [NT-1](number)"
    assert after.replies["success"]["en"] == (
        "{{ number|upper }}: {% if number and profile.order %}order{% endif %}\n"
    )
    assert after.replies["confirm"] == replies["confirm"], "what cannot be read stays as it is"
    assert found.actions[0].url == "https://shop.example/orders/{{ number }}"


def test_the_bots_own_fields_are_guarded_apart_from_its_pieces(bot, orders, operator, colleague):
    seen = Bot.objects.get()
    services.save_piece(orders, values.Slot(name="new", type="text"), colleague)
    seen.name = "Shop bot"
    services.save_bot(seen, operator, seen.own_revision)
    other = Bot.objects.get()
    other.languages = ["en", "zh"]
    with pytest.raises(services.EditConflict, match="Mia changed this"):
        services.save_bot(other, colleague, bot.own_revision)
    assert Bot.objects.get().name == "Shop bot"


@pytest.mark.parametrize("languages", [[], ["EN"], "en", [1]])
def test_a_bot_needs_languages(site, operator, languages):
    with pytest.raises(ValidationError) as error:
        services.create_bot(
            site, "Shop", languages if isinstance(languages, str) else [*languages], operator
        )
    assert "languages" in error.value.message_dict


def test_a_site_has_one_bot(bot, site, operator):
    with pytest.raises(ValidationError):
        services.create_bot(site, "Another", ["en"], operator)
