"""A model server for tests: a real socket that does what it is told, byte by byte."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Play = Callable[["Exchange"], Awaitable[None]]


@dataclass
class Exchange:
    """One request, and the socket to answer it on."""

    path: str
    headers: dict[str, str]
    body: Any
    writer: asyncio.StreamWriter
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()
        await asyncio.sleep(0)


class FakeServer:
    """``plays`` says how to answer each chat request; ``models`` what ``/v1/models`` lists."""

    def __init__(self, *plays: Play) -> None:
        self.plays = deque(plays)
        self.models: Sequence[str] = ("tiny",)
        self.exchanges: list[Exchange] = []
        self.probes = 0
        self.url = ""
        self._server: asyncio.Server | None = None
        self._handlers: set[asyncio.Task[Any]] = set()

    async def start(self) -> None:
        port = int(self.url.split(":")[2].split("/")[0]) if self.url else 0
        self._server = await asyncio.start_server(self._handle, "127.0.0.1", port)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for handler in self._handlers:
            handler.cancel()
        await asyncio.gather(*self._handlers, return_exceptions=True)

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._handlers.add(task)
        try:
            exchange = await self._read(reader, writer)
            if exchange.path.endswith("/models"):
                self.probes += 1
                await models(self.models)(exchange)
            else:
                self.exchanges.append(exchange)
                watch = asyncio.create_task(self._watch(reader, exchange))
                try:
                    await self.plays.popleft()(exchange)
                finally:
                    watch.cancel()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._handlers.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Exchange:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        raw = {line.split(": ", 1)[0].lower(): line.split(": ", 1)[1] for line in head[1:] if line}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        return Exchange(head[0].split(" ")[1], raw, json.loads(body or b"null"), writer)

    async def _watch(self, reader: asyncio.StreamReader, exchange: Exchange) -> None:
        with contextlib.suppress(ConnectionError):
            await reader.read()
        exchange.closed.set()


@contextlib.asynccontextmanager
async def serving(*plays: Play) -> AsyncGenerator[FakeServer, None]:
    server = FakeServer(*plays)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


OK = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"


def event(text: str | None, finish: str | None = None) -> bytes:
    chunk = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()


def answer(*texts: str, packet: int = 0) -> Play:
    """A whole answer; cut into packets of ``packet`` bytes where that is not 0."""
    data = b"".join(map(event, texts)) + event(None, "stop") + b"data: [DONE]\n\n"
    size = packet or len(data)

    async def play(exchange: Exchange) -> None:
        await exchange.send(OK)
        for start in range(0, len(data), size):
            await exchange.send(data[start : start + size])

    return play


def raw(data: bytes) -> Play:
    async def play(exchange: Exchange) -> None:
        await exchange.send(data)

    return play


def status(code: int, body: str = "", **headers: str) -> Play:
    lines = [f"HTTP/1.1 {code} X", f"content-length: {len(body)}", "connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return raw(("\r\n".join(lines) + "\r\n\r\n" + body).encode())


def models(names: Sequence[str]) -> Play:
    body = json.dumps({"object": "list", "data": [{"id": name} for name in names]})
    return status(200, body, content_type="application/json")


def hang(*texts: str) -> Play:
    """Send ``texts``, then nothing until the client goes."""

    async def play(exchange: Exchange) -> None:
        await exchange.send(OK + b"".join(map(event, texts)))
        await exchange.closed.wait()

    return play
