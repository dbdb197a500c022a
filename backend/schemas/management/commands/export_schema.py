"""``python manage.py export_schema SITE``: a site's bot becomes a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.dialogue.schema import Schema
from backend.schemas import document, draft
from backend.schemas.models import Bot
from backend.schemas.scripts import Script
from backend.schemas.versions import schema_of


class Command(BaseCommand):
    help = (
        "Write a site's bot and its tests to a file: what is live, else the draft. Secrets are "
        "never in it."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # Django's own --version would stand in the way.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("site", help="the site's key")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--draft", action="store_true", help="the draft as it is now")
        which.add_argument("--version", type=int, metavar="N", help="this published version")
        parser.add_argument("--output", type=Path, metavar="FILE", help="else it is printed")
        parser.add_argument("--format", choices=["yaml", "json"], help="else by FILE, else YAML")

    def handle(self, *args: Any, **options: Any) -> None:
        bot = Bot.objects.select_related("live").filter(site__key=options["site"]).first()
        if bot is None:
            keys = ", ".join(Bot.objects.values_list("site__key", flat=True)) or "none"
            raise CommandError(f"No site “{options['site']}” has a bot. Sites with one: {keys}.")
        tests = tuple(Script.model_validate(test.script) for test in bot.tests.all())
        found = document.Document(self._schema(bot, options), tests or None)
        self._write(document.dump(found, self._format(options)), options["output"])

    def _schema(self, bot: Bot, options: dict[str, Any]) -> Schema:
        if options["version"] is not None:
            version = bot.versions.filter(number=options["version"]).first()
            if version is None:
                last = bot.versions.first()
                known = f"the last is {last.number}" if last else "nothing was published yet"
                raise CommandError(f"There is no version {options['version']}: {known}.")
            return schema_of(version)
        return draft.read(bot) if options["draft"] or bot.live is None else schema_of(bot.live)

    def _format(self, options: dict[str, Any]) -> document.Format:
        by_name = options["output"] and options["output"].suffix.lower() == ".json"
        return options["format"] or ("json" if by_name else "yaml")

    def _write(self, text: str, output: Path | None) -> None:
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"{output} is written.")
