"""Trackers: which slots' values were said, and where. Several implementations, one interface.

A tracker reads; it decides nothing. Which value replaces which is for ``deciding``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from ..memory import Option, Value
from ..schema import Intent, Service
from ..types import Utterance
from .values import Context


@dataclass(frozen=True)
class Mention:
    """A value of ``slot`` in ``text[start:end]`` of the message with number ``message``.

    ``kind`` is ``value``; ``dont_care`` (value None); or ``bad``, where something was meant as the
    slot's value and cannot be taken: then ``reason`` and ``fields`` say why. ``confidence`` is
    between 0 and 1; ``how`` names the evidence, for operators.
    """

    slot: str
    value: Any
    text: str
    message: int
    start: int
    end: int
    confidence: float = 1.0
    kind: Literal["value", "dont_care", "bad"] = "value"
    how: str = ""
    reason: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TrackRequest:
    """What to look for, and in what.

    ``slots`` are the names in play (of the task's intent, by their order). ``said`` are the
    messages to read, the visitor's, oldest first; ``history`` what came before them. ``asked`` is
    the slot that the bot's last message asked for. ``values`` are what is filled already.
    """

    service: Service
    intent: Intent
    slots: tuple[str, ...]
    said: Sequence[Utterance]
    context: Context
    history: Sequence[Utterance] = ()
    asked: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)


class Tracker(Protocol):
    @property
    def name(self) -> str:
        """Which tracker, with its version; kept with every turn."""
        ...

    async def track(self, request: TrackRequest) -> list[Mention]:
        """At most one mention a slot: the one that holds after all that was said.

        Never raises for any text; InferenceError where a model that it needs cannot work.
        """
        ...
