"""Keeps the cues of services that were tracked lately, so that a turn need not compile them."""

from __future__ import annotations

from collections import OrderedDict

from ..schema import Service
from .cues import Context, Cues, contexts

_MOST_SERVICES, _MOST_CHOICES = 32, 64


class Compiled:
    """Cues by service and slots. A service is known again by identity, else by being equal."""

    def __init__(self) -> None:
        self._services: OrderedDict[int, tuple[Service, Context]] = OrderedDict()
        self._cues: OrderedDict[tuple[int, tuple[str, ...]], Cues] = OrderedDict()

    def cues(self, service: Service, slots: tuple[str, ...]) -> Cues:
        known, learnt = self._known(service)
        key = (id(known), slots)
        if key not in self._cues:
            self._cues[key] = Cues(known, slots, learnt)
            while len(self._cues) > _MOST_CHOICES:
                self._cues.popitem(last=False)
        self._cues.move_to_end(key)
        return self._cues[key]

    def _known(self, service: Service) -> tuple[Service, Context]:
        same = self._services.get(id(service))
        if same is None:
            same = next((one for one in self._services.values() if one[0] == service), None)
        if same is None:
            same = (service, contexts(service))
            self._services[id(service)] = same
            while len(self._services) > _MOST_SERVICES:
                self._forget(*self._services.popitem(last=False))
        return same

    def _forget(self, key: int, _: tuple[Service, Context]) -> None:
        for found in [found for found in self._cues if found[0] == key]:
            del self._cues[found]
