"""Joint goal accuracy over whole turns, the measure of MultiWOZ and CrossWOZ.

A turn is right where every slot of every service is: filled with an accepted value or empty, as it
should be. Slot accuracy is the share of slots that are, over turns and slots, as in the scripts of
TRADE (jasonwu0731/trade-dst). By domain, only the turns of dialogues that are about it count and
only its slots, which is how results without training on a domain are published.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..dialogues import Turn
from .means import mean

Right = Mapping[str, Sequence[str]]  # accepted spellings by slot, as ``hotel-area``
Same = Callable[[str, Sequence[str], str], bool]  # slot, accepted spellings, predicted value


@dataclass(frozen=True)
class Judged:
    """A user turn: what is right after it, what was predicted, what its dialogue is about."""

    right: Right
    predicted: Mapping[str, str]
    domains: Collection[str] = ()


@dataclass(frozen=True)
class JointScores:
    joint: float | None
    slots: float | None
    turns: int
    domains: Mapping[str, float]  # joint goal accuracy of each


def flat(turn: Turn) -> dict[str, tuple[str, ...]]:
    """The states of all of a turn's services in one, slots named with their service."""
    return {
        slot if slot.startswith(f"{frame.service}-") else f"{frame.service}-{slot}": values
        for frame in turn.frames
        if frame.state
        for slot, values in frame.state.values.items()
    }


def equal(slot: str, spellings: Sequence[str], predicted: str) -> bool:
    """The plainest sameness: white space does not count."""
    bare = "".join(predicted.split())
    return any(bare == "".join(spelling.split()) for spelling in spellings)


def joint_scores(
    turns: Iterable[Judged], slots: Collection[str], same: Same = equal
) -> JointScores:
    """``slots`` are those that count; what is filled or predicted beside them is left out."""
    names = sorted(set(slots))
    of = {name: name.partition("-")[0] for name in names}
    whole: list[float] = []
    single: list[float | None] = []
    by_domain: dict[str, list[float]] = {}
    for turn in turns:
        wrong = {name for name in names if not _right(name, turn, same)}
        whole.append(float(not wrong))
        single.append(1 - len(wrong) / len(names) if names else None)
        wrong_domains = {of[name] for name in wrong}
        for domain in set(of.values()) & set(turn.domains):
            by_domain.setdefault(domain, []).append(float(domain not in wrong_domains))
    domains = {name: sum(marks) / len(marks) for name, marks in sorted(by_domain.items())}
    return JointScores(mean(whole), mean(single), len(whole), domains)


def _right(slot: str, turn: Judged, same: Same) -> bool:
    spellings, predicted = turn.right.get(slot, ()), turn.predicted.get(slot, "")
    if not spellings or not predicted:
        return not spellings and not predicted
    return same(slot, spellings, predicted)
