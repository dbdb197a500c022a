"""What a turn's work may end with, besides the model's own errors."""

from __future__ import annotations


class LostTurn(Exception):
    """The turn was stopped, taken over, or picked up by someone else."""
