"""Running the bot's turns: claim, answer, show, commit.

One task per conversation that has something to do, in the process that noticed it; the claim in
the database decides who runs, the lease says until when. Each piece is checkpointed before it is
shown, and the checkpoint fails as soon as the turn is no longer ours.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from collections import defaultdict
from collections.abc import AsyncGenerator
from dataclasses import asdict
from typing import Protocol
from uuid import UUID

from django.conf import settings

from backend.conversations import publish, services
from backend.conversations.services import ClaimedTurn
from backend.dialogue.types import Actions, Delta, EngineEvent, Handoff, Reply, State
from backend.inference.errors import InferenceError

from .actions import TurnActions
from .database import STORE_ERRORS, in_database
from .errors import LostTurn
from .memories import pack
from .state import apology, begin_state

log = logging.getLogger("kefu.turns")

TURN_SECONDS = 120.0
SWEEP_SECONDS = 2.0


class Responder(Protocol):
    """The dialogue engine, or a test's double of it."""

    def respond(
        self, state: State, actions: Actions | None = None
    ) -> AsyncGenerator[EngineEvent, None]: ...


class TurnRunner:
    """Runs this process's turns."""

    def __init__(self, engine: Responder) -> None:
        self.name = uuid.uuid4().hex
        self._engine = engine
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._again: set[UUID] = set()
        self._news: defaultdict[UUID, asyncio.Event] = defaultdict(asyncio.Event)
        self._slots = asyncio.Semaphore(settings.KEFU_TURNS_AT_ONCE)
        self._sweeper: asyncio.Task[None] | None = None
        self._draining = False

    def start(self) -> None:
        """Begin to look for turns whose runner died; needs a running event loop."""
        if self._sweeper is None and not self._draining:
            self._sweeper = asyncio.create_task(self._sweep())

    def wake(self, conversation: UUID) -> None:
        """There may be something to answer in this conversation, or a reply to stop."""
        if self._draining:
            return
        if conversation in self._tasks:
            self._again.add(conversation)
            self._news[conversation].set()
            return
        task = asyncio.create_task(self._drive(conversation))
        self._tasks[conversation] = task
        task.add_done_callback(lambda _: self._done(conversation))

    async def drain(self) -> None:
        """Stop working and let another process go on at once; what was shown is checkpointed."""
        self._draining = True
        tasks = [*self._tasks.values(), *([self._sweeper] if self._sweeper else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        try:
            await in_database(services.release_leases)(self.name)
        except STORE_ERRORS:
            log.warning("Leases could not be released; they run out by themselves.")

    def _done(self, conversation: UUID) -> None:
        self._tasks.pop(conversation, None)
        self._news.pop(conversation, None)
        if conversation in self._again:
            self._again.discard(conversation)
            self.wake(conversation)

    async def _sweep(self) -> None:
        while True:
            try:
                for conversation in await in_database(services.due_conversations)():
                    self.wake(conversation)
            except STORE_ERRORS as error:
                log.warning("Waiting for the database: %s", error)
            except Exception:  # a sweeper that ends leaves visitors without an answer
                log.exception("Looking for unanswered messages failed")
            await asyncio.sleep(SWEEP_SECONDS)

    async def _drive(self, conversation: UUID) -> None:
        try:
            while True:
                async with self._slots:
                    turn = await in_database(services.claim_turn)(conversation, self.name)
                    if turn is None:
                        return
                    await self._run(turn)
        except STORE_ERRORS as error:
            log.warning("A turn waits for the database: %s", error)

    async def _run(self, turn: ClaimedTurn) -> None:
        """One attempt, from claim to commit."""
        state: State | None = None
        try:
            state = await in_database(begin_state)(turn.conversation, turn.head, turn.began_at)
            if turn.exhausted:
                await self._fail(turn, state, "every attempt failed")
                return
            await self._answer_under_lease(turn, state)
        except LostTurn:
            log.info("Turn %s is no longer ours", turn.message)
        except STORE_ERRORS as error:
            log.warning("Turn %s waits for the database: %s", turn.message, error)
        except (InferenceError, TimeoutError) as error:
            await self._retry(turn, state, error)
        except Exception as error:
            log.exception("Turn %s failed", turn.message)
            await self._retry(turn, state, error)

    async def _answer_under_lease(self, turn: ClaimedTurn, state: State) -> None:
        """Answer while the lease is renewed; whichever ends first ends the other."""
        tasks = [
            asyncio.create_task(self._answer(turn, state)),
            asyncio.create_task(self._keep(turn)),
        ]
        try:
            async with asyncio.timeout(TURN_SECONDS):
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _answer(self, turn: ClaimedTurn, state: State) -> None:
        group = publish.group_of(turn.conversation)
        where = str(turn.conversation)
        await publish.hint(group, "typing.hint", conversation=where, by={"kind": "bot"}, on=True)
        n, text, reply, handoff = 0, "", None, None
        events = self._engine.respond(state, TurnActions(turn))
        try:
            async for event in events:
                if isinstance(event, Delta):
                    n, text = n + 1, text + event.text
                    await self._show(turn, n, text)
                elif isinstance(event, Reply):
                    reply = event
                elif isinstance(event, Handoff):
                    handoff = event.reason
        finally:
            await events.aclose()  # stops the model's work at once, however we leave
        if reply is None:
            raise InferenceError("the engine ended without a reply")
        done = await in_database(services.finish_turn)(
            turn,
            reply.text,
            citations=[asdict(citation) for citation in reply.citations],
            choices=[asdict(choice) for choice in reply.choices],
            analysis={**reply.analysis, "refused": reply.refused},
            handoff=handoff,
            memory=pack(reply.memory, state.schema),
            changes=[asdict(change) for change in reply.changes],
            masked=reply.sensitive,
        )
        if not done:
            raise LostTurn

    async def _show(self, turn: ClaimedTurn, n: int, text: str) -> None:
        if not await in_database(services.checkpoint)(turn, n, text):
            raise LostTurn
        await publish.hint(
            publish.group_of(turn.conversation),
            "turn.progress",
            conversation=str(turn.conversation),
            message=str(turn.message),
            attempt=turn.attempt,
            epoch=turn.epoch,
            n=n,
            text=text,
        )

    async def _keep(self, turn: ClaimedTurn) -> None:
        """Renew the lease, since a slow model is not a dead runner; at once where there is news,
        since a reply that was stopped should cost nothing more."""
        news = self._news[turn.conversation]
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(settings.KEFU_TURN_LEASE / 3):
                    await news.wait()
            news.clear()
            try:
                if not await in_database(services.renew_lease)(turn):
                    raise LostTurn
            except STORE_ERRORS:
                log.warning("The lease of turn %s could not be renewed", turn.message)

    async def _retry(self, turn: ClaimedTurn, state: State | None, error: BaseException) -> None:
        log.warning("Attempt %d of turn %s failed: %s", turn.attempt, turn.message, error)
        retryable = getattr(error, "retryable", True)
        if retryable and turn.attempt < settings.KEFU_TURN_ATTEMPTS:
            delay = 0.5 * turn.attempt
            await in_database(services.put_back)(turn, delay)
            asyncio.get_running_loop().call_later(delay, self.wake, turn.conversation)
        else:
            await self._fail(turn, state, type(error).__name__)

    async def _fail(self, turn: ClaimedTurn, state: State | None, cause: str) -> None:
        text, choices = apology(state)
        await in_database(services.fail_turn)(
            turn, cause, text, [asdict(choice) for choice in choices]
        )
