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
from .synonyms import WEIGHT as SYNONYM_WEIGHT
from .synonyms import synonyms


# Shares of the fused score. A passage is judged with its article, since customers' words are often
# spread over several passages of the right article. Each part is scaled to the query's own best
# and spread, so that an encoder whose likenesses all lie between 0.75 and 0.9 weighs as much as
# one that uses 0 to 1. Fitted on benchmarks/data/northwind_questions.jsonl.
@dataclass(frozen=True)
class Weights:
    passage: float = 0.3
    article: float = 0.4
    passage_words: float = 0.2
    article_words: float = 0.1


WEIGHTS = Weights()
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
        articles = {a: i for i, a in enumerate(dict.fromkeys(e.passage.article for e in entries))}
        self._owners = np.array([articles[e.passage.article] for e in entries], dtype=np.int32)
        self._article_bm25 = BM25(_article_documents(entries, len(articles), self._owners))
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
        dense = np.zeros(len(self._entries), dtype=np.float32)
        fused, overlap = self._by_words(query, allowed)
        if vector is not None and self._embedded.any():
            dense = np.where(self._embedded, self._vectors @ vector, 0.0).astype(np.float32)
            near = self._scaled(dense, allowed)
            fused += WEIGHTS.passage * near + WEIGHTS.article * self._by_article(near)
        else:
            allowed &= fused > 0
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

    def _by_words(self, query: str, allowed: NDArray[np.bool_]) -> tuple[Scores, Scores]:
        """The lexical part of the score, and the share of the query's own words in each passage."""
        said, others = terms(query), synonyms(query)
        passages, overlap = self._bm25.search(said)
        passages = passages + SYNONYM_WEIGHT * self._bm25.search(others)[0]
        articles = self._article_bm25.search(said)[0]
        articles = articles + SYNONYM_WEIGHT * self._article_bm25.search(others)[0]
        words = WEIGHTS.passage_words * _share(passages, allowed)
        return words + WEIGHTS.article_words * _share(articles[self._owners], allowed), overlap

    def _by_article(self, near: Scores) -> Scores:
        """For each passage the mean of its article's two best scores."""
        count = int(self._owners.max()) + 1
        best = np.full(count, -np.inf, dtype=np.float32)
        np.maximum.at(best, self._owners, near)
        rest = np.where(near == best[self._owners], -np.inf, near).astype(np.float32)
        second = np.full(count, -np.inf, dtype=np.float32)
        np.maximum.at(second, self._owners, rest)
        second = np.where(np.isfinite(second), second, best)
        both: Scores = ((best + second) / 2)[self._owners].astype(np.float32)
        return both

    def _scaled(self, dense: Scores, allowed: NDArray[np.bool_]) -> Scores:
        """Likeness in spreads above what is usual for this query, language by language.

        Multilingual encoders find two texts of one language likelier alike whatever they say; the
        language's own mean takes that out. Scaled so that a clear winner stands at about 1.
        """
        scaled = np.full(len(dense), -1.0, dtype=np.float32)
        usual = dense[self._embedded]
        for language in np.unique(self._languages):
            mask = self._embedded & (self._languages == language)
            group = dense[mask & allowed] if (mask & allowed).sum() >= _FEW else usual
            if mask.any():
                scaled[mask] = (dense[mask] - group.mean()) / max(float(group.std()), 1e-3) / 3
        return scaled


def _share(lexical: Scores, allowed: NDArray[np.bool_]) -> Scores:
    top = float(lexical[allowed].max(initial=0.0))
    return lexical / top if top > 0 else lexical


def _article_documents(
    entries: Sequence[Indexed], count: int, owners: NDArray[np.int32]
) -> list[list[str]]:
    """Each article's terms; those of its title count three times."""
    documents: list[list[str]] = [[] for _ in range(count)]
    for entry, owner in zip(entries, owners, strict=True):
        if not documents[owner]:
            documents[owner] = terms(entry.passage.title) * 3
        documents[owner].extend(terms(f"{entry.passage.heading} {entry.passage.text}"))
    return documents


def _document(passage: Passage) -> list[str]:
    """The passage's terms; those of its title and heading count twice, since they say the topic."""
    place = terms(passage.title) + terms(passage.heading)
    return terms(passage.text) + place + place
