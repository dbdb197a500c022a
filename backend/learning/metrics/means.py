"""Averages that know when there is nothing to average."""

from __future__ import annotations

from collections.abc import Iterable


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of what counts; None if nothing does (the official scripts write NA)."""
    counted = [value for value in values if value is not None]
    return sum(counted) / len(counted) if counted else None
