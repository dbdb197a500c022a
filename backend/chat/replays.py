"""Plays a stored conversation's turns again and compares the decisions.

Each turn gets the log as it was, the clock that it had, what the replay itself remembers, and the
answers that the customer's system gave then; nothing is called and nothing is stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from backend.conversations.models import Turn
from backend.dialogue.memory import Memory
from backend.dialogue.types import ActionCall, ActionResult, Reply

from .database import in_database
from .state import load_state
from .turns import Responder

# What has to come out the same; texts and times may differ where a model words them.
COMPARED = ("language", "decision", "steps", "task", "actions", "handoff")


@dataclass(frozen=True)
class Difference:
    turn: str  # the message's id
    what: str
    stored: Any
    replayed: Any


class Recorded:
    """Answers calls with what was answered then."""

    def __init__(self, recorded: list[Mapping[str, Any]]) -> None:
        self._recorded = list(recorded)

    async def call(self, call: ActionCall) -> ActionResult:
        for index, action in enumerate(self._recorded):
            if action["action"] == call.action:
                del self._recorded[index]
                return ActionResult(
                    action["outcome"],
                    action["status"],
                    action["json"],
                    action["error"],
                    action["ms"],
                )
        return ActionResult("failure", error="This call was not made then.")


async def replay(conversation: UUID, engine: Responder) -> list[Difference]:
    """All differences, in the order of the turns; none for an engine that decides as it did."""
    turns = await in_database(_turns)(conversation)
    differences: list[Difference] = []
    memory = Memory()
    for turn in turns:
        reply = await _again(turn, memory, engine)
        differences.extend(_differences(turn, reply))
        memory = reply.memory
    return differences


def _turns(conversation: UUID) -> list[Turn]:
    done = Turn.objects.filter(conversation=conversation, state=Turn.State.DONE)
    return list(done.exclude(began_at=None).order_by("head"))


async def _again(turn: Turn, memory: Memory, engine: Responder) -> Reply:
    assert turn.began_at is not None
    state = await in_database(load_state)(
        turn.conversation_id, turn.head, turn.began_at, opened=True
    )
    actions = Recorded(turn.analysis.get("actions", []))
    async for event in engine.respond(replace(state, memory=memory), actions):
        if isinstance(event, Reply):
            return event
    raise AssertionError("the engine ended without a reply")


def _differences(turn: Turn, reply: Reply) -> Iterator[Difference]:
    for name in COMPARED:
        stored = turn.analysis.get(name)
        replayed = json.loads(json.dumps(reply.analysis.get(name)))  # as the database has it
        if stored != replayed:
            yield Difference(str(turn.message), name, stored, replayed)
