"""``manage.py chat --site KEY``: the site's bot in a terminal, with the engine that visitors get.

Nothing is stored, and actions are rehearsed unless ``--real`` asks for the real calls. One line in,
one answer out, streamed as it is written; a button is pressed by writing its label.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend.chat import runtime
from backend.chat.actions import RealCalls, Rehearsal
from backend.chat.trial import Trial
from backend.chat.turns import Responder
from backend.conversations.models import Site
from backend.conversations.zones import zone_named
from backend.dialogue.schema import Schema
from backend.dialogue.types import Delta, Handoff, Reply
from backend.inference.errors import InferenceError
from backend.schemas import draft
from backend.schemas.models import Bot
from backend.schemas.services import schema_of

MAX_TEXT = 8000


class Command(BaseCommand):
    help = "Talk to a site's bot in the terminal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", required=True, help="the site's key")
        parser.add_argument("--locale", default="", help="such as en or zh-CN")
        parser.add_argument("--draft", action="store_true", help="the draft, not the live version")
        parser.add_argument("--real", action="store_true", help="call the customer's system")
        parser.add_argument(
            "--json",
            action="store_true",
            help="one JSON object a turn: text, citations, refused, first_ms, total_ms",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        site = Site.objects.filter(key=options["site"]).first()
        if site is None:
            known = ", ".join(Site.objects.values_list("key", flat=True)) or "none yet"
            raise CommandError(
                f"There is no site {options['site']!r} (there is: {known}). "
                "Make one with: python manage.py createsite KEY --origin URL"
            )
        self.as_json = options["json"]
        bot = Bot.objects.filter(site=site).first()
        self.schema = self._schema(bot, options["draft"])
        self.zone = zone_named(site.time_zone)
        self.actions = RealCalls(bot.pk) if bot and options["real"] else Rehearsal(())
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(self._talk(Trial(site.key, site.name, options["locale"])))

    def _schema(self, bot: Bot | None, of_draft: bool) -> Schema | None:
        if bot and of_draft:
            return draft.read(bot)
        return schema_of(bot.live) if bot and bot.live else None

    async def _talk(self, trial: Trial) -> None:
        schemas = [self.schema] if self.schema else []
        try:
            async with runtime.loaded_engine(*schemas) as engine:
                while (line := await asyncio.to_thread(self._read)) is not None:
                    text = line.encode("utf-8", "replace").decode().replace("\x00", "").strip()
                    if len(text) > MAX_TEXT:
                        self.stderr.write(f"A message has at most {MAX_TEXT} characters.")
                    elif text:
                        trial = await self._answer(engine, trial.say_or_choose(text))
        except InferenceError as error:
            raise CommandError(f"{error} {error.hint}".strip()) from error

    def _read(self) -> str | None:
        """The next line; None at the end of the input."""
        if sys.stdin.isatty():
            self.stdout.write("> ", ending="")
            self.stdout.flush()
        line = sys.stdin.readline()
        return line or None

    async def _answer(self, engine: Responder, trial: Trial) -> Trial:
        began = time.monotonic()
        first: float | None = None
        reply = Reply("")
        now = timezone.now().astimezone(self.zone)
        async for event in engine.respond(trial.state(self.schema, now), self.actions):
            if isinstance(event, Delta):
                first = first or time.monotonic()
                if not self.as_json:
                    self.stdout.write(event.text, ending="")
                    self.stdout.flush()
            elif isinstance(event, Reply):
                reply = event
            elif isinstance(event, Handoff) and not self.as_json:
                self.stdout.write(f"\n[a person would take over: {event.reason}]", ending="")
        ended = time.monotonic()
        if self.as_json:
            self._write_json(reply, ((first or ended) - began) * 1000, (ended - began) * 1000)
        else:
            self._write_rest(reply)
        return trial.after(reply)

    def _write_json(self, reply: Reply, first_ms: float, total_ms: float) -> None:
        turn = {
            "text": reply.text,
            "citations": [citation.title for citation in reply.citations],
            "refused": reply.refused,
            "first_ms": round(first_ms, 1),
            "total_ms": round(total_ms, 1),
        }
        self.stdout.write(json.dumps(turn, ensure_ascii=False))
        self.stdout.flush()

    def _write_rest(self, reply: Reply) -> None:
        self.stdout.write("")
        for citation in reply.citations:
            self.stdout.write(f"  [{citation.title}] {citation.url}")
        for choice in reply.choices:
            self.stdout.write(f"  ({choice.label})")
