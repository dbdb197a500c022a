"""What the engine remembers from one turn to the next: tasks, their slots, what it asked for.

Kept with every turn as JSON and given back with the next one. Frozen values; changes make new
ones. Knows schemas by name only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, JsonValue

# ``visitor``: said. ``choice``: a button, or one of the values that the bot listed. ``carried``:
# from an earlier task. ``profile``: signed by the customer's server. ``operator``: set on the desk.
Source = Literal["visitor", "choice", "carried", "profile", "default", "operator"]
MOST_DONE = 8


class Remembered(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Value(Remembered):
    """A slot's value and where it comes from.

    ``value`` is normalised (see ``tracking.values``), None where the visitor does not care.
    ``text`` is how it was said; ``message`` the number of that event in the log, ``start`` and
    ``end`` the characters in its text. ``confidence`` is between 0 and 1.
    """

    value: JsonValue
    text: str = ""
    source: Source = "visitor"
    confidence: float = 1.0
    message: int = 0
    start: int = 0
    end: int = 0


class Option(Remembered):
    """One value that the bot listed for a slot."""

    value: JsonValue
    label: str


class Task(Remembered):
    """An intent that is being worked on, or was. ``id`` counts from 1 in a conversation.

    ``since`` is the event in which it began. ``tries`` counts, per slot, the times it was asked
    for in vain. ``options`` are the values offered per slot, ``results`` what its actions gave.
    ``doubted`` are values with which nothing was found, while they are asked for again.
    """

    id: int
    intent: str
    since: int = 0
    values: Mapping[str, Value] = {}
    tries: Mapping[str, int] = {}
    options: Mapping[str, tuple[Option, ...]] = {}
    results: Mapping[str, Any] = {}
    doubted: Mapping[str, Value] = {}
    status: Literal["open", "done", "cancelled", "failed"] = "open"

    def with_(self, **changes: Any) -> Task:
        return self.model_copy(update=changes)


class Expects(Remembered):
    """What the bot's last message waits for.

    ``slot``: a value of ``slot``. ``confirm``: a yes or no to the first task. ``change``: what is
    to be different, after a no. ``intent``: a choice among ``intents``. ``offer``:
    nothing, but one of ``intents`` stands as a button below an answer.
    """

    kind: Literal["", "slot", "confirm", "change", "intent", "offer"] = ""
    slot: str = ""
    intents: tuple[str, ...] = ()


class Memory(Remembered):
    """``tasks`` are open, the first is the one that is worked on; ``done`` the latest last."""

    tasks: tuple[Task, ...] = ()
    done: tuple[Task, ...] = ()
    expects: Expects = Expects()
    count: int = 0  # of tasks so far

    def with_(self, **changes: Any) -> Memory:
        return self.model_copy(update=changes)

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_defaults=True)
