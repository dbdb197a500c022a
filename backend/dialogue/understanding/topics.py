"""Which intent a message is about, and whether it is about any: learned from operators' examples.

A linear head over vectors tells the intents apart, with what other companies are asked as one more
class. A gate says whether a message is about any intent at all. No operator writes examples of
what the bot can't do, so the gate learns from how each example fares when the head has not seen it
(inside), and how it fares when its whole intent is taken away (outside), besides those others. It
reads signs on a scale of the message's language, on which strangers in that language are 0: an
encoder likens a Chinese message less to English examples than an English one, but strangers too.
Knows vectors, no texts; how a thing is said is for ``forms``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..likeness import Vectors
from .linear import Linear, Numbers, softmax, train

Numbered = NDArray[np.intp]

_FOLDS = 5
_STRENGTH = 30.0
_DESCRIBES = 0.5  # what a title or description counts beside an example
_INSIDE = 2.0  # visitors ask a bot for what it does oftener than for what it doesn't
_HEATS = np.geomspace(0.25, 2.0, 16)
_LEAST_SPREAD = 0.01


@dataclass(frozen=True)
class Texts:
    """Vectors of texts, with a number for the language of each, from 0."""

    vectors: Vectors
    languages: Numbered


@dataclass(frozen=True)
class Taught:
    """What a head is made of. ``owners`` has the number of the intent of each of ``texts``;
    ``spoken`` says which are what visitors say, not titles and descriptions."""

    texts: Texts
    owners: Numbered
    spoken: NDArray[np.bool_]
    strangers: Texts

    @property
    def intents(self) -> int:
        return int(self.owners.max()) + 1

    @property
    def told(self) -> Numbered:
        """The texts by which the gate is set: what is spoken, or what stands for it where an
        intent has no examples."""
        silent = np.bincount(self.owners, self.spoken, self.intents) == 0
        return np.flatnonzero(self.spoken | silent[self.owners])

    def likeness(self, vectors: Vectors) -> Numbers:
        """Cosines with every text of the intents."""
        made: Numbers = (vectors @ self.texts.vectors.T).astype(float)
        return made

    def nearest(self, likeness: Numbers) -> Numbers:
        """The best cosine with each intent's texts: shape ``(n, intents)``."""
        return np.stack(
            [likeness[:, self.owners == n].max(axis=1) for n in range(self.intents)], axis=1
        )


@dataclass(frozen=True)
class Topics:
    """A trained head. ``means`` and ``spreads`` are those of the strangers' signs by language,
    ``heat`` divides the logits where they become probabilities."""

    taught: Taught
    head: Linear
    means: Numbers
    spreads: Numbers
    gate: Linear
    heat: float

    def read(self, asked: Texts) -> tuple[Numbers, Numbers]:
        """The probability of each intent, given that it is one of them: shape ``(n, intents)``;
        and the probability that it is one: shape ``(n,)``."""
        logits = self.head.logits(asked.vectors)[:, : self.taught.intents]
        near = self.taught.nearest(self.taught.likeness(asked.vectors))
        signs = _signs(logits, near)
        scaled = (signs - self.means[asked.languages]) / self.spreads[asked.languages]
        return softmax(logits / self.heat), softmax(self.gate.logits(scaled))[:, 1]


def teach(taught: Taught) -> Topics:
    """Train head and gate; the same input gives the same."""
    head = _head(taught, np.ones(len(taught.owners), bool))
    logits = _unseen_logits(taught, head)
    strange = _signs(
        head.logits(taught.strangers.vectors)[:, : taught.intents],
        taught.nearest(taught.likeness(taught.strangers.vectors)),
    )
    means, spreads = _levels(strange, taught.strangers.languages)
    gate = _gate(taught, logits, strange, means, spreads)
    return Topics(taught, head, means, spreads, gate, _heat(taught, logits))


def _head(taught: Taught, kept: NDArray[np.bool_]) -> Linear:
    """Classes are the intents, then everybody else."""
    others = len(taught.strangers.vectors)
    weights = np.where(taught.spoken[kept], 1.0, _DESCRIBES)
    rest = np.full(others, weights.sum() / taught.intents / max(others, 1))
    return train(
        np.concatenate([taught.texts.vectors[kept], taught.strangers.vectors]),
        np.concatenate([taught.owners[kept], np.full(others, taught.intents)]),
        np.concatenate([weights, rest]),
        strength=_STRENGTH,
    )


