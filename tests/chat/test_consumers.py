"""The contract of ``docs/protocol.md``, played by a client against the ASGI application."""

import asyncio
from uuid import uuid4

import jwt
import pytest
from channels.layers import get_channel_layer
from django.db import OperationalError
from django.utils import timezone

from backend.conversations.models import Conversation, Event, Site, Turn, Visitor
from backend.dialogue.types import Choice, Citation, Handoff
from tests.conftest import ORIGIN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]


async def test_a_question_is_acknowledged_streamed_and_committed(client, engine):
    delivery = Citation("Delivery", "/help/d/")
    engine.fill("Delivery takes ", None, "two days.", None, citations=(delivery,))
    chat = await client().open()
    cid = await chat.say("How long is delivery?")
    for _ in range(2):
        await chat.until("delta")
        engine.go()
    final = await chat.until("event", event__by__kind="bot")

    body = final["event"]["body"]
    assert body["text"] == "Delivery takes two days."
    assert body["citations"] == [{"title": "Delivery", "url": "/help/d/"}]
    assert [event["seq"] for event in chat.events] == [1, 2]
    assert {"type": "ack", "cid": cid, "seq": 1} in chat.seen
    shown = [frame for frame in chat.seen if frame["type"] in ("delta", "snapshot")]
    assert {frame["message"] for frame in shown} == {body["message"]}
    assert "".join(frame["text"] for frame in shown if frame["type"] == "delta") == body["text"]


async def test_someone_who_only_looks_leaves_no_row(client, engine):
    chat = await client().open()
    assert chat.welcome["head"] == 0
    assert not await Visitor.objects.aexists()
    assert not await Conversation.objects.aexists()


async def test_the_welcome_names_the_site_its_greeting_and_its_limits(client, engine):
    chat = await client().open(locale="zh-CN")
    site = chat.welcome["site"]
    assert (site["name"], site["greeting"]) == ("Northwind Trail", "您好！")
    assert site["limits"]["text"] == 8000
    assert site["colours"] == {"accent": "#0f766e"}


async def test_the_same_cid_again_gives_the_same_ack_and_one_event(client, engine):
    chat = await client().open()
    cid = await chat.say("Hello")
    await chat.until("ack")
    await chat.say("Hello", cid=cid)
    assert (await chat.until("ack")) == {"type": "ack", "cid": cid, "seq": 1}
    assert await Event.objects.filter(by_kind="visitor").acount() == 1


async def test_the_same_cid_with_another_body_is_a_conflict_and_changes_nothing(client, engine):
    chat = await client().open()
    cid = await chat.say("Hello")
    await chat.until("ack")
    await chat.say("Goodbye", cid=cid)
    error = await chat.until("error")
    assert (error["code"], error["cid"]) == ("id_conflict", cid)
    assert await Event.objects.filter(by_kind="visitor").acount() == 1


async def test_a_first_send_whose_ack_was_lost_is_repeated_with_the_same_token(client, engine):
    first = await client().open()
    cid = await first.say("Hello")
    await first.until("ack")
    again = await client().open(token=first.welcome["visitor_token"])
    assert again.welcome["conversation"] == first.welcome["conversation"]
    await again.say("Hello", cid=cid)
    assert (await again.until("ack"))["seq"] == 1
    assert await Conversation.objects.acount() == 1


@pytest.mark.parametrize("last_seq", [0, 1, 3, 4])
async def test_a_client_that_comes_back_gets_every_event_after_its_last_one(
    client, engine, last_seq
):
    first = await client().open()
    for text in ("One", "Two"):
        await first.say(text)
        await first.until("event", event__by__kind="bot")
    again = await client().open(token=first.welcome["visitor_token"], last_seq=last_seq)
    assert [event["seq"] for event in again.events] == list(range(last_seq + 1, 5))


async def test_a_last_seq_beyond_the_head_is_answered_from_the_first_event_on(client, engine):
    first = await client().open()
    await first.say("One")
    await first.until("event", event__by__kind="bot")
    again = await client().open(token=first.welcome["visitor_token"], last_seq=99)
    assert [event["seq"] for event in again.events] == [1, 2]


