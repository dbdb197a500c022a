"""Regression tests of a bot: conversations with what is expected of each turn.

    name: Return boots for a refund
    now: "2026-11-23T10:00:00"
    profile: {email: amira.khan@example.com}
    answers:
      - {action: get_order, status: 200, json: {number: "10234", lines: []}}
    turns:
      - say: I want to return the boots from order 10234
        intent: return_item
        slots: {order: "10234"}
        reply: ["why"]
      - choose: Too small
        action: create_return

What a turn does not name is not checked. ``reply`` holds regular expressions (RE2, case ignored)
that have to be found in the bot's reply. Actions are rehearsed: each call takes the next answer
recorded for it, the last one again and again; an action without a recorded answer succeeds with
an empty object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

from pydantic import JsonValue, StringConstraints, model_validator

from backend.dialogue.schema import Part


class Answer(Part):
    """What the customer's system answered to ``action``."""

    action: str
    status: int = 200
    json_: JsonValue = None

    model_config = Part.model_config | {"alias_generator": lambda name: name.rstrip("_")}


class ScriptTurn(Part):
    """What the visitor does, and what is expected then.

    ``choose`` is the label or the id of a button of the bot's last message. ``intent`` is the one
    worked on after the turn, or the last one finished in it; ``slots`` are its values. ``action``
    is one that was called in the turn, "" for none. ``handoff``: a person is to take over.
    """

    say: str = ""
    choose: str = ""
    intent: str | None = None
    slots: dict[str, JsonValue] = {}
    action: str | None = None
    reply: list[str] = []
    handoff: bool | None = None

    @model_validator(mode="after")
    def does_one_thing(self) -> ScriptTurn:
        if bool(self.say) == bool(self.choose):
            raise ValueError("a turn has either “say” or “choose”")
        return self


class Script(Part):
    """One test. ``now`` is an ISO time in ``time_zone``; without it the dates of the run hold."""

    name: Annotated[str, StringConstraints(max_length=200)] = ""
    locale: str = ""
    time_zone: str = "UTC"
    now: str = ""
    profile: dict[str, JsonValue] = {}
    answers: list[Answer] = []
    turns: list[ScriptTurn] = []

    def as_json(self) -> dict[str, Any]:
        """The script as its file has it: defaults left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)


@dataclass(frozen=True)
class TestReport:
    """What became of one test. ``name`` is the script's; ``problems`` say, as sentences, what was
    expected and what came instead; ``details`` is JSON for whoever looks closer, by turn."""

    __test__: ClassVar[bool] = False  # it is none of pytest's

    name: str
    passed: bool
    problems: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"problems": list(self.problems), **self.details}
