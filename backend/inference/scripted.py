"""Doubles of the two interfaces, for tests and for trying the desk without a model.

Knows no model. Both are deterministic: a generator says what it was given to say, an encoder
counts words and parts of words.
"""

from __future__ import annotations

import asyncio
import re
import zlib
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .encoding import unit_rows
from .errors import InferenceError, ModelFailed, Overloaded
from .interfaces import EmbeddingKind, Embeddings
from .stops import StopScanner
from .types import GenerationRequest

PIECE = re.compile(r"\s*[\x21-\x7e]+|\s*[^\s\x21-\x7e]|\s+")
WORD = re.compile(r"[a-z0-9]+|[^\W\d_]")


@dataclass(frozen=True)
class Answer:
    """What the double does for one request.

    ``text`` comes in words, or as the given ``pieces``. It waits ``delay`` seconds before each
    piece. After ``after`` pieces (None: all of them) it raises ``error``, or, with ``hang``, waits
    until :meth:`ScriptedGenerator.release`.
    """

    text: str = ""
    pieces: tuple[str, ...] = ()
    delay: float = 0.0
    error: InferenceError | None = None
    hang: bool = False
    after: int | None = None

    def cut(self) -> list[str]:
        return list(self.pieces) or PIECE.findall(self.text)


def echo(request: GenerationRequest) -> str:
    """Say the last message again."""
    return request.messages[-1].content if request.messages else ""


class ScriptedGenerator:
    """Gives the answers it was filled with, one a request, then what ``otherwise`` says.

    ``requests`` keeps what it was asked, ``cancelled`` counts streams that were closed before
    their end, ``running`` those that run now. More than ``limit`` at once are refused.
    """

    def __init__(
        self,
        answers: Sequence[str | Answer] = (),
        *,
        otherwise: Callable[[GenerationRequest], str | Answer] | None = echo,
        limit: int = 64,
        supports_json_schema: bool = True,
    ) -> None:
        self._answers = deque(answers)
        self._otherwise = otherwise
        self._limit = limit
        self._supports_json_schema = supports_json_schema
        self._changed = asyncio.Condition()
        self._released = asyncio.Event()
        self._closed = asyncio.Event()
        self.requests: list[GenerationRequest] = []
        self.running = 0
        self.cancelled = 0
        self.loads = 0

    @property
    def name(self) -> str:
        return "scripted"

    @property
    def supports_json_schema(self) -> bool:
        return self._supports_json_schema

    def add(self, *answers: str | Answer) -> None:
        self._answers.extend(answers)

    def release(self) -> None:
        """Let answers that hang go on, now and later."""
        self._released.set()

    async def wait_for_requests(self, count: int) -> None:
        """Return once ``count`` requests have been made in all."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.requests) >= count)

    async def stream(self, request: GenerationRequest) -> AsyncGenerator[str, None]:
        if self._closed.is_set():
            raise ModelFailed("the scripted generator was closed")
        if self.running >= self._limit:
            raise Overloaded(f"{self.running} requests are running", retry_after=1.0)
        answer = self._next(request)
        scanner = StopScanner(request.stop)
        self.running += 1
        ended = False
        try:
            await self._note(request)
            async for piece in self._play(answer):
                if text := scanner.feed(piece):
                    yield text
                if scanner.stopped:
                    break
            if rest := scanner.flush():
                yield rest
            ended = True
        except InferenceError:
            ended = True
            raise
        finally:
            self.running -= 1
            self.cancelled += not ended

    async def load(self) -> None:
        self.loads += 1

    async def aclose(self) -> None:
        self._closed.set()

    def _next(self, request: GenerationRequest) -> Answer:
        if self._answers:
            answer: str | Answer = self._answers.popleft()
        elif self._otherwise is not None:
            answer = self._otherwise(request)
        else:
            raise ModelFailed("the script has no more answers")
        return Answer(answer) if isinstance(answer, str) else answer

    async def _note(self, request: GenerationRequest) -> None:
        async with self._changed:
            self.requests.append(request)
            self._changed.notify_all()

    async def _play(self, answer: Answer) -> AsyncGenerator[str, None]:
        pieces = answer.cut()
        turning = len(pieces) if answer.after is None else answer.after
        for piece in pieces[:turning]:
            await asyncio.sleep(answer.delay)
            if self._closed.is_set():
                raise ModelFailed("the scripted generator was closed")
            yield piece
        if answer.hang:
            await self._hang()
        if answer.error is not None:
            raise answer.error
        for piece in pieces[turning:]:
            yield piece

    async def _hang(self) -> None:
        released = asyncio.ensure_future(self._released.wait())
        closed = asyncio.ensure_future(self._closed.wait())
        try:
            await asyncio.wait({released, closed}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            released.cancel()
            closed.cancel()
        if self._closed.is_set():
            raise ModelFailed("the scripted generator was closed")


class HashEncoder:
    """Words and parts of words, hashed into ``dimension`` numbers: shared words mean likeness.

    ``texts`` keeps what was embedded, in order.
    """

    def __init__(self, dimension: int = 256) -> None:
        self._dimension = dimension
        self.texts: list[tuple[EmbeddingKind, str]] = []

    @property
    def name(self) -> str:
        return f"scripted:{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    async def load(self) -> None:
        """Nothing to load."""

    async def aclose(self) -> None:
        """Nothing to free."""

    async def embed(self, texts: Sequence[str], kind: EmbeddingKind) -> Embeddings:
        self.texts += [(kind, text) for text in texts]
        rows = np.zeros((len(texts), self._dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for feature in _features(text):
                row[zlib.crc32(feature.encode("utf-8", "replace")) % self._dimension] += 1
        return unit_rows(rows)


def _features(text: str) -> list[str]:
    words = WORD.findall(text.lower())
    parts = [word[i : i + 4] for word in words for i in range(max(len(word) - 3, 0))]
    return words + parts
