"""What a bot understands and does, as its operators describe it: services, intents, slots, actions.

A schema is a value: frozen, comparable, the same in memory and in a file. Its shape follows the
Schema-Guided Dialogue data set (Rastogi et al. 2020): everything carries a natural-language
description, so that a schema that was written a minute ago works without training. Texts that
people see are kept per language, as ``{"en": …, "zh": …}``. Only the shape of single fields is
checked here; that names fit together is for :mod:`backend.schemas.checks`, since a draft may be
unfinished. Knows nothing of Django and of how a dialogue goes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

FORMAT: Literal[1] = 1  # of the file; another number is another shape

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Short = Annotated[str, StringConstraints(max_length=300)]
Long = Annotated[str, StringConstraints(max_length=4000)]
Texts = dict[Language, Long]  # by language
Phrases = dict[Language, list[Short]]  # by language

SlotType = Literal[
    "text",
    "choice",
    "number",
    "money",
    "date",
    "time",
    "date_range",
    "email",
    "phone",
    "yes_no",
    "pattern",
    "person",
    "location",
]
Fulfilment = Literal["action", "reply", "knowledge", "handoff"]
# What became of an action; each has a reply template. ``refused`` is a 4xx that says why.
Outcome = Literal["success", "not_found", "refused", "failure"]


class Part(BaseModel):
    """Every piece of a schema: frozen, and strict about names so that a typo is not lost."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Choice(Part):
    """One of the values of a ``choice`` slot. ``value`` is what actions get."""

    value: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    labels: Texts = {}
    synonyms: Phrases = {}


class Offer(Part):
    """Where a ``choice`` slot's values come from at run time: an action that only reads.

    ``items`` is a JMESPath expression over the action's JSON answer that gives a list; ``value``
    and ``label`` are JMESPath expressions over one item.
    """

    action: Name
    items: Short
    value: Short
    label: Short


class Slot(Part):
    """A piece of information that an intent needs.

    ``title`` names it to people (“order number”). ``prompts`` ask for it: the first one, then
    other words for asking again; ``refusal`` says why a value is not taken. After ``ask_again``
    repetitions in vain the bot gives up and offers a person. ``sensitive`` values are masked
    everywhere but where they are used. ``earliest`` and ``latest`` bound dates: an ISO date, or
    days from today such as ``0`` or ``+30``. ``profile`` names the field of the visitor's signed
    profile that fills the slot. ``carry``: a value given for an earlier task is used again.
    """

    name: Name
    type: SlotType
    description: Long = ""
    title: Texts = {}
    prompts: dict[Language, list[Long]] = {}
    refusal: Texts = {}
    ask_again: Annotated[int, Field(ge=0, le=10)] = 2
    sensitive: bool = False
    choices: list[Choice] = []
    offer: Offer | None = None
    minimum: float | None = None
    maximum: float | None = None
    integer: bool = False
    unit: Texts = {}
    currency: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    pattern: Annotated[str, StringConstraints(max_length=500)] = ""
    earliest: Annotated[str, StringConstraints(pattern=r"^([+-]?\d{1,4}|\d{4}-\d\d-\d\d)?$")] = ""
    latest: Annotated[str, StringConstraints(pattern=r"^([+-]?\d{1,4}|\d{4}-\d\d-\d\d)?$")] = ""
    profile: Annotated[str, StringConstraints(max_length=60)] = ""
    carry: bool = True


class IntentSlot(Part):
    """A slot as an intent uses it; required slots are asked for in the order of the list.

    ``when`` names other slots of the intent and the values at which this one counts, such as
    ``{"kind": ["exchange"]}``; otherwise it is neither asked for nor sent. ``default`` is used
    where an optional slot was not given.
    """

    slot: Name
    required: bool = True
    default: JsonValue = None
    when: dict[Name, list[str]] = {}


