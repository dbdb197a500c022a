"""Chooses among claims: each slot gets at most one, each character belongs to one slot at most.

The choice with the highest sum of weights wins, found by a beam search in the order of the text.
Pure and deterministic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..memory import Value
from .claims import TELLING, Claim
from .reading import Span

_BEAM = 24
_ASKED, _CUED, _CORRECTED = 0.8, 1.2, 0.5
_FILLED = 0.45  # what speaks against a slot that has a value already
_BAD = 0.4  # what speaks against a value that the slot refuses
_OUT_OF_ORDER = 0.05
_LATER = 0.002  # of two equal claims the earlier one


@dataclass(frozen=True)
class Situation:
    """What the dialogue tells of the slots before this message.

    ``order`` are the slots in play. ``target`` is, by slot type, the filled slot that a correction
    without a name means; ``named`` the one that is named, by the span of the new value.
    """

    order: Mapping[str, int]
    asked: str
    filled: Mapping[str, Value]
    target: Mapping[str, str]
    named: Mapping[Span, str] = field(default_factory=dict)

    def meant(self, one: Claim) -> bool:
        """Whether the claim corrects this very slot."""
        if not one.corrects:
            return False
        return one.slot == self.named.get(one.span, self.target.get(one.type))


def weight(one: Claim, now: Situation) -> float:
    """Above 0 for what may be believed; what outweighs what is described with the constants."""
    seen = TELLING[one.type] * one.sure + _CUED * one.cue - one.bad * _BAD
    if one.by in ("offer", "label", "context", "reworded"):
        seen += 0.5
    if one.slot == now.asked:
        seen += _ASKED
    if now.meant(one):
        seen += _CORRECTED
    elif one.slot in now.filled and one.slot != now.asked and one.by != "reworded":
        same = not one.bad and now.filled[one.slot].value == one.value
        seen -= _FILLED * (0.5 if same else 1.0)
    if now.asked and one.slot != now.asked and _akin(one.slot, now.asked):
        seen += 0.05
    longer = min(one.end - one.start, 60) / 600
    return seen + longer - _LATER * min(one.start, 100) / 10 - 0.001 * now.order[one.slot]


def _akin(one: str, other: str) -> bool:
    """Whether slots share a word of their names: ``receiver`` and ``receiver_phone``."""
    return not {*one.split("_")}.isdisjoint(other.split("_"))


@dataclass(frozen=True)
class _Path:
    sum: float = 0.0
    taken: tuple[tuple[Claim, float], ...] = ()
    end: int = 0


def assign(claims: Sequence[Claim], now: Situation) -> list[tuple[Claim, float]]:
    """The claims to believe with their weights, in the order of the text."""
    weighed = [(one, weight(one, now)) for one in claims if not one.old]
    weighed = [(one, heavy) for one, heavy in weighed if heavy > 0.05]
    weighed.sort(key=lambda pair: (pair[0].start, pair[0].end, now.order[pair[0].slot]))
    paths = [_Path()]
    for one, heavy in weighed:
        grown = [_grown(path, one, heavy, now) for path in paths if _fits(path, one)]
        paths = sorted([*paths, *grown], key=lambda path: -path.sum)[:_BEAM]
    return list(paths[0].taken)


def _fits(path: _Path, one: Claim) -> bool:
    return one.start >= path.end and all(other.slot != one.slot for other, _ in path.taken)


def _grown(path: _Path, one: Claim, heavy: float, now: Situation) -> _Path:
    """Slots of one type are named in the order of the form, where nothing else tells."""
    mine = now.order[one.slot]
    swapped = any(o.type == one.type and now.order[o.slot] > mine for o, _ in path.taken)
    return _Path(path.sum + heavy - _OUT_OF_ORDER * swapped, (*path.taken, (one, heavy)), one.end)


def target(types: Mapping[str, str], asked: str, filled: Mapping[str, Value]) -> dict[str, str]:
    """By type, the slot that a correction means: the one asked for, else the last one filled."""
    found: dict[str, str] = {}
    last: dict[str, tuple[int, int]] = {}
    for name, type_ in types.items():
        if name == asked:
            found[type_], last[type_] = name, (1 << 62, 0)
        elif name in filled:
            when = (filled[name].message, filled[name].start)
            if when >= last.get(type_, (-1, -1)):
                found[type_], last[type_] = name, when
    return found


_GUESS = 0.55  # one of several open slots of the type, by their order alone
_DOUBTFUL = 0.45


def confidence(one: Claim, now: Situation, claims: Sequence[Claim]) -> float:
    """Between 0 and 1; see :mod:`.typed`. ``claims`` are all of the message."""
    if one.bad:
        meant = one.slot == now.asked or one.cue >= 0.4 or now.meant(one)
        return 0.8 if meant else 0.3
    if one.by in ("read", "offer"):
        return one.sure
    if one.by == "reworded":
        return one.cue
    if one.by == "context":
        return 0.5 + 0.35 * one.cue
    shown = _evidence(one, now)
    looks = TELLING[one.type] * one.sure
    both = 1 - (1 - looks) * (1 - shown)
    if shown >= 0.4:
        return both
    if one.slot in now.filled:
        return min(both, _DOUBTFUL)
    open_ = {c.slot for c in claims if c.span == one.span and c.type == one.type} - {*now.filled}
    return min(both, _GUESS) if len(open_) > 1 else both


def _evidence(one: Claim, now: Situation) -> float:
    asked = 0.95 if one.slot == now.asked else 0.0
    return max(asked, one.cue, one.corrects if now.meant(one) else 0.0)


def evidence(one: Claim, now: Situation) -> str:
    """What speaks for the claim, in words for operators."""
    said = []
    if now.meant(one) or one.by == "reworded":
        said.append("a correction")
    if one.by == "offer":
        said.append("what was offered is taken")
    elif one.slot == now.asked:
        said.append("the answer to the question")
    if one.by == "label":
        said.append("named by its label")
    elif one.by == "context":
        said.append("as in a marked example")
    elif one.cue >= 0.4:
        said.append("by the words beside it")
    return ", ".join(said) or "by its type"
