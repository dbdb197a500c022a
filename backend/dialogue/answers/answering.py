"""Words the answer to one question: a checked draft, then what the draft left out, quoted.

Knows evidence and how it is shown. The links under an answer come from here and from nowhere else.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Literal

from backend.inference.interfaces import TextGenerator
from backend.words import terms

from .. import language, texts
from ..types import Citation, Passage
from .drafting import Notes, draft
from .evidence import Evidence, Sentence
from .grounding import numbers
from .sentences import Unit, plain, render

Mode = Literal["combined", "quote", "draft"]
_SAID = 0.7  # the share of a sentence's words at which the draft has said it already


@dataclass
class Answer:
    """Filled while an answer streams."""

    citations: list[Citation] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    quoted: int = 0
    text: str = ""

    def report(self) -> dict[str, Any]:
        return {"quoted": self.quoted, "draft": self.notes.report()}


@dataclass(frozen=True)
class Writer:
    """How answers are worded; ``speaks`` are the languages that the generator writes well."""

    generator: TextGenerator | None
    speaks: Collection[str]
    mode: Mode
    patience: float

    async def write(
        self, evidence: Evidence, answer: Answer, *, company: str, allowed: str, before: str = ""
    ) -> AsyncGenerator[str, None]:
        """Yield the answer in pieces that are safe to show; joined, they are the whole.

        What the message says ``before`` is not quoted again.
        """
        if self._drafts(evidence):
            assert self.generator is not None
            drafted = draft(
                evidence,
                self.generator,
                answer.notes,
                company=company,
                allowed=allowed,
                patience=self.patience,
            )
            async with aclosing(drafted):
                async for sentence in drafted:
                    yield _added(answer, sentence, " " if answer.text else "")
        if self.mode == "draft" and answer.text:
            _cite(answer, answer.notes.behind)
            return
        quote = evidence.best()
        quote = tuple(s for s in quote if s.unit.plain not in plain(before)) or quote
        left = quote if not answer.text else _unsaid(quote, answer.text)
        if left:
            yield _added(answer, _quotation(left, evidence, answer), "\n\n" if answer.text else "")
            answer.quoted = len(left)
        _cite(answer, [*answer.notes.behind, *(s.passage for s in left)])

    def _drafts(self, evidence: Evidence) -> bool:
        """Only in a language that the model writes, and only from passages in that language."""
        return (
            self.mode != "quote"
            and self.generator is not None
            and evidence.language in self.speaks
            and evidence.quotable[0].language == evidence.language
        )


def _added(answer: Answer, piece: str, gap: str) -> str:
    answer.text += gap + piece
    return gap + piece


def _unsaid(quote: Sequence[Sentence], text: str) -> tuple[Sentence, ...]:
    """The sentences of the quotation that the text lacks, or whose figures it lacks."""
    said, figures = set(terms(plain(text))), numbers(plain(text))
    return tuple(s for s in quote if not _is_said(s.unit, said, figures))


def _is_said(unit: Unit, said: set[str], figures: set[str]) -> bool:
    wanted = set(terms(unit.plain))
    return numbers(unit.plain) <= figures and len(said & wanted) >= _SAID * len(wanted)


def _quotation(left: Sequence[Sentence], evidence: Evidence, answer: Answer) -> str:
    written = left[0].passage.language
    passages = dict.fromkeys(s.passage.id for s in left)
    quote = "\n\n".join(
        render([s.unit for s in left if s.passage.id == passage], written) for passage in passages
    )
    if written == evidence.language or answer.text:
        return quote
    name = language.name(written, evidence.language)
    return f"{texts.say('foreign', evidence.language, language=name)}\n\n{quote}"


def _cite(answer: Answer, passages: Sequence[Passage]) -> None:
    for passage in passages:
        citation = Citation(passage.title, passage.url)
        if citation not in answer.citations:
            answer.citations.append(citation)
