"""The values that actions' headers get as ``{{ secret.NAME }}``.

Encrypted in the database; nothing but a call opens them. They are no part of a schema, so a
version and a file hold only their names.
"""

from __future__ import annotations

from collections.abc import Iterable

from backend.sealing import unseal

from .models import Bot


def names(bot: Bot) -> set[str]:
    return set(bot.secrets.values_list("name", flat=True))


def opened(bot: Bot, wanted: Iterable[str]) -> dict[str, str]:
    """The values of those that are set. Raises sealing.CannotOpen."""
    found = bot.secrets.filter(name__in=list(wanted))
    return {secret.name: unseal(secret.sealed) for secret in found}
