"""Lets a capable generator word what the bot asks, to fit the conversation.

A rewording is used only if it keeps every figure, address and name of the text, adds none, still
asks if the text asked and denies nothing new; otherwise the text stays as it is. Off unless
``KEFU_GENERATOR_DOES`` says ``wording``.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from contextlib import aclosing

from backend.inference.errors import InferenceError
from backend.inference.interfaces import TextGenerator
from backend.inference.types import GenerationRequest, PromptMessage

from ..answers.grounding import numbers, source, unsupported
from ..language import detect
from ..types import Utterance

logger = logging.getLogger("kefu.dialogue")
_LONGEST = 300  # characters; lists and confirmations are left as they are
_PATIENCE = 6.0  # seconds
_LAST = 6  # messages shown to the model
_DENIES = re.compile(r"\b(?:not|no|never|cannot|can't|won't|unable)\b|不|没|无法", re.I)


class Rewording:
    """Words short texts anew with one generator."""

    def __init__(self, generator: TextGenerator) -> None:
        self._generator = generator

    async def __call__(self, text: str, history: Sequence[Utterance]) -> str:
        """The text in other words, or as it is."""
        if len(text) > _LONGEST or "\n" in text:
            return text
        try:
            async with asyncio.timeout(_PATIENCE):
                worded = await self._worded(_request(text, history))
        except (InferenceError, TimeoutError) as error:
            logger.info("the text stays as it is: %s", error)
            return text
        return worded if faithful(worded, text) else text

    async def _worded(self, request: GenerationRequest) -> str:
        pieces = []
        async with aclosing(self._generator.stream(request)) as stream:
            async for piece in stream:
                pieces.append(piece)
        return "".join(pieces).strip().strip('"“”')


def faithful(worded: str, text: str) -> bool:
    """Whether it says what the text says, as far as words and figures can tell."""
    asks = ("?" in text or "？" in text) == ("?" in worded or "？" in worded)
    return (
        bool(worded)
        and len(worded) <= 2 * len(text) + 120
        and "\n" not in worded
        and asks
        and detect(worded) == detect(text)
        and numbers(worded) == numbers(text)
        and not unsupported(worded, [source(text)])
        and not unsupported(text, [source(worded)])
        and bool(_DENIES.search(worded)) <= bool(_DENIES.search(text))
    )


def _request(text: str, history: Sequence[Utterance]) -> GenerationRequest:
    names = {"visitor": "Customer", "bot": "Assistant", "operator": "Colleague"}
    talk = "\n".join(f"{names[u.speaker]}: {u.text[:300]}" for u in history[-_LAST:])
    return GenerationRequest(
        messages=(
            PromptMessage(
                "system",
                "You word messages of a customer-service assistant. Say the same as the given "
                "message, in its language, warmly and briefly, so that it fits the conversation. "
                "Keep every name, number and date. Add nothing. Answer with the message alone.",
            ),
            PromptMessage("user", f"Conversation:\n{talk}\n\nMessage: {text}"),
        ),
        max_new_tokens=120,
        temperature=0.0,
    )
