"""The bot's work as rows: claimed under a lease, checkpointed, and ended in exactly one event.

A turn belongs to the runner that claimed its present attempt. Every write here checks that, so a
runner that lost its lease, or whose conversation changed hands, can change nothing any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from ..models import Conversation, Turn
from .log import BOT, SYSTEM, append, locked, mask
from .ownership import UNFINISHED, Owner, change_owner, finish, turn_body

State = Turn.State


class TurnFinal(Exception):
    """The reply was committed, or ended otherwise, before it could be stopped."""


class TurnUnknown(Exception):
    """No bot message of this conversation has this id."""


@dataclass(frozen=True)
class ClaimedTurn:
    """One attempt, as its runner holds it. It answers the log up to ``head``, by the clock of
    ``began_at``."""

    id: int
    conversation: UUID
    message: UUID
    epoch: int
    attempt: int
    runner: str
    head: int
    began_at: datetime = field(default_factory=timezone.now)

    @property
    def exhausted(self) -> bool:
        """Whether all attempts are used up, so that it can only be failed."""
        return self.attempt > settings.KEFU_TURN_ATTEMPTS


def lease() -> datetime:
    return timezone.now() + timedelta(seconds=settings.KEFU_TURN_LEASE)


def due() -> QuerySet[Turn]:
    """Turns that nobody works on: waiting, or left behind by a runner that died."""
    free = Q(lease_until=None) | Q(lease_until__lte=timezone.now())
    return Turn.objects.filter(free, state__in=UNFINISHED)


def due_conversations() -> list[UUID]:
    return list(due().values_list("conversation", flat=True).distinct()[:100])


def claim_turn(conversation_id: UUID, runner: str) -> ClaimedTurn | None:
    """Claim what is unanswered in the conversation, as one turn; None if there is nothing to do.

    An attempt that was begun goes on under its own message id; what was written meanwhile is
    absorbed, since an answer is to everything that is unanswered.
    """
    if not due().filter(conversation=conversation_id).exists():
        return None
    with locked(conversation_id) as conversation:
        unfinished = list(conversation.turns.filter(state__in=UNFINISHED).order_by("id"))
        now = timezone.now()
        if any(turn.lease_until and turn.lease_until > now for turn in unfinished):
            return None
        if not unfinished or conversation.owner != Owner.BOT:
            return None
        turn = next((turn for turn in unfinished if turn.attempt), unfinished[-1])
        for other in unfinished:
            if other is not turn:
                finish(other, State.ABSORBED)
        turn.state, turn.runner, turn.lease_until = State.RUNNING, runner, lease()
        turn.attempt, turn.n, turn.text = turn.attempt + 1, 0, ""
        turn.head, turn.began_at = conversation.head, now
        turn.save()
        return ClaimedTurn(
            turn.pk,
            conversation.pk,
            turn.message,
            turn.epoch,
            turn.attempt,
            runner,
            conversation.head,
            now,
        )


def held(turn: ClaimedTurn) -> QuerySet[Turn]:
    """The turn's row, if this attempt still holds it."""
    return Turn.objects.filter(
        pk=turn.id,
        state=State.RUNNING,
        runner=turn.runner,
        attempt=turn.attempt,
        epoch=turn.epoch,
    )


def renew_lease(turn: ClaimedTurn) -> bool:
    return held(turn).update(lease_until=lease()) == 1


def checkpoint(turn: ClaimedTurn, n: int, text: str) -> bool:
    """Keep what is about to be shown; False means that nothing more may be shown."""
    return held(turn).update(n=n, text=text, lease_until=lease()) == 1


