"""Setting and deleting secrets."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from backend.sealing import seal

from ..models import NAME, Bot, Secret

MOST = 4000  # characters


def set_secret(bot: Bot, name: str, value: str) -> None:
    """Raises ValidationError where no header can hold it."""
    value = value.strip()
    NAME(name)
    if not value or len(value) > MOST:
        raise ValidationError({"value": _("Enter 1 to %d characters.") % MOST})
    if not (value.isascii() and value.isprintable()):
        raise ValidationError(
            {"value": _("A header holds plain letters, digits and signs only, in one line.")}
        )
    Secret.objects.update_or_create(bot=bot, name=name, defaults={"sealed": seal(value)})


def delete_secret(bot: Bot, name: str) -> None:
    Secret.objects.filter(bot=bot, name=name).delete()
