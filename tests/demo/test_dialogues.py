"""The dialogues to measure with: well formed, of the demo's bot, and as many as was asked for."""

from __future__ import annotations

import re

import pytest

from backend.demo.bot import FILE
from backend.schemas.document import load
from backend.schemas.scripts import Script
from benchmarks.dialogues import FILES, scripts

DOCUMENT = load(FILE.read_bytes())
SCHEMA = DOCUMENT.schema
DIALOGUES = {path.stem: scripts(path, "") for path in FILES}
EVERY = [*(DOCUMENT.tests or ()), *(script for found in DIALOGUES.values() for script in found)]
each_script = pytest.mark.parametrize("script", EVERY, ids=lambda script: script.name[:40])


@each_script
def test_a_dialogue_names_what_the_bot_has(script: Script) -> None:
    intents = {intent.name: service for service, intent in SCHEMA.intents()}
    actions = {action.name for service in SCHEMA.services for action in service.actions}
    slots = {slot.name for service in SCHEMA.services for slot in service.slots}
    assert {answer.action for answer in script.answers} <= actions
    for turn in script.turns:
        assert (turn.intent or "order_status") in intents
        assert (turn.action or "get_order") in actions
        assert set(turn.slots) <= slots


@each_script
def test_a_dialogue_expects_something_of_its_last_turn(script: Script) -> None:
    last = script.turns[-1]
    assert last.reply or last.slots or (last.intent, last.action, last.handoff) != (None,) * 3


def test_there_are_enough_and_half_of_them_are_held_out() -> None:
    shown, held_out = DIALOGUES["dialogues"], DIALOGUES["heldout"]
    assert len(shown) + len(held_out) >= 30
    assert abs(len(shown) - len(held_out)) <= 1
    assert len({script.name for script in EVERY}) == len(EVERY)
    for found in (shown, held_out):
        chinese = [s for s in found if re.search("[\u4e00-\u9fff]", s.turns[0].say)]
        assert len(chinese) >= 4


def test_every_intent_has_a_test_and_most_have_one_in_each_language() -> None:
    tested = {turn.intent for script in DOCUMENT.tests or () for turn in script.turns}
    handed_over = {"talk_to_person"}  # understood before any intent is looked for
    assert {intent.name for _, intent in SCHEMA.intents()} - handed_over <= tested
