"""Reviewing, publishing, versions and going back, as an editor does them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from backend.dialogue import schema as values
from backend.schemas import services
from backend.schemas.models import Version
from backend.schemas.scripts import Script, TestReport

from .conftest import posted


@pytest.fixture
def where(bot, orders):
    return reverse("admin:desk_bot_publish", args=[bot.pk])


def agreed(desk, where, **changes):
    """What the page posts with everything ticked."""
    context = desk.get(where).context_data
    return {
        "revision": context["review"].revision,
        "note": "First",
        "accept": [one.key for one in context["warnings"]],
        "shown": [key for one in context["warnings"] for key in one.keys],
    } | changes


def test_the_page_says_in_words_what_goes_live(desk, where):
    page = desk.get(where).content.decode()
    assert "added, with intent “Return an item”" in page
    assert "What goes live for the first time" in page


def test_a_draft_is_published_with_a_note(desk, where, bot, editor):
    assert desk.post(where, agreed(desk, where)).status_code == 302
    bot.refresh_from_db()
    assert (bot.live.number, bot.live.note, bot.live.published_by) == (1, "First", editor)
    page = desk.get(reverse("admin:schemas_bot_change", args=[bot.pk])).content.decode()
    assert "The draft says the same." in page


@pytest.fixture
def warned(bot, orders, editor):
    """A draft that only a warning is held against."""
    slot = values.Slot(name="colour", type="text", title={"en": "colour"})
    services.save_piece(orders, slot, editor)
    found = services.review(bot).findings
    assert {one.level for one in found} == {"warning"}
    return found


def test_warnings_have_to_be_ticked(desk, where, bot, warned):
    answer = desk.post(where, agreed(desk, where, accept=[]))
    assert answer.status_code == 422
    assert "Tick every warning" in answer.content.decode()
    assert not Version.objects.exists()
    assert desk.post(where, agreed(desk, where)).status_code == 302
    assert Version.objects.count() == 1


def test_a_warning_that_was_not_on_the_page_is_not_agreed_to(
    desk, where, bot, orders, warned, editor
):
    fields = agreed(desk, where)
    slot = values.Slot(name="size", type="text", title={"en": "size"})
    services.save_piece(orders, slot, editor)
    fields["revision"] = services.review(bot).revision
    assert desk.post(where, fields).status_code == 422
    assert not Version.objects.exists()


def test_errors_stop_it_and_lead_to_the_field(desk, where, bot, orders, intent):
    page = reverse("admin:schemas_intent_change", args=[intent.pk])
    wrong = posted(desk, page) | {"reply_confirm_en": "Shall I send {{ parcel }}?"}
    assert desk.post(page, wrong).status_code == 302  # a draft may be unfinished
    answer = desk.post(where, agreed(desk, where))
    assert answer.status_code == 422
    assert not Version.objects.exists()
    [spot] = [spot for one in answer.context_data["errors"] for spot in one.spots]
    assert spot.url == f"{page}#id_reply_confirm_en"
    assert 'id="id_reply_confirm_en"' in desk.get(page).content.decode()
    assert "parcel" in desk.get(page).content.decode()


def test_a_draft_that_moved_on_is_shown_again_first(desk, where, bot, orders, editor):
    fields = agreed(desk, where)
    services.save_piece(bot, values.Service(name="more"), editor)
    answer = desk.post(where, fields)
    assert answer.status_code == 409
    assert "Nothing was published." in answer.content.decode()
    assert not Version.objects.exists()


def test_nothing_is_published_twice(desk, where, bot):
    desk.post(where, agreed(desk, where))
    answer = desk.post(where, agreed(desk, where))
    assert answer.status_code == 422
    assert Version.objects.count() == 1


@pytest.fixture
def two_versions(desk, where, bot, intent):
    desk.post(where, agreed(desk, where))
    page = reverse("admin:schemas_intent_change", args=[intent.pk])
    desk.post(page, posted(desk, page) | {"title_en": "Send something back"})
    desk.post(where, agreed(desk, where, note="Second"))
    bot.refresh_from_db()
    assert bot.live.number == 2
    return bot


def test_any_two_versions_are_compared_in_words(desk, two_versions):
    where = reverse("admin:desk_bot_compare", args=[two_versions.pk])
    page = desk.get(where, {"from": "1", "to": "2"}).content.decode()
    assert "Send something back" in page
    assert desk.get(where, {"from": "2", "to": "draft"}).status_code == 200
    for wrong in ({"from": "9"}, {"from": "x"}, {"to": "y"}, {"from": "²"}):
        assert desk.get(where, wrong).status_code == 404, wrong


def test_going_back_asks_and_makes_a_new_version(desk, two_versions):
    bot = two_versions
    where = reverse("admin:desk_bot_back", args=[bot.pk, 1])
    assert "Send something back" in desk.get(where).content.decode()
    assert desk.post(where).status_code == 302
    bot.refresh_from_db()
    assert bot.live.number == 3
    assert bot.live.checksum == bot.versions.get(number=1).checksum
    assert bot.services.get().intents.get().title == {"en": "Send something back"}
    desk.post(where, {"draft": "on"})
    assert bot.services.get().intents.get().title == {"en": "Send something back"}  # live already


def test_the_draft_goes_back_too_where_that_is_ticked(desk, two_versions):
    desk.post(reverse("admin:desk_bot_back", args=[two_versions.pk, 1]), {"draft": "on"})
    assert two_versions.services.get().intents.get().title == {"en": "Return an item"}


def test_a_draft_is_discarded_after_a_question(desk, where, bot, intent):
    desk.post(where, agreed(desk, where))
    page = reverse("admin:schemas_intent_change", args=[intent.pk])
    desk.post(page, posted(desk, page) | {"title_en": "Send something back"})
    discard = reverse("admin:desk_bot_discard", args=[bot.pk])
    seen = desk.get(discard)
    assert "Send something back" in seen.content.decode()
    desk.post(discard, {"revision": "0"})
    assert bot.services.get().intents.get().title == {"en": "Send something back"}
    desk.post(discard, {"revision": seen.context_data["review"].revision})
    assert bot.services.get().intents.get().title == {"en": "Return an item"}


def test_the_versions_page_lists_who_when_and_what(desk, two_versions):
    page = desk.get(reverse("admin:desk_bot_versions", args=[two_versions.pk])).content.decode()
    assert "Second" in page
    assert "Ada" in page
    assert two_versions.live.checksum[:10] in page
    assert reverse("admin:desk_bot_back", args=[two_versions.pk, 1]) in page


def fails(bot, schema):
    fails.ran += 1
    return [TestReport(test.name, False, ("Turn 1: no.",)) for test in bot.tests.all()]


@pytest.fixture
def failing(bot, orders, editor, settings):
    """A test that the bot fails, whoever runs it."""
    fails.ran = 0
    settings.KEFU_BOT_TESTER = f"{__name__}.fails"
    script = Script.model_validate({"name": "Hello", "turns": [{"say": "hello"}]})
    return services.save_test(bot, script, editor)


def test_a_failed_test_stops_the_publishing(desk, where, failing, warned):
    answer = desk.post(where, agreed(desk, where))
    assert answer.status_code == 422
    assert "Turn 1: no." in answer.content.decode()
    assert not Version.objects.exists()


def test_a_failed_test_that_only_warns_is_shown_before_it_is_accepted(
    desk, where, bot, failing, warned
):
    bot.on_failed_tests = "warn"
    bot.save()
    answer = desk.post(where, agreed(desk, where))
    assert answer.status_code == 422  # everything that stood there was ticked, and this did not
    assert not Version.objects.exists()
    shown = answer.context_data["warnings"]
    assert any("Turn 1: no." in one.text for one in shown)
    fields = agreed(desk, where) | {
        "accept": [one.key for one in shown],
        "shown": [key for one in shown for key in one.keys],
    }
    assert desk.post(where, fields).status_code == 302
    assert Version.objects.count() == 1
    assert fails.ran == 2  # once for each time that the button was pressed
