"""``python manage.py import_articles FOLDER --site KEY``: Markdown files become help articles."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.inference.errors import InferenceError
from backend.knowledge import services
from backend.knowledge.embedding import embed_site


class Command(BaseCommand):
    help = "Import help articles from a folder of Markdown files with front matter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--site", required=True, help="the site's key")
        parser.add_argument(
            "--url-template",
            default=services.DEFAULT_URL_TEMPLATE,
            help="where articles without a `url:` are read (default: %(default)s)",
        )
        parser.add_argument(
            "--prune", action="store_true", help="remove articles that no file makes any more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = services.import_folder(
                options["site"],
                options["folder"],
                url_template=options["url_template"],
                prune=options["prune"],
            )
        except services.ImportRefused as error:
            raise CommandError(str(error)) from error
        for problem in report.problems:
            self.stderr.write(self.style.WARNING(f"left out: {problem}"))
        if not report.articles:
            raise CommandError("no article could be imported; mend the files named above")
        self._embed(options["site"])
        self.stdout.write(
            f"{report.created} created, {report.updated} updated, {report.unchanged} unchanged, "
            f"{report.removed} removed, {len(report.problems)} left out"
        )

    def _embed(self, site_key: str) -> None:
        try:
            embed_site(site_key)
        except InferenceError as error:
            self.stderr.write(
                self.style.WARNING(
                    f"the articles are stored, but the encoder cannot embed them yet: {error} "
                    f"{error.hint}".rstrip()
                )
            )
