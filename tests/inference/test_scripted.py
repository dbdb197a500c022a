from __future__ import annotations

import asyncio

import numpy as np
import pytest

from backend.inference.errors import ModelFailed, Overloaded
from backend.inference.scripted import Answer, HashEncoder, ScriptedGenerator

from .helpers import collect, gather_into, request


async def test_answers_come_in_order_and_requests_are_kept() -> None:
    generator = ScriptedGenerator(["One two.", Answer(pieces=("th", "ree"))])
    assert await collect(generator, request("first")) == "One two."
    assert await collect(generator, request("second")) == "three"
    assert await collect(generator, request("echo me")) == "echo me"
    assert [one.messages[0].content for one in generator.requests] == ["first", "second", "echo me"]


async def test_an_empty_script_may_be_an_error() -> None:
    with pytest.raises(ModelFailed, match="no more answers"):
        await collect(ScriptedGenerator(otherwise=None))


async def test_stops_end_the_text() -> None:
    generator = ScriptedGenerator(["One. Two. Three."])
    assert await collect(generator, request(stop=("Two",))) == "One. "


async def test_it_can_fail_after_some_pieces() -> None:
    generator = ScriptedGenerator([Answer("one two three", error=ModelFailed("x"), after=2)])
    pieces: list[str] = []
    with pytest.raises(ModelFailed):
        await gather_into(pieces, generator)
    assert pieces == ["one", " two"]
    assert generator.cancelled == 0


async def test_it_hangs_until_it_is_released() -> None:
    generator = ScriptedGenerator([Answer("one two", hang=True, after=1)])
    task = asyncio.create_task(collect(generator))
    await generator.wait_for_requests(1)
    assert not task.done()
    generator.release()
    assert await task == "one two"


async def test_a_closed_stream_is_counted_as_cancelled() -> None:
    generator = ScriptedGenerator([Answer("one two", hang=True, after=1)])
    stream = generator.stream(request())
    assert await anext(stream) == "one"
    assert generator.running == 1
    await stream.aclose()
    assert (generator.running, generator.cancelled) == (0, 1)


async def test_closing_ends_a_hanging_stream() -> None:
    generator = ScriptedGenerator([Answer(hang=True)])
    task = asyncio.create_task(collect(generator))
    await generator.wait_for_requests(1)
    await generator.aclose()
    with pytest.raises(ModelFailed):
        await task


async def test_more_than_the_limit_are_refused() -> None:
    generator = ScriptedGenerator([Answer(hang=True)], limit=1)
    task = asyncio.create_task(collect(generator))
    await generator.wait_for_requests(1)
    with pytest.raises(Overloaded):
        await collect(generator)
    generator.release()
    await task


async def test_the_encoder_finds_shared_words_in_both_languages() -> None:
    encoder = HashEncoder()
    passages = await encoder.embed(["Delivery takes three days", "退货免费", "Returns"], "passage")
    queries = await encoder.embed(["how long is delivery", "怎么退货"], "query")
    assert (queries @ passages.T).argmax(axis=1).tolist() == [0, 1]
    assert np.allclose(np.linalg.norm(passages, axis=1), 1)
    assert (await encoder.embed([], "query")).shape == (0, encoder.dimension)
    assert np.allclose(np.linalg.norm(await encoder.embed([""], "query"), axis=1), 1)
