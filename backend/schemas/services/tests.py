"""The bot's tests: kept, and run against a schema by whoever has the engine."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from backend.dialogue.schema import Schema

from ..checks.finding import Finding, Level, Place
from ..models import Bot, BotTest
from ..scripts import Script, TestReport
from .locking import locked

logger = logging.getLogger("kefu.schemas")
Tester = Callable[[Bot, Schema], list[TestReport]]


def save_test(bot: Bot, script: Script, by: Any = None, *, replaces: BotTest | None = None) -> Any:
    """Keep the test under its name, in place of ``replaces`` or of the one of that name.

    Gives its row. Raises ValidationError.
    """
    if not script.name:
        raise ValidationError({"name": _("Give the test a name.")})
    if not script.turns:
        raise ValidationError({"turns": _("A test needs at least one turn.")})
    with locked(bot):
        others = bot.tests.exclude(pk=replaces.pk) if replaces else bot.tests.all()
        same = others.filter(name=script.name).first()
        if same and replaces:
            raise ValidationError({"name": _("Another test has this name. Each needs its own.")})
        row = replaces or same or BotTest(bot=bot, position=_next_position(bot))
        if row.script != script.as_json():
            row.passed, row.ran_at, row.ran_on, row.report = None, None, "", {}
        row.name, row.script = script.name, script.as_json()
        row.save()
        return row


def delete_test(test: BotTest, by: Any = None) -> None:
    test.delete()


def replace_tests(bot: Bot, scripts: Sequence[Script], by: Any) -> None:
    """Make these the bot's tests, in this order."""
    with locked(bot):
        rows = [save_test(bot, script, by) for script in scripts]
        bot.tests.exclude(pk__in=[row.pk for row in rows]).delete()
        for position, row in enumerate(rows):
            BotTest.objects.filter(pk=row.pk).update(position=position)


def _next_position(bot: Bot) -> int:
    last = bot.tests.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def run_tests(bot: Bot, schema: Schema, only: BotTest | None = None) -> list[TestReport]:
    """Run the bot's tests on the schema, or ``only`` one of them, and keep their reports.

    ``settings.KEFU_BOT_TESTER`` names the function that has the engine; what it raises is raised.
    """
    tests = bot.tests.filter(pk=only.pk) if only else bot.tests.all()
    if not tests.exists():
        return []
    prefetch_related_objects([bot], Prefetch("tests", tests))  # what bot.tests.all() gives it
    tester: Tester = import_string(getattr(settings, "KEFU_BOT_TESTER", ""))
    reports = tester(bot, schema)
    _keep(bot, schema, reports)
    return reports


def failures(bot: Bot, schema: Schema) -> list[Finding]:
    """A finding for each of the bot's tests that the schema fails, or one if they cannot run."""
    level: Level = "error" if bot.on_failed_tests == Bot.TestsMode.BLOCK else "warning"
    try:
        reports = run_tests(bot, schema)
    except Exception:
        logger.exception("the tests of the bot %s could not be run", bot)
        return [
            Finding(
                level,
                Place("bot"),
                "The bot's tests could not be run.",
                "The server's log says why; mend that and publish again.",
            )
        ]
    return [_failed(level, report) for report in reports if not report.passed]


def _failed(level: Level, report: TestReport) -> Finding:
    why = " ".join(report.problems) or "It failed."
    return Finding(
        level, Place("test", name=report.name), why, "Mend the draft, or change what it expects."
    )


@transaction.atomic
def _keep(bot: Bot, schema: Schema, reports: Sequence[TestReport]) -> None:
    for report in reports:
        bot.tests.filter(name=report.name).update(
            passed=report.passed,
            report=report.as_json(),
            ran_at=timezone.now(),
            ran_on=schema.checksum,
        )
