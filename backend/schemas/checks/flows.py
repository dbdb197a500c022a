"""Which slot waits for which: circles, slots that come too early, calls that lack a value.

A slot waits for those in its conditions, and for those without which the action that offers its
values cannot be called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backend.dialogue.responding.requests import needs
from backend.dialogue.schema import Action, Intent, IntentSlot, Schema, Service

from .finding import Finding, Place, error, of, warning
from .templates import named

Waits = Mapping[str, set[str]]


def check(schema: Schema) -> Iterator[Finding]:
    for service in schema.services:
        for intent in service.intents:
            place = of("intent", service, intent)
            uses = {use.slot: use for use in intent.slots}
            waits = {name: _waits(service, uses, name) for name in uses}
            circles = list(_circles(waits))
            for circle in circles:
                yield _circle(place, circle)
            yield from _early(place, waits, {name for circle in circles for name in circle})
            yield from _lacking(service, intent, uses, place)
            yield from _never_offered(service, intent, place)


def _waits(service: Service, uses: Mapping[str, IntentSlot], name: str) -> set[str]:
    """The slots of the intent that this one needs to have a value before it is asked for."""
    found = set(uses[name].when)
    slot = service.slot(name)
    action = service.action(slot.offer.action) if slot and slot.offer else None
    if action:
        found |= set(_needed(action, service, uses))
    return found & set(uses)


def _needed(action: Action, service: Service, uses: Mapping[str, IntentSlot]) -> list[str]:
    """The slots without which the action cannot be called for this intent."""
    address = named(action.url)
    return [
        name
        for name in needs(action, service)
        if name in address or name not in uses or uses[name].required
    ]


def _circles(waits: Waits) -> Iterator[list[str]]:
    """Each circle once, as the slots on it, by a walk that remembers where it has been."""
    done: set[str] = set()
    for start in waits:
        path: list[str] = []
        stack = [(start, iter(sorted(waits[start])))] if start not in done else []
        path += [start] if stack else []
        while stack:
            name, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                path.pop()
                done.add(name)
            elif following in path:
                yield path[path.index(following) :]
            elif following not in done:
                path.append(following)
                stack.append((following, iter(sorted(waits[following]))))


def _circle(place: Place, circle: list[str]) -> Finding:
    if len(circle) == 1:
        text = f"The slot “{circle[0]}” waits for itself"
    else:
        steps = ", which waits for ".join(f"“{name}”" for name in (*circle, circle[0]))
        text = f"The slot {steps}"
    return error(
        place.at("slots"),
        f"{text}, so that none of it is ever asked for.",
        "Take a condition away, or a slot out of the action that offers the values.",
    )


def _early(place: Place, waits: Waits, on_circle: set[str]) -> Iterator[Finding]:
    order = list(waits)
    for number, name in enumerate(order):
        for other in sorted(waits[name] - on_circle):
            if order.index(other) > number:
                yield warning(
                    place.at("slots"),
                    f"The slot “{name}” waits for “{other}”, which comes after it.",
                    f"Move “{name}” below “{other}”.",
                )


def _lacking(
    service: Service, intent: Intent, uses: Mapping[str, IntentSlot], place: Place
) -> Iterator[Finding]:
    """Calls of this intent with a slot that it does not have, or that may be empty."""
    slots = [service.slot(name) for name in uses]
    calls = [(slot.offer.action, f"slots.{slot.name}") for slot in slots if slot and slot.offer]
    calls += [(intent.action, "action")] if intent.does == "action" else []
    for name, field in calls:
        action = service.action(name)
        address = named(action.url) if action else set()
        for needed in _needed(action, service, uses) if action else ():
            use = uses.get(needed)
            if use is None:
                yield error(
                    place.at(field),
                    f"The action “{name}” needs the slot “{needed}”, which this intent lacks.",
                    "Add the slot to the intent, or take it out of the action.",
                )
            elif needed in address and not _always(use):
                yield error(
                    place.at(field),
                    f"The address of “{name}” needs the slot “{needed}”, which may be empty.",
                    "Make it required and without a condition, or put it into the query.",
                )


def _never_offered(service: Service, intent: Intent, place: Place) -> Iterator[Finding]:
    """What can be chosen is looked up when it is asked for, and only required slots are."""
    for use in intent.slots:
        slot = service.slot(use.slot)
        if slot and slot.offer and slot.type == "choice" and not use.required:
            yield warning(
                place.at(f"slots.{use.slot}"),
                f"“{use.slot}” is optional, so that the values an action offers are never shown.",
                "Make it required, under a condition if need be.",
            )


def _always(use: IntentSlot) -> bool:
    return not use.when and (use.required or use.default is not None)
