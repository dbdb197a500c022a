"""Tasks over the socket and in the record: versions, slots, masks, replays, rehearsals."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import Permission
from django.urls import reverse

from backend.chat.replays import replay
from backend.chat.scripted_talks import play
from backend.conversations import services as record
from backend.conversations.models import Conversation, Event, Turn
from backend.dialogue.types import ActionResult
from backend.schemas import services
from backend.schemas.document import Document
from backend.schemas.models import Bot
from backend.schemas.scripts import Script
from tests.dialogue.bots import SCHEMA, System, visitor

in_thread = sync_to_async


def _publish(site, schema, note=""):
    bot = Bot.objects.filter(site=site).first() or services.create_bot(site, "Library", ["en"])
    services.import_document(bot, Document(schema), None)
    bot.refresh_from_db()
    return bot, services.publish(bot, None, bot.revision, note, accept_warnings=True)


@pytest.fixture
async def library(engine, site, monkeypatch):
    """The runtime with a real engine, the library's bot live, and its system."""
    from backend.chat import runtime

    one = visitor()
    now = runtime.get()
    now.engine = one.engine
    now.turns._engine = one.engine
    system = System()
    monkeypatch.setattr("backend.chat.turns.TurnActions", lambda turn: system)
    one.system = system
    bot, _ = await in_thread(_publish)(site, SCHEMA)
    one.bot = bot
    return one


async def said(chat, text, **fields):
    """The bot's reply to the text, with the slots that changed in that turn."""
    await chat.say(text, **fields)
    while True:
        frame = await chat.until("event", event__kind="message")
        if frame["event"]["by"]["kind"] == "bot":
            return frame["event"]


async def clicked(chat, reply, label):
    choice = next(c for c in reply["body"]["choices"] if c["label"] == label)
    return await said(chat, label, reply_to=choice["id"])


async def test_a_task_is_done_over_the_socket_and_its_slots_are_in_the_log(library, client):
    chat = await client().open()
    await said(chat, "extend my loan of Dune on card L1234 until 30 November 2030")
    reply = await said(chat, "until tomorrow")
    assert "Shall I go ahead?" in reply["body"]["text"]
    await clicked(chat, reply, "Yes, go ahead")
    assert len(library.system.named("extend")) == 1
    slots = [e["body"]["changes"] for e in chat.events if e["kind"] == "slots"]
    first = {change["slot"]: change["value"] for change in slots[0]}
    assert first["card"] == "L1234"
    assert first["book"] == "b1"


async def test_a_conversation_keeps_the_version_that_it_began_with(library, client, site):
    old = await client().open()
    await said(old, "I want to extend my loan")
    changed = SCHEMA.model_copy(update={"services": []})
    await in_thread(_publish)(site, changed)
    reply = await said(old, "L1234")
    assert [c["label"] for c in reply["body"]["choices"]] == ["Dune", "Emma"]
    new = await client().open()
    reply = await said(new, "I want to extend my loan")
    assert "card number" not in reply["body"]["text"]
    numbers = await in_thread(
        lambda: sorted(Conversation.objects.values_list("version__number", flat=True))
    )()
    assert numbers == [1, 2]


async def test_a_sensitive_value_lies_nowhere_in_the_clear(library, client):
    chat = await client().open()
    await said(chat, "I lost my library card")
    await said(chat, "it is 135790")
    rows = await in_thread(
        lambda: json.dumps(
            [
                list(Event.objects.values_list("body", "sealed")),
                list(Turn.objects.values_list("analysis", "memory", "text")),
                list(Conversation.objects.values_list("preview", flat=True)),
            ]
        )
    )()
    assert "135790" not in rows
    assert "it is ••••" in json.loads(rows)[0][4][0]["text"] or "it is \\u2022" in rows
    await said(chat, "yes")
    (call,) = library.system.named("report")
    assert call.request.body == {"pin": "135790"}


async def test_what_an_operator_sets_on_the_desk_is_taken_in_the_next_turn(
    library, client, operator
):
    chat = await client().open()
    await said(chat, "extend my loan of Dune on card L1234")
    conversation = UUID(chat.welcome["conversation"])
    await in_thread(record.edit_slot)(conversation, operator, "until", "tomorrow")
    reply = await said(chat, "I have no idea")
    assert "Shall I go ahead?" in reply["body"]["text"]
    turn = await in_thread(lambda: Turn.objects.latest("id"))()
    (until,) = [s for s in turn.analysis["slots"] if s["slot"] == "until"]
    assert until["source"] == "operator"


