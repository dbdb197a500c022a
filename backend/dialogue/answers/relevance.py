"""How near each sentence of the passages is to a question, and what of the question is foreign.

Asks the encoder. Knows nothing of decisions and of how an answer is worded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.words import HAN, alike, normalise, stem, terms

from ..likeness import Likeness, Scale, Vectors
from ..types import Passage
from .sentences import Unit, units, views

_WORDS_SHARE = 0.3  # of a sentence's relevance, where there is an encoder
_MOST_DROPPED = 10  # words left out in turn; each costs one embedding of a short text
_WORD = re.compile(rf"[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*|[{HAN}]{{2,}}")


@dataclass(frozen=True)
class Sentence:
    """A unit of a passage; ``relevance`` to the question, ``likeness`` on the common scale."""

    unit: Unit
    passage: Passage
    relevance: float
    likeness: float | None


@dataclass(frozen=True)
class Weighed:
    """``foreign`` is how much nearer the question comes to the articles when words are left out.

    “Is there a student discount?” is much nearer to an article on discounts without “student”:
    the articles know nothing of students. The sum over its words, on the common scale; 0 where
    every word helps. ``titles`` is how near each passage's title is, on the common scale.
    """

    sentences: tuple[Sentence, ...] = ()  # in the order of the passages and within them
    foreign: float = 0.0
    titles: tuple[float | None, ...] = ()


async def weigh(query: str, asked: str, passages: Sequence[Passage], likeness: Likeness) -> Weighed:
    """The passages' sentences, weighed against ``query``, which is in the language ``asked``."""
    pairs = [(passage, unit) for passage in passages for unit in units(passage.text)]
    mine = await likeness.vectors([query], "query")
    theirs = await _vectors(passages, likeness) if mine is not None and pairs else None
    if mine is None or theirs is None:
        return Weighed(tuple(_sentence(passage, unit, query, None) for passage, unit in pairs))
    scales = {p.language: await likeness.scale(asked, p.language) for p in passages}
    near = theirs[1] @ mine[0]
    titles = tuple(
        _scaled(scales[passage.language], cosine)
        for passage, cosine in zip(passages, theirs[0] @ mine[0], strict=True)
    )
    found = tuple(
        _sentence(passage, unit, query, _scaled(scales[passage.language], cosine))
        for (passage, unit), cosine in zip(pairs, near, strict=True)
    )
    foreign = await _foreign(query, asked, theirs[1], float(near.max()), likeness)
    return Weighed(found, foreign, titles)


def _sentence(passage: Passage, unit: Unit, query: str, near: float | None) -> Sentence:
    words = share(set(terms(query)), set(terms(unit.plain)))
    return Sentence(unit, passage, words if near is None else near + _WORDS_SHARE * words, near)


def _scaled(scale: Scale | None, cosine: float) -> float | None:
    return scale.of(float(cosine)) if scale else None


async def _vectors(
    passages: Sequence[Passage], likeness: Likeness
) -> tuple[Vectors, Vectors] | None:
    """Of the titles, and of all sentences in turn: those that the index has, others made now."""
    titles, sentences = [], []
    for passage in passages:
        own = views(passage.title, passage.heading, passage.text)
        known = passage.vectors
        if known is None or len(known) != len(own):
            known = await likeness.vectors(own, "passage")
        if known is None:
            return None
        titles.append(known[0])
        sentences.append(known[1:])
    return np.stack(titles), np.concatenate(sentences)


async def _foreign(
    query: str, asked: str, theirs: Vectors, best: float, likeness: Likeness
) -> float:
    shorter = without_a_word(query)
    scale = await likeness.scale(asked, asked)
    vectors = await likeness.vectors(shorter, "query")
    if vectors is None or scale is None:
        return 0.0
    gains = (theirs @ vectors.T).max(axis=0) - best
    return float(np.maximum(gains, 0).sum()) / scale.span


def without_a_word(query: str) -> list[str]:
    """The query without each of its content words in turn; pairs of characters in Han text."""
    found: list[str] = []
    for match in _WORD.finditer(query):
        step = 2 if re.match(f"[{HAN}]", match.group()) else len(match.group())
        for start in range(match.start(), match.end() - step + 1):
            if terms(query[start : start + step]):
                found.append(" ".join(f"{query[:start]} {query[start + step :]}".split()))
    rest = [text for text in dict.fromkeys(found) if re.search(r"\w", text)]
    return rest[:: -(-len(rest) // _MOST_DROPPED)] if rest else []


def content_words(query: str) -> int:
    """How many telling words a query has; 0 for scripts without spaces between words."""
    return len({stem(w) for w in _WORD.findall(normalise(query)) if terms(w) and w.isascii()})


def share(wanted: set[str], held: set[str]) -> float:
    """The share of ``wanted`` terms among ``held``, slips of the pen forgiven."""
    met = sum(term in held or any(alike(term, other) > 0 for other in held) for term in wanted)
    return met / len(wanted) if wanted else 0.0
