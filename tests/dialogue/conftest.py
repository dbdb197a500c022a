"""Doubles of the encoder and the searcher, small enough to be understood at a glance."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from backend.dialogue.engine import Engine
from backend.dialogue.types import Delta, EngineEvent, Handoff, Passage, Reply, State, Utterance
from backend.inference.errors import ModelFailed
from backend.inference.interfaces import EmbeddingKind, Embeddings
from backend.inference.types import GenerationRequest
from backend.words import terms

PASSAGES = (
    Passage(
        "1:0",
        "1",
        "Delivery",
        "Prices",
        "Standard delivery costs £3.95 and takes 2 to 4 working days.\n\n"
        "Express delivery costs £6.95 and takes 1 working day.",
        "/help/en/delivery/",
        "en",
    ),
    Passage(
        "2:0",
        "2",
        "Returns",
        "",
        "You can return unused items within 60 days. Worn items cannot be returned.",
        "/help/en/returns/",
        "en",
    ),
    Passage("3:0", "3", "退货", "", "未使用的商品可在 60 天内退货。", "/help/zh/returns/", "zh"),
    Passage(
        "4:0",
        "4",
        "Renting tents",
        "",
        "A tent for two costs £28 for a weekend. Write to rent@shop.example to book.",
        "/help/en/rent/",
        "en",
    ),
)
DICTIONARY = {"租": "rent", "帐篷": "tent", "周末": "weekend", "退货": "return", "多少钱": "cost"}


class BagEncoder:
    """Vectors of hashed terms: texts with the same words are alike, whichever language."""

    name = "bag:1"
    dimension = 512
    broken = False

    async def embed(self, texts: Sequence[str], kind: EmbeddingKind) -> Embeddings:
        if self.broken:
            raise ModelFailed("the encoder is broken")
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Embeddings:
        for han, english in DICTIONARY.items():
            text = text.replace(han, f" {english} ")
        vector = np.full(self.dimension, 0.01, dtype=np.float32)
        for term in terms(text):
            vector[sum(ord(char) * 31**i for i, char in enumerate(term)) % self.dimension] += 1
        unit: Embeddings = (vector / np.linalg.norm(vector)).astype(np.float32)
        return unit

    async def load(self) -> None: ...

    async def aclose(self) -> None: ...


@dataclass
class ListSearcher:
    """Searches a list by the encoder's likeness, and notes what it was asked."""

    encoder: BagEncoder
    passages: Sequence[Passage] = PASSAGES
    queries: list[str] = field(default_factory=list)

    async def search(
        self, site: str, query: str, *, language: str, limit: int = 5
    ) -> Sequence[Passage]:
        self.queries.append(query)
        wanted = set(terms(query))
        near = [0.0] * len(self.passages)
        if not self.encoder.broken:
            mine = self.encoder._vector(query)
            near = [
                float(self.encoder._vector(f"{p.title} {p.text}") @ mine) for p in self.passages
            ]
        found = [
            replace(
                p,
                score=similarity,
                similarity=similarity,
                overlap=len(wanted & set(terms(f"{p.title} {p.text}"))) / max(len(wanted), 1),
            )
            for p, similarity in zip(self.passages, near, strict=True)
        ]
        ranked = sorted(found, key=lambda p: (p.score, p.overlap, p.language == language))
        return ranked[::-1][:limit]


@dataclass
class Writer:
    """A generator that says what it is told, in small pieces; it keeps the prompts it got."""

    text: str = ""
    error: Exception | None = None
    hangs: bool = False
    name: str = "writer"
    supports_json_schema: bool = False
    prompts: list[GenerationRequest] = field(default_factory=list)
    closed: int = 0

    async def stream(self, request: GenerationRequest) -> AsyncGenerator[str, None]:
        self.prompts.append(request)
        try:
            for start in range(0, len(self.text), 3):
                yield self.text[start : start + 3]
            if self.error:
                raise self.error
            if self.hangs:
                await asyncio.Event().wait()
        finally:
            self.closed += 1

    async def load(self) -> None: ...

    async def aclose(self) -> None: ...


@dataclass
class Desk:
    """An engine with its doubles."""

    encoder: BagEncoder
    searcher: ListSearcher
    writer: Writer
    engine: Engine

    async def say(self, *texts: str, **state: object) -> tuple[Reply, list[EngineEvent]]:
        history = tuple(Utterance("visitor", text) for text in texts)
        return await self.respond(State("shop", history, **state))  # type: ignore[arg-type]

    async def respond(self, state: State) -> tuple[Reply, list[EngineEvent]]:
        """The reply and all events, after checking what holds for every turn."""
        events = [event async for event in self.engine.respond(state)]
        replies = [event for event in events if isinstance(event, Reply)]
        handoffs = [event for event in events if isinstance(event, Handoff)]
        deltas = [event for event in events if isinstance(event, Delta)]
        assert len(replies) == 1
        assert len(handoffs) <= 1
        assert events == [*deltas, *replies, *handoffs]
        assert "".join(delta.text for delta in deltas) == replies[0].text
        assert replies[0].text.strip()
        return replies[0], events


def make_desk(text: str = "", **writer: object) -> Desk:
    encoder = BagEncoder()
    searcher = ListSearcher(encoder)
    double = Writer(text, **writer)  # type: ignore[arg-type]
    engine = Engine(searcher=searcher, generator=double, encoder=encoder, draft_timeout=0.05)
    return Desk(encoder, searcher, double, engine)


@pytest.fixture
def desk() -> Desk:
    return make_desk()
