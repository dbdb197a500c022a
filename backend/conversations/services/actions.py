"""Calls to the customer's system as rows: committed before the call, and finished after it.

A row is begun only while its turn is held, under the conversation's lock, so that no call starts
after a person has taken over. It is finished whatever became of the turn: what the other system
did has happened. Calls that change something are in the log too, as ``action`` events.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.utils import timezone

from backend.sealing import CannotOpen, seal, unseal

from ..models import ActionRun, Conversation
from .log import BOT, append, locked
from .ownership import Owner
from .turns import ClaimedTurn, held

State = ActionRun.State
MOST_KEPT = 64 * 1024  # characters of JSON, of a request or an answer
_EXCERPT = 2_000


def begin_action(
    turn: ClaimedTurn, key: str, name: str, request: Mapping[str, Any], *, reads: bool
) -> ActionRun | None:
    """Commit that the call is about to be made; None where the turn is not held any more.

    The same ``key`` gives the same row. One that is finished needs no call: its answer is the
    row's. One that an attempt before has only started is called again, under the same idempotency
    key. In a later turn only a change that succeeded stays done; all else is begun anew.
    """
    with locked(turn.conversation) as conversation:
        if conversation.epoch != turn.epoch or conversation.owner != Owner.BOT:
            return None
        if not held(turn).exists():
            return None
        run = conversation.action_runs.filter(key=key).first()
        if run is not None and _stands(run, turn):
            return run
        if run is None:
            run = ActionRun(conversation=conversation, key=key, name=name, reads=reads)
        elif run.state in (State.REFUSED, State.NOT_FOUND):
            # Nothing was done, so that it may be decided anew; a failure may have done something.
            run.idempotency_key = uuid4()
        run.turn_id, run.state, run.request = turn.id, State.STARTED, _kept(request)
        run.status, run.response, run.sealed, run.error, run.ms = 0, None, "", "", 0
        run.finished_at = None
        run.save()
        _log(conversation, run)
        return run


def finish_action(
    run: ActionRun,
    state: str,
    *,
    status: int = 0,
    answer: Any = None,
    shown: Any = None,
    error: str = "",
    ms: float = 0,
) -> bool:
    """Keep what became of the call; False where that is known already.

    ``answer`` is the whole JSON, ``shown`` as much of it as operators may see.
    """
    try:
        with locked(run.conversation_id) as conversation:
            row = conversation.action_runs.filter(pk=run.pk, state=State.STARTED).first()
            if row is None:
                return False
            row.state, row.status, row.error, row.ms = state, status, error[:500], ms
            row.response = _kept(shown)
            row.sealed = seal(json.dumps(answer)) if row.response != answer else ""
            row.finished_at = timezone.now()
            row.save()
            _log(conversation, row)
            return True
    except Conversation.DoesNotExist:  # deleted while the call was made
        return False


def answer_of(run: ActionRun) -> Any:
    """The whole JSON that the call was answered with, or as much of it as can still be read."""
    if not run.sealed:
        return run.response
    try:
        return json.loads(unseal(run.sealed))
    except CannotOpen:
        return run.response


def _stands(run: ActionRun, turn: ClaimedTurn) -> bool:
    """Whether the row is this turn's own, or a change that was made before."""
    return run.turn_id == turn.id or (run.state == State.SUCCEEDED and not run.reads)


def _log(conversation: Conversation, run: ActionRun) -> None:
    if not run.reads:
        append(conversation, "action", BOT, {"name": run.name, "state": str(run.state)})


def _kept(value: Any) -> Any:
    text = json.dumps(value, ensure_ascii=False)
    return value if len(text) <= MOST_KEPT else {"too_long": text[:_EXCERPT]}
