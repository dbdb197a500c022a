"""Publishing, rolling back, and what is live."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.conversations.models import Conversation, Event, Site, Turn, Visitor
from backend.dialogue.memory import Memory, Task, Value
from backend.dialogue.schema import Schema
from backend.schemas import draft, services
from backend.schemas.document import Document
from backend.schemas.models import Action, Bot, BotTest, Intent, Slot, Version
from backend.schemas.scripts import Script, ScriptTurn, TestReport
from tests.threads import at_once

pytestmark = pytest.mark.django_db
reports: list = []


@pytest.fixture(autouse=True)
def tester(settings):
    """What the bot's tests give, in place of a run of the engine."""
    settings.KEFU_BOT_TESTER = f"{__name__}.run"
    reports.clear()


def run(bot, schema):
    if reports == ["broken"]:
        raise RuntimeError("no engine")
    return [TestReport(test.name, *reports) for test in bot.tests.all()]


def publish(bot, by=None, **options):
    return services.publish(bot, by, Bot.objects.get(pk=bot.pk).revision, **options)


def change(bot, by, **fields):
    """Change the slot “order”."""
    row = Slot.objects.get(name="order")
    value = draft.slot_value(row).model_copy(update=fields)
    return services.save_piece(row.service, value, by, piece=row, revision=row.revision)


def test_what_was_reviewed_is_live(bot, operator, shop):
    version = publish(bot, operator, note="First")
    assert (version.number, version.note, version.published_by) == (1, "First", operator)
    assert services.live_schema("demo") == (version, shop)
    assert services.live_version("demo") == version
    assert services.live_schemas() == [shop]
    assert version.checksum == shop.checksum == Version.objects.get().checksum


def test_a_site_without_a_bot_or_a_version_has_nothing_live(site, bot):
    assert services.live_schema("demo") is None
    assert services.live_version("nowhere") is None
    assert services.live_schemas() == []


def test_a_draft_that_moved_on_since_its_review_is_not_published(bot, operator, colleague):
    seen = services.review(bot)
    change(bot, colleague, carry=False)
    with pytest.raises(services.EditConflict, match="Tom changed this"):
        services.publish(bot, operator, seen.revision)
    assert not Version.objects.exists()


@pytest.mark.store
@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does(bot, operator, colleague):
    revision = Bot.objects.get().revision
    results = at_once(
        *[lambda by=by: services.publish(bot, by, revision) for by in (operator, colleague)]
    )
    assert sorted(type(one).__name__ for one in results) == ["Unchanged", "Version"]
    assert Version.objects.count() == 1


def test_the_same_draft_is_not_published_twice(bot, operator):
    version = publish(bot, operator)
    with pytest.raises(services.Unchanged, match="version 1 is live and says the same") as error:
        publish(bot, operator)
    assert error.value.version == version


def test_errors_stop_publishing_and_warnings_have_to_be_accepted(bot, operator):
    change(bot, operator, prompts={})
    with pytest.raises(services.NotPublishable, match="there is no prompt") as error:
        publish(bot, operator, accept_warnings=True)
    assert [finding.level for finding in error.value.findings] == ["error"]
    change(bot, operator, prompts={"en": ["Which?"]})
    services.delete_secret(bot, "shop_key")
    with pytest.raises(services.NotPublishable, match="“shop_key” is not set"):
        publish(bot, operator)
    assert publish(bot, operator, accept_warnings=True).number == 1


def test_a_note_that_is_too_long_is_refused(bot, operator):
    with pytest.raises(ValidationError):
        publish(bot, operator, note="x" * 301)


def test_a_version_never_changes(bot, operator):
    version = publish(bot, operator)
    with pytest.raises(TypeError):
        version.save()


def test_a_version_is_parsed_once_and_read_without_its_schema(bot, operator):
    publish(bot, operator)
    services.live_schema("demo")
    with CaptureQueriesContext(connection) as captured:
        first, second = services.live_schema("demo")[1], services.live_schema("demo")[1]
    assert first is second
    assert len(captured) == 2
    assert all('"schemas_version"."schema"' not in query["sql"] for query in captured)


