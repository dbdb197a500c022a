"""What a parser finds in a text: a normalised value with its place, or why it is none.

The normalised form of each slot type, as templates, actions and tests see it:

=============  ====================================================================
text, person,  the text, trimmed, inner white space made single
location
choice         the ``value`` of the choice or of the offered option
number         int or float
money          ``{"amount": "12.50", "currency": "GBP"}``, a decimal text
date           ``"2026-11-27"``
time           ``"14:30"``
date_range     ``{"from": "2026-11-27", "to": "2026-11-30"}``, both inclusive
email          the address, its domain in lower case
phone          E.164: ``"+447700900123"``
yes_no         True or False
pattern        what the expression matched, upper case where the pattern has only capitals
=============  ====================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from ..memory import Option
from ..schema import Slot


@dataclass(frozen=True)
class Context:
    """What a text has to be read with. ``now`` is in the visitor's time zone.

    ``region`` is the ISO 3166 country that local phone numbers belong to, ``also`` are countries
    whose mobile numbers are taken besides, such as the company's own. ``options`` are what the bot
    listed for the slot.
    """

    now: datetime
    language: str = "en"
    region: str = "GB"
    options: Sequence[Option] = ()
    also: Sequence[str] = ("GB",)


@dataclass(frozen=True)
class Found:
    """A value in ``text[start:end]``; ``confidence`` (0 to 1) is low where the type is vague."""

    value: Any
    start: int
    end: int
    confidence: float = 1.0


@dataclass(frozen=True)
class Bad:
    """Something of the type's kind that cannot be taken; ``reason`` is a key of ``reasons``.

    ``fields`` are put into the reason's text, such as the limit that was passed.
    """

    reason: str
    start: int
    end: int
    fields: Mapping[str, str] = field(default_factory=dict)


class Parser(Protocol):
    """Reads values of one slot type. Total: any text gives an answer, in linear time."""

    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        """All candidates in running text, in order, not overlapping; nothing for types that cannot
        be told from other words (``text``)."""
        ...

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        """The text as the answer to the question for this slot; Bad where it is none."""
        ...
