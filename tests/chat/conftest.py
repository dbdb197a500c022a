"""Sockets against the ASGI application, with an engine that a test fills with answers."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.layers import channel_layers
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db import close_old_connections, connections
from django.test import Client as Browser

from backend.chat import runtime
from backend.chat.runtime import Runtime
from backend.dialogue.types import Delta, Reply
from tests.conftest import ORIGIN


class ScriptedEngine:
    """Says what it was filled with; waits at ``None`` until :meth:`go` is called."""

    def __init__(self):
        self.answers = deque()
        self.states = []
        self.reached = asyncio.Event()
        self._go = asyncio.Event()

    def fill(self, *pieces, **reply):
        self.answers.append((pieces, reply))

    def go(self):
        self._go.set()

    async def respond(self, state, actions=None):
        self.states.append(state)
        pieces, reply = self.answers.popleft() if self.answers else (("Fine.",), {})
        text = ""
        for piece in pieces:
            if piece is None:
                self.reached.set()
                await self._go.wait()
                self._go.clear()
                self.reached.clear()
            elif isinstance(piece, BaseException):
                raise piece
            elif isinstance(piece, str):
                text += piece
                yield Delta(piece)
            else:
                after = piece
                reply = reply | {"after": after}
        handoff = reply.pop("after", None)
        yield Reply(text, **reply)
        if handoff is not None:
            yield handoff


class Client:
    """A chat client written from the contract: it keeps what it was told, in order."""

    def __init__(self, path="/ws/chat/", origin=ORIGIN, headers=()):
        from backend.asgi import application

        self.socket = WebsocketCommunicator(
            application,
            path,
            headers=[(b"origin", origin.encode()), (b"host", b"testserver"), *headers],
        )
        self.seen = []
        self.welcome = {}

    async def open(self, **hello):
        connected, _ = await self.socket.connect()
        assert connected
        await self.send("hello", **({"v": 1, "site": "demo"} | hello))
        self.welcome = await self.until("welcome")
        await self.until("live")
        return self

    async def send(self, kind, **fields):
        await self.raw(text=json.dumps({"type": kind} | fields, ensure_ascii=False))

    async def raw(self, **frame):
        await self.socket.send_input({"type": "websocket.receive"} | frame)

    async def say(self, text, cid=None, **fields):
        cid = cid or str(uuid4())
        await self.send("send", cid=cid, text=text, **fields)
        return cid

    async def next(self):
        output = await self.socket.receive_output(timeout=10)
        if output["type"] == "websocket.close":
            raise Closed(output.get("code"))
        frame = json.loads(output["text"])
        self.seen.append(frame)
        return frame

    async def until(self, kind, **match):
        """The next frame of this type whose fields (``event__kind`` goes inside) match."""
        while True:
            frame = await self.next()
            if frame["type"] == kind and all(dig(frame, k) == v for k, v in match.items()):
                return frame

    async def closed(self):
        """Read to the end; returns the close code."""
        try:
            while True:
                await self.next()
        except Closed as closed:
            return closed.code

    @property
    def events(self):
        """The log as this client has it, by seq."""
        found = []
        for frame in self.seen:
            found += frame.get("events", []) + ([frame["event"]] if "event" in frame else [])
        return found

    async def leave(self):
        await self.socket.disconnect()


class Closed(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def dig(frame, path):
    for name in path.split("__"):
        frame = frame.get(name) if isinstance(frame, dict) else None
    return frame


@pytest.fixture
async def engine(transactional_db, site, monkeypatch):
    """The runtime of the test's own event loop, over an engine with scripted answers."""
    # Channels' test client keeps connections open for tests inside a transaction; these are not.
    monkeypatch.setattr("channels.testing.application.no_op", close_old_connections)
    channel_layers.backends.clear()
    monkeypatch.setattr("backend.conversations.publish._failed_at", float("-inf"))
    scripted = ScriptedEngine()
    now = Runtime(scripted)
    runtime.install(now)
    yield scripted
    await now.drain()
    runtime.install(None)
    # The thread of the test's own queries would keep its connection, and PostgreSQL the database.
    await sync_to_async(connections.close_all)()


@pytest.fixture
async def client(engine):
    """Makes clients, and closes them at the end."""
    made = []

    def make(**options):
        made.append(Client(**options))
        return made[-1]

    yield make
    for one in made:
        await one.leave()


@pytest.fixture
def client_http():
    """Django's own test client; ``client`` is a chat client here."""
    return Browser()


@pytest.fixture
async def desk(client):
    """Opens a desk for a user."""

    async def open_desk(user, origin="http://testserver"):
        socket = client(path="/ws/desk/", origin=origin, headers=await cookies(user))
        await socket.socket.connect()
        return socket

    return open_desk


async def cookies(user):
    if user is None:
        return []
    browser = Browser()
    await sync_to_async(browser.force_login)(user)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode())]


async def joined(desk, conversation):
    await desk.send("join", conversation=conversation)
    about = await desk.until("joined")
    await desk.until("live")
    return about
