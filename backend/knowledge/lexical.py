"""BM25 over index terms, with words of the query that are misspelt matched to known ones.

Knows terms and their counts; knows nothing of passages, vectors or the database.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from backend.words import alike, trigrams

# Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
_K1, _B = 1.2, 0.75
Scores = NDArray[np.float32]


class BM25:
    """An inverted index over documents given as lists of terms."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._count = len(documents)
        lengths = np.array([len(document) for document in documents], dtype=np.float32)
        mean = float(lengths.mean()) if self._count else 1.0
        postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, document in enumerate(documents):
            for term, times in Counter(document).items():
                postings[term].append((number, times))
        self._postings: dict[str, tuple[NDArray[np.int32], Scores]] = {}
        for term, entries in postings.items():
            where = np.array([number for number, _ in entries], dtype=np.int32)
            counts = np.array([times for _, times in entries], dtype=np.float32)
            norm = _K1 * (1 - _B + _B * lengths[where] / max(mean, 1.0))
            self._postings[term] = where, (counts * (_K1 + 1) / (counts + norm)).astype(np.float32)
        self._spellings: defaultdict[str, set[str]] = defaultdict(set)
        for term in self._postings:
            for gram in trigrams(term):
                self._spellings[gram].add(term)

    def idf(self, term: str) -> float:
        """How telling a term is; a term in no document is as telling as a term can be."""
        held = len(self._postings[term][0]) if term in self._postings else 0
        return math.log(1 + (self._count - held + 0.5) / (held + 0.5))

    def known(self, term: str) -> str | None:
        """The term as the documents spell it: itself, or the one that it is likely a slip for."""
        if term in self._postings:
            return term
        near = {other for gram in trigrams(term) for other in self._spellings.get(gram, ())}
        best = max(sorted(near), key=lambda other: alike(term, other), default=None)
        return best if best and alike(term, best) > 0 else None

    def search(self, query: Iterable[str]) -> tuple[Scores, Scores]:
        """For each document its BM25 score and the share (0..1) of the query's weight in it."""
        scores = np.zeros(self._count, dtype=np.float32)
        found = np.zeros(self._count, dtype=np.float32)
        total = 0.0
        for term in dict.fromkeys(query):
            spelt = self.known(term)
            weight = self.idf(spelt or term)
            total += weight
            if spelt is not None:
                where, gains = self._postings[spelt]
                scores[where] += weight * gains
                found[where] += weight
        return scores, found / total if total else found
