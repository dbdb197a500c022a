"""``python manage.py loaddemo``: the demo company, once. A second run keeps all that is there."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from backend.conversations.models import Site
from backend.conversations.services import create_site
from backend.demo.bot import load_bot
from backend.demo.help import SITE_KEY
from backend.demo.models import ApiKey
from backend.demo.shop import samples
from backend.knowledge.embedding import embed_site
from backend.knowledge.services import ImportRefused, import_folder
from backend.schemas.services import NotPublishable

ARTICLES = Path(__file__).resolve().parents[2] / "articles"
KEY_NAME = "kefu"
GREETING = {
    "en": "Hello! Ask me about orders, delivery, returns, sizes or anything else.",
    "zh": "您好！订单、配送、退货、尺码等问题，都可以问我。",
}


class Command(BaseCommand):
    help = "Load the demo company, Northwind Trail. What is there already is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--key", action="store_true", help="print the bearer key of the shop's API and no more"
        )
        parser.add_argument(
            "--address",
            type=origin,
            default=None,
            help="where this server answers, for the bot's calls to the shop's API, such as "
            "http://127.0.0.1:8000; without it the bot keeps the address that it has",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._print_key() if options["key"] else self._load(options["address"] or "")
        except DatabaseError as error:
            raise CommandError(
                "The database cannot be used yet; run python manage.py migrate first."
            ) from error

    def _print_key(self) -> None:
        row = ApiKey.objects.filter(name=KEY_NAME).first()
        if row is None:
            raise CommandError("There is no key yet; run python manage.py loaddemo first.")
        self.stdout.write(row.key)

    def _load(self, address: str) -> None:
        made = _make_site()
        orders = samples.load()
        key, fresh_key = ApiKey.objects.get_or_create(name=KEY_NAME)
        articles = self._import_articles()
        bot = self._load_bot(key, address)
        changes = [
            *(["the site"] if made else []),
            *([f"{orders} orders"] if orders else []),
            *(["a key for the shop's API"] if fresh_key else []),
            *([f"{articles} articles"] if articles else []),
            *([bot] if bot else []),
        ]
        if changes:
            self.stdout.write(f"Northwind Trail: loaded {', '.join(changes)}.")
        else:
            self.stdout.write("Northwind Trail is loaded already; everything was kept.")

    def _load_bot(self, key: ApiKey, address: str) -> str:
        try:
            return load_bot(Site.objects.get(key=SITE_KEY), key.key, address)
        except NotPublishable as error:
            self.stderr.write(self.style.WARNING(f"The bot was left as it is: {error}"))
            return ""

    def _import_articles(self) -> int:
        """Articles that were made or whose file changed; ones edited by hand are kept."""
        try:
            report = import_folder(SITE_KEY, ARTICLES)
        except ImportRefused as error:
            raise CommandError(str(error)) from error
        for problem in report.problems:
            self.stderr.write(self.style.WARNING(f"left out: {problem}"))
        if report.created or report.updated:
            self.stdout.write("Northwind Trail: reading its articles, which takes a moment ...")
            self.stdout.flush()
            embed_site(SITE_KEY)
        return report.created + report.updated


def origin(text: str) -> str:
    """The address without a slash at its end. Raises ArgumentTypeError."""
    found = urlsplit(text)
    if found.scheme not in ("http", "https") or not found.netloc or found.path not in ("", "/"):
        raise ArgumentTypeError(
            f"“{text}” is no address of a server; write it like http://127.0.0.1:8000"
        )
    return f"{found.scheme}://{found.netloc}"


def _make_site() -> bool:
    """Whether the site had to be made."""
    if Site.objects.filter(key=SITE_KEY).exists():
        return False
    create_site(
        key=SITE_KEY,
        name="Northwind Trail",
        allowed_origins=["self", "http://localhost:*", "http://127.0.0.1:*"],
        greeting=GREETING,
        colours={"accent": "#0f6b5c"},
    )
    return True
