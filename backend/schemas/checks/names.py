"""Names that point nowhere, and names that stand for two things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from backend.dialogue.schema import Intent, Schema, Service

from .finding import Finding, Kind, Place, choose, error, of, of_service, warning


def unstorable(schema: Schema) -> list[Finding]:
    """What rows cannot hold: two pieces of one name in one place, references to nothing."""
    found = list(_twice(schema.services, of_service, "service"))
    for service in schema.services:
        for kind, pieces in _kinds(service):
            found += _twice(pieces, partial(of, kind, service), kind)
        found += _references(service)
    return found


def check(schema: Schema) -> Iterator[Finding]:
    yield from unstorable(schema)
    yield from _intents_twice(schema)
    for service in schema.services:
        for intent in service.intents:
            yield from _conditions(service, intent)
        yield from _unused(service)


def _kinds(service: Service) -> tuple[tuple[Kind, list[Any]], ...]:
    return ("slot", service.slots), ("intent", service.intents), ("action", service.actions)


def _twice(pieces: Iterable[Any], place: Any, what: str) -> Iterator[Finding]:
    by_name = {piece.name: piece for piece in pieces}
    for name, count in Counter(piece.name for piece in pieces).items():
        if count > 1:
            yield error(
                place(by_name[name]),
                f"The name “{name}” stands for {count} {what}s.",
                "Give each a name of its own.",
            )


def _references(service: Service) -> Iterator[Finding]:
    slots = {slot.name for slot in service.slots}
    actions = {action.name for action in service.actions}
    for intent in service.intents:
        place = of("intent", service, intent)
        uses = Counter(use.slot for use in intent.slots)
        for name, count in uses.items():
            if name not in slots:
                yield _dangling(place.at("slots"), "slot", name, slots, service)
            elif count > 1:
                yield error(
                    place.at("slots"),
                    f"It has the slot “{name}” {count} times.",
                    "Remove it all but once.",
                )
        if intent.action and intent.action not in actions:
            yield _dangling(place.at("action"), "action", intent.action, actions, service)
    for slot in service.slots:
        if slot.offer and slot.offer.action not in actions:
            place = of("slot", service, slot).at("offer")
            yield _dangling(place, "action", slot.offer.action, actions, service)


def _dangling(
    place: Place, what: str, name: str, known: Iterable[str], service: Service
) -> Finding:
    return error(
        place,
        f"It names the {what} “{name}”, which the service “{service.name}” does not have.",
        choose(name, known, what),
    )


def _intents_twice(schema: Schema) -> Iterator[Finding]:
    homes: dict[str, list[Service]] = {}
    for service, intent in schema.intents():
        if service not in homes.setdefault(intent.name, []):
            homes[intent.name].append(service)
    for name, services in homes.items():
        if len(services) > 1:
            among = " and ".join(f"“{service.name}”" for service in services)
            yield error(
                Place("intent", services[-1].name, name),
                f"The services {among} each have an intent “{name}”.",
                "Rename one; names of intents are unique in the whole bot.",
            )


def _conditions(service: Service, intent: Intent) -> Iterator[Finding]:
    used = [use.slot for use in intent.slots]
    for use in intent.slots:
        place = of("intent", service, intent).at(f"slots.{use.slot}.when")
        for name, wanted in use.when.items():
            if name not in used:
                yield error(
                    place,
                    f"The condition of “{use.slot}” names “{name}”, no slot of this intent.",
                    choose(name, (one for one in used if one != use.slot), "slot"),
                )
            else:
                yield from _wanted(service, place, name, wanted)


def _wanted(service: Service, place: Place, name: str, wanted: list[str]) -> Iterator[Finding]:
    """The values at which another slot counts have to be possible ones."""
    slot = service.slot(name)
    if not wanted:
        yield error(
            place, f"The condition on “{name}” names no value.", "Name at least one, or remove it."
        )
    possible: set[str] = set()
    if slot and slot.type == "choice" and slot.choices and not slot.offer:
        possible = {choice.value for choice in slot.choices}
    elif slot and slot.type == "yes_no":
        possible = {"true", "false"}
    for value in wanted:
        if possible and value not in possible:
            yield error(
                place,
                f"The condition waits for “{name}” to be “{value}”, which it never is.",
                choose(value, possible, "choice"),
            )


def _unused(service: Service) -> Iterator[Finding]:
    slots = {use.slot for intent in service.intents for use in intent.slots}
    actions = {intent.action for intent in service.intents}
    actions |= {slot.offer.action for slot in service.slots if slot.offer}
    for slot in service.slots:
        if slot.name not in slots:
            yield warning(
                of("slot", service, slot),
                "No intent uses this slot.",
                "Add it to an intent that needs it, or delete it.",
            )
    for action in service.actions:
        if action.name not in actions:
            yield warning(
                of("action", service, action),
                "No intent and no slot calls this action.",
                "Choose it in an intent, or delete it.",
            )
