"""Softmax regression on a few hundred vectors: trained by scikit-learn, kept as two arrays.

Knows nothing of intents. scikit-learn is imported when something is trained, since that takes a
second, and is not needed to read with what was trained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Linear:
    """``coefficients`` has the shape ``(classes, features)``, ``intercepts`` ``(classes,)``."""

    coefficients: Numbers
    intercepts: Numbers

    def logits(self, rows: NDArray[np.floating]) -> Numbers:
        """Of shape ``(len(rows), classes)``."""
        made: Numbers = rows @ self.coefficients.T + self.intercepts
        return made


def train(
    rows: NDArray[np.floating],
    classes: Sequence[int] | NDArray[np.intp],
    weights: Numbers | None = None,
    *,
    strength: float,
) -> Linear:
    """Fit classes 0, 1, … (at least two, each met) to the rows; the same input gives the same.

    ``strength`` is the inverse of L2 regularisation, scikit-learn's ``C``.
    """
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    # Products this small gain nothing from a second thread, and threads that wait for each other
    # by spinning cost a hundredfold where other work has the cores.
    with threadpool_limits(1, "blas"):
        fitted = LogisticRegression(C=strength, max_iter=1000).fit(rows, classes, weights)
    coefficients, intercepts = fitted.coef_.astype(float), fitted.intercept_.astype(float)
    if len(fitted.classes_) == 2:  # it keeps one row for both classes
        coefficients = np.concatenate([-coefficients, coefficients]) / 2
        intercepts = np.concatenate([-intercepts, intercepts]) / 2
    return Linear(coefficients, intercepts)


def balanced(classes: NDArray[np.intp]) -> Numbers:
    """Weights by which every class counts the same, 1 on average."""
    counts = np.bincount(classes)
    made: Numbers = (len(classes) / ((counts > 0).sum() * counts.clip(1)))[classes]
    return made


def softmax(logits: Numbers) -> Numbers:
    """Along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    made: Numbers = raised / raised.sum(axis=-1, keepdims=True)
    return made
