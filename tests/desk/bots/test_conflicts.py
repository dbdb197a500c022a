"""Two editors of one piece: nothing is overwritten unawares, and nothing typed is lost."""

from __future__ import annotations

from django.urls import reverse

from backend.schemas.models import Intent

from ..conftest import browser_of
from .conftest import posted


def test_the_second_to_save_is_told_who_was_first_and_keeps_their_text(desk, other_editor, intent):
    other = browser_of(other_editor)
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    mine, theirs = posted(desk, where), posted(other, where)
    assert other.post(where, theirs | {"title_en": "Send it back"}).status_code == 302
    answer = desk.post(where, mine | {"description": "Typed for an hour"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ben changed this after you opened it" in page
    assert "Typed for an hour" in page
    assert answer.context_data["conflict"]["differs"] == [
        "What the visitor wants, in a sentence",
        "What is it called?",
    ]
    assert f'href="{where}" target="_blank"' in page
    intent.refresh_from_db()
    assert intent.title == {"en": "Send it back"}
    assert intent.description == ""


def test_one_may_save_in_place_of_theirs_on_purpose(desk, other_editor, intent):
    other = browser_of(other_editor)
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    mine = posted(desk, where)
    other.post(where, posted(other, where) | {"title_en": "Send it back"})
    conflict = desk.post(where, mine | {"description": "Mine"}).context_data["conflict"]
    again = mine | {"description": "Mine", "replace": conflict["revision"]}
    assert desk.post(where, again).status_code == 302
    intent.refresh_from_db()
    assert (intent.title, intent.description) == ({"en": "Return an item"}, "Mine")


def test_a_third_change_meanwhile_is_a_conflict_again(desk, other_editor, intent):
    other = browser_of(other_editor)
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    mine = posted(desk, where)
    other.post(where, posted(other, where) | {"title_en": "Second"})
    conflict = desk.post(where, mine | {"description": "Mine"}).context_data["conflict"]
    other.post(where, posted(other, where) | {"title_en": "Third"})
    answer = desk.post(where, mine | {"replace": conflict["revision"]})
    assert answer.status_code == 409
    intent.refresh_from_db()
    assert intent.title == {"en": "Third"}


def test_what_was_deleted_meanwhile_is_made_again_only_on_purpose(desk, other_editor, intent):
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    mine = posted(desk, where)
    other = browser_of(other_editor)
    form = other.get(where).context_data["form"]
    where_delete = reverse("admin:schemas_intent_delete", args=[intent.pk])
    other.post(where_delete, {"revision": form["revision"].value()})
    mine |= {"parent": intent.service_id, "description": "Typed for an hour"}
    answer = desk.post(where, mine)
    assert answer.status_code == 409
    assert "This was deleted since you opened it." in answer.content.decode()
    assert "Typed for an hour" in answer.content.decode()
    assert not Intent.objects.exists()
    assert desk.post(answer.context_data["conflict"]["anew"], mine).status_code == 302
    assert Intent.objects.get().description == "Typed for an hour"
    assert desk.post(where, mine | {"parent": "0"}).status_code == 302  # its service is gone too


def test_new_slots_are_not_left_behind_by_a_conflict(desk, other_editor, intent, orders):
    other = browser_of(other_editor)
    where = reverse("admin:schemas_intent_change", args=[intent.pk])
    mine = posted(desk, where)
    other.post(where, posted(other, where) | {"title_en": "Second"})
    mine |= {
        "uses-TOTAL_FORMS": "3",
        "uses-2-slot": "+new",
        "uses-2-required": "yes",
        "uses-2-new-title_en": "Size",
        "uses-2-new-type": "text",
        "uses-2-new-ask_again": "2",
    }
    assert desk.post(where, mine).status_code == 409
    assert not orders.slots.filter(name="size").exists()


def test_the_settings_of_a_bot_are_guarded_too(desk, other_editor, bot):
    other = browser_of(other_editor)
    where = reverse("admin:desk_bot_settings", args=[bot.pk])
    mine, theirs = posted(desk, where), posted(other, where)
    assert other.post(where, theirs | {"languages": "en, zh"}).status_code == 302
    answer = desk.post(where, mine | {"name": "Mine"})
    assert answer.status_code == 409
    assert "Ben changed this" in answer.content.decode()
    bot.refresh_from_db()
    assert (bot.name, bot.languages) == ("Northwind Trail", ["en", "zh"])