def finish_turn(
    turn: ClaimedTurn,
    text: str,
    *,
    citations: Sequence[Mapping[str, str]] = (),
    choices: Sequence[Mapping[str, str]] = (),
    analysis: Mapping[str, Any] | None = None,
    handoff: str | None = None,
    memory: Mapping[str, Any] | None = None,
    changes: Sequence[Mapping[str, Any]] = (),
    masked: Sequence[tuple[int, int, int]] = (),
) -> bool:
    """Commit the reply and, where the bot hands over, the change of owner. False if not held.

    ``memory`` is what the next turn goes on from, ``changes`` are the slots that are new, and
    ``masked`` places in the log (seq, start, end) that nobody is to read any more.
    """
    with locked(turn.conversation) as conversation:
        row = _row(turn, conversation)
        if row is None:
            return False
        body: dict[str, Any] = {"message": str(turn.message), "text": text}
        if citations:
            body["citations"] = list(citations)
        if choices:
            body["choices"] = list(choices)
        if changes:
            append(conversation, "slots", BOT, {"changes": [dict(change) for change in changes]})
        append(conversation, "message", BOT, body)
        mask(conversation, masked)
        conversation.preview = text[:200]
        row.text, row.analysis, row.memory = text, dict(analysis or {}), dict(memory or {})
        finish(row, State.DONE)
        if handoff is not None:
            change_owner(conversation, Owner.QUEUE, BOT, reason=handoff)
        return True


def fail_turn(
    turn: ClaimedTurn, cause: str, apology: str, choices: Sequence[Mapping[str, str]] = ()
) -> bool:
    """End the turn as failed, and say so to the visitor in a message of its own.

    ``cause`` is for operators alone.
    """
    with locked(turn.conversation) as conversation:
        row = _row(turn, conversation)
        if row is None:
            return False
        append(conversation, "turn", SYSTEM, turn_body(row, State.FAILED, "no answer"))
        body: dict[str, Any] = {"message": str(uuid4()), "text": apology}
        append(conversation, "message", BOT, body | ({"choices": list(choices)} if choices else {}))
        row.analysis = {"failure": cause}
        finish(row, State.FAILED)
        return True


def put_back(turn: ClaimedTurn, delay: float) -> bool:
    """Give the turn up for another attempt, ``delay`` seconds from now."""
    later = timezone.now() + timedelta(seconds=delay)
    return held(turn).update(state=State.PENDING, lease_until=later) == 1


def release_leases(runner: str) -> int:
    """At shutdown: let another process go on at once. Returns how many were released.

    The next attempt's number grows all the same, since what this one showed has to be cleared.
    """
    return Turn.objects.filter(state=State.RUNNING, runner=runner).update(
        lease_until=timezone.now(), runner=""
    )


def cancel_turn(
    conversation_id: UUID, message: str | None = None, reason: str = "stopped by the visitor"
) -> None:
    """Stop one message of the bot's: the one named, else the one that is being written.

    What the visitor wrote meanwhile still waits for its answer. Raises TurnFinal, TurnUnknown.
    """
    with locked(conversation_id) as conversation:
        turn = _to_cancel(conversation, message)
        if not turn.attempt:  # the visitor was faster than the runner
            turn.head = turn.trigger.seq
        append(conversation, "turn", SYSTEM, turn_body(turn, State.CANCELLED, reason))
        finish(turn, State.CANCELLED)


def _to_cancel(conversation: Conversation, message: str | None) -> Turn:
    if message is not None:
        turn = conversation.turns.filter(message=message).first()
        if turn is None:
            raise TurnUnknown
    else:
        unfinished = conversation.turns.filter(state__in=UNFINISHED)
        turn = unfinished.order_by("-attempt", "id").first()
    if turn is None or turn.state not in UNFINISHED:
        raise TurnFinal
    return turn


def _row(turn: ClaimedTurn, conversation: Conversation) -> Turn | None:
    if conversation.epoch != turn.epoch or conversation.owner != Owner.BOT:
        return None
    return held(turn).first()


def pin_version(conversation_id: UUID, version: int) -> None:
    """The conversation goes on with this version of the bot, whatever is published later."""
    Conversation.objects.filter(pk=conversation_id, version=None).update(version=version)