def _unseen_logits(taught: Taught, head: Linear) -> Numbers:
    """The intents' logits of each text, by a head that was not taught it where that can be."""
    vectors = taught.texts.vectors
    logits = head.logits(vectors)[:, : taught.intents]
    folds = _folds(taught)
    for fold in range(_FOLDS):
        unseen = folds == fold
        if unseen.any():
            other = _head(taught, ~unseen)
            logits[unseen] = other.logits(vectors[unseen])[:, : taught.intents]
    return logits


def _folds(taught: Taught) -> Numbered:
    """A fold for each text that is told, spread evenly in each intent; -1 for those that stay:
    what describes, and the only text of an intent."""
    folds = np.full(len(taught.owners), -1)
    told = np.isin(np.arange(len(taught.owners)), taught.told)
    for intent in range(taught.intents):
        own = taught.owners == intent
        if own.sum() > 1:
            folds[own & told] = np.arange((own & told).sum()) % _FOLDS
    return folds


def _signs(logits: Numbers, near: Numbers) -> Numbers:
    """What the gate goes by: the best intent's logit, and the likeness of its nearest text."""
    rows, best = np.arange(len(logits)), logits.argmax(axis=1)
    return np.stack([logits[rows, best], near[rows, best]], axis=1)


def _levels(strange: Numbers, languages: Numbered) -> tuple[Numbers, Numbers]:
    """Mean and spread of the strangers' signs in each language."""
    each = [strange[languages == number] for number in range(int(languages.max()) + 1)]
    spreads = np.stack([signs.std(axis=0) for signs in each])
    return np.stack([signs.mean(axis=0) for signs in each]), spreads.clip(_LEAST_SPREAD)


def _gate(
    taught: Taught, logits: Numbers, strange: Numbers, means: Numbers, spreads: Numbers
) -> Linear:
    """Classes are outside and inside."""
    likeness = taught.likeness(taught.texts.vectors)
    np.fill_diagonal(likeness, -1.0)
    near = taught.nearest(likeness)
    told = taught.told
    inside = _signs(logits, near)[told]
    orphans = _orphaned(taught, logits, near)[told] if taught.intents > 1 else inside[:0]
    foreign = _foreign(strange, inside)
    languages = taught.texts.languages[told]
    spoken = [languages, languages[: len(orphans)], taught.strangers.languages[foreign]]
    rows = np.concatenate([inside, orphans, strange[foreign]])
    tongues = np.concatenate(spoken)
    half = len(inside) / (2 if len(orphans) else 1)
    weights = np.repeat(
        [_INSIDE, half / max(len(orphans), 1), half / max(foreign.sum(), 1)],
        [len(part) for part in spoken],
    )
    classes = np.repeat([1, 0], [len(inside), len(rows) - len(inside)])
    return train((rows - means[tongues]) / spreads[tongues], classes, weights, strength=1.0)


def _foreign(strange: Numbers, inside: Numbers) -> NDArray[np.bool_]:
    """The strangers but those that are as near as the intents' own examples are to each other:
    what this bot does, another company may be asked too."""
    kept = strange[:, 1] < np.median(inside[:, 1])
    return kept if kept.any() else ~kept


def _orphaned(taught: Taught, logits: Numbers, near: Numbers) -> Numbers:
    """The signs of each text as if its intent did not exist."""
    rows = np.arange(len(taught.owners))
    logits, near = logits.copy(), near.copy()
    logits[rows, taught.owners] = -np.inf
    near[rows, taught.owners] = -1.0
    return _signs(logits, near)


def _heat(taught: Taught, logits: Numbers) -> float:
    """By which the intents' probabilities are right most nearly (Guo et al. 2017, temperature)."""
    told = taught.told

    def loss(heat: float) -> float:
        right = softmax(logits[told] / heat)[np.arange(len(told)), taught.owners[told]]
        return float(-np.log(right.clip(1e-9)).mean())

    return float(min(_HEATS, key=loss)) if taught.intents > 1 else 1.0
