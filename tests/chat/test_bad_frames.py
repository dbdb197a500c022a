"""Bad input gets a clear error, and the socket stays up."""

import json
from uuid import uuid4

import pytest

from backend.conversations.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
CID = str(uuid4())


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"text": "{"}, "bad_json"),
        ({"text": ""}, "bad_json"),
        ({"bytes": b"\x00\x01"}, "bad_json"),
        ({"text": '{"type":"ping","n":NaN}'}, "bad_json"),
        ({"text": '{"type":"ping","n":1,"n":2}'}, "bad_json"),
        ({"text": "[" * 20000}, "bad_json"),
        ({"text": "[1]"}, "not_an_object"),
        ({"text": "{}"}, "missing_field"),
        ({"text": '{"type":7}'}, "bad_field"),
        ({"text": '{"type":"fly"}'}, "unknown_type"),
        ({"text": '{"type":"take","conversation":"' + CID + '"}'}, "unknown_type"),
        ({"text": '{"type":"ping"}'}, "missing_field"),
        ({"text": '{"type":"ping","n":true}'}, "bad_field"),
        ({"text": '{"type":"rate","cid":"' + CID + '","score":6}'}, "bad_field"),
        ({"text": '{"type":"send","cid":"x","text":"hi"}'}, "bad_field"),
        ({"text": '{"type":"send","cid":"' + CID + '","text":""}'}, "bad_field"),
        ({"text": '{"type":"send","cid":"' + CID + '","text":"a\\u0000b"}'}, "bad_field"),
        ({"text": '{"type":"send","cid":"' + CID + '","text":"\\ud800"}'}, "bad_field"),
        ({"text": json.dumps({"type": "send", "cid": CID, "text": "a" * 8001})}, "too_large"),
        ({"text": json.dumps({"type": "send", "cid": CID, "text": "a" * 100000})}, "too_large"),
        (
            {"text": json.dumps({"type": "send", "cid": CID, "text": "a", "attachments": [CID]})},
            "not_found",
        ),
        ({"text": '{"type":"hello","v":1,"site":"demo"}'}, "hello_twice"),
    ],
)
async def test_a_bad_frame_gets_its_error_and_loses_nothing(client, engine, frame, code):
    chat = await client().open()
    await chat.raw(**frame)
    error = await chat.until("error")
    assert error["code"] == code
    assert error["detail"]
    if CID in frame.get("text", "") and code not in ("unknown_type",) and "cid" in frame["text"]:
        assert error.get("cid", CID) == CID
    assert not await Event.objects.aexists()
    await chat.say("Still here")
    await chat.until("event", event__by__kind="bot")


async def test_anything_before_hello_is_refused(client, engine):
    chat = client()
    await chat.socket.connect()
    await chat.send("ping", n=1)
    assert (await chat.until("error"))["code"] == "hello_first"
    await chat.send("hello", v=1, site="demo")
    await chat.until("live")


async def test_a_message_of_exactly_the_limit_is_taken(client, engine):
    chat = await client().open()
    await chat.say("🎿" * 8000)
    assert (await chat.until("ack"))["seq"] == 1


async def test_unknown_fields_are_ignored(client, engine):
    chat = await client().open()
    await chat.say("Hello", mood="fine", conversation_hint={"a": [1]})
    assert (await chat.until("ack"))["seq"] == 1


async def test_twenty_bad_frames_in_a_minute_close_the_socket(client, engine):
    chat = await client().open()
    for _ in range(20):
        await chat.raw(text="rubbish")
    assert await chat.closed() == 4400


async def test_a_frame_over_256_kib_closes_the_socket(client, engine):
    chat = await client().open()
    await chat.raw(text="x" * (256 * 1024 + 1))
    assert await chat.closed() == 1009


async def test_more_than_ten_messages_in_ten_seconds_are_rate_limited(client, engine):
    chat = await client().open()
    for index in range(11):
        await chat.say(f"{index}")
    error = await chat.until("error")
    assert error["code"] == "rate_limited"
    assert 0 < error["retry_after"] <= 10.1
    assert error["cid"]
    await chat.send("ping", n=1)
    await chat.until("pong")


async def test_a_client_that_never_slows_down_is_closed(client, engine):
    chat = await client().open()
    for index in range(200):
        await chat.send("ping", n=index)
    assert await chat.closed() == 4429
