"""Which of a bot's intents a message means, with calibrated scores and a none-of-these.

Two questions are answered apart and multiplied: is it about something that the bot does
(``topics``), and does it ask to have that done, the way this intent's own examples do (``forms``)?
“How long do I have to return something?” is about returns, and yet a question for the articles;
“When are you open?” is a question too, but so are that intent's examples. Where the encoder can't
work, spelling takes its place (``spelling``). What to do with the scores is for ``deciding``.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backend.words import terms

from ..likeness import Likeness
from ..schema import Schema
from ..types import Utterance
from .clauses import Piece, Span, grouped, opening_words, pieces, trimmed
from .forms import ASK, Forms, exemplars, strangers
from .heads import Head, train_head
from .inquiries import after, asks_if_done
from .lessons import lesson_of
from .linear import Numbers
from .phrases import bare
from .questions import asks
from .spelling import Spelling
from .values import masked, without_addresses, without_values

MOST_MODELS = 8
_KNOWN = 0.98  # the score of an operator's own example, word for word
_SURE = 0.5  # of what a piece of a message means, to be cut off
_SURER = 0.75  # of it where it is put as a question
_HARDLY = 0.3  # of the score of an intent that a question, by what it is after, hardly means
_LONGEST = 2000  # characters of a message that are read


@dataclass(frozen=True)
class IntentScore:
    """``score`` is the probability, 0 to 1, that this is what the message asks for."""

    intent: str
    score: float


@dataclass(frozen=True)
class Clause:
    """A part of a message that asks for one thing: ``text`` stands at ``start`` to ``end`` of the
    message with number ``message``. The scores and ``none`` add up to 1."""

    text: str
    message: int
    start: int
    end: int
    ranking: tuple[IntentScore, ...]
    none: float


@dataclass(frozen=True)
class Reading:
    """What a text was found to be: scores, best first; of none; and that it asks about rules."""

    ranking: tuple[IntentScore, ...]
    none: float
    question: float = 0.0


class IntentModel:
    """What the operators of one schema taught; made by :meth:`train`."""

    def __init__(self, schema: Schema, likeness: Likeness, forms: Forms) -> None:
        self._lesson = lesson_of(schema)
        self._likeness = likeness
        self._forms = forms
        self._openers = opening_words(*self._lesson.said_and_told)
        self._head: Head | None = None
        self._spelling = Spelling(self._lesson.texts, [text for _, text in exemplars()])
        self._spelt: Head | None = None

    @classmethod
    async def train(
        cls, schema: Schema, likeness: Likeness, forms: Forms | None = None
    ) -> IntentModel:
        """Takes seconds, most of them in the encoder; the same schema gives the same model."""
        model = cls(schema, likeness, forms or await Forms.of(likeness))
        if model._lesson.intents:
            texts = [*model._lesson.texts, *strangers()]
            vectors = await likeness.vectors(texts, "query")
            if vectors is not None:
                model._head = await asyncio.to_thread(
                    train_head, model._lesson, model._forms, vectors
                )
        return model

    @property
    def complete(self) -> bool:
        """False where the encoder failed while it was trained."""
        return self._head is not None or not (self._lesson.intents and self._likeness.name)

    async def rank(self, text: str, language: str) -> tuple[tuple[IntentScore, ...], float]:
        """Best first, with the probability of none of these; together they add up to 1."""
        [reading] = await self.read([text])
        return reading.ranking, reading.none

    async def clauses(self, said: Sequence[Utterance], language: str) -> tuple[Clause, ...]:
        """Every message, cut where it goes on to ask for something else."""
        found: list[Clause] = []
        for utterance in said:
            for (start, end), read in (await self._cut(utterance.text)).items():
                text = utterance.text[start:end]
                found.append(Clause(text, utterance.seq, start, end, read.ranking, read.none))
        return tuple(found)

    async def read(self, texts: Sequence[str]) -> list[Reading]:
        """All in one pass of the encoder, each as it stands or in other words that say as much,
        whichever asks most surely for something."""
        if not self._lesson.intents or not texts:
            return [Reading((), 1.0) for _ in texts]
        ways = [self._ways(text[:_LONGEST]) for text in texts]
        every = list(dict.fromkeys(way for own in ways for way in own))
        found = dict(zip(every, await self._readings(every), strict=True))
        best = [min((found[way] for way in own), key=lambda read: read.none) for own in ways]
        return [self._doubted(*pair) for pair in zip(texts, best, strict=True)]

    def _doubted(self, text: str, reading: Reading) -> Reading:
        """The reading, but who asks whether something was done, or after something else than an
        intent's own examples, hardly means it."""
        sought = after(text) if reading.question >= _SURE else frozenset()
        deed = terms(text) if asks_if_done(text) else None
        if self._lesson.answers_to(reading.ranking[0].intent, sought, deed):
            return reading
        ranking = [replace(one, score=one.score * _HARDLY) for one in reading.ranking]
        return replace(reading, ranking=tuple(ranking), none=1 - sum(s.score for s in ranking))

    def _ways(self, text: str) -> list[str]:
        """The text as it stands, with its slips mended, and without the values in it; a text of
        mere values asks for nothing in any way."""
        if not masked(text):
            return [text]
        said = (text, without_addresses(text), without_values(text))
        return list(filter(None, dict.fromkeys([text, *map(self._spelling.mended, said)])))

    async def _readings(self, texts: Sequence[str]) -> list[Reading]:
        vectors = await self._likeness.vectors(texts, "query") if self._head else None
        forms = self._forms.read(texts, vectors)
        if self._head is None or vectors is None:
            head, vectors = await self._by_spelling(), self._spelling.vectors(texts)
        else:
            head = self._head
        scores, none = head.read(texts, vectors, forms)
        return [self._reading(*row) for row in zip(texts, scores, none, forms, strict=True)]

    async def _by_spelling(self) -> Head:
        """The head for where the encoder does not work, trained when it is first needed."""
        if self._spelt is None:
            vectors = self._spelling.vectors([*self._lesson.texts, *strangers()])
            self._spelt = await asyncio.to_thread(
                train_head, self._lesson, self._forms.without_vectors, vectors
            )
        return self._spelt

    def _reading(self, text: str, scores: Numbers, none: float, form: Numbers) -> Reading:
        known = self._lesson.known.get(bare(text)) or self._lesson.known.get(bare(masked(text)))
        if known:
            scores, none = np.zeros(len(scores)), 1 - _KNOWN
            scores[list(known)] = _KNOWN / len(known)
        elif not masked(text):
            scores, none = np.zeros(len(scores)), 1.0  # a mere number or address asks for nothing
        order = np.argsort(-scores, kind="stable")
        ranking = [IntentScore(self._lesson.intents[n], float(scores[n])) for n in order]
        return Reading(tuple(ranking), float(none), float(form[ASK]))

    async def _cut(self, text: str) -> dict[Span, Reading]:
        whole = trimmed(text, (0, len(text)))
        found = pieces(text, self._openers)
        if len(found) < 2:
            return await self._read_spans(text, [whole])
        spans = [(piece.start, piece.end) for piece in found]
        known = await self._read_spans(text, [whole, *spans])
        questions = _is_question(known[whole])
        wanted = grouped(
            [_told(piece, text, known[piece.start, piece.end], questions) for piece in found]
        )
        if len(wanted) < 2:
            return {whole: known[whole]}
        known |= await self._read_spans(text, [span for span in wanted if span not in known])
        return {span: known[span] for span in wanted}

    async def _read_spans(self, text: str, spans: Sequence[Span]) -> dict[Span, Reading]:
        readings = await self.read([text[start:end] for start, end in spans])
        return dict(zip(spans, readings, strict=True))


