"""Runs the bot's regression tests: plays a script and holds each turn against what it expects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import re2
from asgiref.sync import async_to_sync
from django.utils import timezone

from backend.conversations.models import Site
from backend.conversations.zones import zone_named
from backend.dialogue.schema import Schema
from backend.dialogue.types import Reply
from backend.schemas.models import Bot
from backend.schemas.scripts import Script, ScriptTurn, TestReport

from . import runtime
from .actions import Rehearsal
from .trial import NoSuchButton, Trial
from .turns import Responder


def run_tests(bot: Bot, schema: Schema) -> list[TestReport]:
    """The bot's tests on this schema; the function that ``KEFU_BOT_TESTER`` names."""
    tests = bot.tests.all()
    scripts = [Script.model_validate({**test.script, "name": test.name}) for test in tests]
    return async_to_sync(_run)(bot.site, schema, scripts)


async def _run(site: Site, schema: Schema, scripts: Sequence[Script]) -> list[TestReport]:
    async with runtime.some_engine(schema) as engine:
        return [await play(script, schema, engine, site) for script in scripts]


async def play(script: Script, schema: Schema, engine: Responder, site: Site) -> TestReport:
    """Play the script to its end, or to the first button that is not there."""
    trial = Trial(site.key, site.name, script.locale, script.profile)
    actions = Rehearsal(script.answers)
    now = _now(script, site.time_zone)
    problems: list[str] = []
    turns: list[dict[str, Any]] = []
    for number, turn in enumerate(script.turns, 1):
        try:
            trial = trial.choose(turn.choose) if turn.choose else trial.say(turn.say)
        except NoSuchButton as error:
            problems.append(f"Turn {number}: {error}")
            break
        trial, reply, handoff = await trial.answer(engine, schema, now, actions)
        wrong = list(_wrong(turn, reply, handoff))
        problems.extend(f"Turn {number}: {text}" for text in wrong)
        turns.append(
            {
                "visitor": turn.say or turn.choose,
                "bot": reply.text,
                "choices": [choice.label for choice in reply.choices],
                "problems": wrong,
            }
        )
    return TestReport(script.name, not problems, tuple(problems), {"turns": turns})


def _now(script: Script, time_zone: str) -> datetime:
    zone = zone_named(script.time_zone, time_zone)
    if not script.now:
        return timezone.now().astimezone(zone)
    now = datetime.fromisoformat(script.now)
    return now.astimezone(zone) if now.tzinfo else now.replace(tzinfo=zone)


def _wrong(turn: ScriptTurn, reply: Reply, handoff: str | None) -> Iterator[str]:
    """What is not as the turn expects, in words."""
    task = reply.analysis.get("task") or {}
    called = [action["action"] for action in reply.analysis.get("actions", ())]
    if turn.intent is not None and turn.intent != task.get("intent", ""):
        yield f"the intent is {task.get('intent') or 'none'}, not {turn.intent or 'none'}."
    known = task.get("slots", {})
    for slot, value in turn.slots.items():
        if known.get(slot) != value:
            yield f"the slot {slot} is {_json(known.get(slot))}, not {_json(value)}."
    if turn.action == "" and called:
        yield f"the action {called[0]} was called, and none should be."
    elif turn.action and turn.action not in called:
        yield f"the action {turn.action} was not called; called was: {', '.join(called) or 'none'}."
    for pattern in turn.reply:
        if not re2.search(f"(?is){pattern}", reply.text):
            yield f"the reply has nothing like “{pattern}”: {reply.text[:300]}"
    if turn.handoff is not None and turn.handoff != (handoff is not None):
        yield "a person should take over." if turn.handoff else f"a person took over: {handoff}."


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
