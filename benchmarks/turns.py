"""How long a turn takes before the bot begins to answer: understanding, tracking and deciding.

A bot of 30 intents and 60 slots (:mod:`.made_up`) is asked for each of its jobs, given every value
that it asks for, and corrected once. No generator, no articles, no actions.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from backend.dialogue.engine import Engine
from backend.dialogue.memory import Memory
from backend.dialogue.schema import Schema
from backend.dialogue.types import Reply, State, Utterance
from backend.inference.interfaces import Encoder

from . import made_up

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
STAGES = ("understand", "track", "decide")
_MOST_TURNS = 8  # of a dialogue
_VALUES = {"date": "on Friday", "money": "40 pounds", "number": "3", "time": "half past two"}


class _NoArticles:
    async def search(self, site: str, query: str, limit: int, language: str) -> list[object]:
        return []


async def measure(encoder: Encoder, data: Path | None) -> None:
    schema = made_up.schema()
    engine = Engine(
        searcher=_NoArticles(),  # type: ignore[arg-type]
        generator=None,
        encoder=encoder,
        monotonic=time.monotonic,
    )
    began = time.monotonic()
    await engine.warm_up(schema)
    print(f"\nTurns of a bot with 30 intents and 60 slots, ready after {_since(began):.1f} s")
    turns = [
        stages for opening in _openings(schema) for stages in await _played(engine, schema, opening)
    ]
    for name in (*STAGES, "together"):
        spent = [sum(s.values()) if name == "together" else s[name] for s in turns]
        last = quantiles(spent, n=20)[-1]
        print(f"  {name:10} median {median(spent):6.1f} ms, 95th percentile {last:6.1f} ms")
    print(f"  over {len(turns)} turns; together the median shall be under 60 ms")


def _since(began: float) -> float:
    return time.monotonic() - began


def _openings(schema: Schema) -> Iterator[str]:
    for wishes in made_up.WISHES.values():
        for verb, what, _ in wishes.values():
            yield f"Hello, I was wondering if I could {verb} {what} sometime this week?"


async def _played(engine: Engine, schema: Schema, opening: str) -> Sequence[dict[str, float]]:
    """Milliseconds of the stages of each turn of one dialogue."""
    state = State("bench", (), locale="en", schema=schema, now=NOW)
    said, found = opening, []
    for number in range(_MOST_TURNS):
        history = (*state.history, Utterance("visitor", said, seq=2 * number + 1))
        reply = await _reply(engine, replace(state, history=history))
        found.append({stage: reply.analysis["stages_ms"].get(stage, 0.0) for stage in STAGES})
        if not reply.memory.tasks:
            break
        said = _answer(schema, reply.memory, number)
        told = Utterance("bot", reply.text, choices=reply.choices, seq=2 * number + 2)
        state = replace(state, history=(*history, told), memory=reply.memory)
    return found


async def _reply(engine: Engine, state: State) -> Reply:
    async for event in engine.respond(state):
        if isinstance(event, Reply):
            return event
    raise AssertionError("the engine gave no reply")


def _answer(schema: Schema, memory: Memory, number: int) -> str:
    """What was asked for; once with a value before it put right."""
    task = memory.tasks[0]
    found = schema.find(task.intent)
    slot = found and found[0].slot(memory.expects.slot)
    value = (
        _VALUES.get(slot.type, f"the green one by the {task.intent[:4]} door") if slot else "yes"
    )
    dates = [name for name in task.values if name.endswith("day")]
    return f"{value}, and make the {dates[0]} the 19th instead" if dates and number == 2 else value
