"""Whether a message wants something done, asks about rules, or neither: its form.

“I want to return these” and “how long do I have to return something?” are about the same thing;
what tells them apart is how they are said. Two heads look at that and are multiplied: one over the
words (with those masked that only say what it is about), which needs no model, and one over the
encoder's vectors. Both were taught by ``exemplars``, of many kinds of company; what was learned
over the bundled encoders is kept in ``form_weights.json``, and learned at first use for others.
Knows no schema.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from backend.words import HAN, normalise

from ..likeness import Likeness, Vectors
from .linear import Linear, Numbers, balanced, softmax, train

FORMS = ("act", "ask", "rest")  # the columns of everything that is read here
ACT, ASK, REST = range(3)
WEIGHTS = Path(__file__).with_name("form_weights.json")
_EXEMPLARS = Path(__file__).with_name("exemplars")
_EVERY = 13  # one exemplar in so many also stands for what other companies are asked
_OFTEN = 5  # a word met in so many exemplars says how a thing is asked
_LONGEST = 3  # words in a feature
_CHARACTERS = 400  # that are looked at from each end; a form shows at the edges

_PIECES = re.compile(rf"\S*@\S+|[{HAN}]|[^\W\d_{HAN}]+(?:'[^\W\d_{HAN}]+)*|\d+|[?!]")
_HAN_ONE = re.compile(f"[{HAN}]")


@cache
def exemplars() -> tuple[tuple[str, str], ...]:
    """Pairs of form and text; the form of what no company is asked for is ``other``."""
    found: list[tuple[str, str]] = []
    form = ""
    for file in sorted(_EXEMPLARS.glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("== "):
                form = line[3:].strip()
            elif line.strip() and not line.startswith("#"):
                found.append((form, line.strip()))
    return tuple(found)


def taught() -> tuple[list[str], np.ndarray]:
    """The texts that teach forms, and the number of each one's form."""
    pairs = [(text, FORMS.index(form)) for form, text in exemplars() if form in FORMS]
    return [text for text, _ in pairs], np.array([number for _, number in pairs])


def strangers() -> list[str]:
    """Texts that no intent of any one company means, or hardly ever."""
    others = [text for form, text in exemplars() if form == "other"]
    return others + taught()[0][::_EVERY]


def checksum() -> str:
    return hashlib.sha256(repr(exemplars()).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Words:
    """The head over runs of one to three words, weighted as usual (TF-IDF, length 1)."""

    telling: frozenset[str]
    columns: dict[str, int]
    rarity: Numbers
    head: Linear

    def logits(self, text: str) -> Numbers:
        row = _row(_runs(text, self.telling), self.columns, self.rarity)
        made: Numbers = self.head.logits(row[None])[0]
        return made


@dataclass(frozen=True)
class Forms:
    """What was learned. ``over_vectors`` is None where there is no encoder."""

    over_vectors: Linear | None
    over_words: Words

    @classmethod
    async def of(cls, likeness: Likeness) -> Forms:
        """For the encoder at hand; takes seconds where its weights are not kept."""
        words = await asyncio.to_thread(usual_words)
        texts, classes = taught()
        head = _kept(likeness.name)
        vectors = None if head else await likeness.vectors(texts, "query")
        if vectors is not None:
            head = await asyncio.to_thread(over_vectors, vectors, classes)
        return cls(head, words)

    @property
    def without_vectors(self) -> Forms:
        return Forms(None, self.over_words)

    def read(self, texts: Sequence[str], vectors: Vectors | None) -> Numbers:
        """The probability of each of ``FORMS``: shape ``(len(texts), 3)``.

        ``vectors`` are those of the texts as queries, or None.
        """
        logits = np.stack([self.over_words.logits(text) for text in texts])
        if self.over_vectors is not None and vectors is not None:
            logits = logits + self.over_vectors.logits(vectors)
        return softmax(logits)


def over_vectors(vectors: Vectors, classes: np.ndarray) -> Linear:
    return train(vectors, classes, balanced(classes), strength=60)


def _kept(encoder: str) -> Linear | None:
    """The weights for this encoder, if they were learned from the exemplars as they are now."""
    try:
        file = json.loads(WEIGHTS.read_text("utf-8"))
    except FileNotFoundError:
        return None
    weights = file["encoders"].get(encoder) if file["exemplars"] == checksum() else None
    return unpacked(weights) if weights else None


def packed(head: Linear) -> str:
    """As text: 16-bit numbers, intercepts last."""
    rows = np.concatenate([head.coefficients, head.intercepts[:, None]], axis=1)
    return base64.b64encode(rows.astype("<f2").tobytes()).decode()


def unpacked(text: str) -> Linear:
    rows = np.frombuffer(base64.b64decode(text), "<f2").astype(float).reshape(len(FORMS), -1)
    return Linear(rows[:, :-1], rows[:, -1])


@cache
def usual_words() -> Words:
    """What all exemplars teach."""
    return learn_words(*taught())


def learn_words(texts: Sequence[str], classes: np.ndarray) -> Words:
    telling = _telling(texts)
    runs = [_runs(text, telling) for text in texts]
    met = Counter(run for found in runs for run in set(found))
    columns = {run: number for number, run in enumerate(sorted(r for r, n in met.items() if n > 1))}
    rarity = np.array([1 + np.log((1 + len(texts)) / (1 + met[run])) for run in columns])
    rows = np.stack([_row(found, columns, rarity) for found in runs])
    return Words(telling, columns, rarity, train(rows, classes, balanced(classes), strength=3))


def _telling(texts: Sequence[str]) -> frozenset[str]:
    met = Counter(word for text in texts for word in set(_PIECES.findall(normalise(text))))
    return frozenset(word for word, count in met.items() if count >= _OFTEN)


def _runs(text: str, telling: frozenset[str]) -> list[str]:
    """All runs of words; what the message is about is masked by one sign."""
    words = ["^"]
    for piece in _PIECES.findall(normalise(_edges(text))):
        kept = piece in telling or _HAN_ONE.match(piece) or piece in "?!"
        sign = piece if kept else "@" if "@" in piece else "0" if piece.isdigit() else "*"
        if sign != "*" or words[-1] != "*":
            words.append(sign)
    words.append("$")
    return [
        " ".join(words[start : start + length])
        for length in range(1, _LONGEST + 1)
        for start in range(len(words) - length + 1)
    ]


def _edges(text: str) -> str:
    if len(text) <= 2 * _CHARACTERS:
        return text
    return f"{text[:_CHARACTERS]} {text[-_CHARACTERS:]}"


def _row(runs: Sequence[str], columns: dict[str, int], rarity: Numbers) -> Numbers:
    row = np.zeros(len(columns))
    for run, count in Counter(runs).items():
        if run in columns:
            row[columns[run]] = 1 + np.log(count)
    row *= rarity
    length = float(np.linalg.norm(row))
    return row / length if length else row
