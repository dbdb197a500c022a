"""Reads the slot values that operators mark in an intent's examples.

``return the [boots](item)`` says that “boots” is a value of the slot ``item``. Pure text; whether
the slot exists is for the schema's checks. What does not look exactly like a mark stays as it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARK = re.compile(r"\[([^\[\]\n]+)\]\(([a-z][a-z0-9_]{0,59})\)")


class Mark(NamedTuple):
    """``value`` stands at ``start`` to ``end`` of the example without its marks."""

    slot: str
    value: str
    start: int
    end: int


def plain(example: str) -> str:
    """The example as a visitor would write it: ``return the boots``."""
    return _MARK.sub(r"\1", example)


def marks(example: str) -> list[Mark]:
    """The marked values in their order; places count in ``plain(example)``."""
    found: list[Mark] = []
    removed = 0
    for match in _MARK.finditer(example):
        value, slot = match.groups()
        start = match.start() - removed
        found.append(Mark(slot, value, start, start + len(value)))
        removed += len(match.group()) - len(value)
    return found
