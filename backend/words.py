"""Words of a text, as search and the checks of an answer compare them.

Knows writing systems: English is cut into stems, Han text into pairs of characters (it has no
spaces). Knows nothing of articles or conversations and imports nothing of ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

import snowballstemmer

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*")
_HAN_ONLY = re.compile(rf"[{HAN}]+")

# Words that say how a thing is asked, not what about. Contractions are cut at their apostrophe.
_STOP_WORDS = """
a about actually after again all also am an and any anybody anyone anything are as ask at be
because been before being but by can cannot could dear did do does doing done don else every for
from get getting give go going gonna got had has have having he hello help her hers hey hi him
his how however i if in info information into is it its just kindly know let like ll look
looking m made make may maybe me might mine more most much must my need no nor not now of ok
okay on one or our ours out over own please pls possible question re really s say see shall she
should so some somebody someone something still such sure t tell than thank thanks that the
their them then there these they thing think this those through to too u under until up us use
using ve very want was wanna we well were what whats when where whether which while who whom
whose why will wish with within without won would wondering you your yours yes
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
_HAN_STOP = frozenset(
    "的了吗呢吧啊我你您他她它们是在有和与或就都也还很想要请问可以能会不把被给对从到这那个些么什怎哪谁"
    "几多少"
)


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The English stem of a lower-case word; other words come back (nearly) as they are."""
    return str(_stemmer().stemWord(word)) if word.isascii() else word


def normalise(text: str) -> str:
    """Full-width forms and ligatures made plain (NFKC), lower case, apostrophes alike."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").casefold()


def raw_tokens(text: str) -> list[str]:
    """Words in order, lower case; a run of Han characters is one token here."""
    return _TOKEN.findall(normalise(text))


def terms(text: str) -> list[str]:
    """Index terms in order: stems without stop words, and pairs of Han characters."""
    found: list[str] = []
    for token in raw_tokens(text):
        if _HAN_ONLY.fullmatch(token):
            found.extend(_han_terms(token))
        else:
            found.extend(stem(part) for part in token.split("'") if part and part not in STOP_WORDS)
    return found


def _han_terms(run: str) -> Iterable[str]:
    if len(run) == 1:
        return () if run in _HAN_STOP else (run,)
    pairs = (run[i : i + 2] for i in range(len(run) - 1))
    return (pair for pair in pairs if not all(char in _HAN_STOP for char in pair))


def trigrams(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


@lru_cache(maxsize=100_000)
def alike(one: str, other: str) -> float:
    """How alike two words are spelt, 0 to 1: the better of shared trigrams and edits.

    Short words must be equal: at three letters or fewer one slip makes another word.
    """
    if one == other:
        return 1.0
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 2 or not one.isalpha():
        return 0.0
    edits = edit_distance(one, other)
    allowed = 1 if max(len(one), len(other)) < 8 else 2
    return 1.0 - edits / max(len(one), len(other)) if edits <= allowed else 0.0


def edit_distance(one: str, other: str) -> int:
    """Optimal string alignment: insert, delete, replace, and swap of neighbours cost 1 each."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
