"""Text from OpenAI-compatible servers: vLLM, SGLang, llama.cpp, TGI, Ollama, OpenAI itself.

Knows ``/chat/completions`` with ``stream: true``, ``/models``, and what their errors mean. Several
servers of one model share the work; one that fails rests while the others go on. Text is never
begun twice: once a piece was handed on, a failure ends the stream.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

import httpx

from .chat_completions import TryNext, read_chunk, refusal, request_body
from .errors import InferenceError, ModelFailed, ModelUnavailable, Overloaded
from .servers import Server, ServerPool
from .sse import EventParser
from .stops import StopScanner
from .types import GenerationRequest


@dataclass(frozen=True)
class Limits:
    """Seconds: to connect, between two packets, for a whole answer, and for a health check."""

    connect: float = 5.0
    silence: float = 60.0
    total: float = 300.0
    probe: float = 5.0


class OpenAIGenerator:
    """``urls`` end in ``/v1``; ``api_key`` is sent as a bearer token where it is not empty.

    At most ``max_concurrent`` requests run at once; one more is refused with ``Overloaded``.
    """

    def __init__(
        self,
        urls: Sequence[str],
        model: str,
        *,
        api_key: str = "",
        max_concurrent: int = 64,
        cooldown: float = 15.0,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._max_concurrent = max_concurrent
        self._limits = limits or Limits()
        self._clock = clock
        self._pool = ServerPool(urls, cooldown=cooldown, clock=clock)
        self._client: httpx.AsyncClient | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._readers: set[asyncio.Task[None]] = set()
        self._running = 0
        self._closed = False

    @property
    def name(self) -> str:
        return f"openai:{self._model}"

    @property
    def supports_json_schema(self) -> bool:
        return True

    async def load(self) -> None:
        """Ask every server for its models; one that serves ours is enough."""
        results = await asyncio.gather(*(self._probe(server) for server in self._pool.servers))
        problems = [problem for problem in results if problem is not None]
        if len(problems) == len(results):
            raise problems[0]

    async def stream(self, request: GenerationRequest) -> AsyncGenerator[str, None]:
        if self._closed:
            raise ModelFailed(f"{self.name} was closed")
        if self._running >= self._max_concurrent:
            raise Overloaded(f"{self.name}: {self._running} requests are running")
        self._running += 1
        try:
            async with aclosing(self._from_any(request)) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            self._running -= 1

    async def aclose(self) -> None:
        self._closed = True
        for reader in list(self._readers):
            reader.cancel()
        if self._client is not None:
            await self._client.aclose()

    async def _from_any(self, request: GenerationRequest) -> AsyncGenerator[str, None]:
        problem: InferenceError | None = None
        for server in self._pool.order():
            try:
                async with aclosing(self._from_one(server, request)) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except TryNext as refused:
                problem = _graver(problem, refused.error)
        assert problem is not None
        raise problem

    async def _from_one(
        self, server: Server, request: GenerationRequest
    ) -> AsyncGenerator[str, None]:
        """One server's text. Raises TryNext only before the first piece."""
        if server.on_probation and (problem := await self._probe(server)) is not None:
            raise TryNext(_for_now(problem))
        scanner = StopScanner(request.stop)
        begun = False
        server.running += 1
        try:
            async with aclosing(self._contents(server, request)) as contents:
                async for content in contents:
                    if piece := scanner.feed(content):
                        begun = True
                        yield piece
                    if scanner.stopped:
                        return
            if rest := scanner.flush():
                yield rest
        except TryNext as refused:
            if begun:
                raise refused.error from refused
            raise
        finally:
            server.running -= 1

    async def _contents(
        self, server: Server, request: GenerationRequest
    ) -> AsyncGenerator[str, None]:
        """The text of each event. Raises TryNext where the server is at fault."""
        queue: asyncio.Queue[str | BaseException | None] = asyncio.Queue()
        reader = asyncio.create_task(self._read(server, request, queue))
        self._readers.add(reader)
        try:
            while (item := await queue.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            self._readers.discard(reader)
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)

    async def _read(
        self,
        server: Server,
        request: GenerationRequest,
        queue: asyncio.Queue[str | BaseException | None],
    ) -> None:
        """Read one answer into ``queue``; a task of its own, so that a deadline can end it."""
        try:
            async with asyncio.timeout(self._limits.total):
                await self._exchange(server, request, queue)
            self._pool.answered(server)
            queue.put_nowait(None)
        except asyncio.CancelledError:
            queue.put_nowait(ModelFailed(f"{self.name} was closed"))
            raise
        except (httpx.HTTPError, httpx.StreamError, TimeoutError, ValueError) as error:
            self._pool.failed(server)
            queue.put_nowait(TryNext(_broken(server, error)))
        except (TryNext, InferenceError) as error:
            if isinstance(error, TryNext) and not isinstance(error.error, Overloaded):
                self._pool.failed(server)
            queue.put_nowait(error)

    async def _exchange(
        self,
        server: Server,
        request: GenerationRequest,
        queue: asyncio.Queue[str | BaseException | None],
    ) -> None:
        url, body = f"{server.url}/chat/completions", request_body(self._model, request)
        async with self._http().stream("POST", url, json=body) as response:
            if response.status_code != 200:
                await response.aread()
                raise refusal(server.url, response)
            parser, finished = EventParser(), False
            async for chunk in response.aiter_bytes():
                for data in parser.feed(chunk):
                    if data == "[DONE]":
                        return
                    content, ended = read_chunk(data)
                    finished = finished or ended
                    if content:
                        queue.put_nowait(content)
            if not finished:
                raise ValueError("the answer ended before it was finished")

    async def _probe(self, server: Server) -> InferenceError | None:
        """Ask for the models; None where all is well, and the problem otherwise."""
        try:
            response = await self._http().get(f"{server.url}/models", timeout=self._limits.probe)
            if response.status_code not in (200, 404, 405):  # some servers have no such list
                raise refusal(server.url, response)
            problem = self._missing(server, response)
        except (httpx.HTTPError, ValueError) as error:
            problem = _unreachable(server, error)
        except TryNext as refused:
            problem = refused.error
        except InferenceError as error:
            problem = error
        (self._pool.failed if problem else self._pool.answered)(server)
        return problem

    def _missing(self, server: Server, response: httpx.Response) -> InferenceError | None:
        if response.status_code != 200:
            return None
        listed = response.json()
        entries = listed.get("data") if isinstance(listed, dict) else None
        names = [str(entry.get("id")) for entry in entries or () if isinstance(entry, dict)]
        if not names or self._model in names or f"{self._model}:latest" in names:
            return None
        return ModelUnavailable(
            f"{server.url} does not serve {self._model}",
            hint=f"It serves: {', '.join(names[:10])}. Write one of these after the #.",
        )

    def _http(self) -> httpx.AsyncClient:
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:  # connections belong to one loop
            timeout = httpx.Timeout(self._limits.silence, connect=self._limits.connect)
            self._client = httpx.AsyncClient(headers=self._headers, timeout=timeout)
            self._loop = loop
        return self._client


def _broken(server: Server, error: Exception) -> InferenceError:
    failed = ModelFailed(f"{server.url} failed: {type(error).__name__}: {error}")
    failed.__cause__ = error
    return failed


def _unreachable(server: Server, error: Exception) -> InferenceError:
    unavailable = ModelUnavailable(
        f"{server.url} can't be reached: {type(error).__name__}: {error}",
        hint="Start the model server, or correct the address in the setting.",
    )
    unavailable.__cause__ = error
    return unavailable


def _for_now(problem: InferenceError) -> InferenceError:
    """A server that was up before is expected back: worth another attempt."""
    if isinstance(problem, Overloaded):
        return problem
    return ModelFailed(str(problem), hint=problem.hint)


def _graver(one: InferenceError | None, other: InferenceError) -> InferenceError:
    """Of two servers' refusals the one to report: a busy server is there and worth a retry."""
    busy = [error for error in (one, other) if isinstance(error, Overloaded)]
    if busy:
        return min(busy, key=lambda error: error.retry_after)
    return other