async def test_a_long_log_is_replayed_in_pages(client, engine):
    first = await client().open()
    await first.say("One")
    await first.until("event", event__by__kind="bot")
    conversation = await Conversation.objects.aget()
    await Event.objects.abulk_create(
        Event(
            conversation=conversation,
            seq=seq,
            kind="message",
            at=timezone.now(),
            by_kind="operator",
            body={"message": str(uuid4()), "text": "长" * 1000},
        )
        for seq in range(3, 451)
    )
    await Conversation.objects.aupdate(head=450)
    again = await client().open(token=first.welcome["visitor_token"])
    pages = [frame for frame in again.seen if frame["type"] == "events"]
    assert [event["seq"] for event in again.events] == list(range(1, 451))
    assert [page["more"] for page in pages] == [True] * (len(pages) - 1) + [False]
    assert all(len(page["events"]) <= 200 for page in pages)
    assert again.seen[-1] == {"type": "live", "head": 450}


async def test_someone_who_joins_in_mid_sentence_gets_a_snapshot(client, engine):
    engine.fill("The first. ", None, "The second.")
    first = await client().open()
    await first.say("Tell me")
    await first.until("delta")
    again = await client().open(token=first.welcome["visitor_token"])
    snapshot = await again.until("snapshot")
    assert (snapshot["n"], snapshot["text"]) == (1, "The first. ")
    engine.go()
    delta = await again.until("delta")
    assert (delta["n"], delta["text"]) == (2, "The second.")
    assert delta["message"] == snapshot["message"]


async def test_two_tabs_see_the_same_log_in_the_same_order(client, engine):
    one = await client().open()
    two = await client().open(token=one.welcome["visitor_token"])
    await asyncio.gather(*(tab.say(f"{index}") for index in range(4) for tab in (one, two)))
    await asyncio.gather(*(tab.until("event", event__seq=8) for tab in (one, two)))
    head = 0
    while (
        head != (await Conversation.objects.aget()).head
        or await Turn.objects.filter(state__in=["pending", "running"]).aexists()
    ):
        head = (await Conversation.objects.aget()).head
        await asyncio.gather(*(tab.send("ping", n=head) for tab in (one, two)))
        await asyncio.gather(*(tab.until("pong", n=head) for tab in (one, two)))
    for tab in (one, two):
        while len(tab.events) < head:
            await tab.next()
        assert [event["seq"] for event in tab.events] == list(range(1, head + 1))
    assert one.events == two.events


async def test_stop_ends_the_running_reply_as_cancelled_with_what_was_shown(client, engine):
    engine.fill("Half. ", None, "Never said.")
    chat = await client().open()
    await chat.say("Go on")
    delta = await chat.until("delta")
    await chat.send("stop", message=delta["message"])
    ended = (await chat.until("event", event__kind="turn"))["event"]["body"]
    assert (ended["state"], ended["text"], ended["message"]) == (
        "cancelled",
        "Half. ",
        delta["message"],
    )
    engine.go()
    await chat.send("stop", message=delta["message"])
    assert (await chat.until("error"))["code"] == "already_final"
    assert not await Event.objects.filter(kind="message", by_kind="bot").aexists()


async def test_what_was_stopped_is_not_answered_again(client, engine):
    engine.fill("Half. ", None)
    chat = await client().open()
    await chat.say("A long story, please")
    await chat.until("delta")
    await chat.send("stop")
    await chat.until("event", event__kind="turn")
    await chat.say("And delivery?")
    await chat.until("event", event__by__kind="bot")
    assert [said.text for said in engine.states[-1].unanswered] == ["And delivery?"]


async def test_stop_without_anything_being_written_is_already_final(client, engine):
    chat = await client().open()
    await chat.say("Hi")
    await chat.until("event", event__by__kind="bot")
    await chat.send("stop")
    assert (await chat.until("error"))["code"] == "already_final"
    await chat.send("stop", message=str(uuid4()))
    assert (await chat.until("error"))["code"] == "not_found"


