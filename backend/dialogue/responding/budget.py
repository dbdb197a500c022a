"""What one rendering of a template may cost, and how its values become text and JSON.

A template is an operator's and its values are strangers'; neither may hold the server up. Every
loop, operator, filter, comparison and output draws on the budget of the rendering that runs.
Knows nothing of Jinja's syntax and of what the names mean.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from jinja2 import Undefined

MOST_OUTPUT = 32_000  # characters
MOST_ROUNDS = 1_000  # of all loops together
WORK = 100_000  # values looked at; less than a tenth of a second
_BITS = 128  # of a whole number


class TemplateProblem(Exception):
    """Why a template cannot be used. ``text`` says what is wrong, ``hint`` what mends it."""

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self.text, self.hint = text, hint


class SlotText(str):
    """A slot as replies show it; ``value`` is its normalised value, which it equals too.

    False-y where it is empty or the slot's value is “no”.
    """

    value: Any

    def __new__(cls, text: str = "", value: Any = None) -> SlotText:
        self = super().__new__(cls, text)
        self.value = value
        return self

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other) is True or (self.value is not None and self.value == other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__

    def __bool__(self) -> bool:
        return len(self) > 0 and self.value is not False


@dataclass
class Run:
    """One rendering. ``known`` are the names that it has; ``escape`` makes an output safe for its
    place; ``last`` is the value of the latest output."""

    known: Sequence[str] = ()
    language: str = "en"
    escape: Callable[[str], str] = str
    last: Any = None
    work: int = WORK
    rounds: int = MOST_ROUNDS
    output: int = MOST_OUTPUT

    def spend(self, work: int = 0, rounds: int = 0, output: int = 0) -> None:
        """Raises TemplateProblem where the budget is used up."""
        self.work -= work
        self.rounds -= rounds
        self.output -= output
        if self.output < 0:
            raise TemplateProblem(
                f"The text gets longer than {MOST_OUTPUT:,} characters.", _SMALLER
            )
        if self.rounds < 0:
            raise TemplateProblem(f"Its loops go round more than {MOST_ROUNDS:,} times.", _SMALLER)
        if self.work < 0:
            raise TemplateProblem("The template is too much work.", _SMALLER)


_SMALLER = "Use fewer loops and repetitions, or name a smaller part of the value."
running: ContextVar[Run] = ContextVar("running")


def weigh(value: Any) -> Any:
    """The value itself, after paying for all that it holds."""
    run, stack = running.get(), [value]
    while stack:
        item = stack.pop()
        run.spend(work=1 + (len(item) // 64 if isinstance(item, str) else 0))
        if isinstance(item, Mapping):
            stack.extend(item)
            stack.extend(item.values())
        elif isinstance(item, list | tuple | set | frozenset):
            stack.extend(item)
        elif isinstance(item, int) and item.bit_length() > _BITS:
            raise TemplateProblem("A number gets too large.", "Reckon with smaller numbers.")
    return value


def metered(values: Iterator[Any]) -> Iterator[Any]:
    """The same values, each paid for when it is taken."""
    return map(weigh, values)


def plain(value: Any) -> Any:
    """The value as JSON has it. Raises TemplateProblem for what is no value."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        raise TemplateProblem("A number gets too large.", "Reckon with smaller numbers.")
    if isinstance(value, Mapping):
        return {as_text(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset | Iterator):
        return [plain(item) for item in value]
    if isinstance(value, Undefined):
        str(value)  # says which name is not known
    raise TemplateProblem(
        "Something that is no value was to be shown.", "Name a slot, or a part of one."
    )


def as_text(value: Any) -> str:
    """The value as a template prints it: nothing for None, lists and objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return json.dumps(plain(weigh(value)), ensure_ascii=False)
