"""Running the record's blocking calls beside the event loop."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from channels.db import DatabaseSyncToAsync
from django.db import InterfaceError, OperationalError

P = ParamSpec("P")
T = TypeVar("T")

# The database is away, so that trying again helps; a fault of ours is none of these.
STORE_ERRORS = (OperationalError, InterfaceError)


@functools.cache
def _executor() -> ThreadPoolExecutor:
    # Threads of our own: one slow query holds up neither other visitors nor the model's work.
    return ThreadPoolExecutor(max_workers=8, thread_name_prefix="kefu-db")


def in_database(function: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """``await in_database(services.take)(id, user)`` runs it in a thread with a connection."""
    return DatabaseSyncToAsync(function, thread_sensitive=False, executor=_executor())
