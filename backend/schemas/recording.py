"""Makes a test out of a conversation that took place: what was said, and what the bot made of it.

Pure: takes the turns as they were stored. Values that were masked cannot come back, so they are
not expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .scripts import Answer, Script, ScriptTurn

MASK = "•"


@dataclass(frozen=True)
class Recorded:
    """A turn: the visitor's words, whether they pressed a button with them, and the analysis that
    the turn left."""

    said: str
    pressed: bool = False
    analysis: Mapping[str, Any] = field(default_factory=dict)


def script_of(turns: Sequence[Recorded], **about: Any) -> Script:
    """The test that the bot passes as long as it does what it did then.

    ``about`` are the script's other fields: its name, ``now``, the profile and so on.
    """
    calls = [call for turn in turns for call in turn.analysis.get("actions") or ()]
    return Script(answers=_answers(calls), turns=_turns(turns), **about)


def has_masked(script: Script) -> bool:
    """Whether somebody has to write other values in place of masked ones."""
    return any(MASK in turn.say for turn in script.turns)


def _turns(turns: Sequence[Recorded]) -> list[ScriptTurn]:
    """Each with the slots that it changed, and the last one of a task with all: so a test can be
    read, and still notices a value that was lost on the way."""
    said = [turn for turn in turns if turn.said.strip()]
    tasks = [turn.analysis.get("task") or {} for turn in said]
    ids = [task.get("id", task.get("intent")) for task in tasks]
    found = []
    for place, (turn, task) in enumerate(zip(said, tasks, strict=True)):
        goes_on = ids[place : place + 2] == [ids[place]] * 2
        went_on = place > 0 and ids[place - 1] == ids[place]
        known = tasks[place - 1].get("slots") or {} if went_on and goes_on else {}
        found.append(_turn(turn, task, known))
    return found


def _turn(turn: Recorded, task: Mapping[str, Any], known: Mapping[str, Any]) -> ScriptTurn:
    calls = turn.analysis.get("actions") or []
    slots = {name: value for name, value in (task.get("slots") or {}).items() if _plain(value)}
    return ScriptTurn(
        say="" if turn.pressed else turn.said,
        choose=turn.said if turn.pressed else "",
        intent=task.get("intent") or None,
        slots={
            name: value
            for name, value in slots.items()
            if name not in known or known[name] != value
        },
        action=calls[-1]["action"] if calls else "",
        handoff=True if turn.analysis.get("handoff") else None,
    )


def _answers(calls: Iterable[Mapping[str, Any]]) -> list[Answer]:
    """In their order; an action's last answer holds for every later call, so it stands once."""
    by_action: dict[str, list[Answer]] = {}
    for call in calls:
        answer = Answer.model_validate(
            {"action": call["action"], "status": call.get("status") or 0, "json": call.get("json")}
        )
        by_action.setdefault(answer.action, []).append(answer)
    for answers in by_action.values():
        while len(answers) > 1 and answers[-1] == answers[-2]:
            answers.pop()
    return [answer for answers in by_action.values() for answer in answers]


def _plain(value: Any) -> bool:
    return not (isinstance(value, str) and MASK in value)
