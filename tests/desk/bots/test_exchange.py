"""A bot goes out as a file and comes in after its changes were seen."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.conf import settings
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


@pytest.mark.parametrize(
    ("content", "says", "kept"),
    [
        (b"kefu_schema: 1\n#" + b"x" * 5_000_000, "5,000,016 bytes", ""),
        ("kefu_schema: 1\nname: Café\n".encode("latin-1"), "Line 2: the file is not in UTF-8", ""),
        (b"kefu_schema: 1\nname: !!python/name:os.system", "“!!python/name:os.system”", "name: !!"),
        ("kefu_schema: 1\nnmae: 海景酒店".encode(), "Did you mean “name”?", "海景酒店"),
    ],
    ids=["large", "latin-1", "python", "typo"],
)
def test_a_file_that_is_refused_stays_in_the_box_where_it_can_be_mended_there(
    desk, import_page, content, says, kept
):
    answer = desk.post(import_page, {"file": SimpleUploadedFile("hotel.yaml", content)})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    box = answer.context_data["content"]
    assert (kept in box) if kept else not box


def test_what_the_checks_have_against_a_file_is_said_before_it_is_taken(desk, import_page):
    text = """
kefu_schema: 1
name: Hotel
languages: [en]
services:
  - name: stays
    slots:
      - {name: room, type: text, prompts: {en: [Which room?]}}
      - {name: floor, type: text, prompts: {en: [Which floor?]}}
    intents:
      - name: report_fault
        examples: {en: [the heating is cold, my shower drips, the lamp is broken]}
        slots: [{slot: room, when: {floor: ["1"]}}, {slot: floor, when: {room: ["1"]}}]
        does: handoff
"""
    page = desk.post(import_page, {"content": text})
    assert page.status_code == 200
    assert any("none of it is ever asked for" in one.text for one in page.context_data["errors"])
    assert "What the checks have against it" in page.content.decode()


def test_a_large_file_in_chinese_can_be_taken_after_it_was_shown(desk, import_page, export, intent):
    """Percent-encoded it would be more than what is read of a form."""
    text = desk.get(export, {"format": "yaml"}).content.decode()
    long = [f"我想退货{'退' * 280}{number}" for number in range(2200)]
    lines = "".join(f"            - {line}\n" for line in long)
    place = "          en:\n"
    large = text.replace(place, f"          zh:\n{lines}{place}", 1)
    assert len(quote(large)) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE > len(large.encode())
    page = desk.post(import_page, {"file": SimpleUploadedFile("bot.yaml", large.encode())})
    assert page.status_code == 200
    assert page.content.decode().count('enctype="multipart/form-data"') == 1
    context = page.context_data
    agreed = {"content": context["content"], "revision": context["revision"], "agreed": "yes"}
    assert desk.post(import_page, agreed).status_code == 302
