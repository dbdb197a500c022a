"""Who speaks: the bot, nobody yet (the queue), or one operator."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from ..models import Conversation, Event, Turn
from .log import SYSTEM, By, append

Owner = Conversation.Owner
UNFINISHED = [Turn.State.PENDING, Turn.State.RUNNING]


class OwnerConflict(Exception):
    """Another operator holds the conversation; ``holder`` is that one's name."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"{holder} has this conversation")
        self.holder = holder


def change_owner(
    conversation: Conversation, owner: str, by: By, *, operator: Any = None, reason: str = ""
) -> Event:
    """Give the conversation to ``owner``; the caller holds the lock.

    The epoch grows, so nothing that the former owner still does is committed, and what the bot
    had half written is closed first.
    """
    if owner != Owner.BOT:
        end_turns(conversation, Turn.State.INTERRUPTED, reason or "a person has the conversation")
    conversation.owner = owner
    conversation.operator = operator
    conversation.epoch += 1
    conversation.queued_at = timezone.now() if owner == Owner.QUEUE else None
    body = {"owner": owner, "epoch": conversation.epoch} | ({"reason": reason} if reason else {})
    return append(conversation, "owner", by, body)


def end_turns(conversation: Conversation, state: str, reason: str) -> Event | None:
    """End the bot's unfinished work; returns the event of the message that was begun, if any."""
    event = None
    for turn in conversation.turns.filter(state__in=UNFINISHED):
        if turn.attempt:
            event = append(conversation, "turn", SYSTEM, turn_body(turn, state, reason))
        finish(turn, state)
    return event


def finish(turn: Turn, state: str) -> None:
    turn.state, turn.finished_at = state, timezone.now()
    turn.save()


def turn_body(turn: Turn, state: str, reason: str) -> dict[str, Any]:
    body = {"message": str(turn.message), "state": str(state), "reason": reason}
    return body | ({"text": turn.text} if turn.text else {})


def hold(conversation: Conversation, operator: Any, reason: str = "") -> Event | None:
    """Let ``operator`` have the conversation; None if they had it. Raises OwnerConflict."""
    check_holder(conversation, operator)
    if conversation.owner == Owner.OPERATOR and conversation.operator_id == operator.pk:
        return None
    return change_owner(
        conversation, Owner.OPERATOR, By.person(operator), operator=operator, reason=reason
    )


def check_holder(conversation: Conversation, operator: Any) -> None:
    """Raises OwnerConflict where another operator has the conversation."""
    if (
        conversation.owner == Owner.OPERATOR
        and conversation.operator_id is not None
        and conversation.operator_id != operator.pk
    ):
        raise OwnerConflict(conversation.operator_name)