def _told(piece: Piece, text: str, reading: Reading, questions: bool) -> Piece:
    """The piece with what it means by itself. A question means an intent only where that is
    surer, and so does any piece of a message that asks ``questions``."""
    words = text[piece.start : piece.end]
    top = reading.ranking[0] if reading.ranking else None
    sure = _SURER if questions or asks(words) else _SURE
    intent = top.intent if top and top.score >= sure else ""
    return replace(piece, intent=intent, question=_is_question(reading) and bool(terms(words)))


def _is_question(reading: Reading) -> bool:
    """Whether it is surely a question, and asks for nothing that the bot does."""
    return reading.none >= _SURE and reading.question >= _SURE


class IntentModels:
    """The models of the schemas in use, each trained when it is first asked for."""

    def __init__(self, likeness: Likeness) -> None:
        self._likeness = likeness
        self._forms: Forms | None = None
        self._models: OrderedDict[str, IntentModel] = OrderedDict()
        self._training = asyncio.Lock()

    async def of(self, schema: Schema) -> IntentModel:
        """Waits while it is trained; one that was trained without its encoder is trained again."""
        model = self._known(schema)
        if model is None:
            async with self._training:
                model = self._known(schema) or await self._train(schema)
        return model

    def _known(self, schema: Schema) -> IntentModel | None:
        model = self._models.get(schema.checksum)
        if model is None or not model.complete:
            return None
        self._models.move_to_end(schema.checksum)
        return model

    async def _train(self, schema: Schema) -> IntentModel:
        if self._forms is None or (self._forms.over_vectors is None and self._likeness.name):
            self._forms = await Forms.of(self._likeness)
        model = await IntentModel.train(schema, self._likeness, self._forms)
        self._models[schema.checksum] = model
        while len(self._models) > MOST_MODELS:
            self._models.popitem(last=False)
        return model
