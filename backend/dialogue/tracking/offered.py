"""Values of slots whose values are looked up: only what was offered can be taken.

What a parser read is one of the offered values where that is read alike: “half past two” is the
option “14:30”, whatever its value for the called system. Choices are none of this module's affair:
their parser knows the options. Knows parsers by their contract only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..schema import Slot
from .values import Bad, Context, Found, Parser

_FREE = frozenset({"choice", "text", "person", "location"})
_SAID_IN_FULL = 0.8  # confidence in a time above which its half of the day was said


def among(
    found: Sequence[Found | Bad], slot: Slot, context: Context, parser: Parser
) -> list[Found | Bad]:
    """The same with what is offered for it as the value, or Bad where nothing is."""
    if slot.offer is None or slot.type in _FREE or not context.options:
        return list(found)
    known = _by_reading(slot, context, parser)
    return [_offered(one, slot, known) for one in found] if known else list(found)


def _by_reading(slot: Slot, context: Context, parser: Parser) -> dict[str, Any]:
    """The options' values by what the parser reads in them, or else in their labels."""
    known: dict[str, Any] = {}
    free, plain = slot.model_copy(update={"offer": None}), replace(context, options=())
    for option in context.options:
        for text in (str(option.value), option.label):
            read = parser.read(text, free, plain)
            if isinstance(read, Found):
                known.setdefault(repr(read.value), option.value)
                break
    return known


def _offered(one: Found | Bad, slot: Slot, known: dict[str, Any]) -> Found | Bad:
    if isinstance(one, Bad):
        return one
    values = [one.value]
    if slot.type == "time" and one.confidence <= _SAID_IN_FULL:
        values.append(f"{(int(one.value[:2]) + 12) % 24:02}{one.value[2:]}")
    for value in values:
        if repr(value) in known:
            return replace(one, value=known[repr(value)])
    return Bad("not_offered", one.start, one.end)
