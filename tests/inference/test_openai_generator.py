from __future__ import annotations

import asyncio
from typing import Any

import pytest

from backend.inference.errors import (
    InferenceError,
    ModelFailed,
    ModelUnavailable,
    Overloaded,
    PromptTooLong,
)
from backend.inference.openai_generator import Limits, OpenAIGenerator

from .fake_server import OK, FakeServer, answer, event, hang, raw, serving, status
from .helpers import collect, gather_into, request, until

DEAD = "http://127.0.0.1:9/v1"  # the discard port: nothing listens
IMPATIENT = Limits(connect=2, silence=0.2, total=5, probe=2)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def generator_for(*servers: FakeServer | str, **options: Any) -> OpenAIGenerator:
    urls = [server if isinstance(server, str) else server.url for server in servers]
    return OpenAIGenerator(urls, "tiny", **options)


async def failure(generator: OpenAIGenerator) -> tuple[InferenceError, list[str]]:
    """The error that a stream ends with, and the pieces before it."""
    pieces: list[str] = []
    with pytest.raises(InferenceError) as caught:
        await gather_into(pieces, generator)
    return caught.value, pieces


async def test_text_streams_and_the_request_says_all_that_was_asked() -> None:
    async with serving(answer("Hel", "lo ", "你好")) as server:
        generator = generator_for(server, api_key="secret")
        asked = request(temperature=0.5, stop=("\n",), json_schema={"type": "string"})
        assert await collect(generator, asked) == "Hello 你好"
        exchange = server.exchanges[0]
        assert exchange.path == "/v1/chat/completions"
        assert exchange.headers["authorization"] == "Bearer secret"
        body = exchange.body
        assert (body["model"], body["stream"], body["max_tokens"]) == ("tiny", True, 20)
        assert (body["temperature"], body["stop"]) == (0.5, ["\n"])
        assert body["response_format"]["json_schema"]["schema"] == {"type": "string"}
        await generator.aclose()


async def test_without_a_key_no_authorization_is_sent() -> None:
    async with serving(answer("x")) as server:
        generator = generator_for(server)
        await collect(generator)
        assert "authorization" not in server.exchanges[0].headers
        await generator.aclose()


@pytest.mark.parametrize("packet", [1, 2, 7])
async def test_packets_may_cut_lines_and_characters_anywhere(packet: int) -> None:
    async with serving(answer("你好", "😀!", packet=packet)) as server:
        generator = generator_for(server)
        assert await collect(generator) == "你好😀!"
        await generator.aclose()


async def test_a_stop_that_the_server_missed_ends_the_text_and_the_connection() -> None:
    async with serving(hang("One. T", "wo. Three")) as server:
        generator = generator_for(server)
        assert await collect(generator, request(stop=("Two",))) == "One. "
        await asyncio.wait_for(server.exchanges[0].closed.wait(), 10)
        await generator.aclose()


async def test_closing_the_stream_closes_the_connection() -> None:
    async with serving(hang("one")) as server:
        generator = generator_for(server)
        stream = generator.stream(request())
        assert await anext(stream) == "one"
        await stream.aclose()
        await asyncio.wait_for(server.exchanges[0].closed.wait(), 10)
        await generator.aclose()


async def test_cancelling_the_task_closes_the_connection() -> None:
    async with serving(hang("one")) as server:
        generator = generator_for(server)
        task = asyncio.create_task(collect(generator))
        await until(lambda: bool(server.exchanges))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(server.exchanges[0].closed.wait(), 10)
        await generator.aclose()


async def test_closing_the_generator_ends_running_streams() -> None:
    async with serving(hang("one")) as server:
        generator = generator_for(server)
        stream = generator.stream(request())
        assert await anext(stream) == "one"
        await generator.aclose()
        with pytest.raises(ModelFailed, match="closed"):
            await anext(stream)


@pytest.mark.parametrize("code", [429, 503])
async def test_a_busy_server_is_overloaded_for_as_long_as_it_says(code: int) -> None:
    async with serving(status(code, retry_after="7")) as server:
        generator = generator_for(server)
        error, _ = await failure(generator)
        assert isinstance(error, Overloaded)
        assert error.retry_after == 7
        await generator.aclose()


@pytest.mark.parametrize("said", ["Wed, 21 Oct 2026 07:28:00 GMT", "nan", "-5", "1e9"])
async def test_an_odd_retry_after_gives_a_sane_wait(said: str) -> None:
    async with serving(status(429, retry_after=said)) as server:
        generator = generator_for(server)
        error, _ = await failure(generator)
        assert isinstance(error, Overloaded)
        assert 0.5 <= error.retry_after <= 60
        await generator.aclose()


