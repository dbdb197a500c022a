"""Records of MultiWOZ's original layout: a log of turns, each system turn with the state before it.

A user turn gets the state that the system turn after it was annotated with. Acts without a service
(greetings, thanks) are left out; a ``Booking`` act belongs to the service that was last spoken of.
Nothing is measured on acts, so one of an odd shape is left out rather than refused.
Where values stand is looked up in the text, since the published token numbers fit only some of the
versions' texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from sys import intern
from typing import Any

from ..dialogues import DONTCARE, Act, Dialogue, Frame, Service, Span, Split, State, Turn
from ..errors import Wrong
from ..files.checked import a_list, a_text, an_object, as_list, as_object, as_text
from ..spans import find

_UNFILLED = {"", "none", "not mentioned"}
_NO_PREFERENCE = re.compile(r"(?:dont|don't|do n't|do not|does not|doesn't) ?care", re.I)
_SEVERAL = re.compile(r"[|<>]")  # between spellings of which any is right
# The acts' names of slots, where they differ from the states' but for the case.
_SLOTS = {
    "addr": "address",
    "arrive": "arriveby",
    "car": "type",
    "depart": "departure",
    "dest": "destination",
    "fee": "entrancefee",
    "id": "trainid",
    "leave": "leaveat",
    "open": "openhours",
    "people": "bookpeople",
    "post": "postcode",
    "price": "pricerange",
    "stay": "bookstay",
    "ticket": "price",
}
_SLOTS_OF = {
    ("hotel", "day"): "bookday",
    ("restaurant", "day"): "bookday",
    ("restaurant", "time"): "booktime",
    ("train", "time"): "duration",
}
_BOOKED = ("hotel", "restaurant")
_Values = dict[str, tuple[str, ...]]


def dialogue_of(name: str, value: Any, schema: Mapping[str, Service], split: Split) -> Dialogue:
    """One dialogue. Raises Wrong, which names the turn."""
    record = as_object(value)
    goal = an_object(record, "goal")
    services = tuple(service for service in schema if goal.get(service))
    turns = tuple(_turns(a_list(record, "log"), schema))
    return Dialogue(name, turns, services, split)


def _turns(log: list[Any], schema: Mapping[str, Service]) -> Iterator[Turn]:
    slots = {name: {slot.name for slot in service.slots} for name, service in schema.items()}
    before: dict[str, _Values] = {}
    about = ""  # the service that bookings are for
    for number, value in enumerate(log):
        try:
            record = as_object(value)
            text = a_text(record, "text")
            states = None
            if number % 2 == 0 and number + 1 < len(log):
                states = _states(as_object(log[number + 1]), slots)
            changed = [name for name in _BOOKED if states and states.get(name) != before.get(name)]
            done = _acts(record.get("dialog_act"))
            about = next((name for name in [*changed, *done] if name in _BOOKED), about)
            acts: dict[str, list[Act]] = {}
            for domain, parts in done.items():
                service = about if domain == "booking" else domain
                if service in slots:
                    acts.setdefault(service, []).extend(_act(service, *part) for part in parts)
            yield _turn(number, text, states, before, acts)
            before = before if states is None else states
        except Wrong as wrong:
            raise wrong.inside(f"turn {number}") from None


def _turn(
    number: int,
    text: str,
    states: Mapping[str, _Values] | None,
    before: Mapping[str, _Values],
    acts: Mapping[str, list[Act]],
) -> Turn:
    frames = []
    for service in sorted({*(states or {}), *acts} - {""}):
        done = tuple(acts.get(service, ()))
        values = (states or {}).get(service, {})
        was = before.get(service, {})
        said: dict[str, list[str]] = defaultdict(list)
        for act in done:
            said[act.slot].extend(act.values)
        for slot in values:
            if number % 2 == 0 and values[slot] != was.get(slot):
                said[slot].extend(values[slot])
        asked = dict.fromkeys(act.slot for act in done if act.name == "REQUEST" and act.slot)
        state = None if states is None else State(None, tuple(asked), values)
        frames.append(Frame(service, state, tuple(_spans(text, said)), done))
    return Turn("system" if number % 2 else "user", text, tuple(frames))


def _spans(text: str, said: Mapping[str, list[str]]) -> Iterator[Span]:
    for slot, values in said.items():
        places = (find(text, value) for value in values)
        for start, end in dict.fromkeys(filter(None, places)):
            yield Span(slot, start, end)


def _states(record: dict[str, Any], slots: Mapping[str, set[str]]) -> dict[str, _Values] | None:
    """The filled slots of each service; None where the system turn has no annotation."""
    metadata = an_object(record, "metadata")
    states: dict[str, _Values] = {}
    for service, sections in metadata.items():
        parts = as_object(sections, f"“{service}”")
        for section in ("semi", "book"):
            for name, value in as_object(parts.get(section, {}), section).items():
                prefix = "book" if section == "book" else ""
                slot = intern(f"{service}-{prefix}{name}".lower().replace(" ", ""))
                if slot in slots.get(service, ()) and (values := _accepted(value, slot)):
                    states.setdefault(service, {})[slot] = values
    return states if metadata else None


def _accepted(value: Any, slot: str) -> tuple[str, ...]:
    """The spellings of a state's value; none where the slot is not filled."""
    one_or_more = [value] if isinstance(value, str) else as_list(value, f"The value of “{slot}”")
    listed = [as_text(one, f"A value of “{slot}”") for one in one_or_more]
    spellings = [part.strip() for one in listed for part in _SEVERAL.split(one)]
    filled = (one for one in spellings if one.lower() not in _UNFILLED)
    return tuple(DONTCARE if _NO_PREFERENCE.fullmatch(one) else one for one in filled)


def _acts(value: Any) -> dict[str, list[tuple[str, str, str]]]:
    """What is done by domain (a service, ``booking`` or ``general``): act, slot and value."""
    acts: dict[str, list[tuple[str, str, str]]] = {}
    if not isinstance(value, dict):  # absent in 2.0, a remark where it was not annotated
        return acts
    for name, pairs in value.items():
        domain, _, kind = name.lower().partition("-")
        for pair in pairs if isinstance(pairs, list) else ():
            if isinstance(pair, list) and [type(one) for one in pair[:2]] == [str, str]:
                slot, said = (as_text(one) for one in pair[:2])
                acts.setdefault(domain, []).append((kind.upper(), slot.lower(), said))
    return acts


def _act(service: str, kind: str, slot: str, said: str) -> Act:
    known = said.strip() not in ("", "?", "none")
    if slot in ("", "none"):
        return Act(intern(kind), "", (said,) if known else ())
    full = f"{service}-{_SLOTS_OF.get((service, slot), _SLOTS.get(slot, slot))}"
    return Act(intern(kind), intern(full), (said,) if known else ())
