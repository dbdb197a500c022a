"""Daphne, with what the chat's contract promises beyond it.

Daphne hands frames to the transport without waiting for a slow reader, and queues what a fast
writer sends. Here ``await send(...)`` waits until the reader has taken what was sent before, and
nothing is read from a client while a hundred of its frames wait. At SIGTERM or Ctrl-C the turns
are released and the sockets closed with 1012 before the process ends.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
from functools import partial
from typing import Any

import daphne.server  # installs Twisted's reactor; must come before anything of Twisted
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import defer

from backend import protocol

from . import runtime

log = logging.getLogger("kefu.server")

DRAIN_SECONDS = 8.0
EXIT_SECONDS = 9.5  # the contract's ten, less what an exit takes
WAITING_FRAMES = 100
SEND_BUFFER = 64 * 1024


class FlowProtocol(WebSocketProtocol):
    """A WebSocket whose writer is told when its reader is slow.

    It is the transport's producer in Twisted's sense: the transport says when its buffer (64 KiB)
    is full and when it has room again.
    """

    def onOpen(self) -> None:
        # Let a slow reader be seen for what it is: by itself the kernel would take megabytes.
        self.transport.getHandle().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self.room = asyncio.Event()
        self.room.set()
        self.transport.unregisterProducer()  # the HTTP channel that this connection began as
        self.transport.registerProducer(self, True)
        super().onOpen()

    def pauseProducing(self) -> None:
        self.room.clear()

    def resumeProducing(self) -> None:
        self.room.set()

    def stopProducing(self) -> None:
        self.room.set()

    async def writable(self) -> None:
        """Wait until the transport has room."""
        room = getattr(self, "room", None)
        if room is not None:
            await room.wait()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        super().onMessage(payload, isBinary)
        if self.application_queue.qsize() > WAITING_FRAMES:
            self.transport.stopReading()

    def onClose(self, wasClean: bool, code: int, reason: str) -> None:
        self.stopProducing()
        super().onClose(wasClean, code, reason)

    def handle_reply(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.close" and self.state == self.STATE_OPEN:
            # A producer that is paused would keep the transport from closing.
            self.transport.unregisterProducer()
            # Not sendClose(), which refuses 1009 and 1012 to applications.
            self.sendCloseFrame(
                code=message.get("code") or protocol.DONE,
                reasonUtf8=(message.get("reason") or "").encode()[:123],
                isReply=False,
            )
        else:
            super().handle_reply(message)


class FlowFactory(WebSocketFactory):
    protocol = FlowProtocol

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Say 1009 and the like rather than just hang up; a peer that does not answer the closing
        # handshake within two seconds is cut off.
        self.setProtocolOptions(failByDrop=False, closeHandshakeTimeout=2)


class Server(daphne.server.Server):
    """Serves one process on one port; :attr:`failure` says why it could not."""

    failure = ""

    def __init__(self, application: Any, *, host: str, port: int, **options: Any) -> None:
        address = host.replace(":", r"\:")
        super().__init__(
            application,
            endpoints=[f"tcp:port={port}:interface={address}"],
            websocket_max_message_size=protocol.MAX_MESSAGE,
            websocket_max_frame_size=protocol.MAX_MESSAGE,
            server_name="kefu",
            **options,
        )
        self.ports: list[Any] = []
        self._left = asyncio.Event()  # a connection has gone

    def run(self) -> None:
        daphne.server.WebSocketFactory = FlowFactory  # run() names no other way to choose one
        super().run()

    def listen_success(self, port: Any) -> None:
        self.ports.append(port)
        super().listen_success(port)

    def listen_error(self, failure: Any) -> None:
        self.failure = failure.getErrorMessage()
        self.stop()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """As Daphne does, with a queue that lets the client go on once it is being emptied."""
        if scope["type"] != "websocket":
            return super().create_application(protocol, scope)
        waiting: asyncio.Queue[Any] = asyncio.Queue()

        async def receive() -> Any:
            message = await waiting.get()
            if waiting.qsize() == WAITING_FRAMES // 2 and protocol.transport is not None:
                protocol.transport.startReading()
            return message

        scope.setdefault("asgi", {"version": "3.0"})
        running = self.application(scope, receive, partial(self.handle_reply, protocol))
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(running)
        return waiting

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            await protocol.writable()
        await super().handle_reply(protocol, message)

    def kill_all_applications(self) -> Any:
        """Called by Twisted before it shuts down; it waits for what is returned."""
        watchdog = threading.Timer(EXIT_SECONDS, partial(os._exit, 1))
        watchdog.daemon = True
        watchdog.start()
        return defer.Deferred.fromFuture(asyncio.ensure_future(self._drain()))

    async def _drain(self) -> None:
        for port in self.ports:
            port.stopListening()
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                await runtime.get().drain()
                await self._closed()
        except Exception:
            log.exception("The shutdown was not clean; leases run out by themselves")
        await self._end_applications()

    def protocol_disconnected(self, protocol: Any) -> None:
        super().protocol_disconnected(protocol)
        self._left.set()

    async def _closed(self) -> None:
        """Wait for the closing handshakes; a peer that does not answer is cut off by then."""
        while any(
            isinstance(connection, FlowProtocol) and "disconnected" not in details
            for connection, details in self.connections.items()
        ):
            self._left.clear()
            await self._left.wait()

    async def _end_applications(self) -> None:
        running = [
            details["application_instance"]
            for details in self.connections.values()
            if "application_instance" in details
        ]
        for application in running:
            application.cancel()
        if running:
            await asyncio.wait(running, timeout=1)
