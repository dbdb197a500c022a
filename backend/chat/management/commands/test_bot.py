"""``manage.py test_bot``: the bot's regression tests, in the terminal or in CI."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.chat import runtime
from backend.chat.scripted_talks import play
from backend.conversations.models import Site
from backend.dialogue.schema import Schema
from backend.inference.errors import InferenceError
from backend.schemas import document, draft
from backend.schemas.models import Bot
from backend.schemas.scripts import Script, TestReport
from backend.schemas.services import schema_of


class Command(BaseCommand):
    help = "Play a bot's tests; actions are rehearsed, never called."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", help="the site's key; needed where there are several bots")
        parser.add_argument("--number", type=int, help="a version, instead of the draft")
        parser.add_argument("--live", action="store_true", help="the live version, not the draft")
        parser.add_argument(
            "--file", type=Path, help="a schema file with tests, tested as it stands"
        )
        parser.add_argument("--only", default="", help="tests whose name has these words")
        parser.add_argument("--show", action="store_true", help="print every conversation")

    def handle(self, *args: Any, **options: Any) -> None:
        bot = self._bot(options["site"])
        schema, scripts = self._what(bot, options)
        wanted = [s for s in scripts if options["only"].casefold() in s.name.casefold()]
        if not wanted:
            raise CommandError("There are no such tests: write some on the bot's page.")
        try:
            played = asyncio.run(self._play(bot.site, schema, wanted))
        except InferenceError as error:
            raise CommandError(f"{error} {error.hint}".strip()) from error
        for one in played:
            self._print(one, options["show"])
        failed = sum(not one.passed for one in played)
        self.stdout.write(f"{len(played) - failed} of {len(played)} passed.")
        if failed:
            raise CommandError(f"{failed} failed.")

    def _bot(self, key: str | None) -> Bot:
        bots = Bot.objects.select_related("site")
        found = list(bots.filter(site__key=key) if key else bots[:2])
        if len(found) == 1:
            return found[0]
        keys = ", ".join(Site.objects.exclude(bot=None).values_list("key", flat=True))
        raise CommandError(f"Name the site of one bot with --site; there are: {keys or 'none'}.")

    def _what(self, bot: Bot, options: dict[str, Any]) -> tuple[Schema, Iterable[Script]]:
        if options["file"]:
            try:
                loaded = document.load(options["file"].read_bytes())
            except (OSError, document.DocumentError) as error:
                raise CommandError(str(error)) from error
            return loaded.schema, loaded.tests or ()
        scripts = [Script.model_validate({**t.script, "name": t.name}) for t in bot.tests.all()]
        if options["number"] is not None:
            version = bot.versions.filter(number=options["number"]).first()
            if version is None:
                raise CommandError(f"There is no version {options['number']} of this bot.")
            return schema_of(version), scripts
        if options["live"]:
            if bot.live is None:
                raise CommandError("Nothing of this bot is published yet.")
            return schema_of(bot.live), scripts
        return draft.read(bot), scripts

    async def _play(
        self, site: Site, schema: Schema, scripts: Iterable[Script]
    ) -> list[TestReport]:
        async with runtime.loaded_engine(schema) as engine:
            return [await play(script, schema, engine, site) for script in scripts]

    def _print(self, report: TestReport, show: bool) -> None:
        self.stdout.write(f"{'passed' if report.passed else 'FAILED'}  {report.name}")
        for problem in report.problems:
            self.stdout.write(f"        {problem}")
        for turn in report.details["turns"] if show or not report.passed else ():
            self.stdout.write(f"        > {turn['visitor']}")
            indented = turn["bot"].replace("\n", "\n          ")
            self.stdout.write(f"          {indented}")
            if turn["choices"]:
                self.stdout.write(f"          [{'] ['.join(turn['choices'])}]")
