from __future__ import annotations

import asyncio
import contextlib
import threading

import pytest

from backend.inference.admission import ThreadedGenerator, Ticket
from backend.inference.errors import ModelFailed, ModelUnavailable, Overloaded

from .helpers import collect, request, until


class Gated(ThreadedGenerator):
    """A model that writes one letter each time its gate is opened, one request at a time."""

    def __init__(self, *, max_waiting: int = 1, failures: int = 0) -> None:
        super().__init__("gated", max_concurrent=1, max_waiting=max_waiting)
        self.gate = threading.Semaphore(0)
        self.failures = failures
        self.opened = 0
        self.shut = 0
        self.begun: list[str] = []

    def _open(self) -> None:
        self.opened += 1
        if self.opened <= self.failures:
            raise RuntimeError("no weights")

    def _shut(self) -> None:
        self.shut += 1

    def _serve(self) -> None:
        waiting: list[Ticket] = []
        while not self._closing.is_set():
            waiting += self._take(block=not waiting)
            if waiting:
                self._write(waiting.pop(0))

    def _write(self, ticket: Ticket) -> None:
        self.begun.append(ticket.request.messages[0].content)
        for letter in "abc":
            while not self.gate.acquire(timeout=0.01):
                if ticket.cancelled or self._closing.is_set():
                    return self._release(ticket) if ticket.cancelled else None
            ticket.put(letter)
        return self._release(ticket)


@contextlib.asynccontextmanager
async def gated(**options: int):
    generator = Gated(**options)
    try:
        yield generator
    finally:
        await generator.aclose()


async def test_pieces_arrive_as_the_thread_writes_them() -> None:
    async with gated() as generator:
        stream = generator.stream(request())
        generator.gate.release()
        assert await anext(stream) == "a"
        generator.gate.release(2)
        assert [piece async for piece in stream] == ["b", "c"]


async def test_one_more_than_fits_is_refused_at_once() -> None:
    async with gated(max_waiting=1) as generator:
        tasks = [asyncio.create_task(collect(generator)) for _ in range(2)]
        await until(lambda: len(generator._admitted) == 2)
        with pytest.raises(Overloaded) as caught:
            await collect(generator)
        assert caught.value.retry_after >= 1
        generator.gate.release(6)
        assert await asyncio.gather(*tasks) == ["abc", "abc"]
        generator.gate.release(3)
        assert await collect(generator) == "abc"


async def test_closing_the_stream_frees_its_place() -> None:
    async with gated(max_waiting=0) as generator:
        stream = generator.stream(request())
        generator.gate.release()
        await anext(stream)
        await stream.aclose()
        await until(lambda: not generator._admitted)


async def test_cancelling_the_task_frees_its_place() -> None:
    async with gated(max_waiting=0) as generator:
        task = asyncio.create_task(collect(generator))
        await until(lambda: len(generator.begun) == 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: not generator._admitted)


async def test_running_and_waiting_streams_end_when_the_model_is_closed() -> None:
    async with gated(max_waiting=1) as generator:
        tasks = [asyncio.create_task(collect(generator)) for _ in range(2)]
        await until(lambda: len(generator._admitted) == 2)
        await generator.aclose()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(result) for result in results] == [ModelFailed, ModelFailed]
        assert generator.shut == 1
        with pytest.raises(ModelUnavailable, match="closed"):
            await collect(generator)


async def test_weights_that_do_not_load_are_reported_to_all_and_tried_again_later() -> None:
    async with gated(failures=1) as generator:
        with pytest.raises(ModelUnavailable, match="no weights") as caught:
            await collect(generator)
        assert "manage.py check" in caught.value.hint
        await generator.load()
        generator.gate.release(3)
        assert await collect(generator) == "abc"
        assert generator.opened == 2


async def test_loading_twice_loads_once() -> None:
    async with gated() as generator:
        await asyncio.gather(generator.load(), generator.load())
        await generator.load()
        assert generator.opened == 1


def test_a_model_serves_one_event_loop_after_another() -> None:
    generator = Gated()
    generator.gate.release(6)
    assert asyncio.run(collect(generator)) == "abc"
    assert asyncio.run(collect(generator)) == "abc"
    asyncio.run(generator.aclose())
