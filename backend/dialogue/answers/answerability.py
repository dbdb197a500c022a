"""Decides whether what the search found answers a question.

A logistic score of a few signs, each on a scale of its own that does not depend on the encoder or
the company: how near the nearest sentence, the best passage and the best title are to the
question, the share of its telling words that stand in one passage, how much nearer it comes
without words that the articles do not know, and how long it is (a long question is never as near
as a short one). Weights were fitted on questions with and without an answer (see
docs/answering.md). Encoders tell less of texts in two languages, so passages in another language
than the question's have to be surer. Knows nothing of texts or models.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

BIAS = -3.7
WEIGHTS = {
    "sentence": 1.8,
    "passage": 1.5,
    "title": 1.7,
    "overlap": 1.0,
    "foreign": -1.35,
    "words": 1.3,
}
USUAL_WORDS = 4
THRESHOLD = 0.45
# By words alone (no encoder), this share of the question's weight must stand in one passage.
WORDS_ALONE = 0.6
# Of passages in another language, whose sentences all look much alike to a question.
FOREIGN_BIAS = -8.3
FOREIGN_WEIGHTS = {"passage": 5.7, "title": 2.7}
# What those in the question's own must have beside better ones that don't suffice.
OWN = 0.28


@dataclass(frozen=True)
class Signs:
    """``sentence`` and ``passage`` are likeness on the common scale; None without an encoder."""

    overlap: float
    sentence: float | None = None
    passage: float | None = None
    same_language: bool = True
    foreign: float = 0.0  # how much nearer the question comes without its foreign words
    title: float | None = None  # as sentence and passage
    words: int = 0  # content words of the question; 0 where they cannot be counted


@dataclass(frozen=True)
class Decision:
    """``own`` says that the passages in the question's own language are to answer it."""

    answerable: bool
    score: float
    why: str
    own: bool = True


def decide(signs: Sequence[Signs]) -> Decision:
    """Whether the passages that ``signs`` describe, the best one first, answer the question."""
    if not signs:
        return Decision(False, 0.0, "nothing found")
    best = _together(signs)
    score = _score(best)
    threshold = THRESHOLD if best.sentence is not None else WORDS_ALONE
    relation = "≥" if score >= threshold else "<"
    made = Decision(score >= threshold, score, f"{score:.2f} {relation} {threshold:.2f}")
    foreign = [one for one in signs if not one.same_language]
    if not (made.answerable and foreign and best.sentence is not None):
        return made
    return _of_languages(made, [one for one in signs if one.same_language], foreign, signs[0])


def _of_languages(
    made: Decision, own: Sequence[Signs], foreign: Sequence[Signs], first: Signs
) -> Decision:
    """The decision where passages are in two languages, or in another one than the question."""
    near = _score(_together(own)) if own else 0.0
    far = _foreign_score(_together(foreign))
    if far >= 0.5 and (not first.same_language or near < THRESHOLD):
        return Decision(True, far, f"{far:.2f} ≥ 0.50 in another language", own=False)
    if first.same_language or near >= OWN:
        return made
    return Decision(False, far, f"{far:.2f} < 0.50 in another language", own=False)


def _foreign_score(signs: Signs) -> float:
    total = FOREIGN_BIAS + FOREIGN_WEIGHTS["passage"] * (signs.passage or 0.0)
    total += FOREIGN_WEIGHTS["title"] * (signs.title or 0.0)
    return 1 / (1 + math.exp(-total))


def _together(signs: Sequence[Signs]) -> Signs:
    """The best of each sign: customers' words are often spread over several passages."""
    sentence = [one.sentence for one in signs if one.sentence is not None]
    passage = [one.passage for one in signs if one.passage is not None]
    same = [one.overlap for one in signs if one.same_language]
    return Signs(
        max(same, default=0.0),
        max(sentence, default=None),
        max(passage, default=None),
        bool(same),
        signs[0].foreign,
        max((one.title for one in signs if one.title is not None), default=None),
        signs[0].words,
    )


def _score(signs: Signs) -> float:
    if signs.sentence is None or signs.passage is None:
        return signs.overlap
    # Words of another language never match; what they would add on average stands in for them.
    overlap = signs.overlap if signs.same_language else 0.35
    total = BIAS + WEIGHTS["sentence"] * signs.sentence + WEIGHTS["passage"] * signs.passage
    total += WEIGHTS["overlap"] * overlap + WEIGHTS["foreign"] * signs.foreign
    total += WEIGHTS["title"] * (signs.title or 0.0)
    if signs.words:
        total += WEIGHTS["words"] * (math.log1p(signs.words) - math.log1p(USUAL_WORDS))
    return 1 / (1 + math.exp(-total))
