"""Finding stop strings in text that comes in pieces.

Pure: knows strings only, no model and no token. Shared by every generator, so that all of them end
at the same character.
"""

from __future__ import annotations

from collections.abc import Iterable


class StopScanner:
    """Lets text through up to the first stop string, however the text is cut into pieces.

    The stop that is complete first (the smallest end) ends the text; where several end at the same
    character the longest counts. Text that may be the beginning of a stop is held back until the
    next piece decides, so a stop is never shown in part.
    """

    def __init__(self, stops: Iterable[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""
        self.stopped = False

    def feed(self, piece: str) -> str:
        """Return the text that is now safe to show; "" once a stop was met."""
        if self.stopped:
            return ""
        text = self._held + piece
        cut = self._first_stop(text)
        if cut is not None:
            self.stopped, self._held = True, ""
            return text[:cut]
        keep = self._begun(text)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]

    def flush(self) -> str:
        """Return what is still held back, when no more text comes."""
        held, self._held = self._held, ""
        return held

    def _first_stop(self, text: str) -> int | None:
        """Where the stop that completes first begins."""
        found = [(at + len(stop), at) for stop in self._stops if (at := text.find(stop)) >= 0]
        return min(found)[1] if found else None

    def _begun(self, text: str) -> int:
        """How many characters at the end of ``text`` may begin a stop."""
        return max((_overlap(text, stop) for stop in self._stops), default=0)


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of ``text`` that is a beginning of ``stop``, but not all of it."""
    longest = min(len(text), len(stop) - 1)
    return next((n for n in range(longest, 0, -1) if text.endswith(stop[:n])), 0)
