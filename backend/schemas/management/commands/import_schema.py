"""``python manage.py import_schema FILE --site KEY``: a file becomes a site's draft."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from backend.dialogue.schema import Schema
from backend.schemas import document, draft, services
from backend.schemas.checks import Finding, check
from backend.schemas.differences import describe
from backend.schemas.models import Bot


class Command(BaseCommand):
    help = "Make a site's draft what a file says, and publish it if that is asked for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="YAML or JSON, as export_schema writes it")
        parser.add_argument("--site", required=True, metavar="KEY", help="the site's key")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--publish", action="store_true", help="make it live")
        parser.add_argument("--note", default="", help="kept with the version")
        parser.add_argument(
            "--accept-warnings", action="store_true", help="publish in spite of warnings"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = self._load(options["file"])
        site = self._site(options["site"])
        bot = Bot.objects.filter(site=site).first()
        self._show_changes(draft.read(bot) if bot else None, loaded)
        found = services.findings(bot, loaded.schema) if bot else check(loaded.schema, secrets=())
        self._show_findings(found)
        if options["publish"]:
            self._may_publish(found, options["accept_warnings"])
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was changed.")
            return
        bot = self._import(site, bot, loaded)
        self.stdout.write(self.style.SUCCESS(f"The draft of “{site.key}” is what the file says."))
        if options["publish"]:
            self._publish(bot, options)

    @transaction.atomic
    def _import(self, site: Any, bot: Bot | None, loaded: document.Document) -> Bot:
        try:
            bot = bot or services.create_bot(site, loaded.schema.name, loaded.schema.languages)
            services.import_document(bot, loaded, None)
        except services.NotStorable as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        except ValidationError as error:
            raise CommandError(f"Nothing was imported. {' '.join(error.messages)}") from error
        return bot

    def _load(self, path: Path) -> document.Document:
        try:
            return document.load(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except document.DocumentError as error:
            for problem in error.problems:
                self.stderr.write(f"- {problem}")
            raise CommandError(f"{path} was not imported; mend what is named above.") from error

    def _site(self, key: str) -> Any:
        sites = Bot._meta.get_field("site").related_model._default_manager
        site = sites.filter(key=key).first()
        if site is None:
            keys = ", ".join(sites.values_list("key", flat=True)) or "none; make one (createsite)"
            raise CommandError(f"There is no site “{key}”. Sites: {keys}.")
        return site

    def _show_changes(self, old: Schema | None, loaded: document.Document) -> None:
        changes = describe(old, loaded.schema)
        self.stdout.write(
            "Changes of the draft:" if changes else "The draft says the same already."
        )
        for change in changes:
            self.stdout.write(f"- {change}")
        if loaded.tests is not None:
            self.stdout.write(f"The bot's tests become those of the file ({len(loaded.tests)}).")

    def _show_findings(self, found: list[Finding]) -> None:
        for finding in found:
            style = self.style.ERROR if finding.level == "error" else self.style.WARNING
            self.stdout.write(style(f"{finding.level}: {finding}"))

    def _may_publish(self, found: list[Finding], accept_warnings: bool) -> None:
        errors = sum(finding.level == "error" for finding in found)
        if errors:
            raise CommandError(f"Nothing was imported: mend {_count(errors, 'error')} first.")
        if found and not accept_warnings:
            raise CommandError(
                f"Nothing was imported: mend {_count(len(found), 'warning')}, or add "
                "--accept-warnings."
            )

    def _publish(self, bot: Bot, options: dict[str, Any]) -> None:
        bot.refresh_from_db()
        try:
            version = services.publish(
                bot, None, bot.revision, options["note"], options["accept_warnings"]
            )
        except services.Unchanged as error:
            self.stdout.write(str(error))
        except services.Refused as error:
            raise CommandError(f"The draft was imported and not published. {error}") from error
        else:
            self.stdout.write(self.style.SUCCESS(f"Version {version.number} is live."))


def _count(number: int, what: str) -> str:
    return f"the {what} named above" if number == 1 else f"the {number} {what}s named above"