@pytest.mark.parametrize(
    ("play", "kind"),
    [
        (status(500, "boom"), ModelFailed),
        (status(302, location="http://elsewhere/"), ModelFailed),
        (status(400, '{"error": "bad schema"}'), ModelFailed),
        (status(400, "maximum context length is 2048 tokens"), PromptTooLong),
        (status(401), ModelUnavailable),
        (status(404, "model not found"), ModelUnavailable),
        (raw(b""), ModelFailed),
        (raw(b"this is no HTTP\r\n\r\n"), ModelFailed),
        (raw(OK), ModelFailed),
        (raw(OK + b"data: {not json}\n\n"), ModelFailed),
        (raw(OK + b"data: []\n\n"), ModelFailed),
        (raw(OK + b'data: {"choices": [7]}\n\n'), ModelFailed),
        (raw(OK + b'data: {"choices": [{"delta": {"content": 7}}]}\n\n'), ModelFailed),
        (raw(OK + b'data: {"error": {"message": "out of memory"}}\n\n'), ModelFailed),
        (raw(OK + b"<html>a proxy's page</html>"), ModelFailed),
    ],
)
async def test_what_a_server_may_do_wrong_has_an_error_of_ours(
    play: Any, kind: type[InferenceError]
) -> None:
    async with serving(play) as server:
        generator = generator_for(server)
        error, pieces = await failure(generator)
        assert type(error) is kind
        assert pieces == []
        await generator.aclose()


async def test_a_silent_server_times_out() -> None:
    async with serving(hang()) as server:
        generator = generator_for(server, limits=IMPATIENT)
        error, _ = await failure(generator)
        assert isinstance(error, ModelFailed)
        assert "Timeout" in str(error)
        await generator.aclose()


async def test_an_answer_that_never_ends_times_out() -> None:
    async def drip(exchange: Any) -> None:
        await exchange.send(OK)
        while not exchange.closed.is_set():
            await exchange.send(b": ping\n\n")
            await asyncio.sleep(0.01)

    async with serving(drip) as server:
        generator = generator_for(server, limits=Limits(silence=5, total=0.3))
        error, _ = await failure(generator)
        assert isinstance(error, ModelFailed)
        await generator.aclose()


@pytest.mark.parametrize(
    "end", [b"", b"data: {garbage\n\n", b'data: {"error": "out of memory"}\n\n']
)
async def test_a_failure_after_some_text_is_never_restarted_elsewhere(end: bytes) -> None:
    async with serving(raw(OK + event("one") + end)) as bad, serving(answer("two")) as good:
        bad_first = OpenAIGenerator([good.url, bad.url], "tiny")  # turns begin with the second
        error, pieces = await failure(bad_first)
        assert isinstance(error, ModelFailed)
        assert pieces == ["one"]
        assert good.exchanges == []
        await bad_first.aclose()


@pytest.mark.parametrize("play", [status(500), status(503), raw(b""), raw(OK + b"data: x\n\n")])
async def test_a_failure_before_any_text_goes_to_the_next_server(play: Any) -> None:
    async with serving(play) as bad, serving(answer("two")) as good:
        generator = generator_for(good, bad)
        assert await collect(generator) == "two"
        assert len(bad.exchanges) == 1
        await generator.aclose()


async def test_a_dead_server_is_passed_over_while_it_rests_and_tried_again_later() -> None:
    clock = Clock()
    async with serving(*[answer("x")] * 9) as good, serving(answer("back")) as other:
        await other.stop()
        generator = generator_for(good, other, cooldown=15, clock=clock)
        assert [await collect(generator) for _ in range(4)] == ["x"] * 4
        await other.start()
        assert [await collect(generator) for _ in range(2)] == ["x"] * 2
        assert other.probes == 0
        clock.now = 20
        texts = {await collect(generator) for _ in range(2)}
        assert texts == {"x", "back"}
        assert other.probes == 1
        await generator.aclose()


async def test_where_every_server_is_dead_the_stream_fails_and_may_be_retried() -> None:
    generator = generator_for(DEAD, DEAD)
    error, _ = await failure(generator)
    assert isinstance(error, ModelFailed)
    assert error.retryable
    again, _ = await failure(generator)
    assert again.retryable
    await generator.aclose()


async def test_more_requests_than_fit_are_refused_at_once() -> None:
    async with serving(hang("one")) as server:
        generator = generator_for(server, max_concurrent=1)
        stream = generator.stream(request())
        await anext(stream)
        with pytest.raises(Overloaded):
            await collect(generator)
        await stream.aclose()
        await generator.aclose()


async def test_loading_asks_for_the_model_by_name() -> None:
    async with serving() as server:
        generator = generator_for(server)
        await generator.load()
        server.models = ("other",)
        with pytest.raises(ModelUnavailable, match="does not serve tiny") as caught:
            await generator.load()
        assert "other" in caught.value.hint
        await generator.aclose()


async def test_loading_needs_one_server_that_is_there() -> None:
    async with serving() as server:
        some = generator_for(DEAD, server)
        await some.load()
        await some.aclose()
    none = generator_for(DEAD)
    with pytest.raises(ModelUnavailable, match="can't be reached") as caught:
        await none.load()
    assert "Start the model server" in caught.value.hint
    await none.aclose()
