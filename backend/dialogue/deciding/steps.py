"""What the bot does next for the tasks in hand: the policy's second half, to be read.

Pure: from schema and memory to one step. A task that needs a confirmation is carried out only in
the very turn in which the visitor agreed and changed nothing after that.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..memory import Memory, Task
from ..schema import Intent, Schema, Service, Slot
from . import tasks


@dataclass(frozen=True)
class Options:
    """Call the slot's action, so that its values can be offered."""

    slot: Slot


@dataclass(frozen=True)
class AskSlot:
    slot: Slot


@dataclass(frozen=True)
class Confirm:
    """Say what will be done, and ask whether it is right."""


@dataclass(frozen=True)
class Do:
    """Everything is there: do what the intent does."""


@dataclass(frozen=True)
class Drop:
    """The version of the bot does not know the task's intent."""


Step = Options | AskSlot | Confirm | Do | Drop


@dataclass(frozen=True)
class Next:
    task: Task
    step: Step
    why: str
    service: Service | None = None
    intent: Intent | None = None


def next_step(schema: Schema, memory: Memory, agreed: Collection[int] = ()) -> Next | None:
    """For the first task; None where there is none. ``agreed`` are tasks confirmed just now."""
    if not memory.tasks:
        return None
    task = memory.tasks[0]
    found = schema.find(task.intent)
    if not found:
        return Next(task, Drop(), f"this version of the bot has no intent {task.intent}")
    service, intent = found
    slot = tasks.missing(service, intent, task)
    if slot and slot.offer and slot.name not in task.options:
        return Next(task, Options(slot), f"{slot.name} is chosen from a list", service, intent)
    if slot:
        return Next(task, AskSlot(slot), f"{slot.name} is required and empty", service, intent)
    if intent.confirm and task.id not in agreed:
        return Next(task, Confirm(), "it has to be confirmed", service, intent)
    why = "it was confirmed" if intent.confirm else "everything that it needs is there"
    return Next(task, Do(), why, service, intent)
