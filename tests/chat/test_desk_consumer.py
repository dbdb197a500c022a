"""Operators' sockets: the list, one conversation at several desks, one speaker."""

from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from backend.conversations.models import Conversation, Event
from tests.chat.conftest import joined

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]


async def a_conversation(client, text="Hello"):
    chat = await client().open()
    await chat.say(text)
    await chat.until("event", event__by__kind="bot")
    return chat, chat.welcome["conversation"]


async def test_an_operator_sees_the_transcript_and_who_it_is(client, engine, desk, operator):
    _, conversation = await a_conversation(client)
    mia = await desk(operator)
    assert (await mia.until("welcome"))["operator"]["name"] == "Mia"
    about = await joined(mia, conversation)
    assert about["visitor"]["name"].startswith("Visitor")
    assert [event["body"]["text"] for event in mia.events] == ["Hello", "Fine."]


async def test_what_the_bot_writes_streams_to_the_desk(client, engine, desk, operator):
    engine.fill("One. ", None, "Two.")
    chat = await client().open()
    await chat.say("Tell me")
    await chat.until("delta")
    mia = await desk(operator)
    await joined(mia, chat.welcome["conversation"])
    assert (await mia.until("snapshot"))["text"] == "One. "
    engine.go()
    final = await mia.until("event", event__by__kind="bot")
    assert final["event"]["body"]["text"] == "One. Two."


async def test_a_takeover_in_mid_sentence_silences_the_bot(client, engine, desk, operator):
    engine.fill("Half a sentence ", None, "that never ends.")
    chat = await client().open()
    await chat.say("Hello")
    delta = await chat.until("delta")
    mia = await desk(operator)
    await joined(mia, chat.welcome["conversation"])
    await mia.send("take", conversation=chat.welcome["conversation"], cid=str(uuid4()))
    await mia.until("ack")
    ended = await chat.until("event", event__kind="turn")
    owner = await chat.until("event", event__kind="owner")
    engine.go()
    assert ended["event"]["body"]["state"] == "interrupted"
    assert ended["event"]["body"]["message"] == delta["message"]
    assert owner["event"]["body"]["owner"] == "operator"
    assert owner["event"]["by"] == {"kind": "operator", "name": "Mia"}
    await mia.send("send", conversation=chat.welcome["conversation"], cid=str(uuid4()), text="Hi!")
    reply = await chat.until("event", event__kind="message")
    assert reply["event"]["by"] == {"kind": "operator", "name": "Mia"}
    await chat.say("Thanks")
    await mia.until("event", event__body__text="Thanks")
    assert not await Event.objects.filter(kind="message", by_kind="bot").aexists()


async def test_of_two_operators_exactly_one_wins_and_the_other_is_told(
    client, engine, desk, operator, colleague
):
    _, conversation = await a_conversation(client)
    mia, tom = await desk(operator), await desk(colleague)
    await joined(mia, conversation)
    await joined(tom, conversation)
    for one in (mia, tom):
        await one.send("take", conversation=conversation, cid=str(uuid4()))
    answers = []
    for one in (mia, tom):
        while True:
            frame = await one.next()
            if frame["type"] in ("ack", "error"):
                answers.append(frame)
                break
    assert sorted(answer["type"] for answer in answers) == ["ack", "error"]
    refusal = next(answer for answer in answers if answer["type"] == "error")
    assert refusal["code"] == "owner_conflict"
    winner = (await Conversation.objects.select_related("operator").aget()).operator_name
    assert winner in refusal["detail"]
    assert await Event.objects.filter(kind="owner").acount() == 1


async def test_a_reply_takes_over_and_the_colleague_who_is_late_is_refused(
    client, engine, desk, operator, colleague
):
    chat, conversation = await a_conversation(client)
    mia, tom = await desk(operator), await desk(colleague)
    await mia.send("send", conversation=conversation, cid=str(uuid4()), text="I am on it")
    await mia.until("ack")
    await tom.send("send", conversation=conversation, cid=str(uuid4()), text="Me too")
    assert (await tom.until("error"))["code"] == "owner_conflict"
    await chat.until("event", event__body__text="I am on it")
    texts = [event["body"].get("text") for event in chat.events]
    assert "Me too" not in texts


