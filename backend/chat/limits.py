"""Rates that one socket is held to. Takes its clock as an argument, so that tests need not wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable


class Window:
    """At most ``most`` happenings in any ``seconds``; refused ones do not count."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float]) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._times: deque[float] = deque()

    def admit(self) -> bool:
        """Whether one more fits now; if so it is counted."""
        now = self._clock()
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        if len(self._times) >= self._most:
            return False
        self._times.append(now)
        return True

    @property
    def wait(self) -> float:
        """Seconds until one more fits."""
        if len(self._times) < self._most:
            return 0.0
        return max(0.0, self._times[0] + self._seconds - self._clock())


class SocketLimits:
    """What ``docs/protocol.md`` allows one socket."""

    def __init__(self, clock: Callable[[], float]) -> None:
        # 20 frames a second "for long": a burst is let through, a stream is not.
        self.frames = Window(100, 5.0, clock)
        self.messages = Window(10, 10.0, clock)
        self.refusals = Window(20, 10.0, clock)
        self.bad_frames = Window(19, 60.0, clock)