def test_going_back_is_live_at_once_and_leaves_the_draft(bot, operator, shop):
    first = publish(bot, operator)
    change(bot, operator, carry=False)
    publish(bot, operator)
    before = draft.read(Bot.objects.get())
    third = services.roll_back(bot, first, operator)
    assert (third.number, third.note) == (3, "Back to version 1")
    assert services.live_schema("demo") == (third, shop)
    assert draft.read(Bot.objects.get()) == before
    with pytest.raises(services.Unchanged):
        services.roll_back(bot, first, operator)


def test_going_back_may_take_the_draft_along(bot, operator, shop):
    first = publish(bot, operator)
    change(bot, operator, carry=False)
    publish(bot, operator)
    revision = Bot.objects.get().revision
    services.roll_back(bot, first, operator, draft_too=True)
    assert draft.read(Bot.objects.get()) == shop
    assert Bot.objects.get().revision > revision
    assert Bot.objects.get().live.number == 3


def test_discarding_makes_the_draft_what_is_live(bot, operator, shop):
    publish(bot, operator)
    change(bot, operator, carry=False)
    with pytest.raises(services.EditConflict):
        services.discard_draft(bot, operator, bot.revision)
    services.discard_draft(bot, operator, Bot.objects.get().revision)
    assert draft.read(Bot.objects.get()) == shop


def test_discarding_before_anything_was_published_leaves_an_empty_draft(bot, operator):
    services.discard_draft(bot, operator, bot.revision)
    assert draft.read(Bot.objects.get()) == Schema(name="Shop", languages=["en"])


def test_a_review_says_what_publishing_changes(bot, operator):
    assert str(services.review(bot).changes[0]).startswith("Service “Orders”: added")
    publish(bot, operator)
    change(bot, operator, carry=False)
    (changed,) = services.review(bot).changes
    assert str(changed) == "Slot “order number”: use of an earlier value switched off"


def test_importing_over_a_draft_that_moved_on_is_refused(bot, operator, colleague, shop):
    change(bot, colleague, carry=False)
    with pytest.raises(services.EditConflict):
        services.import_document(bot, Document(shop), operator, bot.revision)


def test_importing_names_that_lead_nowhere_changes_nothing(bot, operator):
    before = draft.read(bot)
    broken = Schema(services=[{"name": "a", "intents": [{"name": "a", "action": "nope"}]}])
    with pytest.raises(services.NotStorable, match="the action “nope”"):
        services.import_document(bot, Document(broken), operator)
    assert draft.read(Bot.objects.get()) == before


def script(name="Return", **fields):
    return Script(name=name, turns=[ScriptTurn(say="I want to return the boots")], **fields)


def test_tests_come_with_a_document_that_has_some_and_stay_with_one_that_has_none(
    bot, operator, shop
):
    services.import_document(bot, Document(shop, (script("b"), script("a"))), operator)
    services.import_document(bot, Document(shop, None), operator)
    assert [test.name for test in bot.tests.all()] == ["b", "a"]
    services.import_document(bot, Document(shop, ()), operator)
    assert not bot.tests.exists()


def test_a_failed_test_stops_publishing_or_warns_as_the_bot_says(bot, operator):
    services.save_test(bot, script())
    reports[:] = [False, ("It said “No”, expected “why”.",), {"turns": [1]}]
    with pytest.raises(services.NotPublishable, match="test Return: It said “No”") as error:
        publish(bot, operator, accept_warnings=True)
    assert error.value.findings[0].level == "error"
    test = BotTest.objects.get()
    assert (test.passed, test.report["turns"]) == (False, [1])
    assert test.ran_on == draft.read(bot).checksum
    Bot.objects.update(on_failed_tests="warn")
    with pytest.raises(services.NotPublishable):
        publish(bot, operator)
    assert publish(bot, operator, accept_warnings=True).number == 1


def test_tests_that_pass_let_it_through(bot, operator):
    services.save_test(bot, script())
    reports[:] = [True]
    assert publish(bot, operator).number == 1
    assert BotTest.objects.get().passed is True


def test_tests_that_cannot_run_do_not_pass(bot, operator, caplog):
    services.save_test(bot, script())
    reports[:] = ["broken"]
    with pytest.raises(services.NotPublishable, match="could not be run"):
        publish(bot, operator)
    assert "no engine" in caplog.text


