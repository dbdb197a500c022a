"""A task's slots by its intent: which count, which are missing, what they start with.

Pure functions from values to values. Knows schemas and memory; nothing of what was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..memory import MOST_DONE, Memory, Option, Task, Value
from ..responding.requests import needs
from ..schema import Intent, IntentSlot, Schema, Service, Slot


def counts(use: IntentSlot, values: Mapping[str, Value]) -> bool:
    """Whether the slot's conditions hold, given the other slots' values."""
    return all(
        slot in values and spelt(values[slot].value) in wanted for slot, wanted in use.when.items()
    )


def spelt(value: Any) -> str:
    """A value as conditions name it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def with_defaults(intent: Intent, task: Task) -> dict[str, Value]:
    """The values that count, with defaults for optional slots that were not given."""
    values = dict(task.values)
    for use in intent.slots:
        if use.slot not in values and use.default is not None and not use.required:
            values[use.slot] = Value(value=use.default, text=spelt(use.default), source="default")
    return {
        use.slot: values[use.slot]
        for use in intent.slots
        if use.slot in values and counts(use, values)
    }


def missing(service: Service, intent: Intent, task: Task) -> Slot | None:
    """The first required slot that counts and has no value."""
    values = with_defaults(intent, task)
    for use in intent.slots:
        slot = service.slot(use.slot)
        if slot and use.required and use.slot not in values and counts(use, values):
            return slot
    return None


def begin(
    schema: Schema,
    name: str,
    memory: Memory,
    profile: Mapping[str, Any],
    since: int,
    last: Task | None = None,
) -> tuple[Memory, Task]:
    """A new task for the intent, with what the profile and earlier tasks know already.

    Where the ``last`` one is taken up again, all that it was given is known, and what was offered.
    """
    found = schema.find(name)
    assert found, name
    service, intent = found
    values = {}
    for use in intent.slots:
        slot = service.slot(use.slot)
        value = slot and (_of_profile(slot, profile) or _carried(schema, slot, memory))
        if value:
            values[use.slot] = value
    task = Task(id=memory.count + 1, intent=name, since=since, values=values)
    if last:
        kept = {
            slot: value.model_copy(update={"source": "carried"})
            for slot, value in last.values.items()
        }
        task = task.with_(values=values | kept, options=last.options)
    return memory.with_(count=task.id), task


def _of_profile(slot: Slot, profile: Mapping[str, Any]) -> Value | None:
    known = profile.get(slot.profile) if slot.profile else None
    if not isinstance(known, str | int | float) or known == "":
        return None
    return Value(value=known, text=str(known), source="profile")


def _carried(schema: Schema, slot: Slot, memory: Memory) -> Value | None:
    """What the latest task that has a slot of this name and type was given for it."""
    if not slot.carry or slot.sensitive:
        return None
    for task in (*memory.tasks, *reversed(memory.done)):
        found = schema.find(task.intent)
        twin = found and found[0].slot(slot.name)
        value = task.values.get(slot.name)
        if twin and twin.type == slot.type and value and value.value is not None:
            # An offered value means something only among what was offered for that task.
            if slot.offer and twin != slot:
                return None
            return value.model_copy(update={"source": "carried"})
        got = task.results.get(slot.name)
        if slot.type == "pattern" and isinstance(got, str) and got:
            # “Cancel that booking”: its number is what the booking was answered with.
            return Value(value=got, text=got, source="carried")
    return None


def fill(service: Service, task: Task, slot: str, value: Value | None) -> Task:
    """Set a slot, or clear it with None; what was offered because of its old value goes too."""
    values = {name: kept for name, kept in task.values.items() if name != slot}
    options = dict(task.options)
    before = task.values.get(slot)
    if before is None or value is None or before.value != value.value:
        for name in dependents(service, slot):
            options.pop(name, None)
            values.pop(name, None)
    if value is not None:
        values[slot] = value
    tries = {name: count for name, count in task.tries.items() if name != slot}
    return task.with_(values=values, options=options, tries=tries)


def dependents(service: Service, slot: str) -> set[str]:
    """The slots whose offered values depend on this one, directly or through others."""
    found: set[str] = set()
    waiting = [slot]
    while waiting:
        name = waiting.pop()
        for other in service.slots:
            action = other.offer and service.action(other.offer.action)
            if action and other.name not in found and name in needs(action, service):
                found.add(other.name)
                waiting.append(other.name)
    return found - {slot}


def doubt(service: Service, task: Task, slots: Iterable[str]) -> Task:
    """Clear the slots, with whose values nothing was found; only one of them may be wrong."""
    doubted = {name: task.values[name] for name in slots if name in task.values}
    return clear(service, task, doubted).with_(doubted=doubted)


def settle_doubts(service: Service, task: Task) -> Task:
    """Once one of the doubted values was put right, take the others for what they were."""
    given = {name: task.values[name] for name in task.doubted if name in task.values}
    if all(value.value == task.doubted[name].value for name, value in given.items()):
        return task
    for name, value in task.doubted.items():
        if name not in given:
            task = fill(service, task, name, value)
    return task.with_(doubted={})


def any_will_do(service: Service, intent: Intent, task: Task, name: str) -> Value | None:
    """What a slot gets for which the visitor has no preference: nothing where it is optional, else
    the first of what can be chosen; None where there is nothing to choose from."""
    slot = service.slot(name)
    use = next((use for use in intent.slots if use.slot == name), None)
    if slot is None or use is None or not use.required:
        return Value(value=None)
    if slot.offer:
        return next((only(option) for option in task.options.get(name, ())), None)
    if slot.choices:
        return only(Option(value=slot.choices[0].value, label=slot.choices[0].value))
    return None


def clear(service: Service, task: Task, slots: Iterable[str]) -> Task:
    for slot in slots:
        task = fill(service, task, slot, None)
    return task


def count_try(task: Task, slot: str) -> Task:
    return task.with_(tries={**task.tries, slot: task.tries.get(slot, 0) + 1})


def put_first(memory: Memory, task: Task) -> Memory:
    """The task as the one that is worked on, once."""
    return memory.with_(tasks=(task, *(t for t in memory.tasks if t.id != task.id)))


def replace(memory: Memory, task: Task) -> Memory:
    return memory.with_(tasks=tuple(task if t.id == task.id else t for t in memory.tasks))


def end(memory: Memory, task: Task) -> Memory:
    """Move the task, whose status says how it ended, to those that are done."""
    return memory.with_(
        tasks=tuple(t for t in memory.tasks if t.id != task.id),
        done=(*memory.done, task)[-MOST_DONE:],
    )


def only(option: Option) -> Value:
    """The one value that there is to choose."""
    return Value(value=option.value, text=option.label, source="choice", confidence=0.9)
