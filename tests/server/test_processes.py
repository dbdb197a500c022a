"""What a real process does when it is killed, stopped, flooded, or started twice."""

import asyncio
import contextlib
import json
import socket
import time

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.server.conftest import ORIGIN, ServerProcess
from tests.server.serve import WORDS

WHOLE = "[Tell me]" + "".join(f" word {number}" for number in range(1, WORDS))


def bot_messages(chat):
    return [
        event["body"]
        for event in chat.whole
        if event["kind"] == "message" and event["by"]["kind"] == "bot"
    ]


async def test_a_server_killed_in_mid_sentence_loses_and_doubles_nothing(server, visitor):
    running = server().prepare().start()
    chat = await visitor(running)
    cid = await chat.say("Tell me")
    await chat.until("ack")
    begun = await chat.until("delta", lambda frame: frame["n"] == 3)
    running.kill()
    running.start()
    await chat.connect()
    assert (await chat.say("Tell me", cid=cid)) == cid  # the widget's outbox, to be safe
    assert (await chat.until("ack"))["seq"] == 1
    final = await chat.until("event", lambda frame: frame["event"]["by"]["kind"] == "bot")
    assert final["event"]["body"]["text"] == WHOLE
    assert final["event"]["body"]["message"] == begun["message"]
    assert len(bot_messages(chat)) == 1
    attempts = {frame["attempt"] for frame in chat.frames if frame["type"] == "delta"}
    assert attempts == {1, 2}


async def test_at_sigterm_sockets_close_with_1012_and_another_process_goes_on(server, visitor):
    running = server(KEFU_TURN_LEASE="600").prepare().start()
    chat = await visitor(running)
    await chat.say("Tell me")
    await chat.until("delta", lambda frame: frame["n"] == 3)
    closing = asyncio.create_task(chat.close_code())
    seconds, status = await asyncio.to_thread(running.terminate)
    assert await closing == 1012
    assert (seconds < 10, status) == (True, 0)
    assert "Traceback" not in running.output
    running.start()
    await chat.connect()  # the lease of ten minutes was released, so this takes no ten minutes
    await chat.until("event", lambda frame: frame["event"]["by"]["kind"] == "bot")
    assert [body["text"] for body in bot_messages(chat)] == [WHOLE]


async def test_a_frame_over_256_kib_is_closed_with_1009(server, visitor):
    running = server().prepare().start()
    async with connect(f"ws://127.0.0.1:{running.port}/ws/chat/", origin=ORIGIN) as raw:
        await raw.send(json.dumps({"type": "hello", "v": 1, "site": "demo"}))
        with contextlib.suppress(ConnectionClosed):
            await raw.send("x" * (256 * 1024 + 1))
        await asyncio.wait_for(raw.wait_closed(), 10)
        assert raw.close_code == 1009


async def test_a_reader_that_takes_nothing_is_cut_off_and_costs_little(server, visitor):
    running = server(KEFU_TEST_STALL="1", KEFU_TEST_PACE="0").prepare().start()
    chat = await visitor(running)
    await chat.say("Hello")
    await chat.until("event", lambda frame: frame["event"]["by"]["kind"] == "bot")
    running.manage("shell", "-c", FILL)  # more than the kernel's buffers hold
    before = resident(running)
    with await lazy_socket(running, chat.token) as lazy:
        deadline = time.monotonic() + 20
        while not await asyncio.to_thread(is_cut_off, lazy):
            assert time.monotonic() < deadline, "the stalled socket was left open"
            await asyncio.sleep(0.2)
    assert resident(running) - before < 20 * 2**20
    await chat.say("Still served")
    await chat.until("ack")


FILL = """
from uuid import uuid4
from django.utils import timezone
from backend.conversations.models import Conversation, Event
conversation = Conversation.objects.get()
body = {"message": str(uuid4()), "text": "x" * 8000}
Event.objects.bulk_create(
    Event(conversation=conversation, seq=seq, kind="message", at=timezone.now(),
          by_kind="operator", body=body)
    for seq in range(3, 3003)
)
Conversation.objects.update(head=3002)
"""


async def lazy_socket(running, token):
    """A raw socket with small buffers that says hello and then never reads."""
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    raw.connect(("127.0.0.1", running.port))
    raw.sendall(
        f"GET /ws/chat/ HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\nOrigin: {ORIGIN}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    await asyncio.to_thread(raw.recv, 200)
    raw.sendall(masked({"type": "hello", "v": 1, "site": "demo", "token": token}))
    raw.settimeout(0.05)
    return raw


def masked(frame):
    """A WebSocket text frame, masked with zeros (RFC 6455, section 5.2)."""
    payload = json.dumps(frame).encode()
    length = len(payload)
    head = bytes([0x81, 0x80 | length]) if length < 126 else b"\x81\xfe" + length.to_bytes(2)
    return head + bytes(4) + payload


def is_cut_off(raw):
    try:
        raw.sendall(masked({"type": "ping", "n": 0}))
        return False
    except (BrokenPipeError, ConnectionResetError):
        return True
    except TimeoutError:
        return False


def resident(running):
    """Bytes of memory that the server's process has."""
    with open(f"/proc/{running.process.pid}/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


def test_a_port_in_use_is_one_line_and_no_traceback(server):
    prepared = server().prepare()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", prepared.port))
        taken.listen()
        refused = prepared.manage("serve", "--port", str(prepared.port), check=False)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert f"127.0.0.1:{prepared.port}" in refused.stderr
    assert "PORT=" in refused.stderr


def test_a_second_process_without_redis_is_refused(server, tmp_path):
    first = server().prepare()
    first.start()
    second = ServerProcess(tmp_path)
    refused = second.manage("serve", "--port", str(second.port), check=False)
    assert refused.returncode == 1
    assert "REDIS_URL" in refused.stderr
    assert "Traceback" not in refused.stderr
