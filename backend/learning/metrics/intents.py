"""Intent recognition, and telling what is out of scope.

Out-of-scope recall is CLINC150's measure (Larson et al. 2019): the share of out-of-scope texts that
are taken for such. Because it can be bought with in-scope accuracy, it is also given at a set
in-scope accuracy.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from .means import mean


@dataclass(frozen=True, slots=True)
class Guess:
    """What was predicted for a text whose intent is ``right`` ("" if it is out of scope).

    ``intent`` is the likeliest one, ``sureness`` any number that is higher the surer it is that
    the text is in scope at all.
    """

    right: str
    intent: str
    sureness: float = 1.0


def accuracy(guesses: Iterable[Guess]) -> float | None:
    """The share of all texts, in scope and out (""), whose intent is the right one."""
    return mean(float(guess.right == guess.intent) for guess in guesses)


def in_scope_accuracy(guesses: Iterable[Guess]) -> float | None:
    return accuracy(guess for guess in guesses if guess.right)


def out_of_scope_recall(guesses: Iterable[Guess]) -> float | None:
    """The share of the out-of-scope texts that were predicted to be so (``intent`` "")."""
    return accuracy(guess for guess in guesses if not guess.right)


def auroc(guesses: Iterable[Guess]) -> float | None:
    """How often a text in scope is surer than one out of scope; equally sure counts half.

    The area under the receiver operating characteristic. None unless there are both.
    """
    inside: list[float] = []
    outside: list[float] = []
    for guess in guesses:
        (inside if guess.right else outside).append(guess.sureness)
    if not inside or not outside:
        return None
    inside.sort()
    outside.sort()
    won = 0.0
    for sureness in inside:
        below = bisect_left(outside, sureness)
        won += below + (bisect_right(outside, sureness) - below) / 2
    return won / (len(inside) * len(outside))


def recall_at_accuracy(guesses: Iterable[Guess], least: float) -> float | None:
    """Out-of-scope recall at the strictest threshold that keeps the in-scope accuracy.

    A text counts as out of scope where its sureness is below the threshold; one in scope is then
    right only if it is not. None where there are not both kinds of text, or where even without a
    threshold fewer than ``least`` of those in scope are right.
    """
    all_of_them = list(guesses)
    outside = [guess.sureness for guess in all_of_them if not guess.right]
    inside = [guess for guess in all_of_them if guess.right]
    right = sorted((one.sureness for one in inside if one.right == one.intent), reverse=True)
    needed = max(ceil(least * len(inside) - 1e-9), 0)  # 0.95 of 20 is 19, not a hair more
    if not outside or not inside or len(right) < needed:
        return None
    if not needed:
        return 1.0
    threshold = right[needed - 1]
    return sum(sureness < threshold for sureness in outside) / len(outside)
