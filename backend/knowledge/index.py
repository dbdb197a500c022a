"""One site's passages in memory: their vectors, their words, and both kinds of search fused.

Knows numbers and words only; the database is ``search``'s affair. A refreshed site gets a new
index, so that a search under way never sees half of a change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from backend.dialogue.types import Passage
from backend.words import terms

from .lexical import BM25, Scores

# Shares of the fused score. Each part is scaled to the query's own best and spread, so that an
# encoder whose likenesses all lie between 0.75 and 0.9 weighs as much as one that uses 0 to 1.
DENSE_WEIGHT, LEXICAL_WEIGHT = 0.7, 0.3
_FEW = 8  # too few passages of a language to know what likeness is usual among them


@dataclass(frozen=True)
class Indexed:
    """A passage, the article's slug that its translations share, and its vector if it has one."""

    passage: Passage
    slug: str
    vector: NDArray[np.float32] | None


class SiteIndex:
    """Searches the passages of one site; safe to use from several threads."""

    def __init__(self, entries: Sequence[Indexed]) -> None:
        self._entries = list(entries)
        dimension = next((len(e.vector) for e in entries if e.vector is not None), 0)
        self._vectors = np.zeros((len(entries), dimension), dtype=np.float32)
        self._embedded = np.zeros(len(entries), dtype=bool)
        for number, entry in enumerate(entries):
            if entry.vector is not None and len(entry.vector) == dimension:
                self._vectors[number], self._embedded[number] = entry.vector, True
        self._bm25 = BM25([_document(entry.passage) for entry in entries])
        self._languages = np.array([entry.passage.language for entry in entries])
        self._allowed = lru_cache(maxsize=32)(self._find_allowed)

    def __len__(self) -> int:
        return len(self._entries)

    def search(
        self, query: str, vector: NDArray[np.float32] | None, language: str, limit: int
    ) -> list[Passage]:
        """The best passages, best first; ``vector`` is None where only words can be compared."""
        allowed = self._allowed(language).copy()
        if not self._entries or not allowed.any() or limit < 1:
            return []
        lexical, overlap = self._bm25.search(terms(query))
        dense = np.zeros(len(self._entries), dtype=np.float32)
        if vector is not None and self._embedded.any():
            dense = np.where(self._embedded, self._vectors @ vector, 0.0).astype(np.float32)
            fused = DENSE_WEIGHT * self._scaled(dense) + LEXICAL_WEIGHT * _share(lexical)
        else:
            fused = _share(lexical)
            allowed &= lexical > 0
        order = np.argsort(-np.where(allowed, fused, -np.inf), kind="stable")[:limit]
        return [
            replace(
                self._entries[i].passage,
                score=float(fused[i]),
                similarity=float(dense[i]),
                overlap=float(overlap[i]),
            )
            for i in order
            if allowed[i]
        ]

    def _find_allowed(self, language: str) -> NDArray[np.bool_]:
        """All but the translations of articles that the visitor's language has."""
        own = {e.slug for e in self._entries if e.passage.language == language}
        english = {e.slug for e in self._entries if e.passage.language == "en"}
        return np.array(
            [
                e.passage.language == language
                or (e.slug not in own and (e.passage.language == "en" or e.slug not in english))
                for e in self._entries
            ],
            dtype=bool,
        )

    def _scaled(self, dense: Scores) -> Scores:
        """Likeness in spreads above what is usual for this query, language by language.

        Multilingual encoders find two texts of one language likelier alike whatever they say; the
        language's own mean takes that out. Scaled so that a clear winner stands at about 1.
        """
        scaled = np.full(len(dense), -1.0, dtype=np.float32)
        usual = dense[self._embedded]
        for language in np.unique(self._languages):
            mask = self._embedded & (self._languages == language)
            group = dense[mask] if mask.sum() >= _FEW else usual
            if mask.any():
                scaled[mask] = (dense[mask] - group.mean()) / max(float(group.std()), 1e-3) / 3
        return scaled


def _share(lexical: Scores) -> Scores:
    top = float(lexical.max(initial=0.0))
    return lexical / top if top > 0 else lexical


def _document(passage: Passage) -> list[str]:
    """The passage's terms; those of its title and heading count twice, since they say the topic."""
    place = terms(passage.title) + terms(passage.heading)
    return terms(passage.text) + place + place
