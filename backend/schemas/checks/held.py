"""What open conversations still hold of earlier versions and this schema does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backend.dialogue.schema import Schema

from .finding import Finding, Place, warning


def check(schema: Schema, held: Mapping[tuple[str, str], int]) -> Iterator[Finding]:
    """``held`` counts open conversations by intent and slot, "" for the intent itself."""
    for (intent, slot), count in sorted(held.items()):
        found = schema.find(intent)
        if found is None and not slot:
            yield _held(Place("intent", name=intent), f"in “{intent}”", count)
        elif found and slot and slot not in {use.slot for use in found[1].slots}:
            place = Place("intent", found[0].name, intent, "slots")
            yield _held(place, f"holding a value of “{slot}” for “{intent}”", count)


def _held(place: Place, doing: str, count: int) -> Finding:
    many = f"{count} open conversations are" if count != 1 else "An open conversation is"
    return warning(
        place,
        f"{many} {doing}, which this draft does not have any more.",
        "Such a conversation goes on with the version that it began with; new ones get this one.",
    )