def test_a_test_is_kept_by_its_name_and_forgets_its_result_when_it_changes(bot, operator):
    row = services.save_test(bot, script())
    BotTest.objects.update(passed=True)
    assert services.save_test(bot, script()).passed is True
    changed = services.save_test(bot, script(locale="zh"))
    assert (changed.pk, changed.passed) == (row.pk, None)
    other = services.save_test(bot, script("Other"))
    assert other.position == 1
    renamed = services.save_test(bot, script("Again"), replaces=changed)
    assert renamed.pk == row.pk
    with pytest.raises(ValidationError, match="Another test has this name"):
        services.save_test(bot, script("Other"), replaces=renamed)
    for wrong in (script(""), Script(name="Empty")):
        with pytest.raises(ValidationError):
            services.save_test(bot, wrong)
    services.delete_test(other)
    assert [test.name for test in bot.tests.all()] == ["Again"]


def conversation(bot, memory, version, **fields):
    visitor = Visitor.objects.create(site=bot.site)
    row = Conversation.objects.create(site=bot.site, visitor=visitor, version=version, **fields)
    for seq, (state, remembered) in enumerate(
        [("done", Memory()), ("done", memory), ("failed", Memory())], 1
    ):
        event = Event.objects.create(
            conversation=row, seq=seq, kind="message", at=row.created_at, by_kind="visitor"
        )
        Turn.objects.create(
            conversation=row, trigger=event, epoch=1, state=state, memory=remembered.as_json()
        )


def test_what_open_conversations_hold_is_counted_from_their_latest_turn(
    bot, operator, django_assert_num_queries
):
    version = publish(bot, operator)
    open_task = Memory(
        tasks=(
            Task(id=1, intent="return_item", values={"item": Value(value="b")}),
            Task(id=2, intent="gone"),
        ),
        done=(Task(id=3, intent="hours", values={"day": Value(value="b")}),),
    )
    conversation(bot, open_task, version)
    conversation(bot, open_task, version)
    conversation(bot, open_task, version, status="closed")
    conversation(bot, open_task, None)
    other = Site.objects.create(key="other", name="Other", allowed_origins=[])
    conversation(Bot.objects.create(site=other, name="x"), open_task, version)
    with django_assert_num_queries(1):
        held = services.held_slots(bot)
    assert held == {("return_item", ""): 2, ("return_item", "item"): 2, ("gone", ""): 2}
    assert any(
        "2 open conversations are in “gone”" in str(one) for one in services.review(bot).findings
    )
    intent = Intent.objects.get()
    value = draft.intent_value(intent, intent.uses.exclude(slot__name="item"))
    services.save_piece(intent.service, value, operator, piece=intent, revision=intent.revision)
    assert any("holding a value of “item”" in str(one) for one in services.review(bot).findings)


def test_a_site_is_deleted_with_its_published_bot(bot, operator):
    publish(bot, operator)
    bot.site.delete()
    assert not Version.objects.exists()
    assert not Action.objects.exists()


def test_the_live_versions_row_cannot_be_deleted(bot, operator):
    from django.db.models import RestrictedError

    with pytest.raises(RestrictedError):
        publish(bot, operator).delete()


def test_a_secret_is_encrypted_and_only_opened_by_name(bot):
    from backend.schemas import secrets

    services.set_secret(bot, "other", " abc ")
    services.set_secret(bot, "other", "abcd")
    assert secrets.names(bot) == {"shop_key", "other"}
    assert secrets.opened(bot, ["other", "nope"]) == {"other": "abcd"}
    assert "abcd" not in bot.secrets.get(name="other").sealed
    services.delete_secret(bot, "other")
    assert secrets.names(bot) == {"shop_key"}


@pytest.mark.parametrize(
    ("name", "value"), [("a", ""), ("a", "x\ny"), ("a", "密码"), ("A b", "x"), ("a", "x" * 4001)]
)
def test_a_secret_that_no_header_can_hold_is_refused(bot, name, value):
    with pytest.raises(ValidationError):
        services.set_secret(bot, name, value)
    assert bot.secrets.count() == 1
