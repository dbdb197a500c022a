"""Where the engine's calls go: to the customer's system from a committed row, in a turn; to it
without rows, for an operator's trial; or to a rehearsal of it.

A change that has begun is carried through even if its turn is stopped meanwhile, since the other
system may have made it already. What a killed process leaves begun is called again by the turn's
next attempt, under the same idempotency key.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

from backend.conversations import services
from backend.conversations.models import ActionRun, Conversation
from backend.conversations.services import ClaimedTurn
from backend.dialogue.responding.masking import masked
from backend.dialogue.types import ActionCall, ActionResult
from backend.schemas import calls
from backend.schemas.answers import outcome_of
from backend.schemas.scripts import Answer

from .database import STORE_ERRORS, in_database
from .errors import LostTurn

log = logging.getLogger("kefu.actions")

_changing: set[asyncio.Task[ActionResult]] = set()


class TurnActions:
    """The calls of a turn. Raises LostTurn where the turn is not held any more."""

    def __init__(self, turn: ClaimedTurn) -> None:
        self._turn = turn

    async def call(self, call: ActionCall) -> ActionResult:
        """The answer kept from before where this call was finished; else make it."""
        if call.reads:
            return await self._carry_out(call)
        task = asyncio.create_task(self._carry_out(call))
        _changing.add(task)
        task.add_done_callback(_done)
        return await asyncio.shield(task)

    async def _carry_out(self, call: ActionCall) -> ActionResult:
        run = await in_database(services.begin_action)(
            self._turn, call.key, call.action, call.request.shown, reads=call.reads
        )
        if run is None:
            raise LostTurn
        if run.state != ActionRun.State.STARTED:
            return await in_database(_kept)(run)
        secrets = await in_database(_secrets_in)(self._turn.conversation)
        result = await calls.send(
            call.request, idempotency_key=str(run.idempotency_key), secrets=secrets
        )
        await in_database(services.finish_action)(
            run,
            result.outcome,
            status=result.status,
            answer=result.json,
            shown=masked(result.json, call.request.sensitive),
            error=result.error,
            ms=result.ms,
        )
        return result


class RealCalls:
    """An operator's trial with real calls: no rows; a call repeated in it has the same key.

    ``trial`` is the conversation's, where it goes on in more than one process or request.
    """

    def __init__(self, bot: int, trial: UUID | None = None) -> None:
        self._bot = bot
        self._trial = trial or uuid4()

    async def call(self, call: ActionCall) -> ActionResult:
        return await calls.send(
            call.request,
            idempotency_key=str(uuid5(self._trial, call.key)),
            secrets=await in_database(calls.secrets_of)(self._bot),
        )


class Rehearsal:
    """Calls nothing: each call takes the next answer recorded for its action, the last one again
    and again; an action without one succeeds with an empty object. ``calls`` are those made."""

    def __init__(self, answers: Sequence[Answer] = ()) -> None:
        self.calls: list[ActionCall] = []
        self._answers: defaultdict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            self._answers[answer.action].append(answer)

    async def call(self, call: ActionCall) -> ActionResult:
        self.calls.append(call)
        answers = self._answers[call.action]
        answer = answers.pop(0) if len(answers) > 1 else next(iter(answers), None)
        if answer is None:
            return ActionResult("success", 200, {})
        return ActionResult(outcome_of(answer.status), answer.status, answer.json_)


class DryRun:
    """An operator's trial that changes nothing: what only reads is really asked, so that there is
    something to choose from, and the rest is rehearsed. ``rehearsed`` are their names."""

    def __init__(self, bot: int, answers: Sequence[Answer] = ()) -> None:
        self.rehearsed: set[str] = set()
        self._reading = RealCalls(bot)
        self._rehearsal = Rehearsal(answers)

    async def call(self, call: ActionCall) -> ActionResult:
        if call.reads:
            return await self._reading.call(call)
        self.rehearsed.add(call.action)
        return await self._rehearsal.call(call)


async def settle(seconds: float) -> None:
    """At shutdown: give changes that have begun this long to be finished and kept."""
    if _changing:
        await asyncio.wait(_changing, timeout=seconds)


def _done(task: asyncio.Task[ActionResult]) -> None:
    _changing.discard(task)
    error = None if task.cancelled() else task.exception()
    if isinstance(error, STORE_ERRORS):
        log.warning("What became of a call could not be kept: %s", error)
    elif error is not None and not isinstance(error, LostTurn):
        log.error("A call failed", exc_info=error)


def _kept(run: ActionRun) -> ActionResult:
    return ActionResult(
        run.state,  # type: ignore[arg-type]  # all states but “started” are outcomes
        run.status,
        services.answer_of(run),
        run.error,
        run.ms,
    )


def _secrets_in(conversation: UUID) -> dict[str, str]:
    rows = Conversation.objects.filter(pk=conversation, site__bot__isnull=False)
    bot = rows.values_list("site__bot", flat=True).first()
    return calls.secrets_of(bot) if bot is not None else {}
