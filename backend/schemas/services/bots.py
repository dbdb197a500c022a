"""Making a bot, and the fields that are its own: name, languages, what failed tests do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from pydantic import ValidationError as Invalid

from backend.dialogue.schema import Schema

from ..errors import EditConflict
from ..models import Bot
from ..wording import by_field
from .locking import locked


@transaction.atomic
def create_bot(site: Any, name: str, languages: Sequence[str], by: Any = None) -> Bot:
    """A bot with an empty draft. Raises ValidationError, also where the site has one already."""
    bot = Bot(site=site, name=name, languages=list(languages), changed_by=by)
    _validate(bot)
    bot.save()
    return bot


def save_bot(bot: Bot, by: Any, revision: int) -> None:
    """Store the bot's own fields; ``revision`` is the ``own_revision`` that the editor read.

    Raises EditConflict, and ValidationError by field.
    """
    with locked(bot) as stored:
        if stored.own_revision != revision:
            # Who changed a piece since is not who changed these fields.
            last = stored.changed_by if stored.own_revision == stored.revision else None
            raise EditConflict(last, stored.changed_at)
        for field in ("name", "languages", "on_failed_tests"):
            setattr(stored, field, getattr(bot, field))
        _validate(stored)
        stored.revision += 1
        stored.own_revision, stored.changed_by = stored.revision, by
        stored.save()
    bot.revision = bot.own_revision = stored.revision


def _validate(bot: Bot) -> None:
    bot.full_clean()
    try:
        Schema(name=bot.name, languages=bot.languages)
    except Invalid as invalid:
        raise ValidationError(by_field(invalid)) from None
    if not bot.languages:
        raise ValidationError({"languages": 'Name at least one language, such as ["en"].'})
