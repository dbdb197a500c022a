"""The intent's page: one form makes an intent, its slots and its action, or nothing at all."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from backend.schemas.models import Action, Intent, Slot

from .conftest import posted

NEW = "+new"


def add_page(service):
    return reverse("admin:schemas_intent_add") + f"?service={service.pk}"


def new_slot(number, title, kind, **more):
    prefix = f"uses-{number}"
    return {
        f"{prefix}-slot": NEW,
        f"{prefix}-order": str(number + 1),
        f"{prefix}-required": "yes",
        f"{prefix}-new-title_en": title,
        f"{prefix}-new-type": kind,
        f"{prefix}-new-ask_again": "2",
        f"{prefix}-new-prompts_en": [f"What is the {title}?"],
        **{f"{prefix}-{name}": value for name, value in more.items()},
    }


def a_fitting(**changes):
    """What an operator fills in for a new intent with three slots and an action."""
    return {
        "title_en": "Book a fitting",
        "description": "Have their feet measured in a shop.",
        "examples_en": "book a fitting in [York](shop)\nmeasure my feet\nmeasure my feet\n",
        "uses-TOTAL_FORMS": "3",
        "uses-INITIAL_FORMS": "0",
        **new_slot(0, "shop", "choice", **{"new-choices_label_en": ["York", "Leeds"]}),
        **new_slot(1, "day", "date", **{"new-earliest_kind": "after", "new-earliest_days": "1"}),
        **new_slot(
            2, "shoe size", "number", **{"new-minimum": "30", "required": "no", "default": "42"}
        ),
        "does": "action",
        "confirm": "on",
        "action": NEW,
        "action-new-name": "book_fitting",
        "action-new-method": "POST",
        "action-new-url": "https://shop.example/fittings",
        "action-new-body": '{"shop": "{{ shop }}", "day": "{{ day }}"}',
        "action-new-timeout_s": "8",
        "action-new-retries": "2",
        "action-new-results_name": ["number"],
        "action-new-results_text": ["fitting.number"],
        "reply_confirm_en": "Shall I book it for {{ day }}?",
        "reply_success_en": "Fitting {{ result.number }} is booked.",
        **changes,
    }


def test_one_form_makes_an_intent_with_three_slots_and_an_action(desk, orders, bot):
    answer = desk.post(add_page(orders), a_fitting())
    made = Intent.objects.get(name="book_a_fitting")
    assert answer.headers["Location"] == reverse("admin:schemas_intent_change", args=[made.pk])
    assert made.examples == {"en": ["book a fitting in [York](shop)", "measure my feet"]}
    assert [use.slot.name for use in made.uses.all()] == ["shop", "day", "shoe_size"]
    assert [use.default for use in made.uses.all()] == [None, None, 42]
    shop = Slot.objects.get(name="shop")
    assert [choice["value"] for choice in shop.more["choices"]] == ["york", "leeds"]
    assert Slot.objects.get(name="day").more["earliest"] == "+1"
    assert made.action == Action.objects.get(name="book_fitting")
    assert made.action.results == {"number": "fitting.number"}
    assert made.confirm
    assert LogEntry.objects.filter(object_id=made.pk, action_flag=1).count() == 1


def test_what_was_saved_is_what_the_page_shows_and_saves_again(desk, orders):
    desk.post(add_page(orders), a_fitting())
    made = Intent.objects.get(name="book_a_fitting")
    where = reverse("admin:schemas_intent_change", args=[made.pk])
    before = made.revision
    assert desk.post(where, posted(desk, where)).status_code == 302
    made.refresh_from_db()
    assert made.revision == before  # nothing was changed, so nothing was counted


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title_en", "", "Say what the visitor wants"),
        ("name", "Book it", "lower-case letters"),
        ("name", "return_item", "already"),
        ("action", "", "Choose an action"),
        ("reply_confirm_en", "Book {{ day", "not closed"),
        ("examples_en", "x" * 301, "at most 300"),
        ("uses-0-new-title_en", "", "Say what it is"),
        ("uses-0-new-name", "order", "already"),
        ("uses-0-new-choices_label_en", [], "Name what can be chosen"),
        ("uses-1-new-earliest_days", "soon", "how many days"),
        ("uses-2-default", "large", "a number"),
        ("uses-2-new-minimum", "many", "number"),
        ("action-new-url", "shop.example", "https://"),
        ("action-new-body", '{"shop": {{ shop }}}', "double quotes"),
        ("action-new-body", '{"shop": 1', "Line 1"),
        ("action-new-results_text", ["fitting..number"], "no JMESPath"),
        ("action-new-name", "create_return", "already"),
    ],
)
def test_what_is_wrong_is_said_with_its_field_and_nothing_is_saved(
    desk, orders, field, value, says
):
    counts = [model.objects.count() for model in (Intent, Slot, Action)]
    answer = desk.post(add_page(orders), a_fitting(**{field: value}))
    assert answer.status_code == 422
    problems = answer.context_data["problems"]
    assert any(says in problem.text for problem in problems), problems
    page = answer.content.decode()
    for problem in problems:
        assert not problem.url or f'id="{problem.url[1:]}"' in page, problem
    assert [model.objects.count() for model in (Intent, Slot, Action)] == counts


def test_what_was_typed_is_there_again_after_an_error(desk, orders):
    page = desk.post(add_page(orders), a_fitting(title_en="")).content.decode()
    for text in ("Leeds", "measure my feet", "https://shop.example/fittings", "fitting.number"):
        assert text in page


def test_a_condition_takes_labels_and_yes_and_no(desk, intent):
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    fields = posted(desk, where) | {
        "uses-TOTAL_FORMS": "4",
        **new_slot(2, "new order", "yes_no"),
        **new_slot(3, "size", "text"),
        "uses-3-when_slot": ["kind", "new_order"],
        "uses-3-when_values": ["Swap, refund", "yes"],
    }
    assert desk.post(where, fields).status_code == 302
    use = intent.uses.get(slot__name="size")
    assert use.when == {"kind": ["swap", "refund"], "new_order": ["true"]}
    assert posted(desk, where)["uses-3-when_values"] == ["swap, refund", "yes"]


@pytest.mark.parametrize(
    ("slot", "value", "says"),
    [
        ("kind", "voucher", "voucher"),
        ("size", "x", "no other slot"),
        ("nothing", "x", "no other slot"),
        ("kind", "", "names a slot, and a value"),
    ],
)
def test_a_condition_that_cannot_be_met_is_refused(desk, intent, slot, value, says):
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    fields = posted(desk, where) | {
        "uses-TOTAL_FORMS": "3",
        **new_slot(2, "size", "text"),
        "uses-2-when_slot": [slot],
        "uses-2-when_values": [value],
    }
    answer = desk.post(where, fields)
    assert answer.status_code == 422
    assert any(says in problem.text for problem in answer.context_data["problems"])


def test_slots_are_ordered_and_removed(desk, intent):
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    fields = posted(desk, where)
    swapped = {"uses-0-order": "2", "uses-1-order": "1"}
    assert desk.post(where, fields | swapped).status_code == 302
    assert [use.slot.name for use in intent.uses.all()] == ["kind", "order"]
    gone = posted(desk, where) | {"uses-0-DELETE": "on"}
    assert desk.post(where, gone).status_code == 302
    assert [use.slot.name for use in intent.uses.all()] == ["order"]
    assert Slot.objects.filter(name="kind").exists()


def test_without_scripts_a_button_gives_another_row(desk, intent):
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    page = desk.post(where, posted(desk, where) | {"more": NEW, "title_en": "Half written"})
    assert page.status_code == 200
    assert len(page.context_data["form"].uses.forms) == 3
    assert "Half written" in page.content.decode()
    intent.refresh_from_db()
    assert intent.title == {"en": "Return an item"}


def test_texts_in_languages_that_the_bot_does_not_speak_are_kept(desk, bot, intent):
    intent.title = {"en": "Return an item", "de": "Etwas zurückgeben"}
    intent.save()
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    assert desk.post(where, posted(desk, where) | {"title_en": "Return"}).status_code == 302
    intent.refresh_from_db()
    assert intent.title == {"de": "Etwas zurückgeben", "en": "Return"}


def test_an_intent_is_deleted_after_a_question(desk, intent, bot):
    where = reverse("admin:schemas_intent_delete", args=[intent.pk])
    assert "Delete “Return an item”?" in desk.get(where).content.decode()
    assert desk.post(where, {"revision": "0"}).status_code == 302
    assert Intent.objects.filter(pk=intent.pk).exists()  # it was not the one that was asked about
    assert desk.post(where, {"revision": intent.revision}).status_code == 302
    assert not Intent.objects.filter(pk=intent.pk).exists()
    assert LogEntry.objects.filter(object_id=intent.pk, action_flag=3).count() == 1


def test_its_history_says_who_changed_what_and_no_more(desk, intent):
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    desk.post(where, posted(desk, where) | {"title_en": "Return something"})
    [entry] = LogEntry.objects.filter(object_id=intent.pk, action_flag=2)
    assert entry.user.username == "ada"
    assert entry.change_message == "Changed: What is it called?"
    page = desk.get(reverse("admin:schemas_intent_history", args=[intent.pk]))
    assert [tuple(one)[1:3] for one in page.context_data["entries"]] == [
        ("Ada", "Changed: What is it called?")
    ]


def test_the_bots_history_tells_of_all_of_it_and_of_what_was_deleted(desk, bot, intent):
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    desk.post(where, posted(desk, where) | {"title_en": "Return something"})
    slot = Slot.objects.get(name="kind")
    desk.post(reverse("admin:schemas_slot_delete", args=[slot.pk]), {"revision": slot.revision})
    page = desk.get(reverse("admin:schemas_bot_history", args=[bot.pk]))
    told = [(one.title, one.what) for one in page.context_data["entries"]]
    assert told == [
        ("", "Deleted the slot “kind”."),
        ("Return something", "Changed: What is it called?"),
    ]


def test_its_page_shows_what_is_wrong_with_its_slots_and_its_action_too(desk, intent):
    """They may have been made on this very page."""
    Action.objects.update(url="https://shop.example/{{ ordre }}")
    Slot.objects.filter(name="kind").update(prompts={})
    page = desk.get(reverse("admin:schemas_intent_change", args=[intent.pk]))
    spots = [spot for finding in page.context_data["findings"] for spot in finding.spots]
    assert {spot.words for spot in spots} == {"create_return › address", "kind › how the bot asks"}
    assert any(spot.url.endswith("#id_url") for spot in spots)
