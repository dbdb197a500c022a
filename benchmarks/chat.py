"""What the chat costs: ``python -m benchmarks.chat [--visitors N] [--messages N]``.

Starts a real server process over an engine that answers at once, and lets visitors write to it.
Reports acknowledgements a second, how long one takes, and memory a socket. The same run measures a
bare WebSocket echo on the same machine, so that the ratio of the two can be compared elsewhere.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from uuid import uuid4

from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

from tests.server.conftest import ORIGIN, ServerProcess
from tests.server.test_processes import resident


async def one_visitor(port: int, messages: int) -> list[float]:
    """Send messages, each after the last one's acknowledgement; returns seconds for each."""
    seconds = []
    async with connect(f"ws://127.0.0.1:{port}/ws/chat/", origin=ORIGIN) as socket:
        await socket.send(json.dumps({"type": "hello", "v": 1, "site": "demo"}))
        await until(socket, "live")
        for number in range(messages):
            began = time.perf_counter()
            frame = {"type": "send", "cid": str(uuid4()), "text": f"Message {number}"}
            await socket.send(json.dumps(frame))
            await until(socket, "ack")
            seconds.append(time.perf_counter() - began)
    return seconds


async def until(socket, kind: str) -> None:
    while json.loads(await asyncio.wait_for(socket.recv(), 60))["type"] != kind:
        pass


async def idle_sockets(port: int, count: int, process: ServerProcess) -> float:
    """Bytes of the server's memory that one opened session costs."""
    before = resident(process)
    sockets = []
    for _ in range(count):
        socket = await connect(f"ws://127.0.0.1:{port}/ws/chat/", origin=ORIGIN)
        await socket.send(json.dumps({"type": "hello", "v": 1, "site": "demo"}))
        await until(socket, "live")
        sockets.append(socket)
    after = resident(process)
    for socket in sockets:
        await socket.close()
    return (after - before) / count


async def echo_rate(visitors: int, messages: int) -> float:
    """Echoes a second of a bare server in this process, for the ratio."""

    async def echo(socket) -> None:
        async for message in socket:
            await socket.send(message)

    async def one(port: int) -> None:
        async with connect(f"ws://127.0.0.1:{port}") as socket:
            for _ in range(messages):
                await socket.send("x")
                await socket.recv()

    async with serve(echo, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        began = time.perf_counter()
        await asyncio.gather(*(one(port) for _ in range(visitors)))
        return visitors * messages / (time.perf_counter() - began)


async def measure(process: ServerProcess, visitors: int, messages: int) -> None:
    began = time.perf_counter()
    all_seconds = await asyncio.gather(
        *(one_visitor(process.port, messages) for _ in range(visitors))
    )
    rate = visitors * messages / (time.perf_counter() - began)
    seconds = [one for visitor in all_seconds for one in visitor]
    echo = await echo_rate(visitors, messages)
    memory = await idle_sockets(process.port, 200, process)
    print(f"{visitors} visitors, {messages} messages each, SQLite, one process")
    print(f"  acknowledged messages a second   {rate:8.0f}")
    print(f"  bare echo on this machine        {echo:8.0f}   (ratio {rate / echo:.3f})")
    print(f"  acknowledgement, median          {median(seconds) * 1000:8.1f} ms")
    print(f"  acknowledgement, 95th percentile {quantiles(seconds, n=20)[-1] * 1000:8.1f} ms")
    print(f"  memory of an open session        {memory / 1024:8.1f} KB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--messages", type=int, default=10, help="the limit is 10 in 10 s")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        process = ServerProcess(Path(folder), KEFU_TEST_PACE="0").prepare().start()
        try:
            asyncio.run(measure(process, options.visitors, options.messages))
        finally:
            process.stop()


if __name__ == "__main__":
    main()
