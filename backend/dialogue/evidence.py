"""What the articles say to a question: passages, their sentences by relevance, and the decision.

Asks the searcher and the encoder. Knows nothing of generators or of how an answer is worded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.words import alike, terms

from . import language, policy
from .likeness import Likeness
from .questions import Question
from .sentences import Unit, units
from .types import Passage, Searcher

PASSAGES = 5
_QUOTED_UNITS, _QUOTED_CHARACTERS = 3, 420
_NEARLY = 0.25  # how far below the best sentence another one may be and still be quoted
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
        """The sentences to quote, all of one passage, in its order."""
        if not self.sentences:
            return ()
        top = max(self.sentences, key=_weighed)
        same = [one for one in self.sentences if one.passage.id == top.passage.id]
        chosen: list[Sentence] = [top]
        room = _QUOTED_CHARACTERS - len(top.unit.text)
        for one in sorted(same, key=lambda s: -s.relevance):
            near = one.relevance >= top.relevance - _NEARLY
            if (
                one is not top
                and near
                and len(chosen) < _QUOTED_UNITS
                and len(one.unit.text) <= room
            ):
                chosen.append(one)
                room -= len(one.unit.text)
        return tuple(one for one in same if one in chosen)

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


def _weighed(sentence: Sentence) -> float:
    return sentence.relevance + sentence.passage.score


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
