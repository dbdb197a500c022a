"""Slots that an operator set on the desk since the last turn."""

from __future__ import annotations

from ..deciding import tasks
from ..memory import Value
from ..tracking.parsers import PARSERS
from ..tracking.values import Found
from .work import Work, context_of


def apply_edits(work: Work) -> None:
    """Put them into the task in hand. What its type refuses is left, and reported."""
    for edit in work.state.edits:
        slot = work.memory.tasks and work.scene().service.slot(edit.slot)
        if not slot:
            work.turn.problems.append(f"No open task has the slot {edit.slot}.")
            continue
        if edit.value in (None, ""):
            work.clear(work.task, [slot.name])
            continue
        value = edit.value
        if isinstance(value, str):
            context = context_of(work.state, work.language, work.task.options.get(slot.name, ()))
            read = PARSERS[slot.type].read(value, slot, context)
            if not isinstance(read, Found):
                work.turn.problems.append(f"“{value[:100]}” is no value for {slot.name}.")
                continue
            value = read.value
        work.agreed.discard(work.task.id)
        made = Value(value=value, text=str(edit.value)[:1000], source="operator")
        work.keep(tasks.fill(work.scene().service, work.task, slot.name, made))
        work.turn.step("edited", f"{slot.name} was set on the desk")
