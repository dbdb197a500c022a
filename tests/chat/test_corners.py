"""Corners of the contract where two things happen at once; each was once got wrong."""

from json import loads
from uuid import uuid4

import jwt
import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError

from backend.chat.layers import HintLayer
from backend.chat.outbox import Feed, Outbox, Shown
from backend.conversations.models import Conversation, Event, Note
from tests.chat.conftest import joined

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]


@pytest.mark.parametrize("named", [True, False])
async def test_stop_leaves_a_message_that_waits_its_answer(client, engine, named):
    engine.fill("Half. ", None)
    chat = await client().open()
    await chat.say("One")
    delta = await chat.until("delta")
    await chat.say("Two")
    await chat.until("ack")
    engine.fill("To the second.")
    await chat.send("stop", **({"message": delta["message"]} if named else {}))
    final = await chat.until("event", event__by__kind="bot")
    assert final["event"]["body"]["text"] == "To the second."
    assert [said.text for said in engine.states[-1].unanswered] == ["Two"]
    assert await Event.objects.filter(kind="turn").acount() == 1


async def test_handing_back_answers_what_came_while_the_bot_was_writing(
    client,
    engine,
    desk,
    operator,
):
    engine.fill("To the first.", None)
    chat = await client().open()
    await chat.say("One")
    await engine.reached.wait()
    await chat.say("Two")
    await chat.until("ack")
    await chat.until("ack")
    engine.fill("Never said.", None)
    engine.go()
    await chat.until("event", event__by__kind="bot")
    await engine.reached.wait()
    mia = await desk(operator)
    conversation = chat.welcome["conversation"]
    await mia.send("take", conversation=conversation)
    await mia.until("ack")
    engine.fill("To the second.")
    await mia.send("release", conversation=conversation)
    await chat.until("event", event__body__text="To the second.")


async def test_logging_in_on_one_tab_leaves_the_other_tab_its_conversation(client, engine, site):
    signed = jwt.encode({"sub": "42", "exp": 2**31}, site.identity_secret, "HS256")
    first = await client().open(identity=signed)
    await first.say("On my phone")
    await first.until("ack")
    anonymous = await client().open()
    await anonymous.say("On my laptop")
    await anonymous.until("event", event__by__kind="bot")
    where = anonymous.welcome["conversation"]
    token = anonymous.welcome["visitor_token"]
    await client().open(token=token, conversation=where, identity=signed)
    await anonymous.say("Still the same tab")
    await anonymous.until("ack")
    again = await client().open(token=token, conversation=where)
    assert again.events[0]["body"]["text"] == "On my laptop"


async def test_an_identity_holds_nothing_that_the_database_cannot(client, engine, site):
    claims = {
        "sub": "4\u00002", "exp": 2**31, "name": "A\ud800da", "odd": "\\u0000", "n": float("nan")
    }  # fmt: skip
    chat = await client().open(identity=jwt.encode(claims, site.identity_secret, "HS256"))
    await chat.say("Hello")
    await chat.until("ack")
    visitor = (await Conversation.objects.select_related("visitor").aget()).visitor
    assert (visitor.subject, visitor.name) == ("42", "Ada")
    assert visitor.profile == {"odd": "\\u0000", "n": None}


async def test_a_note_sent_twice_is_one_note_and_its_cid_is_taken(
    client,
    engine,
    desk,
    operator,
):
    chat = await client().open()
    await chat.say("Hello")
    await chat.until("event", event__by__kind="bot")
    mia, cid = await desk(operator), str(uuid4())
    about = {"conversation": chat.welcome["conversation"], "cid": cid}
    for _ in range(2):
        await mia.send("note", text="A regular", **about)
        await mia.until("ack")
    await mia.send("note", text="Another", **about)
    assert (await mia.until("error"))["code"] == "id_conflict"
    await mia.send("send", text="Hello", **about)
    assert (await mia.until("error"))["code"] == "id_conflict"
    assert await Note.objects.acount() == 1


async def test_long_notes_do_not_burst_a_frame(client, engine, desk, operator):
    chat = await client().open()
    await chat.say("Hello")
    await chat.until("event", event__by__kind="bot")
    conversation = chat.welcome["conversation"]
    for _ in range(12):
        await Note.objects.acreate(
            conversation_id=conversation, author=operator, cid=uuid4(), text="本" * 8000
        )
    mia = await desk(operator)
    about = await joined(mia, conversation)
    notes = len(about["notes"]) + sum(frame["type"] == "note" for frame in mia.seen)
    assert notes == 12


async def test_an_operator_who_was_deactivated_can_write_no_more(
    client,
    engine,
    desk,
    operator,
):
    chat = await client().open()
    await chat.say("Hello")
    await chat.until("event", event__by__kind="bot")
    mia = await desk(operator)
    await mia.until("presence")
    operator.is_active = False
    await sync_to_async(operator.save)()
    await mia.send("send", conversation=chat.welcome["conversation"], cid=str(uuid4()), text="Hi")
    assert await mia.closed() == 4403
    assert not await Event.objects.filter(by_kind="operator").aexists()


async def test_a_read_mark_beyond_the_head_is_told_to_nobody(
    client,
    engine,
    desk,
    operator,
):
    chat = await client().open()
    await chat.say("Hello")
    await chat.until("event", event__by__kind="bot")
    mia = await desk(operator)
    await joined(mia, chat.welcome["conversation"])
    for seq in (10**12, 2, 1):
        await chat.send("seen", seq=seq)
    assert (await mia.until("seen"))["seq"] == 2
    await chat.send("typing", on=True)
    await mia.until("typing")
    assert [frame["seq"] for frame in mia.seen if frame["type"] == "seen"] == [2]


async def test_a_hello_that_met_a_database_fault_does_not_hold_the_socket_open(
    client, engine, monkeypatch
):
    monkeypatch.setattr("backend.chat.consumers.HELLO_SECONDS", 0.3)
    chat = client()
    await chat.socket.connect()

    def away(*arguments):
        raise OperationalError("away")

    monkeypatch.setattr("backend.conversations.sessions.open_session", away)
    await chat.send("hello", v=1, site="demo")
    assert (await chat.until("error"))["code"] == "store_unavailable"
    assert await chat.closed() == 4400


async def test_late_hints_of_an_older_attempt_show_nothing():
    sent = []

    async def send(text):
        sent.append(text)

    outbox, feed = Outbox(send), Feed(uuid4())
    for attempt, n, text in ((1, 1, "a"), (2, 1, "b"), (2, 2, "bc"), (1, 2, "ax"), (2, 3, "bcd")):
        outbox.progress(feed, Shown("m", attempt, 1, n, text))
    for _ in range(len(outbox._jobs)):
        await outbox._send_piece(outbox._jobs.popleft())
    shown = [(frame["attempt"], frame["n"], frame["text"]) for frame in map(loads, sent)]
    assert shown[-1][:2] == (2, 3)
    attempts = [attempt for attempt, _, _ in shown]
    assert attempts == sorted(attempts)


async def test_a_redis_that_is_away_does_not_keep_new_sockets_out():
    layer = HintLayer(hosts=["redis://127.0.0.1:1/0"])
    channel = await layer.new_channel()
    assert channel
    with pytest.raises(Exception, match="onnect"):
        await layer.group_add("group", channel)
