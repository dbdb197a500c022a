"""How alike two spellings of a value are, as the DSTC8 evaluation counts it.

It uses ``token_sort_ratio`` of the library fuzzywuzzy: both texts in lower case, what is no letter
or digit as a space, the words in alphabetical order, then difflib's ratio, rounded to hundredths.
(With python-Levenshtein installed beside it, fuzzywuzzy takes that one's ratio, which differs in
some cases by a few hundredths; the evaluation's requirements don't ask for it.)
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

_LATIN_1 = dict.fromkeys(range(128, 256))  # fuzzywuzzy's idea of what is not ASCII


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same words), in hundredths."""
    return _ratio(_sorted_words(one), _sorted_words(other))


@lru_cache(maxsize=100_000)
def _sorted_words(text: str) -> str:
    return " ".join(sorted(re.sub(r"\W", " ", text.translate(_LATIN_1)).lower().split()))


@lru_cache(maxsize=100_000)
def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    return round(100 * SequenceMatcher(None, one, other).ratio()) / 100
