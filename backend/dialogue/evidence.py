"""What the articles say to a question: passages, their sentences by relevance, and the decision.

Asks the searcher and the encoder. Knows nothing of generators or of how an answer is worded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.words import alike, terms

from . import language, policy
from .grounding import numbers
from .likeness import Likeness
from .questions import Question
from .sentences import Unit, plain, units
from .types import Passage, Searcher

PASSAGES = 8
# A quotation's length in characters of English; a Han character says as much as two or three.
QUOTED, _HAN_WEIGHT = 360, 2.5
# How far below the best sentence another one may be and still be quoted, in its article or not.
_FAR, _FAR_ELSEWHERE = 0.8, 0.55
_SAME_ARTICLE, _OPENING = 0.3, 0.1  # sentences of the best article, and of an article's first part
_POINTER = 0.3  # against sentences that only point to another page
_WORDS_SHARE = 0.3  # of a sentence's relevance, where there is an encoder


@dataclass(frozen=True)
class Sentence:
    """A unit of a passage; ``relevance`` to the question, ``likeness`` on the common scale."""

    unit: Unit
    passage: Passage
    relevance: float
    likeness: float | None


@dataclass(frozen=True)
class Evidence:
    question: Question
    query: str
    language: str
    passages: tuple[Passage, ...] = ()
    sentences: tuple[Sentence, ...] = ()  # in the order of the passages and within them
    decision: policy.Decision = policy.Decision(False, 0.0, "nothing found")

    @property
    def answerable(self) -> bool:
        return self.decision.answerable

    def best(self) -> tuple[Sentence, ...]:
        """The sentences to quote: the most relevant ones, in the order of the passages.

        All are of the language of the first passage, so that an answer is in one language.
        """
        written = self.passages[0].language if self.passages else ""
        own = [one for one in self.sentences if one.passage.language == written]
        ranked = sorted(own, key=self._worth, reverse=True)
        chosen: list[Sentence] = []
        room = float(QUOTED)
        for one in ranked:
            room -= len(one.unit.plain) * (_HAN_WEIGHT if written == "zh" else 1)
            if chosen and room < 0:
                break
            if self._worth(one) < self._worth(ranked[0]) - self._reach(one, ranked[0]):
                continue
            if not any(_repeats(one, other) for other in chosen):
                chosen.append(one)
        return tuple(one for one in own if any(one is other for other in chosen))

    def _reach(self, one: Sentence, top: Sentence) -> float:
        return _FAR if one.passage.article == top.passage.article else _FAR_ELSEWHERE

    def _worth(self, sentence: Sentence) -> float:
        same = sentence.passage.article == self.passages[0].article
        return (
            sentence.relevance
            + sentence.passage.score
            + _SAME_ARTICLE * same
            + _OPENING * (not sentence.passage.heading)
            - _POINTER * _points_away(sentence.unit.text)
        )

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


def _points_away(text: str) -> bool:
    """Whether links are most of the sentence, as in “See [how to return](/returns/).”"""
    linked = sum(len(found) for found in re.findall(r"\[([^\]]*)\]\(", text))
    return linked * 3 > len(plain(text))


def _repeats(one: Sentence, other: Sentence) -> bool:
    mine, theirs = set(terms(one.unit.plain)), set(terms(other.unit.plain))
    return (
        bool(mine)
        and len(mine & theirs) >= 0.8 * len(mine)
        and numbers(one.unit.plain) <= numbers(other.unit.plain)
    )


async def gather(
    site: str, question: Question, spoken: str, searcher: Searcher, likeness: Likeness
) -> Evidence:
    """Evidence for the question as it stands or, where that finds nothing, in its context."""
    queries = [question.query]
    if question.context:
        queries.insert(0 if question.leans else 1, question.context)
    found: Evidence | None = None
    for query in queries:
        found = await _gather(site, question, query, spoken, searcher, likeness)
        alone = query == question.query
        if found.answerable and (alone or question.leans or _touches(question, found)):
            return found
    assert found is not None
    return _refused(found)


def _touches(question: Question, found: Evidence) -> bool:
    """Whether the words that the question itself adds have anything to do with what was found."""
    own = terms(question.text)
    text = {t for p in found.passages[:3] for t in terms(f"{p.title} {p.heading} {p.text}")}
    return not own or any(term in text or any(alike(term, t) > 0 for t in text) for term in own)


def _refused(found: Evidence) -> Evidence:
    if not found.answerable:
        return found
    decision = policy.Decision(False, found.decision.score, "only what was asked before is found")
    return Evidence(
        found.question, found.query, found.language, found.passages, found.sentences, decision
    )


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
    sentences = await _sentences(query, asked, passages, likeness)
    decision = policy.decide([await _signs(p, asked, sentences, likeness) for p in passages])
    return Evidence(question, query, asked, passages, sentences, decision)


async def _sentences(
    query: str, asked: str, passages: Sequence[Passage], likeness: Likeness
) -> tuple[Sentence, ...]:
    pairs = [(passage, unit) for passage in passages for unit in units(passage.text)]
    texts = [_in_place(passage, unit) for passage, unit in pairs]
    mine = await likeness.vectors([query], "query")
    theirs = await likeness.vectors(texts, "passage") if mine is not None else None
    wanted = set(terms(query))
    found = []
    for number, (passage, unit) in enumerate(pairs):
        scale = await likeness.scale(asked, passage.language)
        near = None
        if mine is not None and theirs is not None and scale is not None:
            near = scale.of(float(theirs[number] @ mine[0]))
        words = _share(wanted, set(terms(unit.plain)))
        relevance = words if near is None else near + _WORDS_SHARE * words
        found.append(Sentence(unit, passage, relevance, near))
    return tuple(found)


def _in_place(passage: Passage, unit: Unit) -> str:
    """A sentence with what stands above it, without which “It takes 3 days” means little."""
    above = passage.heading.split(" › ")[-1] or passage.title
    return f"{above}: {unit.plain}"


def _share(wanted: set[str], held: set[str]) -> float:
    met = sum(term in held or any(alike(term, other) > 0 for other in held) for term in wanted)
    return met / len(wanted) if wanted else 0.0


async def _signs(
    passage: Passage, asked: str, sentences: Sequence[Sentence], likeness: Likeness
) -> policy.Signs:
    scale = await likeness.scale(asked, passage.language)
    own = [s.likeness for s in sentences if s.passage.id == passage.id and s.likeness is not None]
    if scale is None or not own:
        return policy.Signs(passage.overlap)
    return policy.Signs(
        passage.overlap,
        max(own),
        scale.of(passage.similarity),
        passage.language == asked,
    )