async def test_messages_sent_while_the_bot_writes_are_answered_by_the_next_turn(client, engine):
    engine.fill("First. ", None, "Done.")
    chat = await client().open()
    await chat.say("One")
    await chat.until("delta")
    await chat.say("Two")
    await chat.say("Three")
    await chat.until("ack")
    await chat.until("ack")
    engine.go()
    await chat.until("event", event__by__kind="bot")
    await chat.until("event", event__by__kind="bot")
    assert [said.text for said in engine.states[1].unanswered] == ["Two", "Three"]
    assert await Event.objects.filter(by_kind="bot").acount() == 2


async def test_asking_for_a_person_stops_the_bot_at_once(client, engine):
    engine.fill("Half. ", None, "Never said.")
    chat = await client().open()
    await chat.say("Hello")
    await chat.until("delta")
    await chat.send("human", cid=str(uuid4()), reason="I want a person")
    await chat.until("event", event__kind="turn", event__body__state="interrupted")
    owner = (await chat.until("event", event__kind="owner"))["event"]["body"]
    assert (owner["owner"], owner["epoch"]) == ("queue", 2)
    presence = await chat.until("presence")
    assert presence["queue_position"] == 1
    engine.go()
    await chat.say("Are you there?")
    await chat.until("ack")
    await chat.send("ping", n=1)
    await chat.until("pong")
    assert not await Event.objects.filter(kind="message", by_kind="bot").aexists()


async def test_the_bot_hands_over_after_it_has_said_so(client, engine):
    engine.fill("I'll get a person.", Handoff("asked for"))
    chat = await client().open()
    await chat.say("A human please")
    message = await chat.until("event", event__by__kind="bot")
    owner = await chat.until("event", event__kind="owner")
    assert message["event"]["seq"] + 1 == owner["event"]["seq"]
    assert owner["event"]["body"]["owner"] == "queue"


async def test_choices_come_back_as_reply_to(client, engine):
    engine.fill("Shall I?", choices=(Choice("human", "Yes"),), refused=True)
    chat = await client().open()
    await chat.say("Hm")
    final = await chat.until("event", event__by__kind="bot")
    assert final["event"]["body"]["choices"] == [{"id": "human", "label": "Yes"}]
    await chat.say("Yes", reply_to="human")
    await chat.until("event", event__by__kind="bot")
    assert engine.states[-1].history[-1].reply_to == "human"


async def test_a_turn_that_fails_three_times_says_so_and_offers_a_person(client, engine, caplog):
    for _ in range(3):
        engine.fill(RuntimeError("a secret of the library"))
    chat = await client().open()
    await chat.say("Hello")
    failed = (await chat.until("event", event__kind="turn"))["event"]["body"]
    apology = (await chat.until("event", event__by__kind="bot"))["event"]["body"]
    assert failed["state"] == "failed"
    assert apology["choices"][0]["id"] == "human"
    assert apology["message"] != failed["message"]
    assert "secret" not in str(chat.seen)
    assert (await Turn.objects.aget()).attempt == 3


async def test_a_second_attempt_clears_what_the_first_had_shown(client, engine):
    engine.fill("Wrong start. ", RuntimeError("lost"))
    engine.fill("Right.")
    chat = await client().open()
    await chat.say("Hello")
    final = (await chat.until("event", event__by__kind="bot"))["event"]["body"]
    last = [frame for frame in chat.seen if frame["type"] == "delta"][-1]
    assert (last["attempt"], last["n"], last["text"]) == (2, 1, "Right.")
    assert final["text"] == "Right."
    assert last["message"] == final["message"]


