"""``manage.py replay CONVERSATION``: decide every turn again and show what comes out otherwise."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from backend.chat import runtime
from backend.chat.replays import Difference, replay
from backend.conversations.models import Conversation
from backend.inference.errors import InferenceError


class Command(BaseCommand):
    help = "Play stored conversations again; nothing is called, stored or sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("conversation", nargs="*", type=UUID, help="ids; none: the latest")
        parser.add_argument("--latest", type=int, default=20, help="how many, without ids")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Conversation.objects.order_by("-updated_at")
        latest = rows.values_list("pk", flat=True)[: options["latest"]]
        ids = options["conversation"] or list(latest)
        missing = set(ids) - set(rows.filter(pk__in=ids).values_list("pk", flat=True))
        if missing:
            raise CommandError(f"There is no conversation {missing.pop()}.")
        try:
            found = asyncio.run(self._replay(ids))
        except InferenceError as error:
            raise CommandError(f"{error} {error.hint}".strip()) from error
        for id, differences in found.items():
            for one in differences:
                self.stdout.write(f"{id} message {one.turn}: {one.what}")
                self.stdout.write(f"  then: {one.stored}\n  now:  {one.replayed}")
        changed = sum(bool(differences) for differences in found.values())
        self.stdout.write(f"{len(found)} conversations, {changed} decided otherwise.")
        if changed:
            raise CommandError("Not every turn was decided as before.")

    async def _replay(self, ids: list[UUID]) -> dict[UUID, list[Difference]]:
        async with runtime.loaded_engine() as engine:
            return {id: await replay(id, engine) for id in ids}