class Intent(Part):
    """Something that a visitor may want.

    In ``examples`` a slot's value can be marked: ``return the [boots](item) from [10234](order)``.
    ``replies`` are templates by occasion: ``confirm`` asks before an action, ``reply`` is what a
    ``reply`` intent says, ``cancelled``, and one for each outcome of the action, which outweighs
    the action's own.
    """

    name: Name
    title: Texts = {}
    description: Long = ""
    examples: Phrases = {}
    slots: list[IntentSlot] = []
    confirm: bool = False
    does: Fulfilment = "reply"
    action: str = ""  # the name of an action of the same service
    replies: dict[Literal["confirm", "cancelled", "reply", Outcome], Texts] = {}


class Action(Part):
    """A call to the customer's own system over HTTP.

    ``url``, ``query``, ``headers`` and the leaves of ``body`` are Jinja templates over the slots by
    name, ``profile``, ``language``, and in headers ``secret``. A query field or a body key whose
    template names an optional slot without a value is left out. ``results`` maps names to JMESPath
    expressions over the JSON answer; reply templates know them as ``result``, and a refusal's JSON
    as ``problem``.
    """

    name: Name
    description: Long = ""
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    url: Annotated[str, StringConstraints(max_length=2000)] = ""
    query: dict[str, str] = {}
    headers: dict[str, str] = {}
    body: JsonValue = None
    timeout_s: Annotated[float, Field(gt=0, le=30)] = 8.0
    retries: Annotated[int, Field(ge=0, le=3)] = 2
    results: dict[Name, Short] = {}
    replies: dict[Outcome, Texts] = {}

    @property
    def reads(self) -> bool:
        """Whether it changes nothing, so that it may run before anything is confirmed."""
        return self.method == "GET"


class Service(Part):
    """Intents, slots and actions that belong together; names are unique within it."""

    name: Name
    title: Texts = {}
    description: Long = ""
    slots: list[Slot] = []
    intents: list[Intent] = []
    actions: list[Action] = []

    def slot(self, name: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.name == name), None)

    def action(self, name: str) -> Action | None:
        return next((action for action in self.actions if action.name == name), None)

    def intent(self, name: str) -> Intent | None:
        return next((intent for intent in self.intents if intent.name == name), None)


class Schema(Part):
    """A bot. Names of intents are unique in all of it."""

    kefu_schema: Literal[1] = FORMAT
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)] = "bot"
    languages: list[Language] = ["en"]
    services: list[Service] = []

    @model_validator(mode="after")
    def is_text(self) -> Schema:
        """A file and the database have to hold it: no NaN, no half characters, no NUL."""
        try:
            text = json.dumps(self.as_json(), allow_nan=False, ensure_ascii=False)
            text.encode()
        except ValueError as error:
            raise ValueError(f"it holds what no file can hold: {error}") from None
        if re.search(r"(?<!\\)(\\\\)*\\u0000", text):
            raise ValueError("it holds the character NUL, which no text can hold")
        return self

    def intents(self) -> Iterator[tuple[Service, Intent]]:
        for service in self.services:
            for intent in service.intents:
                yield service, intent

    def find(self, intent: str) -> tuple[Service, Intent] | None:
        """The intent of this name with its service."""
        return next((pair for pair in self.intents() if pair[1].name == intent), None)

    def service(self, name: str) -> Service | None:
        return next((service for service in self.services if service.name == name), None)

    def as_json(self) -> dict[str, Any]:
        """The schema as its file has it: defaults left out, order kept."""
        dumped = self.model_dump(mode="json", exclude_defaults=True)
        return {"kefu_schema": FORMAT, "name": self.name, "languages": self.languages} | dumped

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of the schema's JSON in one canonical spelling, in hexadecimal."""
        text = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def in_language(texts: dict[str, Any], language: str) -> Any:
    """What stands under ``language``, else under English, else under the first; None if empty."""
    for key in (language, "en", *texts):
        if texts.get(key):
            return texts[key]
    return None