async def test_ratings_and_closing_are_acknowledged_events(client, engine):
    chat = await client().open()
    await chat.send("rate", cid=str(uuid4()), score=5)
    assert (await chat.until("error"))["code"] == "not_found"
    await chat.say("Hello")
    await chat.until("event", event__by__kind="bot")
    await chat.send("rate", cid=str(uuid4()), score=2)
    await chat.until("event", event__kind="rating")
    await chat.send("rate", cid=str(uuid4()), score=5, comment="Good")
    await chat.until("event", event__kind="rating")
    await chat.send("close", cid=str(uuid4()))
    await chat.until("event", event__kind="status", event__body__status="closed")
    conversation = await Conversation.objects.aget()
    assert (conversation.rating, conversation.status) == (5, "closed")


async def test_a_message_opens_a_closed_conversation_again(client, engine):
    chat = await client().open()
    await chat.say("Hello")
    await chat.until("event", event__by__kind="bot")
    await chat.send("close", cid=str(uuid4()))
    await chat.until("event", event__kind="status")
    await chat.say("One more thing")
    reopened = await chat.until("event", event__kind="status")
    assert reopened["event"]["body"]["status"] == "reopened"
    await chat.until("event", event__by__kind="bot")


async def test_where_the_site_says_so_a_closed_conversation_stays_closed(client, engine):
    await Site.objects.aupdate(reopens=False)
    chat = await client().open()
    await chat.say("Hello")
    await chat.until("event", event__by__kind="bot")
    await chat.send("close", cid=str(uuid4()))
    await chat.until("event", event__kind="status")
    await chat.say("One more thing")
    assert (await chat.until("error"))["code"] == "closed"
    fresh = await client().open(token=chat.welcome["visitor_token"])
    assert fresh.welcome["conversation"] != chat.welcome["conversation"]
    await fresh.say("Hello again")
    await fresh.until("event", event__by__kind="bot")


async def test_a_new_conversation_leaves_the_old_one_as_it_was(client, engine):
    chat = await client().open()
    await chat.say("Hello")
    await chat.until("event", event__by__kind="bot")
    token = chat.welcome["visitor_token"]
    other = await client().open(token=token, conversation="new")
    assert other.welcome["conversation"] != chat.welcome["conversation"]
    await other.say("Another matter")
    await other.until("event", event__by__kind="bot")
    old = await client().open(token=token, conversation=chat.welcome["conversation"])
    assert len(old.events) == 2


async def test_seen_moves_forward_only_and_never_past_the_head(client, engine):
    chat = await client().open()
    await chat.say("Hello")
    await chat.until("event", event__by__kind="bot")
    for seq in (2, 1, 99):
        await chat.send("seen", seq=seq)
    await chat.send("ping", n=1)
    await chat.until("pong")
    assert (await Conversation.objects.aget()).visitor_seen == 2


async def test_a_pong_tells_the_head(client, engine):
    chat = await client().open()
    await chat.say("Hello")
    await chat.until("event", event__by__kind="bot")
    await chat.send("ping", n=7)
    assert await chat.until("pong") == {"type": "pong", "n": 7, "head": 2}


async def test_somebody_elses_conversation_is_not_found(client, engine):
    chat = await client().open()
    await chat.say("Hello")
    await chat.until("ack")
    thief = client()
    await thief.socket.connect()
    await thief.send("hello", v=1, site="demo", conversation=chat.welcome["conversation"])
    assert await thief.closed() == 4404


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        ({"v": 2, "site": "demo"}, 4410),
        ({"v": 1, "site": "nobody"}, 4404),
        ({"v": 1, "site": "demo", "token": "forged"}, 4401),
        ({"v": 1, "site": "demo", "identity": "forged"}, 4401),
        ({"v": 1, "site": "demo", "conversation": str(uuid4())}, 4404),
    ],
)
async def test_a_hello_that_is_refused_closes_with_its_code(client, engine, hello, code):
    chat = client()
    await chat.socket.connect()
    await chat.send("hello", **hello)
    assert await chat.closed() == code
    assert not await Visitor.objects.aexists()


async def test_a_token_of_another_site_is_refused(client, engine):
    await Site.objects.acreate(key="other", name="Other", allowed_origins=[ORIGIN])
    chat = await client().open()
    other = client()
    await other.socket.connect()
    await other.send("hello", v=1, site="other", token=chat.welcome["visitor_token"])
    assert await other.closed() == 4401


