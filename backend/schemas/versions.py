"""Reading published versions: which one is live, and its schema, parsed once."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from django.db.models import QuerySet

from backend.dialogue.schema import Schema

from .models import Bot, Version

_MOST = 64
_parsed: OrderedDict[str, Schema] = OrderedDict()
_lock = Lock()


def schema_of(version: Version) -> Schema:
    """The version's schema; the same object again while it is among the last ones asked for."""
    with _lock:
        schema = _parsed.get(version.checksum)
        if schema is None:
            schema = _parsed[version.checksum] = Schema.model_validate(version.schema)
        _parsed.move_to_end(version.checksum)
        while len(_parsed) > _MOST:
            _parsed.popitem(last=False)
    return schema


def live_version(site_key: str) -> Version | None:
    """What a conversation of this site begins with; None where nothing was published."""
    bot = _live_bots().filter(site__key=site_key).first()
    return bot.live if bot else None


def live_schema(site_key: str) -> tuple[Version, Schema] | None:
    """The live version with its schema."""
    version = live_version(site_key)
    return (version, schema_of(version)) if version else None


def live_schemas() -> list[Schema]:
    """Of every site that has one."""
    return [schema_of(bot.live) for bot in _live_bots() if bot.live]


def _live_bots() -> QuerySet[Bot]:
    """The version's schema is read from the database only where it is not known yet."""
    bots = Bot.objects.filter(live__isnull=False).order_by("pk")
    return bots.select_related("live").defer("live__schema")
