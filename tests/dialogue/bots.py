"""A made-up company's bot, and a system behind it that answers as it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from backend.dialogue.engine import Engine
from backend.dialogue.memory import Memory
from backend.dialogue.schema import Schema
from backend.dialogue.types import (
    ActionCall,
    ActionResult,
    Edit,
    Handoff,
    Reply,
    State,
    Utterance,
)

from .conftest import BagEncoder, ListSearcher

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday

SCHEMA = Schema.model_validate(
    {
        "name": "Library",
        "languages": ["en", "zh"],
        "services": [
            {
                "name": "loans",
                "description": "Borrowed books",
                "slots": [
                    {
                        "name": "card",
                        "type": "pattern",
                        "pattern": "L\\d{4}",
                        "title": {"en": "card number", "zh": "借书证号"},
                        "prompts": {
                            "en": ["What is your card number?", "It begins with L. What is it?"],
                            "zh": ["请问您的借书证号？"],
                        },
                    },
                    {
                        "name": "book",
                        "type": "choice",
                        "title": {"en": "book", "zh": "书"},
                        "prompts": {"en": ["Which book?"], "zh": ["哪本书？"]},
                        "offer": {
                            "action": "list_loans",
                            "items": "loans",
                            "value": "id",
                            "label": "title",
                        },
                    },
                    {
                        "name": "until",
                        "type": "date",
                        "title": {"en": "new date", "zh": "新日期"},
                        "prompts": {"en": ["Until when?"], "zh": ["到哪一天？"]},
                        "earliest": "0",
                        "latest": "+30",
                    },
                    {
                        "name": "pin",
                        "type": "pattern",
                        "pattern": "\\d{6}",
                        "sensitive": True,
                        "prompts": {"en": ["What is your PIN?"], "zh": ["请问密码？"]},
                    },
                    {
                        "name": "reason",
                        "type": "text",
                        "prompts": {"en": ["Why?"], "zh": ["原因？"]},
                    },
                ],
                "intents": [
                    {
                        "name": "extend_loan",
                        "title": {"en": "Extend a loan", "zh": "续借"},
                        "description": "Keep a borrowed book longer",
                        "examples": {
                            "en": [
                                "I want to extend my loan",
                                "keep [Dune](book) until [Friday](until)",
                                "renew a book on card [L1234](card)",
                                "extend the loan of a book",
                            ],
                            "zh": ["我想续借", "续借[沙丘](book)到[周五](until)", "把书续借几天"],
                        },
                        "slots": [
                            {"slot": "card"},
                            {"slot": "book"},
                            {"slot": "until"},
                        ],
                        "confirm": True,
                        "does": "action",
                        "action": "extend",
                        "replies": {"success": {"en": "{{ book }} is yours until {{ until }}."}},
                    },
                    {
                        "name": "list_books",
                        "title": {"en": "Show my loans", "zh": "我的借阅"},
                        "examples": {
                            "en": [
                                "which books have I borrowed",
                                "show my loans",
                                "what do I have on card [L1234](card)",
                            ],
                            "zh": ["我借了哪些书", "查一下我的借阅"],
                        },
                        "slots": [{"slot": "card"}],
                        "does": "action",
                        "action": "list_loans",
                        "replies": {
                            "success": {"en": "You have: {{ result.titles | join(', ') }}."},
                            "not_found": {"en": "There is no card {{ card }}."},
                        },
                    },
                    {
                        "name": "report_lost",
                        "title": {"en": "Report a lost card", "zh": "挂失"},
                        "examples": {
                            "en": ["I lost my library card", "report my card as lost"],
                            "zh": ["我的借书证丢了", "挂失借书证"],
                        },
                        "slots": [
                            {"slot": "pin"},
                            {"slot": "reason", "required": False},
                        ],
                        "confirm": True,
                        "does": "action",
                        "action": "report",
                    },
                    {
                        "name": "librarian",
                        "title": {"en": "See a librarian", "zh": "找馆员"},
                        "examples": {"en": ["I need a librarian"], "zh": ["我要找馆员"]},
                        "does": "handoff",
                    },
                ],
                "actions": [
                    {
                        "name": "list_loans",
                        "method": "GET",
                        "url": "https://library.example/loans/{{ card }}",
                        "results": {"titles": "loans[].title"},
                    },
                    {
                        "name": "extend",
                        "method": "POST",
                        "url": "https://library.example/loans/{{ card }}/{{ book }}",
                        "body": {"until": "{{ until }}"},
                    },
                    {
                        "name": "report",
                        "method": "POST",
                        "url": "https://library.example/lost",
                        "body": {"pin": "{{ pin }}", "reason": "{{ reason }}"},
                    },
                ],
            }
        ],
    }
)
LOANS = {"loans": [{"id": "b1", "title": "Dune"}, {"id": "b2", "title": "Emma"}]}


@dataclass
class System:
    """The customer's system: answers each action from its queue, else with success."""

    answers: dict[str, list[ActionResult]] = field(default_factory=dict)
    calls: list[ActionCall] = field(default_factory=list)
    results: list[ActionResult] = field(default_factory=list)

    async def call(self, call: ActionCall) -> ActionResult:
        self.calls.append(call)
        waiting = self.answers.get(call.action)
        json = LOANS if call.action == "list_loans" else {}
        result = waiting.pop(0) if waiting else ActionResult("success", 200, json)
        self.results.append(result)
        return result

    def named(self, action: str) -> list[ActionCall]:
        return [call for call in self.calls if call.action == action]


@dataclass
class Visitor:
    """Someone who talks to the bot; keeps the conversation's state as the record would."""

    engine: Engine
    system: System
    schema: Schema = SCHEMA
    history: tuple[Utterance, ...] = ()
    memory: Memory = Memory()
    profile: dict[str, Any] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    reply: Reply = Reply("")
    handoff: str | None = None

    async def say(self, *texts: str, reply_to: str | None = None) -> Reply:
        for text in texts:
            said = Utterance("visitor", text, reply_to, seq=len(self.history) + 1)
            self.history = (*self.history, said)
        return await self._answered()

    async def click(self, label: str) -> Reply:
        choice = next(c for c in self.reply.choices if label in (c.label, c.id))
        return await self.say(choice.label, reply_to=choice.id)

    async def _answered(self) -> Reply:
        state = State(
            "library",
            self.history,
            profile=self.profile,
            schema=self.schema,
            memory=self.memory,
            edits=self.edits,
            now=NOW,
        )
        events = [event async for event in self.engine.respond(state, self.system)]
        self.reply = next(event for event in events if isinstance(event, Reply))
        self.handoff = next((e.reason for e in events if isinstance(e, Handoff)), None)
        self.memory, self.edits = Memory.model_validate(self.reply.memory.as_json()), ()
        said = Utterance("bot", self.reply.text, choices=self.reply.choices)
        self.history = (*self.history, replace(said, seq=len(self.history) + 1))
        return self.reply

    @property
    def slots(self) -> dict[str, Any]:
        found: dict[str, Any] = self.reply.analysis["task"].get("slots", {})
        return found

    @property
    def steps(self) -> list[str]:
        return [step["step"] for step in self.reply.analysis["steps"]]


@cache
def engine() -> Engine:
    """One for all tests, since it learns the intents anew; it keeps nothing of a dialogue."""
    encoder = BagEncoder()
    return Engine(searcher=ListSearcher(encoder), generator=None, encoder=encoder)


def visitor(**changes: Any) -> Visitor:
    return Visitor(engine(), System(), **changes)


def labels(reply: Reply) -> Sequence[str]:
    return [choice.label for choice in reply.choices]
