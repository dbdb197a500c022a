"""A customer's system that misbehaves on request: a small HTTP server on a real port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Unruly:
    """Answers each request with the next of ``behaves``, the last one again and again."""

    behaves: list[Behaviour] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    written: int = 0  # bytes that the latest endless answer got rid of
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                start, *lines = head.decode("utf-8", "surrogateescape").split("\r\n")
                method, path, _ = start.split(" ")
                pairs = [line.split(": ", 1) for line in lines if line]
                headers = {name.lower(): value for name, value in pairs}
                length = int(headers.get("content-length", 0))
                asked = Asked(method, path, headers, await reader.readexactly(length))
                self.asked.append(asked)
                self.arrived.set()
                await self.behaves[min(len(self.asked), len(self.behaves)) - 1](writer)
                await writer.drain()


@asynccontextmanager
async def unruly(*behaves: Behaviour):
    """The server, running; what still hangs is cut off at the end."""
    system = Unruly(list(behaves))
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader, writer):
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        try:
            with suppress(asyncio.CancelledError):
                await system.serve(reader, writer)
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    system.port = server.sockets[0].getsockname()[1]
    try:
        yield system
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
        await asyncio.sleep(0)  # the transports close in the next round


def answer(status: int = 200, body: Any = None, **headers: str) -> Behaviour:
    """A proper answer; ``body`` is bytes, or JSON unless it is None."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body)
        content = content.encode() if isinstance(content, str) else content
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + content)

    return behave


async def hang(writer: asyncio.StreamWriter) -> None:
    """Never answers."""
    await asyncio.Event().wait()


async def reset(writer: asyncio.StreamWriter) -> None:
    """Breaks off in mid-answer."""
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half": ')
    await writer.drain()
    writer.transport.abort()
    raise ConnectionResetError


async def trickle(writer: asyncio.StreamWriter) -> None:
    """Answers a byte at a time, without end."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1\r\n \r\n")
        await writer.drain()
        await asyncio.sleep(0.01)


async def garbage(writer: asyncio.StreamWriter) -> None:
    """Speaks no HTTP."""
    writer.write(b"\x16\x03\x01 hello?\r\n\r\n")
    raise ConnectionResetError


def endless(system: Callable[[], Unruly], length: int) -> Behaviour:
    """A web page of ``length`` bytes, in chunks."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
        piece = b"<p>sorry</p>" * 1000
        while system().written < length:
            writer.write(piece)
            await writer.drain()
            system().written += len(piece)
        raise ConnectionResetError

    return behave