async def test_a_stored_conversation_is_decided_again_as_it_was(library, client):
    library.system.answers["extend"] = [ActionResult("failure", 503)]
    chat = await client().open()
    await said(chat, "extend my loan of Dune on card L1234 until tomorrow")
    reply = await said(chat, "no, the day after tomorrow")
    reply = await clicked(chat, reply, "Yes, go ahead")
    await clicked(chat, reply, "Try again")
    await said(chat, "How much is standard delivery?")
    await said(chat, "I lost my library card")
    await said(chat, "135790")
    await said(chat, "yes")
    assert await replay(UUID(chat.welcome["conversation"]), library.engine) == []


async def test_another_decision_is_told_by_a_replay(library, client, monkeypatch):
    chat = await client().open()
    await said(chat, "show my loans on card L1234")
    monkeypatch.setattr("backend.dialogue.deciding.interpret.SURE", 2.0)
    found = await replay(UUID(chat.welcome["conversation"]), library.engine)
    assert "steps" in {difference.what for difference in found}


async def test_a_script_passes_or_says_what_came_instead(library, site):
    script = Script.model_validate(
        {
            "name": "Extend",
            "now": "2026-11-23T10:00:00",
            "answers": [
                {"action": "list_loans", "json": {"loans": [{"id": "b1", "title": "Dune"}]}}
            ],
            "turns": [
                {
                    "say": "extend my loan of Dune on card L1234 until Friday",
                    "intent": "extend_loan",
                    "slots": {"book": "b1", "until": "2026-11-27"},
                    "action": "list_loans",
                },
                {"choose": "Yes, go ahead", "action": "extend", "reply": ["yours until"]},
            ],
        }
    )
    report = await play(script, SCHEMA, library.engine, site)
    assert report.passed, report.problems
    turns = [script.turns[0].model_copy(update={"intent": "list_books", "slots": {"card": "L1"}})]
    wrong = script.model_copy(update={"turns": [*turns, script.turns[1]]})
    report = await play(wrong, SCHEMA, library.engine, site)
    assert report.problems == (
        "Turn 1: the intent is extend_loan, not list_books.",
        'Turn 1: the slot card is "L1234", not "L1".',
    )


async def test_try_it_talks_to_the_draft_and_calls_nothing_for_whoever_only_looks(
    library, async_client, operator
):
    permission = await Permission.objects.aget(codename="view_bot")
    await operator.user_permissions.aadd(permission)
    await async_client.aforce_login(operator)
    url = reverse("try-bot", args=[library.bot.pk])

    async def tried(**asked):
        answer = await async_client.post(url, asked, content_type="application/json")
        return answer.status_code, answer.json()

    status, first = await tried(say="show my loans")
    assert status == 200
    assert first["reply"]["text"] == "What is your card number?"
    status, second = await tried(say="L1234", state=first["state"])
    assert second["analysis"]["task"]["slots"] == {"card": "L1234"}
    [call] = second["analysis"]["actions"]
    assert (call["action"], call["outcome"], call["dry"]) == ("list_loans", "success", True)
    sample = {"list_loans": {"loans": []}}
    status, told = await tried(say="L1234", state=first["state"], answers=sample)
    assert told["analysis"]["actions"][0]["json"] == {"loans": []}
    assert (await tried(say="L1234", answers=[1]))[0] == 400
    status, real = await tried(say="L1234", state=first["state"], real=True)
    assert (status, "permission" in real["detail"]) == (403, True)
    status, refused = await tried(say="L1234", state=first["state"] + "x")
    assert status == 409
    assert "begin again" in refused["detail"]
    assert not library.system.calls


async def test_try_it_is_for_those_who_may_see_bots(library, async_client, stranger):
    await async_client.aforce_login(stranger)
    answer = await async_client.post(
        reverse("try-bot", args=[library.bot.pk]), {"say": "hi"}, content_type="application/json"
    )
    assert answer.status_code == 403
