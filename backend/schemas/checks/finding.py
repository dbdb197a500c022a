"""What a check found: how grave, where, what is wrong and what mends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

Level = Literal["error", "warning"]
# ``bot`` is the schema itself, ``test`` one of the bot's tests; neither has a service.
Kind = Literal["bot", "service", "intent", "slot", "action", "test"]


@dataclass(frozen=True)
class Place:
    """A piece of a schema by its names; ``field`` is as the schema calls it: ``prompts.zh``."""

    kind: Kind
    service: str = ""
    name: str = ""
    field: str = ""

    def at(self, field: str) -> Place:
        return Place(self.kind, self.service, self.name, field)

    def __str__(self) -> str:
        """``orders › slot item › prompts.zh``."""
        piece = "bot" if self.kind == "bot" else f"{self.kind} {self.name}"
        service = "" if self.kind == "service" else self.service
        return " › ".join(part for part in (service, piece, self.field) if part)


@dataclass(frozen=True)
class Finding:
    """An ``error`` stops publishing, a ``warning`` has to be accepted. Both texts are sentences."""

    level: Level
    place: Place
    text: str
    mends: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text} {self.mends}"


def error(place: Place, text: str, mends: str) -> Finding:
    return Finding("error", place, text, mends)


def warning(place: Place, text: str, mends: str) -> Finding:
    return Finding("warning", place, text, mends)


def of_service(service: Any) -> Place:
    return Place("service", service.name, service.name)


def of(kind: Kind, service: Any, piece: Any) -> Place:
    """The place of an intent, a slot or an action of the service."""
    return Place(kind, service.name, piece.name)


def choose(name: str, known: Iterable[str], what: str) -> str:
    """What mends a name that is not there: the nearest one that is, else all of them."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    if not names:
        return f"There is no {what} yet; add it first."
    shown = ", ".join(f"“{one}”" for one in names[:8])
    return f"Use one of {shown}{' …' if len(names) > 8 else ''}, or add the {what}."
