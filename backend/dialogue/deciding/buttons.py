"""Buttons under the bot's messages, and what a click on one means.

A button's id names the task that it belongs to, so that a click on an old one does nothing to a
new task. Ids have at most 64 characters; a longer one is not offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from ..memory import Memory, Option, Task
from ..schema import Schema, Slot, in_language
from ..types import Choice

Kind = Literal["slot", "yes", "no", "cancel", "change", "intent"]
_MOST = 8  # buttons; more cannot be taken in at a glance
_LONGEST = 64


@dataclass(frozen=True)
class Button:
    kind: Kind
    task: int = 0
    name: str = ""  # of the slot or intent
    index: int = 0

    def stale(self, memory: Memory) -> bool:
        """Whether it belongs to a task that is not in hand any more."""
        return self.kind != "intent" and self.task not in [t.id for t in memory.tasks[:1]]


def make(button: Button, label: str) -> Choice | None:
    """None where the id would be too long for the protocol."""
    id = f"{button.kind}:{button.task}:{button.name}:{button.index}"
    return Choice(id, label) if len(id) <= _LONGEST else None


def read(id: str) -> Button | None:
    """The button of this id; None where the id is none of ours."""
    kind, *rest = id.split(":")
    if kind not in Kind.__args__ or len(rest) != 3:  # type: ignore[attr-defined]
        return None
    task, name, index = rest
    if not (task.isascii() and task.isdigit() and index.isascii() and index.isdigit()):
        return None
    return Button(cast(Kind, kind), int(task), name, int(index))


def choices(*made: Choice | None) -> tuple[Choice, ...]:
    return tuple(choice for choice in made if choice)


def of_slot(task: Task, slot: Slot, listed: Sequence[Option]) -> tuple[Choice, ...]:
    """One button for each value, where they are few enough."""
    if len(listed) > _MOST:
        return ()
    return choices(
        *(make(Button("slot", task.id, slot.name, i), o.label) for i, o in enumerate(listed))
    )


def options(schema: Schema, task: Task, name: str, language: str = "") -> tuple[Option, ...]:
    """The values that the slot can be given by button, in their order."""
    found = schema.find(task.intent)
    slot = found and found[0].slot(name)
    if not slot:
        return ()
    if slot.offer:
        return tuple(task.options.get(name, ()))
    if slot.type == "yes_no":
        return (Option(value=True, label="yes"), Option(value=False, label="no"))
    return tuple(
        Option(value=c.value, label=in_language(c.labels, language) or c.value)
        for c in slot.choices
    )
