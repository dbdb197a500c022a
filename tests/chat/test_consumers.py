import pytest

from backend.conversations.models import Conversation, Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.store]


async def test_a_question_is_acknowledged_streamed_and_committed(client, engine):
    engine.fill("Delivery takes ", "two days.")
    chat = await client().open()
    cid = await chat.say("How long is delivery?")
    final = await chat.until("event", event__by__kind="bot")

    assert final["event"]["body"]["text"] == "Delivery takes two days."
    assert [event["seq"] for event in chat.events] == [1, 2]
    assert {"type": "ack", "cid": cid, "seq": 1} in chat.seen
    deltas = [frame for frame in chat.seen if frame["type"] in ("delta", "snapshot")]
    assert deltas
    assert {frame["message"] for frame in deltas} == {final["event"]["body"]["message"]}


async def test_someone_who_only_looks_leaves_no_row(client, engine):
    await client().open()
    assert not await Visitor.objects.aexists()
    assert not await Conversation.objects.aexists()
