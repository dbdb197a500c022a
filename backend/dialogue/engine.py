"""The dialogue engine: from the state of a conversation to the bot's next message.

Understand, track, decide, respond. Pure but for the searcher, the encoder, the generator, the
tracker and the actions that it is given: no Django, no clock but ``monotonic``, no randomness, so
a conversation can be replayed.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable, Collection
from contextlib import aclosing
from functools import partial

from backend.inference.errors import InferenceError
from backend.inference.interfaces import Encoder, TextGenerator

from . import report, texts
from .acting import moving, stepping
from .acting.edits import apply_edits
from .acting.work import Work
from .answers.answerer import Answerer
from .answers.answering import Mode, Writer
from .deciding.heard import Heard
from .deciding.interpret import interpret
from .deciding.moves import Ask
from .likeness import ANCHORS, Likeness
from .memory import Memory, Task
from .responding.rewording import Rewording
from .schema import Schema
from .tracking.tracker import Mention, Tracker
from .tracking.typed import TypedTracker
from .turn import Turn
from .types import (
    ActionCall,
    ActionResult,
    Actions,
    Delta,
    EngineEvent,
    Handoff,
    Reply,
    Searcher,
    State,
)
from .understanding.examples import EXAMPLES
from .understanding.intents import Clause, IntentModels
from .understanding.messages import Understanding, understand

logger = logging.getLogger("kefu.dialogue")


def no_clock() -> float:
    return 0.0


class NoActions:
    """Where nothing can be called: every call fails."""

    async def call(self, call: ActionCall) -> ActionResult:
        return ActionResult("failure", error="Actions cannot be called from here.")


class Engine:
    """Answers one site's visitors or another's; keeps nothing between turns but vectors and the
    intent models of the schemas in use.

    ``speaks`` names the languages that the generator writes; answers in others are quoted.
    ``draft_timeout`` is in seconds of silence, after which a draft is given up.
    """

    def __init__(
        self,
        *,
        searcher: Searcher,
        generator: TextGenerator | None,
        encoder: Encoder | None,
        tracker: Tracker | None = None,
        rewording: Rewording | None = None,
        monotonic: Callable[[], float] = no_clock,
        speaks: Collection[str] = ("en",),
        mode: Mode = "combined",
        draft_timeout: float = 8.0,
    ) -> None:
        self._generator = generator
        self._likeness = Likeness(encoder)
        self._monotonic = monotonic
        self._tracker = tracker or TypedTracker(self._likeness)
        self._rewording = rewording
        self._intents = IntentModels(self._likeness)
        writer = Writer(generator, speaks, mode, draft_timeout)
        self._answerer = Answerer(searcher, self._likeness, writer)

    async def warm_up(self, *schemas: Schema) -> None:
        """Embed the examples and anchors and train the intents, so that the first visitor need not
        wait for them."""
        await self._likeness.vectors([e for kind in EXAMPLES.values() for e in kind], "query")
        for spoken in ANCHORS:
            for written in ANCHORS:
                await self._likeness.scale(spoken, written)
        for schema in schemas:
            await self._intents.of(schema)

    async def respond(
        self, state: State, actions: Actions | None = None
    ) -> AsyncGenerator[EngineEvent, None]:
        """Deltas, then one Reply whose text they join to, then a Handoff where one is due."""
        turn = Turn("en", state.memory, self._monotonic)
        with turn.timed("total"):
            with turn.timed("understand"):
                meant = await understand(state, self._likeness)
            turn.language = meant.language
            if self._rewording is not None:
                turn.reword = partial(self._rewording, history=state.history)
            work = Work(
                state,
                state.schema or Schema(),
                turn,
                self._tracker,
                self._answerer,
                actions or NoActions(),
                meant,
            )
            async with aclosing(self._say(work, meant)) as deltas:
                async for delta in deltas:
                    yield delta
            if not turn.text:  # a click on a button of long ago, say
                yield turn.add(texts.say("unclear", turn.language))
        yield self._reply(work)
        if turn.handoff:
            yield Handoff(turn.handoff)

    async def _say(self, work: Work, meant: Understanding) -> AsyncGenerator[Delta, None]:
        """The whole reply."""
        turn = work.turn
        if meant.kind in ("human", "declined"):
            turn.say(texts.say(meant.kind, turn.language))
            turn.handoff = meant.why if meant.kind == "human" else ""
            turn.step(meant.kind, meant.why)
        else:
            apply_edits(work)
            heard = await self._hear(work, meant)
            work.clauses = heard.clauses
            with turn.timed("decide"):
                made = interpret(work.schema, turn.memory, heard)
            if meant.angry and meant.kind == "question" and not isinstance(made[0], Ask):
                turn.say(texts.say("sorry", turn.language))
            async with aclosing(moving.make(work, made)) as deltas:
                async for delta in deltas:
                    yield delta
            async with aclosing(stepping.go_on(work)) as deltas:
                async for delta in deltas:
                    yield delta
            _offer_person(work, meant)
        async for delta in turn.drain():
            yield delta

    async def _hear(self, work: Work, meant: Understanding) -> Heard:
        """The messages' clauses with their intents, and values for the task in hand."""
        state, said = work.state, work.state.unanswered
        heard = Heard(said, meant)
        if state.schema is None or (heard.clicked and not heard.clicked.stale(work.memory)):
            return heard
        clauses: tuple[Clause, ...] = ()
        if meant.kind == "question":
            with work.turn.timed("understand"):
                model = await self._intents.of(state.schema)
                clauses = await model.clauses(said, meant.language)
        mentions: list[Mention] = []
        subject = _subject(state.schema, work.memory)
        if subject:
            expects = work.memory.expects
            asked = expects.slot if expects.kind == "slot" else ""
            try:
                mentions = await work.track(subject, said, asked=asked)
            except InferenceError as error:
                logger.warning("the tracker failed: %s %s", error, error.hint)
        return Heard(said, meant, clauses, tuple(mentions))

    def _reply(self, work: Work) -> Reply:
        turn = work.turn
        refused = turn.missing > 0 and not turn.found and not work.started
        return Reply(
            text=turn.text,
            citations=tuple(turn.citations),
            choices=tuple(turn.choices),
            refused=refused,
            memory=turn.memory,
            changes=report.changes(work),
            sensitive=tuple(turn.sensitive),
            analysis=report.analysis(
                work,
                work.clauses,
                refused,
                encoder=self._likeness.name,
                generator=self._generator.name if self._generator else "",
            ),
        )


def _subject(schema: Schema, memory: Memory) -> Task | None:
    """The task that values are looked for: the one in hand, one that was offered, else the last."""
    offered = memory.expects.intents[:1] if memory.expects.kind in ("intent", "offer") else ()
    tasks = (
        *memory.tasks[:1],
        *(Task(id=0, intent=intent) for intent in offered),
        *memory.done[-1:],
    )
    return next((task for task in tasks[:1] if schema.find(task.intent)), None)


def _offer_person(work: Work, meant: Understanding) -> None:
    """Under a question that no article answered, and to whoever is angry."""
    turn = work.turn
    if work.memory.tasks or turn.handoff:
        return
    if turn.missing:
        turn.offer(*texts.choices(turn.language))
    elif meant.angry and meant.kind == "question":
        turn.offer(*texts.human_choice(turn.language))
