"""What can go wrong in the model layer.

Each error says whether trying again helps (``retryable``) and, for the installer, what mends it
(``hint``). Neither text is ever shown to a visitor.
"""

from __future__ import annotations


class InferenceError(Exception):
    """A model could not do what it was asked."""

    retryable = True

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Overloaded(InferenceError):
    """The queue in front of the model is full; ``retry_after`` is in seconds."""

    def __init__(self, message: str, *, retry_after: float = 2.0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


class ModelUnavailable(InferenceError):
    """Weights are missing or damaged, or the setting names no model: a person must mend it."""

    retryable = False


class PromptTooLong(InferenceError):
    """The prompt and the tokens asked for do not fit the model's context."""

    retryable = False


class ModelFailed(InferenceError):
    """The model or its server failed at this request; another attempt may succeed."""
