"""Search: how many of the relevant passages are among the first ones found."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence

from .means import mean

Search = tuple[
    Collection[Hashable], Sequence[Hashable]
]  # what is relevant; what was found, best first


def recall_at(searches: Iterable[Search], k: int) -> float | None:
    """The mean over searches of the share of relevant passages among the first ``k``.

    A search to which nothing is relevant does not count. A passage that is found twice takes two
    of the ``k`` places, and is found once.
    """
    if k < 1:
        raise ValueError("k counts the first passages, and has to be 1 or more")
    return mean(
        len(set(found[:k]) & set(relevant)) / len(set(relevant))
        for relevant, found in searches
        if relevant
    )
