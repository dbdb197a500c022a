"""What several tests of the model layer share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from backend.inference.interfaces import TextGenerator
from backend.inference.types import GenerationRequest, PromptMessage


def request(text: str = "Hello", max_new_tokens: int = 20, **fields: Any) -> GenerationRequest:
    return GenerationRequest((PromptMessage("user", text),), max_new_tokens, **fields)


async def collect(generator: TextGenerator, asked: GenerationRequest | None = None) -> str:
    return "".join([piece async for piece in generator.stream(asked or request())])


async def gather_into(pieces: list[str], generator: TextGenerator) -> None:
    """Keep each piece as it comes, so that those before an error are known."""
    async for piece in generator.stream(request()):
        pieces.append(piece)


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for a condition that a model's thread will meet; fails after ``seconds``."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - a model's thread has no asyncio event
            await asyncio.sleep(0.005)