async def test_a_colleague_can_be_given_the_conversation(client, engine, desk, operator, colleague):
    _, conversation = await a_conversation(client)
    mia = await desk(operator)
    await mia.send("take", conversation=conversation)
    await mia.until("ack")
    await mia.send("assign", conversation=conversation, operator=colleague.pk)
    await mia.until("ack")
    assert (await Conversation.objects.aget()).operator_id == colleague.pk
    await mia.send("assign", conversation=conversation, operator=10**9)
    assert (await mia.until("error"))["code"] == "not_found"


async def test_the_bot_answers_what_is_open_once_it_is_handed_back(client, engine, desk, operator):
    chat, conversation = await a_conversation(client)
    mia = await desk(operator)
    await mia.send("take", conversation=conversation)
    await mia.until("ack")
    await chat.say("Still there?")
    await chat.until("ack")
    engine.fill("The bot again.")
    await mia.send("release", conversation=conversation)
    reply = await chat.until("event", event__body__text="The bot again.")
    assert reply["event"]["by"]["kind"] == "bot"


async def test_the_list_hears_of_every_conversation(client, engine, desk, operator):
    mia = await desk(operator)
    await mia.until("presence")
    _, conversation = await a_conversation(client, "A question for the list")
    row = await mia.until("changed", conversation=conversation)
    assert row["unread"] is True
    assert row["preview"] in ("A question for the list", "Fine.")


async def test_notes_reach_colleagues_and_never_the_visitor(
    client, engine, desk, operator, colleague
):
    chat, conversation = await a_conversation(client)
    mia, tom = await desk(operator), await desk(colleague)
    await joined(tom, conversation)
    await mia.send("note", conversation=conversation, cid=str(uuid4()), text="A regular")
    assert (await tom.until("note"))["note"]["text"] == "A regular"
    again = await joined(await desk(operator), conversation)
    assert [note["text"] for note in again["notes"]] == ["A regular"]
    await chat.send("ping", n=1)
    await chat.until("pong")
    fresh = await client().open(token=chat.welcome["visitor_token"])
    assert "A regular" not in str(chat.seen) + str(fresh.seen)


async def test_typing_goes_both_ways_and_is_not_stored(client, engine, desk, operator):
    chat, conversation = await a_conversation(client)
    mia = await desk(operator)
    await joined(mia, conversation)
    await chat.send("typing", on=True)
    assert (await mia.until("typing"))["by"] == {"kind": "visitor"}
    await mia.send("typing", conversation=conversation, on=True)
    assert (await chat.until("typing", by__kind="operator"))["by"]["name"] == "Mia"
    assert await Event.objects.acount() == 2


async def test_a_draft_is_suggested_without_being_said(client, engine, desk, operator):
    _, conversation = await a_conversation(client)
    mia = await desk(operator)
    engine.fill("You could say this.")
    await mia.send("suggest", conversation=conversation, cid=str(uuid4()))
    assert (await mia.until("draft"))["text"] == "You could say this."
    assert await Event.objects.acount() == 2


async def test_reading_moves_the_operators_mark(client, engine, desk, operator):
    _, conversation = await a_conversation(client)
    mia = await desk(operator)
    await mia.send("seen", conversation=conversation, seq=2)
    assert (await mia.until("changed"))["unread"] is False


@pytest.mark.parametrize("who", ["nobody", "stranger"])
async def test_who_may_not_operate_is_turned_away(engine, desk, stranger, who):
    socket = await desk(stranger if who == "stranger" else None)
    assert await socket.closed() == 4403


async def test_another_website_cannot_use_an_operators_cookie(engine, desk, operator):
    socket = await desk(operator, origin="https://evil.example")
    assert await socket.closed() == 4403


async def test_a_permission_taken_away_ends_the_socket(engine, desk, operator):
    mia = await desk(operator)
    await mia.until("presence")
    await sync_to_async(operator.user_permissions.clear)()
    await mia.send("ping", n=1)
    assert await mia.closed() == 4403


async def test_an_unknown_conversation_is_not_found(engine, desk, operator):
    mia = await desk(operator)
    for kind in ("join", "take", "suggest"):
        await mia.send(kind, conversation=str(uuid4()))
        assert (await mia.until("error"))["code"] == "not_found"
