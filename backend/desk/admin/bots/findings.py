"""What the checks found, as the pages show it: the same finding at many places stands once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from backend.schemas import services
from backend.schemas.checks.finding import Finding, Place
from backend.schemas.models import Bot, Intent, Service

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


def by_level(findings: Iterable[Shown]) -> dict[str, Any]:
    """As the templates have them: lists of errors and warnings."""
    found: dict[str, list[Shown]] = {"errors": [], "warnings": []}
    for one in findings:
        found[f"{one.level}s"].append(one)
    return found


def findings_at(bot: Bot, piece: Any) -> list[Shown]:
    """What the checks have against this piece of the draft; of an intent also what they have
    against its slots and its action, which may have been made on its page."""
    near = {_key(piece)}
    if isinstance(piece, Intent):
        uses = piece.uses.select_related("slot__service")
        near |= {_key(one) for one in (*(use.slot for use in uses), piece.action) if one}
    places = Places(bot)

    def words(place: Place) -> str:
        return (places.field_words if _place_key(place) == _key(piece) else places.words)(place)

    mine = [one for one in services.review(bot).findings if _place_key(one.place) in near]
    return _grouped(mine, places, words)


def _key(piece: Any) -> tuple[str, str, str]:
    service = piece.name if isinstance(piece, Service) else piece.service.name
    return str(piece._meta.model_name), service, piece.name


def _place_key(place: Place) -> tuple[str, str, str]:
    return place.kind, place.service, place.name


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
        spot = Spot(words(one.place), places.url(one.place))
        if spot not in group.spots:  # two choices of one slot, say
            group.spots.append(spot)
        group.keys.append(str(one))
        group.accepted = group.key in accepted
    return sorted(groups.values(), key=lambda group: group.level != "error")
