"""Which model server to ask next.

Pure: knows addresses, failures and a clock that it is given; it asks nobody itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass
class Server:
    """One address. A server that failed rests, and is on probation until it answers again."""

    url: str
    running: int = 0
    resting_until: float = 0.0
    on_probation: bool = False


class ServerPool:
    """Orders servers: those at work before those that rest, the least busy first.

    ``cooldown`` is how long (seconds of ``clock``) one that failed rests.
    """

    def __init__(self, urls: Sequence[str], *, cooldown: float, clock: Callable[[], float]) -> None:
        self.servers = tuple(Server(url) for url in urls)
        self._cooldown = cooldown
        self._clock = clock
        self._turn = 0

    def order(self) -> list[Server]:
        """All servers, the one to ask first in front. Equals take turns.

        Those that rest come last, the one that has rested longest first: asking it is better than
        refusing where no other is left.
        """
        count = len(self.servers)
        self._turn = (self._turn + 1) % count
        turned = [self.servers[(self._turn + i) % count] for i in range(count)]
        now = self._clock()
        return sorted(turned, key=lambda server: _rank(server, now))

    def failed(self, server: Server) -> None:
        server.resting_until = self._clock() + self._cooldown
        server.on_probation = True

    def answered(self, server: Server) -> None:
        server.resting_until = 0.0
        server.on_probation = False


def _rank(server: Server, now: float) -> tuple[float, int]:
    resting = server.resting_until > now
    return (server.resting_until if resting else 0.0, server.running)
