"""A bot goes out as a file and comes in after its changes were seen."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from backend.schemas import services
from backend.schemas.models import BotTest, Intent
from backend.schemas.scripts import Script


@pytest.fixture
def export(bot, orders):
    return reverse("admin:desk_bot_export", args=[bot.pk])


@pytest.fixture
def import_page(bot, orders):
    return reverse("admin:desk_bot_import", args=[bot.pk])


def test_the_draft_goes_out_as_yaml_or_json(desk, export, intent):
    answer = desk.get(export, {"format": "yaml"})
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="northwind-trail-draft.yaml"'
    )
    assert "name: return_item" in answer.content.decode()
    assert desk.get(export, {"format": "json"}).json()["kefu_schema"] == 1


def test_tests_travel_along_where_that_is_wanted(desk, export, bot, editor, intent):
    script = Script.model_validate({"name": "Hello", "turns": [{"say": "hello"}]})
    services.save_test(bot, script, editor)
    assert "say: hello" in desk.get(export, {"format": "yaml", "tests": "on"}).content.decode()
    assert "say: hello" not in desk.get(export, {"format": "yaml"}).content.decode()


def test_a_version_that_is_not_there_is_not_found(desk, export):
    for version in ("7", "x", "²"):
        assert desk.get(export, {"format": "yaml", "version": version}).status_code == 404


def test_what_a_file_changes_is_shown_first_and_then_done(desk, export, import_page, intent):
    text = desk.get(export, {"format": "yaml"}).content.decode()
    changed = text.replace("Return an item", "Send it back")
    seen = desk.post(import_page, {"file": SimpleUploadedFile("bot.yaml", changed.encode())})
    assert "Send it back" in seen.content.decode()
    intent.refresh_from_db()
    assert intent.title == {"en": "Return an item"}
    context = seen.context_data
    agreed = {"content": context["content"], "revision": context["revision"], "agreed": "yes"}
    assert desk.post(import_page, agreed).status_code == 302
    assert Intent.objects.get(name="return_item").title == {"en": "Send it back"}


def test_a_draft_that_changed_meanwhile_is_compared_again(desk, export, import_page, intent):
    text = desk.get(export, {"format": "yaml"}).content.decode()
    changed = text.replace("Return an item", "Send it back")
    answer = desk.post(import_page, {"content": changed, "revision": "0", "agreed": "yes"})
    assert answer.status_code == 200
    intent.refresh_from_db()
    assert intent.title == {"en": "Return an item"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Choose a file"),
        ("hello", "no bot of Kefu"),
        ("kefu_schema: 2", "newer"),
        ("kefu_schema: 1\nname: x\nservice: []", "Did you mean"),
        ("a: [", "Line"),
        ("\x00", ""),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_changes_nothing(
    desk, import_page, bot, text, says
):
    before = services.review(bot).schema
    answer = desk.post(import_page, {"content": text})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert services.review(bot).schema == before
    assert not BotTest.objects.exists()
