"""A turn as operators see it beside the message, and the slots that changed in it.

JSON values only; sensitive values are masked.
"""

from __future__ import annotations

from typing import Any

from .acting.work import Work
from .deciding import tasks
from .memory import Task, Value
from .responding.display import mask
from .responding.talk import title
from .schema import Slot, in_language
from .types import SlotChange
from .understanding.intents import Clause

_MOST_INTENTS = 5


def analysis(
    work: Work, clauses: tuple[Clause, ...], refused: bool, *, encoder: str, generator: str
) -> dict[str, Any]:
    """Language, intents with scores, slots with provenance, decision and why, passages, actions,
    milliseconds of each stage, and what it was made with."""
    turn, meant = work.turn, work.meant
    task = _subject(work)
    return {
        "language": turn.language,
        "decision": _decision(work, refused),
        "why": turn.steps[-1]["why"] if turn.steps else meant.why,
        "angry": meant.angry,
        "refusals_before": meant.refusals,
        "handoff": turn.handoff,
        "intents": _intents(work, clauses),
        "task": _task(work, task) if task else {},
        "slots": _slots(work, task) if task else [],
        "steps": turn.steps,
        "questions": turn.answers,
        "actions": turn.actions,
        "problems": turn.problems,
        "stages_ms": turn.stages,
        "encoder": encoder,
        "generator": generator,
        "tracker": work.tracker.name if work.state.schema else "",
        "schema": {"checksum": work.schema.checksum} if work.state.schema else {},
    }


def changes(work: Work) -> tuple[SlotChange, ...]:
    """The slots that have another value than before the turn, or none any more."""
    before = {task.id: task for task in work.state.memory.tasks}
    found = []
    for task in (*work.memory.tasks, *work.closed):
        old = before[task.id].values if task.id in before else {}
        for name in {**old, **task.values}:
            value, was = task.values.get(name), old.get(name)
            if (value and value.value) != (was and was.value) or bool(value) != bool(was):
                found.append(_change(work, task, name, value))
    return tuple(found)


def _change(work: Work, task: Task, name: str, value: Value | None) -> SlotChange:
    if value is None:
        return SlotChange(name, None, "", "visitor")
    slot = _slot(work, task, name)
    if slot and slot.sensitive:
        return SlotChange(name, mask(value.text), mask(value.text), value.source)
    return SlotChange(name, value.value, value.text, value.source)


def _slot(work: Work, task: Task, name: str) -> Slot | None:
    found = work.schema.find(task.intent)
    return found[0].slot(name) if found else None


def _subject(work: Work) -> Task | None:
    """The task that the turn was about: the one that ended last in it, else the one in hand."""
    if work.closed and not (work.memory.tasks and work.memory.expects.kind):
        return work.closed[-1]
    return work.memory.tasks[0] if work.memory.tasks else None


def _decision(work: Work, refused: bool) -> str:
    if work.turn.steps:
        return work.turn.steps[-1]["step"]
    return "refused" if refused else work.meant.kind


def _intents(work: Work, clauses: tuple[Clause, ...]) -> list[dict[str, Any]]:
    """The best of each clause; with several clauses, which words each score is about."""
    found = []
    for clause in clauses:
        about = {"text": clause.text[:200]} if len(clauses) > 1 else {}
        for ranked in clause.ranking[:_MOST_INTENTS]:
            named = work.schema.find(ranked.intent)
            label = in_language(named[1].title, "en") if named else None
            found.append(
                {"intent": ranked.intent, "title": label or ranked.intent}
                | {"score": round(ranked.score, 3)}
                | about
            )
        found.append({"intent": "", "title": "none of these", "score": round(clause.none, 3)})
    return found


def _task(work: Work, task: Task) -> dict[str, Any]:
    found = work.schema.find(task.intent)
    values = tasks.with_defaults(found[1], task) if found else task.values
    return {
        "id": task.id,
        "intent": task.intent,
        "status": task.status,
        "slots": {name: _plain(work, task, name, value) for name, value in values.items()},
        "results": dict(task.results),
    }


def _plain(work: Work, task: Task, name: str, value: Value) -> Any:
    slot = _slot(work, task, name)
    return mask(value.text) if slot and slot.sensitive else value.value


def _slots(work: Work, task: Task) -> list[dict[str, Any]]:
    how = {m.slot: m.how for m in work.mentions}
    found = []
    for name, value in task.values.items():
        slot = _slot(work, task, name)
        hidden = bool(slot and slot.sensitive)
        found.append(
            {
                "slot": name,
                "title": title(slot, "en") if slot else name,
                "value": mask(value.text) if hidden else value.value,
                "text": mask(value.text) if hidden else value.text,
                "source": value.source,
                "message": value.message,
                "start": value.start,
                "end": value.end,
                "confidence": value.confidence,
                "how": how.get(name, ""),
            }
        )
    return found
