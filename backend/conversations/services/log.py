"""Appending to the event log, under the conversation's row lock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from backend.sealing import seal

from .. import publish
from ..models import ClientRequest, Conversation, Event, display_name


class IdConflict(Exception):
    """The cid was used before, for something else."""


@dataclass(frozen=True)
class By:
    """Who made an event happen."""

    kind: str
    name: str = ""
    operator: Any = None

    @classmethod
    def person(cls, user: Any) -> By:
        return cls("operator", display_name(user), user)


MASK = "••••"
VISITOR, BOT, SYSTEM = By("visitor"), By("bot"), By("system")


@contextmanager
def locked(conversation_id: UUID | str) -> Iterator[Conversation]:
    """The conversation under its row lock; saved at the end, and announced on commit.

    SQLite has no row locks; there the transaction is IMMEDIATE, which locks the whole file.
    Raises Conversation.DoesNotExist.
    """
    with transaction.atomic():
        # No join: after waiting for the lock, PostgreSQL reads this row anew, joined ones not.
        conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
        head = conversation.head
        yield conversation
        conversation.save()
        if conversation.head != head:
            transaction.on_commit(partial(publish.changed, conversation))


def append(conversation: Conversation, kind: str, by: By, body: Mapping[str, Any]) -> Event:
    """Add the next event. The caller holds the lock."""
    conversation.head += 1
    return Event.objects.create(
        conversation=conversation,
        seq=conversation.head,
        kind=kind,
        at=timezone.now(),
        by_kind=by.kind,
        by_name=by.name,
        operator=by.operator,
        body=dict(body),
    )


def mask(conversation: Conversation, places: Sequence[tuple[int, int, int]]) -> None:
    """Put dots in place of characters of messages; the whole text is kept encrypted.

    ``places`` are (seq, start, end). The caller holds the lock.
    """
    for seq in {seq for seq, _, _ in places}:
        event = conversation.events.filter(seq=seq, kind="message").first()
        if event is None:
            continue
        text = event.body["text"]
        event.sealed = event.sealed or seal(text)
        for _, start, end in sorted((p for p in places if p[0] == seq), reverse=True):
            text = text[:start] + MASK + text[end:]
        event.body = {**event.body, "text": text}
        event.save(update_fields=["body", "sealed"])


def fingerprint(kind: str, **content: Any) -> str:
    """A checksum of what a client asked for, its cid aside."""
    return hashlib.sha256(json.dumps([kind, content], sort_keys=True).encode()).hexdigest()


def answered(conversation: Conversation, cid: str | None, content: str) -> int | None:
    """The seq that this cid was answered with before, or None. Raises IdConflict."""
    if cid is None:
        return None
    before = ClientRequest.objects.filter(conversation=conversation, cid=cid).first()
    if before is None:
        return None
    if before.fingerprint != content:
        raise IdConflict
    return before.seq


def remember(conversation: Conversation, cid: str | None, content: str, seq: int) -> int:
    """Keep the answer to this cid; returns ``seq``."""
    if cid is not None:
        ClientRequest.objects.create(
            conversation=conversation, cid=cid, fingerprint=content, seq=seq
        )
    return seq


def set_status(conversation: Conversation, status: str, by: By, reason: str = "") -> Event:
    """``status`` is closed or reopened."""
    conversation.status = (
        Conversation.Status.CLOSED if status == "closed" else Conversation.Status.OPEN
    )
    return append(
        conversation, "status", by, {"status": status} | ({"reason": reason} if reason else {})
    )
