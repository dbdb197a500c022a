"""A data set's service as a service of Kefu, so that a tracker learns on what it will be given.

A categorical slot becomes a choice, another one free text. Kefu's names are in ASCII; what can't
be spelled so (CrossWOZ) is numbered. Where a name would be there twice it is numbered as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..dialogue import schema
from .dialogues import Service


@dataclass(frozen=True)
class Translated:
    """``slots`` and ``intents`` map the data set's names to those in ``service``."""

    service: schema.Service
    slots: dict[str, str]
    intents: dict[str, str]


def translated(service: Service, language: str = "en") -> Translated:
    """``language`` is that of the descriptions, which become the titles that people see."""
    slots = _names((slot.name for slot in service.slots), "slot")
    intents = _names((intent.name for intent in service.intents), "intent")
    return Translated(
        schema.Service(
            name=_names([service.name], "service")[service.name],
            description=service.description,
            slots=[
                schema.Slot(
                    name=slots[slot.name],
                    type="choice" if slot.categorical else "text",
                    title={language: slot.description or slot.name},
                    description=slot.description,
                    choices=[schema.Choice(value=value) for value in slot.values]
                    if slot.categorical
                    else [],
                )
                for slot in service.slots
            ],
            intents=[
                schema.Intent(
                    name=intents[intent.name],
                    title={language: intent.description or intent.name},
                    description=intent.description,
                    confirm=intent.transactional,
                    slots=[
                        *(
                            schema.IntentSlot(slot=slots[name])
                            for name in intent.required
                            if name in slots
                        ),
                        *(
                            schema.IntentSlot(slot=slots[name], required=False, default=value)
                            for name, value in intent.optional.items()
                            if name in slots
                        ),
                    ],
                )
                for intent in service.intents
            ],
        ),
        slots,
        intents,
    )


def _names(names: Iterable[str], otherwise: str) -> dict[str, str]:
    """Each as Kefu writes names: ``FindBus`` is ``find_bus``, ``hotel-area`` ``hotel_area``."""
    taken: dict[str, str] = {}
    for name in names:
        parts = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)
        plain = "_".join(parts).lower()[:50].strip("_")
        if not plain or not plain[0].isalpha() or not name.isascii():
            plain = otherwise
        number = sum(other == plain or other.startswith(f"{plain}__") for other in taken.values())
        taken[name] = f"{plain}__{number + 1}" if number else plain
    return taken
