"""How texts are spelt: slips of the finger mended, and vectors for where no encoder works.

The vectors are of terms, and of the trigrams of words so that a misspelt word still finds its
like; weighted by rarity among the texts at hand (TF-IDF). Knows no model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from backend.words import edit_distance, raw_tokens, terms, trigrams

from ..likeness import Vectors

_MOST_FEATURES = 4096
_SHORTEST = 4  # letters of a word in which a slip can be told from another word
_OFTENER = 4  # times, than a slip, is the word met that was meant
_SUBSTITUTED = 7  # letters of a word in which one may stand for another
_WORD = re.compile(r"(?<![\w@.+-])[A-Za-z]+(?![\w@])")


class Spelling:
    """``texts`` are those whose words count; ``others`` have further words that are no slips."""

    def __init__(self, texts: Sequence[str], others: Sequence[str] = ()) -> None:
        self._texts = tuple(texts)
        self._others = frozenset(word for text in others for word in _words(text))

    def mended(self, text: str) -> str:
        """The text with its slips put right: letters swapped, left out or doubled; in long words
        also a wrong one. A slip is a word one such step away from a word of the texts, and not met
        in them itself, or far less often: operators write slips into examples on purpose."""
        return _WORD.sub(lambda match: self._meant(match.group()), text)

    def _meant(self, word: str) -> str:
        small = word.lower()
        if len(small) < _SHORTEST or small in self._others:
            return word
        least = _OFTENER * self._met[small]
        likely = (o for o in self._words.get(small[0], ()) if self._met[o] > least)
        return next((other for other in likely if _is_slip(small, other)), word)

    @cached_property
    def _met(self) -> Counter[str]:
        return Counter(word for text in self._texts for word in _words(text))

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        """The texts' words by their first letter, the most frequent first."""
        found: dict[str, list[str]] = {}
        for word in sorted(self._met, key=lambda word: (-self._met[word], word)):
            if len(word) >= _SHORTEST:
                found.setdefault(word[0], []).append(word)
        return found

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """float32 of shape ``(len(texts), features)``; a text of unknown words is all zeros."""
        columns, rarity = self._columns
        rows = np.zeros((len(texts), len(columns)), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for feature, count in _features(text).items():
                if feature in columns:
                    row[columns[feature]] = 1 + np.log(count)
        rows *= rarity
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        rows /= np.where(lengths, lengths, 1)
        return rows

    @cached_property
    def _columns(self) -> tuple[dict[str, int], Vectors]:
        met = Counter(feature for text in self._texts for feature in _features(text))
        usual = sorted(met, key=lambda feature: (-met[feature], feature))[:_MOST_FEATURES]
        rarity = [1 + np.log((1 + len(self._texts)) / (1 + met[feature])) for feature in usual]
        return {feature: n for n, feature in enumerate(usual)}, np.array(rarity, np.float32)


def _words(text: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(text)]


def _is_slip(word: str, other: str) -> bool:
    if abs(len(word) - len(other)) > 1 or edit_distance(word, other) != 1:
        return False
    swapped = sorted(word) == sorted(other)
    return swapped or len(word) != len(other) or len(word) >= _SUBSTITUTED


def _features(text: str) -> Counter[str]:
    """Terms, marked apart from trigrams; single characters of scripts without spaces."""
    found = Counter(f"={term}" for term in terms(text))
    for token in raw_tokens(text):
        found.update(trigrams(token) if token.isascii() else token)
    return found
