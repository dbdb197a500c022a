"""Records of the schema-guided layout, in which SGD and MultiWOZ 2.2 are published.

Described in the data sets' own READMEs (google-research-datasets/dstc8-schema-guided-dialogue;
budzianowski/multiwoz, data/MultiWOZ_2.2). Knows single records; not where they lie.
"""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern  # names recur by the hundred thousand
from typing import Any

from ..dialogues import (
    NO_INTENT,
    Act,
    Dialogue,
    Frame,
    Intent,
    Service,
    Slot,
    Span,
    Speaker,
    Split,
    State,
    Turn,
)
from ..errors import Wrong
from ..files.checked import a_list, a_number, a_text, an_object, as_list, as_object, as_text, texts
from ..spans import find

_SPEAKERS: dict[str, Speaker] = {"USER": "user", "SYSTEM": "system"}
_Record = dict[str, Any]


def schema_of(value: Any) -> dict[str, Service]:
    """The services of a schema.json by name. Raises Wrong."""
    services: dict[str, Service] = {}
    for number, record in enumerate(as_list(value, "The schema")):
        try:
            service = _service(as_object(record))
        except Wrong as wrong:
            raise wrong.inside(f"service {number}") from None
        if service.name in services:
            raise Wrong(f"The service {service.name} is there twice.", f"service {number}")
        services[service.name] = service
    return services


def _service(record: _Record) -> Service:
    return Service(
        intern(a_text(record, "service_name")),
        a_text(record, "description"),
        tuple(_slot(as_object(slot, "A slot")) for slot in a_list(record, "slots")),
        tuple(_intent(as_object(intent, "An intent")) for intent in a_list(record, "intents")),
    )


def _slot(record: _Record) -> Slot:
    categorical = record.get("is_categorical")
    if not isinstance(categorical, bool):
        raise Wrong("“is_categorical” should be true or false.")
    return Slot(
        intern(a_text(record, "name")),
        a_text(record, "description"),
        categorical,
        texts(record, "possible_values") if "possible_values" in record else (),
    )


def _intent(record: _Record) -> Intent:
    optional = an_object(record, "optional_slots")
    return Intent(
        intern(a_text(record, "name")),
        a_text(record, "description"),
        texts(record, "required_slots"),
        {slot: as_text(value, "A default") for slot, value in optional.items()},
        bool(record.get("is_transactional")),
    )


def dialogue_of(value: Any, schema: Mapping[str, Service], split: Split) -> Dialogue:
    """One dialogue. Raises Wrong, which names the dialogue, the turn and the service."""
    record = as_object(value, "A dialogue")
    name = a_text(record, "dialogue_id")
    slots = {service.name: {slot.name for slot in service.slots} for service in schema.values()}
    try:
        turns = tuple(
            _turn(turn, number, slots) for number, turn in enumerate(a_list(record, "turns"))
        )
        services = tuple(map(intern, texts(record, "services")))
    except Wrong as wrong:
        raise wrong.inside(f"dialogue {name}") from None
    return Dialogue(name, turns, services, split)


def _turn(value: Any, number: int, slots: Mapping[str, set[str]]) -> Turn:
    try:
        record = as_object(value)
        speaker = _SPEAKERS.get(a_text(record, "speaker"))
        if speaker is None:
            raise Wrong("“speaker” should be USER or SYSTEM.")
        text = a_text(record, "utterance")
        frames = tuple(_frame(frame, text, slots) for frame in a_list(record, "frames"))
    except Wrong as wrong:
        raise wrong.inside(f"turn {number}") from None
    return Turn(speaker, text, frames)


def _frame(value: Any, text: str, slots: Mapping[str, set[str]]) -> Frame:
    record = as_object(value, "A frame")
    service = intern(a_text(record, "service"))
    try:
        known = slots.get(service)
        if known is None:
            raise Wrong("schema.json does not know this service.")
        spans, copied = _spans(a_list(record, "slots"), text)
        acts = tuple(map(_act, a_list(record, "actions"))) if "actions" in record else ()
        state = _state(an_object(record, "state"), known) if "state" in record else None
    except Wrong as wrong:
        raise wrong.inside(f"service {service}") from None
    return Frame(service, state, spans, acts, copied)


def _state(record: _Record, known: set[str]) -> State:
    values: dict[str, tuple[str, ...]] = {}
    for slot, spellings in an_object(record, "slot_values").items():
        if slot not in known:
            raise Wrong(f"schema.json does not know the slot “{slot}”.")
        if not isinstance(spellings, list) or not spellings:
            raise Wrong(f"The values of “{slot}” should be a list of at least one.")
        values[intern(slot)] = tuple(as_text(one, f"A value of “{slot}”") for one in spellings)
    intent = a_text(record, "active_intent")
    requested = tuple(map(intern, texts(record, "requested_slots")))
    return State(NO_INTENT if intent == "NONE" else intern(intent), requested, values)


def _act(value: Any) -> Act:
    record = as_object(value, "An action")
    return Act(
        intern(a_text(record, "act")),
        intern(a_text(record, "slot")) if "slot" in record else "",
        texts(record, "values") if "values" in record else (),
        texts(record, "canonical_values") if "canonical_values" in record else (),
    )


def _spans(records: list[Any], text: str) -> tuple[tuple[Span, ...], dict[str, str]]:
    """Where values stand, and which were copied from other slots (MultiWOZ 2.2)."""
    spans: list[Span] = []
    copied: dict[str, str] = {}
    for value in records:
        record = as_object(value, "A member of “slots”")
        slot = intern(a_text(record, "slot"))
        if "copy_from" in record:
            copied[slot] = intern(a_text(record, "copy_from"))
        elif span := _span(record, slot, text):
            spans.append(span)
    return tuple(spans), copied


def _span(record: _Record, slot: str, text: str) -> Span | None:
    start, end = a_number(record, "start"), a_number(record, "exclusive_end")
    said = record.get("value")
    if isinstance(said, str):  # MultiWOZ 2.2 says both, and they do not always agree
        if text[max(start, 0) : max(end, 0)].casefold() == said.casefold():
            return Span(slot, start, end)
        place = find(text, said)
        return Span(slot, *place) if place else None
    if not 0 <= start < end <= len(text):
        raise Wrong(f"The span {start} to {end} of “{slot}” is not within the utterance.")
    return Span(slot, start, end)
