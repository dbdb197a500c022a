"""What the checks found, as the pages show it: the same finding at many places stands once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from backend.schemas import services
from backend.schemas.checks.finding import Finding
from backend.schemas.models import Bot, Service

from .places import Places


class Spot(NamedTuple):
    words: str
    url: str


@dataclass
class Shown:
    """What is wrong, what mends it, and where. ``keys`` are the single findings', by which a
    browser says which ones it saw; ``key`` is what it ticks."""

    level: str
    text: str
    mends: str
    spots: list[Spot] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    accepted: bool = False

    @property
    def key(self) -> str:
        return f"{self.text} {self.mends}"


def findings_at(bot: Bot, piece: Any) -> list[Shown]:
    """What the checks have against this piece of the draft."""
    kind = str(piece._meta.model_name)
    service = piece.name if isinstance(piece, Service) else piece.service.name
    here = (kind, service, piece.name)
    found = services.review(bot).findings
    mine = [one for one in found if (one.place.kind, one.place.service, one.place.name) == here]
    places = Places(bot)
    return _grouped(mine, places, places.field_words)


def shown(bot: Bot, findings: Iterable[Finding], accepted: Collection[str] = ()) -> list[Shown]:
    """Errors first."""
    places = Places(bot)
    return _grouped(findings, places, places.words, accepted)


def _grouped(
    findings: Iterable[Finding], places: Places, words: Any, accepted: Collection[str] = ()
) -> list[Shown]:
    groups: dict[tuple[str, str, str], Shown] = {}
    for one in findings:
        key = (one.level, one.text, one.mends)
        group = groups.setdefault(key, Shown(*key))
        group.spots.append(Spot(words(one.place), places.url(one.place)))
        group.keys.append(str(one))
        group.accepted = group.key in accepted
    return sorted(groups.values(), key=lambda group: group.level != "error")
