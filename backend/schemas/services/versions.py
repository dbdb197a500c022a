"""Reviewing, publishing and rolling back.

A version never changes: what was published stays as it was, and going back makes a new version
with the old content. Conversations keep the version that they began with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from backend.dialogue.schema import Schema

from .. import draft, secrets
from ..checks import Likeness, check
from ..checks.finding import Finding
from ..checks.names import unstorable
from ..differences import Change, describe
from ..document import Document
from ..errors import EditConflict, NotPublishable, NotStorable, Unchanged
from ..models import Bot, Version
from ..versions import schema_of
from .held import held_slots
from .locking import changing, locked
from .tests import failures, replace_tests


@dataclass(frozen=True)
class Review:
    """The draft at ``revision``: what the checks say, and what publishing it would change."""

    revision: int
    schema: Schema
    findings: list[Finding]
    changes: list[Change]


def review(bot: Bot, likeness: Likeness | None = None) -> Review:
    """Read the draft and check it, without the bot's tests."""
    row = Bot.objects.select_related("live").get(pk=bot.pk)
    schema = draft.read(row)
    changes = describe(schema_of(row.live) if row.live else None, schema)
    return Review(row.revision, schema, findings(row, schema, likeness), changes)


def findings(bot: Bot, schema: Schema, likeness: Likeness | None = None) -> list[Finding]:
    """The checks of a schema that is to be this bot's: its secrets and conversations count."""
    return check(schema, secrets=secrets.names(bot), open_slots=held_slots(bot), likeness=likeness)


def publish(
    bot: Bot,
    by: Any,
    revision: int,
    note: str = "",
    accept_warnings: bool = False,
    likeness: Likeness | None = None,
    *,
    untested: bool = False,
) -> Version:
    """Make the draft live, as its reviewer saw it at ``revision``.

    The bot's tests run before the lock is taken, since they take their time; ``untested`` is for
    programs that change nothing which a test could notice, such as an address. Raises EditConflict
    where the draft moved on, Unchanged, NotPublishable for errors and for warnings that are not
    accepted, and ValidationError for a note that is too long.
    """
    if len(note) > 300:
        raise ValidationError({"note": _("The note may have 300 characters.")})
    seen = review(bot, likeness)
    with locked(bot) as row:
        _not_moved_on(row, revision)
        _not_live(row, seen.schema)
    found = seen.findings
    if not untested and not any(finding.level == "error" for finding in found):
        found = [*found, *failures(row, seen.schema)]
    stopping = [one for one in found if one.level == "error" or not accept_warnings]
    if stopping:
        raise NotPublishable(stopping)
    with locked(bot) as row:
        _not_moved_on(row, revision)
        _not_live(row, seen.schema)
        return _go_live(row, seen.schema, note, by)


def roll_back(bot: Bot, version: Version, by: Any, *, draft_too: bool = False) -> Version:
    """Make an old version's content live at once, as a new version.

    The draft stays as it is, or becomes the same with ``draft_too``. Raises Unchanged.
    """
    schema = schema_of(version)
    with locked(bot) as row:
        _not_live(row, schema)
        made = _go_live(row, schema, _("Back to version %d") % version.number, by)
        if draft_too:
            _overwrite(row, schema, by)
        return made


def discard_draft(bot: Bot, by: Any, revision: int) -> None:
    """Make the draft what is live again; empty where nothing is. Raises EditConflict."""
    with locked(bot) as row:
        _not_moved_on(row, revision)
        live = schema_of(row.live) if row.live else Schema(name=row.name, languages=row.languages)
        _overwrite(row, live, by)


def import_document(bot: Bot, document: Document, by: Any, revision: int | None = None) -> None:
    """Make the draft what the document says, and its tests too if it has any.

    ``revision`` is the draft's that it may replace; without one it replaces any. Raises
    EditConflict, and NotStorable where names are there twice or lead nowhere.
    """
    with locked(bot) as row:
        if revision is not None:
            _not_moved_on(row, revision)
        _overwrite(row, document.schema, by)
        if document.tests is not None:
            replace_tests(row, document.tests, by)


def _overwrite(bot: Bot, schema: Schema, by: Any) -> None:
    found = unstorable(schema)
    if found:
        raise NotStorable(found)
    with changing(bot, by) as row:
        before = (row.name, row.languages)
        draft.write(row, schema, by)
        if before != (row.name, row.languages):
            row.own_revision = row.revision


def _not_moved_on(bot: Bot, revision: int) -> None:
    if bot.revision != revision:
        raise EditConflict(bot.changed_by, bot.changed_at)


def _not_live(bot: Bot, schema: Schema) -> None:
    if bot.live and bot.live.checksum == schema.checksum:
        raise Unchanged(bot.live)


def _go_live(bot: Bot, schema: Schema, note: str, by: Any) -> Version:
    last = bot.versions.aggregate(last=Max("number"))["last"] or 0
    bot.live = Version.objects.create(
        bot=bot,
        number=last + 1,
        schema=schema.as_json(),
        checksum=schema.checksum,
        note=note,
        published_by=by,
    )
    bot.save(update_fields=["live"])
    return bot.live
