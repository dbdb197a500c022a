"""Scores of intents from vectors and forms: what a message is about, times how it is put.

Trained from a lesson's vectors, be they the encoder's or made of spelling. Of texts it knows their
language alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..language import DEFAULT, detect
from ..likeness import Vectors
from .forms import ACT, ASK, REST, Forms, strangers
from .lessons import Lesson
from .linear import Numbers
from .topics import Taught, Texts, Topics, teach

_NEARBY = 0.02  # cosines within about this much of the nearest example's count with it
_MANNERS = 0.5  # how far an answer or a bare noun, such as “refund”, may ask for a thing
# What is supposed of an intent's examples before any is read, in examples: act, ask, rest.
_USUAL = np.array([0.5, 0.1, 0.1])


@dataclass(frozen=True)
class Head:
    """A trained head with the forms of its texts, over the encoder's vectors or over spelling."""

    topics: Topics
    manners: Numbers  # per text: act, ask, rest
    answers: tuple[bool, ...]  # per intent

    def read(
        self, texts: Sequence[str], vectors: Vectors, forms: Numbers
    ) -> tuple[Numbers, Numbers]:
        """Scores of shape ``(n, intents)`` and of none, ``(n,)``."""
        among, inside = self.topics.read(_texts(texts, vectors))
        likeness = self.topics.taught.likeness(vectors)
        best = among.argmax(axis=1)
        asked = [self._asked(*row) for row in zip(forms, likeness, best, strict=True)]
        meant = inside * np.array(asked)
        return among * meant[:, None], 1 - meant

    def _asked(self, form: Numbers, likeness: Numbers, intent: int) -> float:
        """How well the form fits the nearest examples of the intent."""
        if self.answers[intent]:
            return float(form[ACT] + form[ASK] + _MANNERS * form[REST])
        taught = self.topics.taught
        own = np.flatnonzero((taught.owners == intent) & taught.spoken)
        if not len(own):
            return float(form[ACT] + _MANNERS * form[REST])
        nearness = np.exp((likeness[own] - likeness[own].max()) / _NEARBY)
        usual = nearness @ self.manners[own] / nearness.sum()
        return float(form[ACT] + form[ASK] * usual[ASK] + form[REST] * max(_MANNERS, usual[REST]))


def train_head(lesson: Lesson, forms: Forms, vectors: Vectors) -> Head:
    """``vectors`` are those of the lesson's texts, then of the strangers'."""
    count = len(lesson.texts)
    taught = Taught(
        _texts(lesson.texts, vectors[:count]),
        np.array(lesson.owners),
        np.array(lesson.spoken),
        _texts(strangers(), vectors[count:]),
    )
    manners = forms.read(lesson.texts, vectors[:count] if forms.over_vectors else None)
    return Head(teach(taught), _usual(manners, taught), lesson.answers)


def _texts(texts: Sequence[str], vectors: Vectors) -> Texts:
    """A language without strangers of its own counts as the default one."""
    told = {language: number for number, language in enumerate(languages())}
    numbers = [told.get(detect(text) or DEFAULT, told[DEFAULT]) for text in texts]
    return Texts(vectors, np.array(numbers))


@cache
def languages() -> tuple[str, ...]:
    """Those in which strangers speak."""
    return tuple(sorted({detect(text) or DEFAULT for text in strangers()}))


def _usual(manners: Numbers, taught: Taught) -> Numbers:
    """The forms of an intent's texts, each read in the light of the others: where all but one of
    them ask to have something done, the one that looks like a question hardly is one."""
    made = manners.copy()
    for intent in range(taught.intents):
        own = np.flatnonzero((taught.owners == intent) & taught.spoken)
        if len(own):
            share = (manners[own].sum(axis=0) + _USUAL) / (len(own) + _USUAL.sum())
            made[own] = manners[own] * share
            made[own] /= made[own].sum(axis=1, keepdims=True)
    return made
