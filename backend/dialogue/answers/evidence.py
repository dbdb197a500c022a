"""What the articles say to a question: passages, their sentences by relevance, and the decision.

Asks the searcher and the encoder. Knows nothing of generators or of how an answer is worded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from .. import language
from ..likeness import Likeness
from ..types import Passage, Searcher
from ..understanding.questions import Question
from . import answerability, excerpts
from .relevance import Sentence, Weighed, content_words, weigh

PASSAGES = 8


@dataclass(frozen=True)
class Evidence:
    question: Question
    query: str
    language: str
    passages: tuple[Passage, ...] = ()
    sentences: tuple[Sentence, ...] = ()  # in the order of the passages and within them
    decision: answerability.Decision = answerability.Decision(False, 0.0, "nothing found")

    @property
    def answerable(self) -> bool:
        return self.decision.answerable

    @property
    def quotable(self) -> tuple[Passage, ...]:
        """The passages in the language that answers: the question's own, or the best one's."""
        written = [one.language for one in self.passages]
        fitting = [one for one in written if (one == self.language) == self.decision.own] or written
        return tuple(p for p in self.passages if p.language == fitting[0])

    def best(self) -> tuple[Sentence, ...]:
        """The sentences to quote, in the order of the passages and in one language."""
        return excerpts.choose(self.sentences, self.quotable)

    def report(self) -> dict[str, Any]:
        """For operators; JSON values only."""
        return {
            "question": self.question.text,
            "query": self.query,
            "answerable": self.answerable,
            "why": self.decision.why,
            "passages": [
                {
                    "id": p.id,
                    "title": p.title,
                    "heading": p.heading,
                    "score": round(p.score, 3),
                    "similarity": round(p.similarity, 3),
                    "overlap": round(p.overlap, 3),
                }
                for p in self.passages
            ],
        }


async def gather(
    site: str, question: Question, spoken: str, searcher: Searcher, likeness: Likeness
) -> Evidence:
    """Evidence for the question as it stands; for one that leans on an earlier one, in context.

    A question that stands alone is never answered by what was asked before it.
    """
    if question.leans and _same_language(question):
        found = await _gather(site, question, question.context, spoken, searcher, likeness)
        if found.answerable:
            return found
    return await _gather(site, question, question.query, spoken, searcher, likeness)


def _same_language(question: Question) -> bool:
    """What was asked in another language says little of this question, and is not its answer."""
    detected = language.detect(question.text)
    return detected is None or detected == language.detect(question.context)


async def _gather(
    site: str,
    question: Question,
    query: str,
    spoken: str,
    searcher: Searcher,
    likeness: Likeness,
) -> Evidence:
    asked = language.detect(query) or spoken
    passages = tuple(await searcher.search(site, query, language=asked, limit=PASSAGES))
    weighed = await weigh(query, asked, passages, likeness)
    titles = weighed.titles or [None] * len(passages)
    signs = [
        replace(await _signs(p, query, asked, weighed, likeness), title=title)
        for p, title in zip(passages, titles, strict=True)
    ]
    decision = answerability.decide(signs)
    return Evidence(question, query, asked, passages, weighed.sentences, decision)


async def _signs(
    passage: Passage, query: str, asked: str, weighed: Weighed, likeness: Likeness
) -> answerability.Signs:
    scale = await likeness.scale(asked, passage.language)
    own = [
        s.likeness
        for s in weighed.sentences
        if s.passage.id == passage.id and s.likeness is not None
    ]
    if scale is None or not own:
        return answerability.Signs(passage.overlap)
    return answerability.Signs(
        passage.overlap,
        max(own),
        scale.of(passage.similarity),
        passage.language == asked,
        weighed.foreign,
        words=content_words(query),
    )