async def test_an_origin_that_no_site_allows_is_refused_at_the_handshake(client, engine):
    connected, _ = await client(origin="https://evil.example").socket.connect()
    assert not connected


async def test_an_origin_that_only_another_site_allows_closes_at_hello(client, engine):
    other = "https://other.example"
    await Site.objects.acreate(key="other", name="Other", allowed_origins=[other])
    chat = client(origin=other)
    await chat.socket.connect()
    await chat.send("hello", v=1, site="demo")
    assert await chat.closed() == 4403


async def test_a_socket_that_says_nothing_is_closed(client, engine, monkeypatch):
    monkeypatch.setattr("backend.chat.consumers.HELLO_SECONDS", 0.05)
    chat = client()
    await chat.socket.connect()
    assert await chat.closed() == 4400


async def test_the_sixth_socket_of_a_visitor_replaces_the_first(client, engine):
    first = await client().open()
    token = first.welcome["visitor_token"]
    others = [await client().open(token=token) for _ in range(5)]
    assert await first.closed() == 4409
    await others[0].send("ping", n=1)
    await others[0].until("pong")


def identity(site, **claims):
    return jwt.encode({"sub": "42", "exp": 2**31} | claims, site.identity_secret, "HS256")


async def test_an_identified_visitor_keeps_the_conversation_on_another_device(client, engine, site):
    signed = identity(site, name="Ada", email="ada@example.com", plan="gold")
    phone = await client().open()
    await phone.say("Before I logged in")
    await phone.until("event", event__by__kind="bot")
    known = await client().open(token=phone.welcome["visitor_token"], identity=signed)
    assert known.welcome["conversation"] == phone.welcome["conversation"]
    laptop = await client().open(identity=signed)
    assert laptop.welcome["conversation"] == phone.welcome["conversation"]
    visitor = await Visitor.objects.aget(subject="42")
    assert (visitor.name, visitor.profile) == ("Ada", {"plan": "gold"})


async def test_another_person_on_the_same_device_sees_nothing_of_the_first(client, engine, site):
    chat = await client().open(identity=identity(site))
    await chat.say("My secret")
    await chat.until("ack")
    other = await client().open(
        token=chat.welcome["visitor_token"], identity=identity(site, sub="43")
    )
    assert other.welcome["conversation"] != chat.welcome["conversation"]
    assert other.events == []


async def test_while_the_database_is_away_nothing_is_acknowledged_and_a_retry_is_safe(
    client, engine, monkeypatch
):
    chat = await client().open()
    with monkeypatch.context() as broken:
        broken.setattr("backend.conversations.services.add_message", unavailable)
        cid = await chat.say("Hello")
        error = await chat.until("error")
    assert (error["code"], error["cid"]) == ("store_unavailable", cid)
    assert error["retry_after"] > 0
    await chat.say("Hello", cid=cid)
    assert (await chat.until("ack"))["seq"] == 1


async def test_a_fault_of_ours_closes_with_an_incident_and_tells_nothing_else(
    client, engine, monkeypatch, caplog
):
    chat = await client().open()
    monkeypatch.setattr("backend.conversations.services.add_message", faulty)
    await chat.say("Hello")
    assert await chat.closed() == 4500
    assert "a secret" not in str(chat.seen)
    assert "Incident" in caplog.text


def unavailable(*arguments, **options):
    raise OperationalError("the connection is closed")


def faulty(*arguments, **options):
    raise ZeroDivisionError("a secret")


async def test_a_lost_channel_layer_delays_and_loses_nothing(client, engine, monkeypatch):
    chat = await client().open()

    async def lost(*arguments, **options):
        raise ConnectionError("Redis is away")

    monkeypatch.setattr(type(get_channel_layer()), "group_send", lost, raising=False)
    engine.fill("Said while nobody could be told.")
    await chat.say("Hello")
    final = await chat.until("event", event__by__kind="bot")
    assert final["event"]["body"]["text"] == "Said while nobody could be told."
