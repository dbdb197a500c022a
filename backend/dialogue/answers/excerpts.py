"""Chooses what to quote: a run of sentences of one passage, as a careful colleague would read out.

Knows relevance and lengths. Knows nothing of searching or of models.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from backend.words import terms

from ..types import Passage
from .grounding import numbers
from .relevance import Sentence
from .sentences import plain

# A quotation's length in characters of English; a Han character says as much as two or three.
QUOTED, _HAN_WEIGHT = 400, 2.5
_WINDOW = 250  # of it for the first passage, so that a second one may add what it lacks
# How far below the best sentence another one may be and still be quoted: beside it in its passage,
# elsewhere in its article, or in another article.
_FAR_BESIDE, _FAR, _FAR_ELSEWHERE = 1.2, 0.7, 0.3
_SAME_ARTICLE, _OPENING = 0.1, 0.1  # sentences of the best article, and of an article's first part
_POINTER = re.compile(
    r"^\W*(?:(?:for|if|in)\b[^,:]*[,:]?\s*)?(?:please\s+)?(?:see|read|look at|refer to|"
    r"more (?:on|about)|visit|check out)\b|^\W*(?:请)?(?:参见|请见|详见|请看|请参阅|查看|见)",
    re.I,
)


def choose(sentences: Sequence[Sentence], passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """The sentences to quote, those of the best one's passage first; all in one language.

    Sentences that only point to another page are left out unless nothing else is there.
    """
    if not passages:
        return ()
    own = [one for one in sentences if one.passage.language == passages[0].language]
    own = [one for one in own if not points_away(one.unit.text)] or own
    worth = {id(one): _worth(one, passages[0].article) for one in own}
    ranked = sorted(own, key=lambda one: -worth[id(one)])
    if not ranked:
        return ()
    chosen = _window(ranked[0], own, worth)
    room = QUOTED - sum(map(_length, chosen))
    for one in ranked:
        reach = _FAR if one.passage.article == ranked[0].passage.article else _FAR_ELSEWHERE
        if worth[id(one)] < worth[id(ranked[0])] - reach:
            continue
        if _length(one) <= room and not any(one is o or _repeats(one, o) for o in chosen):
            chosen.append(one)
            room -= _length(one)
    kept = [one for one in own if any(one is other for other in chosen)]
    return tuple(sorted(kept, key=lambda one: one.passage.id != ranked[0].passage.id))


def _worth(one: Sentence, first: str) -> float:
    return (
        one.relevance
        + one.passage.score
        + _SAME_ARTICLE * (one.passage.article == first)
        + _OPENING * (not one.passage.heading)
    )


def _window(top: Sentence, own: Sequence[Sentence], worth: dict[int, float]) -> list[Sentence]:
    """The best sentence with its neighbours, the better one first, while there is room."""
    passage = [one for one in own if one.passage.id == top.passage.id]
    low = high = next(number for number, one in enumerate(passage) if one is top)
    room = _WINDOW - _length(top)
    while True:
        sides = [at for at in (low - 1, high + 1) if 0 <= at < len(passage)]
        fit = [at for at in sides if _length(passage[at]) <= room]
        fit = [at for at in fit if worth[id(passage[at])] >= worth[id(top)] - _FAR_BESIDE]
        if not fit:
            return passage[low : high + 1]
        best = max(fit, key=lambda at: worth[id(passage[at])])
        room -= _length(passage[best])
        low, high = min(low, best), max(high, best)


def _length(one: Sentence) -> float:
    return len(one.unit.plain) * (_HAN_WEIGHT if one.passage.language == "zh" else 1)


def points_away(text: str) -> bool:
    """Whether the sentence only names another page, as in “See [how to return](/returns/).”"""
    linked = sum(len(found) for found in re.findall(r"\[([^\]]*)\]\(", text))
    said = plain(text)
    if linked and _POINTER.match(said):
        return True
    return linked * 2 > len(said)


def _repeats(one: Sentence, other: Sentence) -> bool:
    mine, theirs = set(terms(one.unit.plain)), set(terms(other.unit.plain))
    return (
        bool(mine)
        and len(mine & theirs) >= 0.8 * len(mine)
        and numbers(one.unit.plain) <= numbers(other.unit.plain)
    )
