"""Saving and deleting one piece of a draft: a service, an action, a slot or an intent.

A new slot or action may be named by an intent that is saved after it in the same transaction. A
slot that gets another name keeps its places: see :mod:`backend.schemas.renaming`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from pydantic import ValidationError as Invalid

from backend.dialogue import schema as values

from .. import draft
from ..errors import EditConflict
from ..models import Action, Bot, Intent, Service, Slot
from ..renaming import rename_slot
from ..wording import by_field
from .locking import Piece, bot_of, changing, locked, unchanged_since

Value = values.Service | values.Action | values.Slot | values.Intent
_ROWS: dict[type[Any], Any] = {
    values.Service: Service,
    values.Action: Action,
    values.Slot: Slot,
    values.Intent: Intent,
}


def save_piece(
    parent: Bot | Service,
    value: Value,
    by: Any,
    *,
    piece: Piece | None = None,
    revision: int | None = None,
) -> Any:
    """Store the value as a row of ``parent``: a bot for a service, a service for all else.

    ``piece`` is the row that it replaces, ``revision`` the one that its editor read; without a
    piece a new row is made, the last of its kind. Of a service only its own fields are stored.
    Gives the row as it is stored. Raises EditConflict, and ValidationError by field.
    """
    with locked(parent if isinstance(parent, Bot) else parent.bot_id) as bot:
        if not isinstance(parent, Bot) and not bot.services.filter(pk=parent.pk).exists():
            raise EditConflict
        if piece is not None:
            unchanged_since(piece, revision)
        row = _row(parent, value, piece)
        before = row.name
        _check(row, value)
        writer = draft.Writer(bot.revision + 1, by)
        if not _write(writer, row, value):
            return row
        if isinstance(row, Slot) and before not in ("", value.name):
            rename_slot(row.service, before, value.name, writer)
        bot.revision, bot.changed_by = writer.revision, by
        bot.save()
        return row


def delete_piece(piece: Piece, by: Any, revision: int | None) -> None:
    """Delete it, and with a service all that is in it. Raises EditConflict."""
    with changing(bot_of(piece), by):
        unchanged_since(piece, revision)
        piece.delete()


def _row(parent: Bot | Service, value: Value, piece: Piece | None) -> Any:
    model = _ROWS[type(value)]
    if piece is not None:
        return model.objects.get(pk=piece.pk)
    row = model(**{"bot" if model is Service else "service": parent})
    last = _siblings(row).aggregate(last=Max("position"))["last"]
    row.position = 0 if last is None else last + 1
    return row


def _siblings(row: Any) -> Any:
    if isinstance(row, Service):
        return Service.objects.filter(bot=row.bot_id)
    return type(row).objects.filter(service=row.service_id)


def _write(writer: draft.Writer, row: Any, value: Any) -> bool:
    if isinstance(row, Service):
        return writer.service(row, value, row.position)
    if isinstance(row, Action):
        return writer.action(row, value, row.position)
    actions = {action.name: action for action in row.service.actions.all()}
    if isinstance(row, Slot):
        return writer.slot(row, value, row.position, actions)
    slots = {slot.name: slot for slot in row.service.slots.all()}
    return writer.intent(row, value, row.position, actions, slots)


def _check(row: Any, value: Value) -> None:
    """Raises ValidationError for a name that is taken or refers to nothing."""
    faults: dict[str, str] = {}
    if _siblings(row).filter(name=value.name).exclude(pk=row.pk).exists():
        faults["name"] = _("Another one has this name. Each needs its own.")
    if isinstance(value, values.Slot) and value.offer:
        faults |= _unknown("offer", [value.offer.action], row.service.actions)
    if isinstance(value, values.Intent):
        names = [use.slot for use in value.slots]
        faults |= _unknown("action", [value.action] if value.action else [], row.service.actions)
        faults |= _unknown("slots", names, row.service.slots)
        if len(set(names)) < len(names):
            faults["slots"] = _("A slot is there twice. Remove one of the two.")
    if faults:
        raise ValidationError(faults)
    _storable(value)


def _unknown(field: str, names: Iterable[str], rows: Any) -> dict[str, str]:
    known = set(rows.values_list("name", flat=True))
    wrong = next((name for name in names if name not in known), None)
    return {} if wrong is None else {field: _("There is no “%s” in this service.") % wrong}


def _storable(value: Value) -> None:
    """A schema looks at all of its texts at once, so the piece is put into one."""
    kinds = {values.Action: "actions", values.Slot: "slots", values.Intent: "intents"}
    kind = kinds.get(type(value))
    service = {"name": "any", kind: [value]} if kind else value
    try:
        values.Schema.model_validate({"services": [service]})
    except Invalid as invalid:
        raise ValidationError(by_field(invalid)) from None
