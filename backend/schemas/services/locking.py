"""Who may change a draft: whoever holds the bot's lock and has seen its present state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from ..errors import EditConflict
from ..models import Action, Bot, Draft, Intent, Service, Slot

Piece = Service | Action | Slot | Intent


@contextmanager
def locked(bot: Bot | int) -> Iterator[Bot]:
    """The bot's row as it is now, under its lock. The caller saves what it changes.

    SQLite has no row locks; there the transaction is IMMEDIATE, which locks the whole file.
    Raises EditConflict where the bot is gone.
    """
    with transaction.atomic():
        row = Bot.objects.select_for_update().filter(pk=getattr(bot, "pk", bot)).first()
        if row is None:
            raise EditConflict
        yield row


@contextmanager
def changing(bot: Bot | int, by: Any) -> Iterator[Bot]:
    """The bot under its lock, its revision counted up; saved at the end."""
    with locked(bot) as row:
        row.revision += 1
        row.changed_by = by
        yield row
        row.save()


def bot_of(piece: Piece) -> int:
    return piece.bot_id if isinstance(piece, Service) else piece.service.bot_id


def unchanged_since(piece: Draft, revision: int | None) -> None:
    """Raises EditConflict where the stored piece is not at this revision any more."""
    stored = type(piece)._default_manager.select_related("changed_by").filter(pk=piece.pk).first()
    if stored is None:
        raise EditConflict
    if stored.revision != revision:
        raise EditConflict(stored.changed_by, stored.changed_at)
