"""The dialogue engine: from the state of a conversation to the bot's next message.

Understand, find evidence, decide, answer. Pure but for the searcher, the encoder and the generator
that it is given: no Django, no clock but ``monotonic``, no randomness, so a conversation can be
replayed.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable, Collection
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from backend.inference.interfaces import Encoder, TextGenerator

from . import texts
from .answering import Answer, Mode, Writer
from .evidence import Evidence, gather
from .examples import EXAMPLES
from .likeness import ANCHORS, Likeness
from .types import Choice, Citation, Delta, EngineEvent, Handoff, Reply, Searcher, State
from .understanding import Understanding, understand

logger = logging.getLogger("kefu.dialogue")


def no_clock() -> float:
    return 0.0


@dataclass
class _Turn:
    """What a turn has said so far."""

    text: str = ""
    citations: list[Citation] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    stages: dict[str, float] = field(default_factory=dict)
    missing: int = 0
    found: int = 0

    def add(self, piece: str) -> Delta:
        self.text += piece
        return Delta(piece)


class Engine:
    """Answers one site's visitors or another's; keeps nothing between turns but vectors.

    ``speaks`` names the languages that the generator writes; answers in others are quoted.
    ``draft_timeout`` is in seconds of silence, after which a draft is given up.
    """

    def __init__(
        self,
        *,
        searcher: Searcher,
        generator: TextGenerator | None,
        encoder: Encoder | None,
        monotonic: Callable[[], float] = no_clock,
        speaks: Collection[str] = ("en",),
        mode: Mode = "combined",
        draft_timeout: float = 8.0,
    ) -> None:
        self._searcher = searcher
        self._generator = generator
        self._likeness = Likeness(encoder)
        self._monotonic = monotonic
        self._writer = Writer(generator, speaks, mode, draft_timeout)

    async def warm_up(self) -> None:
        """Embed the examples and anchors, so that the first visitor need not wait for them."""
        await self._likeness.vectors([e for kind in EXAMPLES.values() for e in kind], "query")
        for spoken in ANCHORS:
            for written in ANCHORS:
                await self._likeness.scale(spoken, written)

    async def respond(self, state: State) -> AsyncGenerator[EngineEvent, None]:
        """Deltas, then one Reply whose text they join to, then a Handoff where one is due."""
        turn = _Turn()
        started = self._monotonic()
        meant = await understand(state, self._likeness)
        turn.stages["understand"] = self._since(started)
        if meant.kind == "question":
            async with aclosing(self._answer(state, meant, turn)) as deltas:
                async for delta in deltas:
                    yield delta
        else:
            yield turn.add(_said(meant, state))
        yield self._reply(meant, turn, started)
        if meant.kind == "human":
            yield Handoff(meant.why)

    async def _answer(
        self, state: State, meant: Understanding, turn: _Turn
    ) -> AsyncGenerator[Delta, None]:
        asked = self._monotonic()
        evidence = [
            await gather(state.site, question, meant.language, self._searcher, self._likeness)
            for question in meant.questions
        ]
        turn.stages["search"] = self._since(asked)
        turn.found = sum(one.answerable for one in evidence)
        turn.missing = len(evidence) - turn.found
        if not turn.found:
            turn.answers.extend(one.report() for one in evidence)
            yield turn.add(texts.say(_refusal(meant), meant.language))
            return
        if meant.angry:
            yield turn.add(texts.say("sorry", meant.language) + "\n\n")
        answering = self._monotonic()
        async with aclosing(self._answers(state, meant, evidence, turn)) as deltas:
            async for delta in deltas:
                yield delta
        turn.stages["answer"] = self._since(answering)

    async def _answers(
        self, state: State, meant: Understanding, evidence: list[Evidence], turn: _Turn
    ) -> AsyncGenerator[Delta, None]:
        shown: set[str] = set()
        for one in evidence:
            answer = Answer()
            report = one.report()
            turn.answers.append(report)
            key = " ".join(s.unit.text for s in one.best())
            if one.answerable and key in shown:
                continue  # one passage answers both questions
            gap = "\n\n" if shown else ""
            if not one.answerable:
                said = texts.say("missing", meant.language, question=_clipped(one.question.text))
                yield turn.add(gap + said)
                shown.add(said)
                continue
            shown.add(key)
            allowed = f"{state.company} {' '.join(str(v) for v in state.profile.values())}"
            written = self._writer.write(
                one, answer, company=state.company, allowed=allowed, before=turn.text
            )
            async with aclosing(written):
                async for piece in written:
                    yield turn.add(gap + piece)
                    gap = ""
            turn.citations.extend(c for c in answer.citations if c not in turn.citations)
            report.update(answer.report())

    def _reply(self, meant: Understanding, turn: _Turn, started: float) -> Reply:
        refused = meant.kind == "question" and not turn.found
        turn.stages["total"] = self._since(started)
        return Reply(
            text=turn.text,
            citations=tuple(turn.citations),
            choices=_choices(meant, turn),
            refused=refused,
            analysis={
                "language": meant.language,
                "decision": _decision(meant, refused),
                "why": meant.why,
                "angry": meant.angry,
                "refusals_before": meant.refusals,
                "questions": turn.answers,
                "stages_ms": turn.stages,
                "encoder": self._likeness.name,
                "generator": self._generator.name if self._generator else "",
            },
        )

    def _since(self, start: float) -> float:
        return round((self._monotonic() - start) * 1000, 1)


def _said(meant: Understanding, state: State) -> str:
    key = {"human": "human", "declined": "declined", "unclear": "unclear"}.get(
        meant.kind, meant.what
    )
    if key == "who_are_you" and state.company:
        key = "who_are_you_company"
    return texts.say(key, meant.language, company=state.company)


def _refusal(meant: Understanding) -> str:
    if meant.angry:
        return "refusal_angry"
    return "refusal_again" if meant.refusals else "refusal"


def _decision(meant: Understanding, refused: bool) -> str:
    if meant.kind != "question":
        return f"{meant.kind}:{meant.what}" if meant.what else meant.kind
    return "refused" if refused else "answered"


def _choices(meant: Understanding, turn: _Turn) -> tuple[Choice, ...]:
    if meant.kind != "question":
        return ()
    if turn.missing:
        return texts.choices(meant.language)
    return texts.human_choice(meant.language) if meant.angry else ()


def _clipped(question: str) -> str:
    question = " ".join(question.split())
    return question if len(question) <= 80 else question[:79] + "…"
