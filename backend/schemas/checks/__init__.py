"""Whether a schema can be published: each check reads the whole and yields findings.

A check never raises, whatever the schema. Nothing here reads the database; what is known of
secrets and of open conversations is given.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from backend.dialogue.schema import Schema

from . import actions, examples, flows, held, intents, languages, names, slots, templates
from .examples import Likeness
from .finding import Finding, Place

__all__ = ["Finding", "Likeness", "Place", "check"]


def check(
    schema: Schema,
    *,
    secrets: Collection[str] | None = None,
    open_slots: Mapping[tuple[str, str], int] | None = None,
    likeness: Likeness | None = None,
) -> list[Finding]:
    """Everything that is wrong, each thing once, errors first.

    ``secrets`` are the names that are set, None where that is not known. ``open_slots`` counts the
    open conversations that hold a value, by intent and slot; see ``services.held``. ``likeness``
    finds examples that mean the same in other words.
    """
    found = [
        *names.check(schema),
        *flows.check(schema),
        *intents.check(schema),
        *examples.check(schema, likeness),
        *slots.check(schema),
        *actions.check(schema, secrets),
        *templates.check(schema),
        *languages.check(schema),
        *held.check(schema, open_slots or {}),
    ]
    return sorted(dict.fromkeys(found), key=lambda finding: finding.level)
