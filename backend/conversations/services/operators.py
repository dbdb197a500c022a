"""What an operator does: take, answer, hand back, queue, assign, close, note, read."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.db.models.functions import Greatest

from ..models import Conversation, Event, Note, Turn
from .log import By, answered, append, fingerprint, locked, remember, set_status
from .ownership import Owner, change_owner, check_holder, end_turns, hold


def take(conversation_id: UUID, operator: Any, cid: str | None = None) -> int:
    """Raises OwnerConflict where another operator has it."""
    content = fingerprint("take", operator=operator.pk)
    with locked(conversation_id) as conversation:
        before = answered(conversation, cid, content)
        if before is None:
            hold(conversation, operator)
            before = remember(conversation, cid, content, conversation.head)
        return before


def add_operator_message(conversation_id: UUID, operator: Any, cid: str, text: str) -> int:
    """Answer the visitor, taking the conversation over if nobody has it. Raises OwnerConflict."""
    content = fingerprint("send", text=text, operator=operator.pk)
    with locked(conversation_id) as conversation:
        before = answered(conversation, cid, content)
        if before is not None:
            return before
        hold(conversation, operator)
        if conversation.status == Conversation.Status.CLOSED:
            set_status(conversation, "reopened", By.person(operator))
        body = {"message": str(uuid4()), "text": text, "cid": cid}
        event = append(conversation, "message", By.person(operator), body)
        conversation.preview = text[:200]
        conversation.operators_seen = conversation.head
        return remember(conversation, cid, content, event.seq)


def hand_back(conversation_id: UUID, operator: Any, cid: str | None = None) -> int:
    """Let the bot go on; it answers what the visitor wrote last, if nobody has."""
    content = fingerprint("release", operator=operator.pk)
    with locked(conversation_id) as conversation:
        before = answered(conversation, cid, content)
        if before is not None:
            return before
        check_holder(conversation, operator)
        if conversation.owner != Owner.BOT:
            change_owner(conversation, Owner.BOT, By.person(operator))
            _answer_what_waits(conversation)
        return remember(conversation, cid, content, conversation.head)


def _answer_what_waits(conversation: Conversation) -> None:
    last = unanswered(conversation).last()
    if last is not None:
        # The trigger may have had a turn that the takeover ended: it gets a new message.
        Turn.objects.update_or_create(
            trigger=last,
            defaults={
                "conversation": conversation,
                "message": uuid4(),
                "state": Turn.State.PENDING,
                "epoch": conversation.epoch,
                "attempt": 0,
                "n": 0,
                "text": "",
                "lease_until": None,
                "finished_at": None,
            },
        )


def unanswered(conversation: Conversation) -> models.QuerySet[Event]:
    """The visitor's messages that neither the bot nor an operator has answered.

    What was written while the bot was writing stands before its reply in the log, so what a
    reply answers is asked of its turn.
    """
    ended = [Turn.State.DONE, Turn.State.CANCELLED, Turn.State.FAILED]
    by_bot = conversation.turns.filter(state__in=ended).aggregate(head=models.Max("head"))["head"]
    messages = conversation.events.filter(kind="message")
    by_person = messages.filter(by_kind="operator").aggregate(seq=models.Max("seq"))["seq"]
    answered_to = max(by_bot or 0, by_person or 0)
    return messages.filter(by_kind="visitor", seq__gt=answered_to).order_by("seq")


def queue(conversation_id: UUID, operator: Any, cid: str | None = None) -> int:
    """Put the conversation where any operator may take it."""
    content = fingerprint("queue", operator=operator.pk)
    with locked(conversation_id) as conversation:
        before = answered(conversation, cid, content)
        if before is not None:
            return before
        check_holder(conversation, operator)
        if conversation.owner != Owner.QUEUE:
            change_owner(conversation, Owner.QUEUE, By.person(operator))
        return remember(conversation, cid, content, conversation.head)


def assign(conversation_id: UUID, operator: Any, to: Any, cid: str | None = None) -> int:
    """Give the conversation to ``to``, from whomever has it: the one way to take it from them."""
    content = fingerprint("assign", operator=operator.pk, to=to.pk)
    with locked(conversation_id) as conversation:
        before = answered(conversation, cid, content)
        if before is not None:
            return before
        if conversation.owner != Owner.OPERATOR or conversation.operator_id != to.pk:
            change_owner(
                conversation,
                Owner.OPERATOR,
                By.person(to),
                operator=to,
                reason="" if to == operator else f"assigned by {By.person(operator).name}",
            )
        return remember(conversation, cid, content, conversation.head)


def close_by_operator(conversation_id: UUID, operator: Any, cid: str | None = None) -> int:
    content = fingerprint("close", operator=operator.pk)
    with locked(conversation_id) as conversation:
        before = answered(conversation, cid, content)
        if before is not None:
            return before
        check_holder(conversation, operator)
        if conversation.status == Conversation.Status.OPEN:
            end_turns(conversation, Turn.State.INTERRUPTED, "closed by an operator")
            set_status(conversation, "closed", By.person(operator))
        return remember(conversation, cid, content, conversation.head)


def edit_slot(
    conversation_id: UUID, operator: Any, slot: str, value: Any, cid: str | None = None
) -> int:
    content = fingerprint("edit_slot", operator=operator.pk, slot=slot, value=value)
    with locked(conversation_id) as conversation:
        before = answered(conversation, cid, content)
        if before is not None:
            return before
        change = {"slot": slot, "value": value, "source": "operator"}
        event = append(conversation, "slots", By.person(operator), {"changes": [change]})
        return remember(conversation, cid, content, event.seq)


def add_note(conversation_id: UUID, operator: Any, cid: str, text: str) -> tuple[Note, bool]:
    """Keep a private remark; the same cid again gives the same note, and False."""
    content = fingerprint("note", operator=operator.pk, text=text)
    with locked(conversation_id) as conversation:
        if answered(conversation, cid, content) is not None:
            notes = conversation.notes.select_related("author")
            return notes.get(cid=cid), False
        remember(conversation, cid, content, conversation.head)
        return conversation.notes.create(author=operator, cid=cid, text=text), True


def mark_read(conversation_id: UUID, seq: int) -> None:
    """Move the operators' read mark forward, at most to the head."""
    Conversation.objects.filter(pk=conversation_id, head__gte=seq).update(
        operators_seen=Greatest(models.F("operators_seen"), seq)
    )
