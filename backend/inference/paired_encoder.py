"""Two encoders as one: the likeness is a weighted mean of what both find.

Knows which texts the second one cannot read. Small encoders err on different questions, so the
mean of a multilingual and an English one finds the right passage oftener than either
(docs/answering.md has the figures).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

import numpy as np

from .interfaces import EmbeddingKind, Embeddings, Encoder

SHARE = 0.8  # of the first encoder, whose likenesses differ less from each other
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


class PairedEncoder:
    """``first`` reads every language, ``second`` all but texts with Han characters.

    A vector is both vectors side by side, scaled so that the dot product of two is the weighted
    mean. Where ``second`` does not read a text its part is empty: it then likens nothing to
    anything, and one of two further numbers, one for queries and one for passages, keeps the
    length at 1.
    """

    def __init__(self, first: Encoder, second: Encoder) -> None:
        self._first = first
        self._second = second

    @property
    def name(self) -> str:
        return f"{self._first.name}+{self._second.name}"

    @property
    def dimension(self) -> int:
        return self._first.dimension + self._second.dimension + 2

    async def load(self) -> None:
        await asyncio.gather(self._first.load(), self._second.load())

    async def aclose(self) -> None:
        await asyncio.gather(self._first.aclose(), self._second.aclose())

    async def embed(self, texts: Sequence[str], kind: EmbeddingKind) -> Embeddings:
        read = [number for number, text in enumerate(texts) if not _HAN.search(text)]
        one, other = await asyncio.gather(
            self._first.embed(texts, kind), self._second.embed([texts[n] for n in read], kind)
        )
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        rows[:, : one.shape[1]] = one * np.sqrt(SHARE)
        rest = np.ones(len(texts), dtype=np.float32) * np.sqrt(1 - SHARE)
        rows[:, -2 if kind == "query" else -1] = rest
        rows[read, one.shape[1] : -2] = other * np.sqrt(1 - SHARE)
        rows[read, -2:] = 0
        return rows
