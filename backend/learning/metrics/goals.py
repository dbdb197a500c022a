"""State tracking on SGD, as the DSTC8 track measures it.

After ``schema_guided_dst/evaluate.py`` and ``metrics.py`` in google-research/google-research:
everything is worked out for each frame of each user turn, and averaged over the frames.

- A slot that is filled in the state is right by the likeness of the predicted value to the nearest
  accepted spelling (:mod:`.fuzzy`), or, if it is categorical, where it equals the first one. A slot
  that should be empty is right where it is. ``dontcare`` is a value like any other.
- Joint goal accuracy: the product over all slots of the service. Average goal accuracy: the mean
  over the filled ones; a frame without any does not count for it.
- Active intent accuracy: the intent is the right one, or rightly none.
- Requested slots F1, precision and recall: each 1 where nothing is requested and nothing predicted.
  (The script's docstring says that such frames are skipped; its code counts them, and so do we.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from math import prod
from typing import Any

from ..dialogues import Service, Slot, State
from .fuzzy import likeness
from .means import mean

ALL, SEEN, UNSEEN = "all", "seen", "unseen"


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one frame, or the means over several. None where nothing counts."""

    joint: float | None
    joint_categorical: float | None
    joint_free: float | None
    average: float | None
    average_categorical: float | None
    average_free: float | None
    intent: float | None
    requested_f1: float | None
    requested_precision: float | None
    requested_recall: float | None
    frames: int = 1


def frame_scores(service: Service, right: State, predicted: State, fuzzy: bool = True) -> Scores:
    """``fuzzy``: likeness for free slots; else they have to equal an accepted spelling."""
    marks = [(slot, _mark(slot, right, predicted, fuzzy)) for slot in service.slots]
    filled = [(slot, mark) for slot, mark in marks if right.values.get(slot.name)]
    precision, recall = _requested(right.requested, predicted.requested)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Scores(
        _product(mark for _, mark in marks),
        _product(mark for slot, mark in marks if slot.categorical),
        _product(mark for slot, mark in marks if not slot.categorical),
        mean(mark for _, mark in filled),
        mean(mark for slot, mark in filled if slot.categorical),
        mean(mark for slot, mark in filled if not slot.categorical),
        float(right.intent == predicted.intent),
        f1,
        precision,
        recall,
    )


def goal_scores(
    frames: Iterable[tuple[Service, State, State]],
    seen: Collection[str] | None = None,
    fuzzy: bool = True,
) -> dict[str, Scores]:
    """The means over frames, each given as its service, the right state and the predicted one.

    By group: ``all``; ``seen`` and ``unseen`` services, if ``seen`` is given; each service; each
    domain (``Hotels`` for ``Hotels_2``).
    """
    groups: dict[str, list[Scores]] = {ALL: []}
    for service, right, predicted in frames:
        scores = frame_scores(service, right, predicted, fuzzy)
        names = {ALL, service.name, service.name.split("_")[0]}
        if seen is not None:
            names.add(SEEN if service.name in seen else UNSEEN)
        for name in names:
            groups.setdefault(name, []).append(scores)
    return {name: _means(scored) for name, scored in groups.items()}


def _means(scored: list[Scores]) -> Scores:
    means: dict[str, Any] = {
        one.name: mean(getattr(scores, one.name) for scores in scored) for one in fields(Scores)
    }
    return Scores(**means | {"frames": len(scored)})


def _mark(slot: Slot, right: State, predicted: State, fuzzy: bool) -> float:
    spellings, guess = right.values.get(slot.name), predicted.values.get(slot.name)
    if not spellings or not guess:
        return float(not spellings and not guess)
    if slot.categorical:
        return float(guess[0] == spellings[0])
    if not fuzzy:
        return float(guess[0] in spellings)
    return max(likeness(spelling, guess[0]) for spelling in spellings)


def _product(marks: Iterable[float]) -> float | None:
    counted = list(marks)
    return prod(counted) if counted else None


def _requested(right: Collection[str], predicted: Collection[str]) -> tuple[float, float]:
    """Precision and recall. A slot that is named several times counts as often."""
    left = list(right)
    hits = 0
    for slot in predicted:
        if slot in left:
            left.remove(slot)
            hits += 1
    return hits / len(predicted) if predicted else 1.0, hits / len(right) if right else 1.0
