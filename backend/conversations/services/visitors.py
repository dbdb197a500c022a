"""What a visitor does: write, ask for a person, rate, close, read."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from ..identity import Identity
from ..models import Conversation, Turn, Visitor
from .log import SYSTEM, VISITOR, answered, append, fingerprint, locked, remember, set_status
from .ownership import Owner, change_owner, end_turns
from .profiles import apply_identity


class NoConversation(Exception):
    """The visitor has not written yet, so there is nothing to rate or close."""


class ConversationClosed(Exception):
    """The conversation is closed and the site does not let visitors reopen it."""


class UnknownAttachment(Exception):
    """A message names an attachment that was never uploaded."""


@dataclass(frozen=True)
class Party:
    """A visitor's side of one conversation; its rows are made at the first thing they send."""

    site: int
    visitor: UUID
    conversation: UUID
    locale: str = ""
    page: Mapping[str, str] = field(default_factory=dict)
    identity: Identity | None = None


def theirs(party: Party) -> Q:
    """Conversations of this visitor, or of whom they turned out to be after the socket opened."""
    return Q(visitor=party.visitor) | Q(visitor__merged=party.visitor)


def _stored(party: Party) -> AbstractContextManager[Conversation]:
    """The party's conversation under lock. Raises NoConversation."""
    if not Conversation.objects.filter(theirs(party), pk=party.conversation).exists():
        raise NoConversation
    return locked(party.conversation)


def _open(party: Party) -> AbstractContextManager[Conversation]:
    """The party's conversation under lock, made now if this is its first message."""
    if not Conversation.objects.filter(pk=party.conversation).exists():
        try:
            with transaction.atomic():
                _create(party)
        except IntegrityError:
            pass  # another tab was first; its rows are the same
    return _stored(party)


def _create(party: Party) -> None:
    visitor, _ = Visitor.objects.get_or_create(
        pk=party.visitor, defaults={"site_id": party.site, "locale": party.locale}
    )
    if party.identity is not None:
        apply_identity(visitor, party.identity)
    Conversation.objects.create(
        pk=party.conversation,
        site_id=party.site,
        visitor=visitor,
        locale=party.locale,
        page=dict(party.page),
    )


def add_message(
    party: Party,
    cid: str,
    text: str,
    *,
    attachments: tuple[str, ...] = (),
    reply_to: str | None = None,
) -> int:
    """Store a visitor's message and, where the bot speaks, the turn that answers it.

    Returns the event's seq. Raises IdConflict, ConversationClosed, UnknownAttachment.
    """
    content = fingerprint("send", text=text, attachments=attachments, reply_to=reply_to)
    with _open(party) as conversation:
        before = answered(conversation, cid, content)
        if before is not None:
            return before
        if attachments:
            raise UnknownAttachment
        _reopen(conversation)
        body = {"message": str(uuid4()), "text": text, "cid": cid}
        event = append(
            conversation, "message", VISITOR, body | ({"reply_to": reply_to} if reply_to else {})
        )
        conversation.preview = text[:200]
        conversation.visitor_seq = event.seq
        if party.page:
            conversation.page = dict(party.page)
        if conversation.owner == Owner.BOT:
            Turn.objects.create(conversation=conversation, trigger=event, epoch=conversation.epoch)
        return remember(conversation, cid, content, event.seq)


def _reopen(conversation: Conversation) -> None:
    if conversation.status == Conversation.Status.OPEN:
        return
    if not conversation.site.reopens:
        raise ConversationClosed
    set_status(conversation, "reopened", VISITOR)
    if conversation.owner != Owner.BOT:
        change_owner(conversation, Owner.BOT, SYSTEM, reason="reopened")


def ask_for_person(party: Party, cid: str, reason: str = "") -> int:
    """Put the conversation in the queue; the bot stops at once. Asking twice is harmless."""
    content = fingerprint("human", reason=reason)
    with _open(party) as conversation:
        before = answered(conversation, cid, content)
        if before is not None:
            return before
        _reopen(conversation)
        if conversation.owner == Owner.BOT:
            change_owner(conversation, Owner.QUEUE, VISITOR, reason=reason or "asked for a person")
        return remember(conversation, cid, content, conversation.head)


def rate(party: Party, cid: str, score: int, comment: str = "") -> int:
    """Keep the visitor's rating; a later one replaces it."""
    content = fingerprint("rate", score=score, comment=comment)
    with _stored(party) as conversation:
        before = answered(conversation, cid, content)
        if before is not None:
            return before
        body = {"score": score} | ({"comment": comment} if comment else {})
        event = append(conversation, "rating", VISITOR, body)
        conversation.rating = score
        return remember(conversation, cid, content, event.seq)


def close(party: Party, cid: str) -> int:
    content = fingerprint("close")
    with _stored(party) as conversation:
        before = answered(conversation, cid, content)
        if before is not None:
            return before
        if conversation.status == Conversation.Status.OPEN:
            end_turns(conversation, Turn.State.CANCELLED, "the visitor ended the conversation")
            set_status(conversation, "closed", VISITOR)
        return remember(conversation, cid, content, conversation.head)


def mark_seen(party: Party, seq: int) -> bool:
    """Move the visitor's read mark forward, never past the head; whether it moved."""
    rows = Conversation.objects.filter(
        theirs(party), pk=party.conversation, visitor_seen__lt=seq, head__gte=seq
    )
    return rows.update(visitor_seen=seq) == 1
