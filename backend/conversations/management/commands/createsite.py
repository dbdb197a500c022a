"""``manage.py createsite``: a website gets its key and its script tag."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from backend.conversations import services


class Command(BaseCommand):
    help = "Create a site and print the script tag that embeds its chat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="what the script tag names as data-site, such as my-shop")
        parser.add_argument("--name", default="", help="what visitors see; the key if left out")
        parser.add_argument(
            "--origin",
            action="append",
            default=[],
            metavar="ORIGIN",
            help="where the widget may run, such as https://www.example.com; may be repeated",
        )
        parser.add_argument("--accent", default="", help="the widget's colour, such as #0f766e")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["origin"]:
            raise CommandError("Name at least one --origin, such as https://www.example.com.")
        try:
            site = services.create_site(
                key=options["key"],
                name=options["name"] or options["key"],
                allowed_origins=options["origin"],
                colours={"accent": options["accent"]} if options["accent"] else {},
            )
        except ValidationError as error:
            problems = [
                f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()
            ]
            raise CommandError(" ".join(problems)) from error
        self.stdout.write(f"Site {site.key} is there. Put this on its pages:\n")
        self.stdout.write(
            f'<script src="https://YOUR-KEFU-HOST/widget/kefu.js" data-site="{site.key}" async>'
            "</script>\n"
        )
        self.stdout.write(
            f"Then give it articles: python manage.py import_articles FOLDER --site {site.key}"
        )
