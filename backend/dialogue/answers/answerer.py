"""Answers questions from the articles: evidence first, then a checked draft or a quotation."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from .. import texts
from ..likeness import Likeness
from ..turn import Turn
from ..types import Delta, Searcher, State
from ..understanding.questions import Question
from .answering import Answer, Writer
from .evidence import Evidence, gather


class Answerer:
    """Works with one searcher, encoder and writer for all conversations."""

    def __init__(self, searcher: Searcher, likeness: Likeness, writer: Writer) -> None:
        self._searcher = searcher
        self._likeness = likeness
        self._writer = writer

    async def gather(
        self, state: State, questions: Sequence[Question], turn: Turn
    ) -> list[Evidence]:
        """What the articles say to each question; counts them in the turn as found or missing."""
        with turn.timed("search"):
            evidence = [
                await gather(state.site, question, turn.language, self._searcher, self._likeness)
                for question in questions
            ]
        turn.found += sum(one.answerable for one in evidence)
        turn.missing += sum(not one.answerable for one in evidence)
        return evidence

    async def say(
        self, state: State, evidence: Sequence[Evidence], turn: Turn
    ) -> AsyncGenerator[Delta, None]:
        """An answer to each question that has one, and what could not be found."""
        shown: set[str] = set()
        with turn.timed("answer"):
            for one in evidence:
                answer = Answer()
                report = one.report()
                turn.answers.append(report)
                key = " ".join(s.unit.text for s in one.best())
                if one.answerable and key in shown:
                    continue  # one passage answers both questions
                gap = "\n\n" if turn.text and not turn.text.endswith("\n\n") else ""
                if not one.answerable:
                    said = texts.say("missing", turn.language, question=_clipped(one.question.text))
                    yield turn.add(gap + said)
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


def _clipped(question: str) -> str:
    question = " ".join(question.split())
    return question if len(question) <= 80 else question[:79] + "…"
