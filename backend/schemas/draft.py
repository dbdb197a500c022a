"""A bot's draft between its rows and the one value that they stand for.

Rows point at each other by key, the value by name; both say the same, so reading what was written
gives an equal schema. Knows rows and values; nothing of locks, of versions and of who may edit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import Prefetch

from backend.dialogue import schema as values

from .models import Action, Bot, Draft, Intent, IntentSlot, Service, Slot

# What a row and its value call alike.
SERVICE = ("name", "title", "description")
ACTION = tuple(values.Action.model_fields)
MORE = (
    *("choices", "minimum", "maximum", "integer", "unit"),
    *("currency", "pattern", "earliest", "latest"),
)
SLOT = tuple(name for name in values.Slot.model_fields if name not in (*MORE, "offer"))
INTENT = ("name", "title", "description", "examples", "confirm", "does", "replies")
USE = ("required", "default", "when")

Row = TypeVar("Row", bound=Draft)


def read(bot: Bot) -> values.Schema:
    """The draft as a value, in five queries."""
    services = bot.services.prefetch_related(
        "actions",
        Prefetch("slots", Slot.objects.select_related("offer_action")),
        Prefetch("intents", Intent.objects.select_related("action")),
        Prefetch("intents__uses", IntentSlot.objects.select_related("slot")),
    )
    return values.Schema(
        name=bot.name,
        languages=bot.languages,
        services=[service_value(service) for service in services],
    )


def service_value(row: Service) -> values.Service:
    return values.Service(
        **_alike(row, SERVICE),
        slots=[slot_value(slot) for slot in row.slots.all()],
        intents=[intent_value(intent, intent.uses.all()) for intent in row.intents.all()],
        actions=[action_value(action) for action in row.actions.all()],
    )


def action_value(row: Action) -> values.Action:
    return values.Action(**_alike(row, ACTION))


def slot_value(row: Slot) -> values.Slot:
    """An offer whose action is gone is none; its expressions stay in the row."""
    more = dict(row.more)
    offer = more.pop("offer", None)
    if offer is not None and row.offer_action:
        more["offer"] = offer | {"action": row.offer_action.name}
    return values.Slot(**_alike(row, SLOT), **more)


def intent_value(row: Intent, uses: Iterable[IntentSlot]) -> values.Intent:
    slots = [values.IntentSlot(slot=use.slot.name, **_alike(use, USE)) for use in uses]
    action = row.action.name if row.action else ""
    return values.Intent(**_alike(row, INTENT), slots=slots, action=action)


def _alike(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def write(bot: Bot, schema: values.Schema, by: Any) -> None:
    """Make the rows say what the schema says; whatever keeps its name keeps its key.

    The caller holds the bot's lock and has counted its revision up, which marks every row that
    changes. The schema has to be one that ``checks.names.unstorable`` has nothing against.
    """
    writer = Writer(bot.revision, by)
    bot.name, bot.languages = schema.name, schema.languages
    old = _by_name(bot.services.all())
    for position, service in enumerate(schema.services):
        row = old.pop(service.name, None) or Service(bot=bot)
        writer.service(row, service, position)
        writer.pieces(row, service)
    for gone in old.values():
        gone.delete()


@dataclass(frozen=True)
class Writer:
    """Stores values in rows, where they differ, as a change of ``revision`` by somebody.

    The rows are new or as they are stored now. Each method gives whether there was a difference.
    """

    revision: int
    by: Any

    def service(self, row: Service, value: values.Service, position: int) -> bool:
        """The service's own fields."""
        return self._row(row, position, _dumped(value, SERVICE))

    def action(self, row: Action, value: values.Action, position: int) -> bool:
        return self._row(row, position, _dumped(value, ACTION))

    def slot(
        self, row: Slot, value: values.Slot, position: int, actions: Mapping[str, Action]
    ) -> bool:
        more = value.model_dump(mode="json", include=set(MORE), exclude_defaults=True)
        offer = value.offer
        if offer:
            more["offer"] = offer.model_dump(exclude={"action"})
        pointer = {"offer_action_id": actions[offer.action].pk if offer else None}
        return self._row(row, position, _dumped(value, SLOT) | {"more": more} | pointer)

    def intent(
        self,
        row: Intent,
        value: values.Intent,
        position: int,
        actions: Mapping[str, Action],
        slots: Mapping[str, Slot],
    ) -> bool:
        uses = [IntentSlot(slot=slots[use.slot], **_dumped(use, USE)) for use in value.slots]
        pointer = {"action_id": actions[value.action].pk if value.action else None}
        others = row.pk is None or list(map(_use, row.uses.all())) != list(map(_use, uses))
        fields = _dumped(value, INTENT) | pointer
        if not self._row(row, position, fields, changed=others):
            return False
        if others:
            row.uses.all().delete()
            for position, use in enumerate(uses):
                use.intent, use.position = row, position
            IntentSlot.objects.bulk_create(uses)
        return True

    def pieces(self, row: Service, value: values.Service) -> None:
        """The service's actions, slots and intents; those that it does not have any more go."""
        actions = _by_name(row.actions.all())
        slots = _by_name(row.slots.all())
        intents = _by_name(row.intents.all())
        gone = [*_left(actions, value.actions), *_left(slots, value.slots)]
        gone += _left(intents, value.intents)
        for position, action in enumerate(value.actions):
            self.action(actions.setdefault(action.name, Action(service=row)), action, position)
        for position, slot in enumerate(value.slots):
            found = slots.setdefault(slot.name, Slot(service=row))
            self.slot(found, slot, position, actions)
        for position, intent in enumerate(value.intents):
            home = intents.setdefault(intent.name, Intent(service=row))
            self.intent(home, intent, position, actions, slots)
        for piece in gone:
            piece.delete()

    def _row(
        self, row: Draft, position: int, fields: Mapping[str, Any], *, changed: bool = False
    ) -> bool:
        """Store the row where a field differs; the order of keys is a difference too."""
        fields = {"position": position, **fields}
        changed = changed or row.pk is None
        if not changed and _spelt(_alike(row, fields)) == _spelt(fields):
            return False
        for name, value in fields.items():
            setattr(row, name, value)
        row.revision, row.changed_by = self.revision, self.by
        row.save()
        return True


def _dumped(value: values.Part, names: Iterable[str]) -> dict[str, Any]:
    fields = value.model_dump(mode="json", include=set(names))
    return {name: fields[name] for name in names}


def _use(use: IntentSlot) -> str:
    return _spelt([use.slot_id, use.required, use.default, use.when])


def _by_name(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.name: row for row in rows}


def _left(rows: Mapping[str, Draft], kept: Iterable[Any]) -> list[Draft]:
    names = {value.name for value in kept}
    return [row for name, row in rows.items() if name not in names]


def _spelt(value: Any) -> str:
    return json.dumps(value)
