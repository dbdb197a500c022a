"""The tracker served by a language model: it fills in a form, and may only quote.

The model answers in JSON of a schema made from the slots: for each the visitor's own words, or
null. A quotation that the visitor did not write is dropped, so nothing is invented; the words then
go through the same parser as everything else, which gives the normal form or refuses them. Where
the model fails, is too slow or writes no JSON, the other tracker takes over.

Confidence: 0.9 for a value that the parser reads in the quoted words, 0.7 where only the model
knows which choice they mean, 0.6 for “any value” without words that are known to mean it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from backend.inference.errors import InferenceError
from backend.inference.interfaces import TextGenerator

from ..schema import Slot, SlotType
from ..types import Utterance
from . import accepting, markers
from .claims import Finder
from .form import ANY, labels, request_for
from .parsers import PARSERS
from .parsers.common import fold
from .quotes import locate
from .reading import MOST_READ, Reading, Span, trim
from .tracker import Mention, Tracker, TrackRequest
from .values import Found, Parser

logger = logging.getLogger("kefu.dialogue")
_LONGEST_ANSWER = 20_000  # characters; a form is never as long


class Unusable(Exception):
    """The model's answer is no filled form; the message says why, for operators."""


class GenerativeTracker:
    """``patience`` is in seconds for a whole answer; then, as on any failure, ``fallback`` reads.

    Raises ValueError where the generator can't keep to a JSON schema.
    """

    def __init__(
        self,
        generator: TextGenerator,
        fallback: Tracker,
        *,
        patience: float = 8.0,
        parsers: Mapping[SlotType, Parser] = PARSERS,
    ) -> None:
        if not generator.supports_json_schema:
            raise ValueError(
                f"{generator.name} can't keep to a JSON schema, which this tracker needs. "
                "Choose a server with structured output, or the typed tracker."
            )
        self._generator = generator
        self._fallback = fallback
        self._patience = patience
        self._parsers = parsers

    @property
    def name(self) -> str:
        return f"generative:1 {self._generator.name}"

    async def track(self, request: TrackRequest) -> list[Mention]:
        slots = [slot for name in request.slots if (slot := request.service.slot(name))]
        if not slots or not any(u.text.strip() for u in request.said):
            return []
        try:
            form = await self._filled(request, slots)
        except Unusable as error:
            logger.warning("tracking without the model: %s", error)
            mentions = await self._fallback.track(request)
            return [replace(m, how=f"{m.how} (without the model: {error})") for m in mentions]
        contexts = {
            slot.name: replace(request.context, options=request.options.get(slot.name, ()))
            for slot in slots
        }
        return _Form(request, slots, form, Finder(self._parsers, contexts)).mentions()

    async def _filled(self, request: TrackRequest, slots: Sequence[Slot]) -> dict[str, Any]:
        """The model's form. Raises Unusable."""
        text = ""
        try:
            async with asyncio.timeout(self._patience):
                asked = request_for(request, slots)
                async with aclosing(self._generator.stream(asked)) as pieces:
                    async for piece in pieces:
                        text += piece
                        if len(text) > _LONGEST_ANSWER:
                            raise Unusable("its answer does not end")
        except TimeoutError:
            raise Unusable(f"no answer within {self._patience:g} s") from None
        except InferenceError as error:
            raise Unusable(f"{type(error).__name__}") from error
        return _parsed(text)


def _parsed(text: str) -> dict[str, Any]:
    """The object in the model's text, which some servers wrap in a code block."""
    start, end = text.find("{"), text.rfind("}")
    try:
        form = json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        raise Unusable("its answer is not JSON") from None
    if not isinstance(form, dict):
        raise Unusable("its answer is not a JSON object")
    return form


@dataclass
class _Form:
    """A filled form, checked against what was said."""

    request: TrackRequest
    slots: Sequence[Slot]
    form: Mapping[str, Any]
    finder: Finder

    def mentions(self) -> list[Mention]:
        made = [mention for slot in self.slots if (mention := self._mention(slot))]
        first = {(m.message, m.start, m.end, self._type(m)): m.slot for m in reversed(made)}
        if self.request.asked:
            first |= {
                (m.message, m.start, m.end, self._type(m)): m.slot
                for m in made
                if m.slot == self.request.asked
            }
        return [m for m in made if m.value is None or m.slot == first[_key(m, self._type(m))]]

    def _type(self, mention: Mention) -> str:
        return next(slot.type for slot in self.slots if slot.name == mention.slot)

    def _mention(self, slot: Slot) -> Mention | None:
        given = self.form.get(slot.name)
        quote, choice = (given, None) if isinstance(given, str) else _quoted(given)
        if ANY in (quote, choice):
            return self._carefree(slot)
        place = locate(quote, self._readable(slot)) if quote else None
        if place is None:
            return self._accepted(slot)
        return self._read(slot, *place, choice)

    def _readable(self, slot: Slot) -> list[Utterance]:
        """The visitor's messages, the newest first; old ones only for a slot without a value."""
        said = list(reversed(self.request.said))
        if slot.name in self.request.values:
            return said
        return said + [u for u in reversed(self.request.history) if u.speaker == "visitor"]

    def _read(self, slot: Slot, utterance: Utterance, span: Span, choice: Any) -> Mention:
        words = utterance.text[slice(*span)]
        found = self.finder.read(words, slot)
        known = labels(slot, self.request.options.get(slot.name, ()))
        if isinstance(found, Found):
            value, sure, how = found.value, 0.9 * found.confidence, "quoted by the model"
            span = (span[0] + found.start, span[0] + found.end)
        elif choice in known:
            value, sure, how = known[choice], 0.7, "chosen by the model for these words"
        else:
            bad = Mention(slot.name, None, words, utterance.seq, *span, 0.6, "bad")
            return replace(bad, how="quoted by the model", reason=found.reason, fields=found.fields)
        said = utterance.text[slice(*span)]
        return Mention(slot.name, value, said, utterance.seq, *span, sure, how=how)

    def _carefree(self, slot: Slot) -> Mention | None:
        """“Any value will do” with the words that say so; where none are known, the message."""
        for utterance in reversed(self.request.said):
            folded = fold(utterance.text[:MOST_READ])
            known = markers.carefree(folded) or _any(folded)
            place = known or trim(utterance.text, 0, len(utterance.text))
            if place and (known or utterance is self.request.said[-1]):
                said = utterance.text[slice(*place)]
                mention = Mention(slot.name, None, said, utterance.seq, *place, kind="dont_care")
                return replace(mention, confidence=0.9 if known else 0.6, how="by the model")
        return None

    def _accepted(self, slot: Slot) -> Mention | None:
        """A yes to the value that the bot offered has nothing to quote."""
        if slot.name != self.request.asked or not self.request.said:
            return None
        reading = Reading(self.request.said[-1])
        taken = accepting.offered(reading, slot, self.request, self.finder)
        return accepting.mention(taken) if taken else None


def _quoted(given: Any) -> tuple[str, Any]:
    """The quotation and the choice of a field that has both."""
    if not isinstance(given, dict):
        return "", None
    quote, value = given.get("quote"), given.get("value")
    return (quote if isinstance(quote, str) else ""), value if isinstance(value, str) else None


def _any(text: str) -> Span | None:
    match = markers.any_noun(text)
    return match.span() if match else None


def _key(mention: Mention, type_: str) -> tuple[int, int, int, str]:
    return mention.message, mention.start, mention.end, type_
