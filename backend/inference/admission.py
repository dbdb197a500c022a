"""One thread that owns a model, and the bounded queue in front of it.

Knows asyncio and threads, and how requests are admitted, cancelled and ended. Knows no model
library: a generator fills in :meth:`ThreadedGenerator._open` and :meth:`ThreadedGenerator._serve`,
which run in the thread alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import AsyncGenerator
from concurrent.futures import Future

from .errors import InferenceError, ModelFailed, ModelUnavailable, Overloaded
from .types import GenerationRequest

SHORTEST_RETRY, LONGEST_RETRY = 1.0, 30.0  # seconds
JOIN_TIMEOUT = 30.0  # seconds that closing waits for the model's thread


class Ticket:
    """One admitted request: the model's thread writes text, the event loop reads it."""

    def __init__(self, request: GenerationRequest) -> None:
        self.request = request
        self.began = time.monotonic()
        self._loop = asyncio.get_running_loop()
        self._pieces: asyncio.Queue[str | InferenceError | None] = asyncio.Queue()
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        self._cancelled.set()

    def put(self, piece: str) -> None:
        if piece:
            self._send(piece)

    def end(self, error: InferenceError | None = None) -> None:
        self._send(error)

    async def pieces(self) -> AsyncGenerator[str, None]:
        while (item := await self._pieces.get()) is not None:
            if isinstance(item, InferenceError):
                raise item
            yield item

    def _send(self, item: str | InferenceError | None) -> None:
        try:
            self._loop.call_soon_threadsafe(self._pieces.put_nowait, item)
        except RuntimeError:  # the reader's event loop has closed: nobody is left to tell
            self.cancel()


class ThreadedGenerator:
    """The half of a local generator that is the same for every model library.

    At most ``max_concurrent`` requests run and ``max_waiting`` wait; one more is refused with
    ``Overloaded``. A request holds its place until the model's thread has let go of it, so
    abandoned work counts as load too.
    """

    def __init__(self, name: str, *, max_concurrent: int, max_waiting: int) -> None:
        self._name = name
        self._max_concurrent = max_concurrent
        self._limit = max_concurrent + max_waiting
        self._lock = threading.Lock()
        self._inbox: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._loaded: Future[None] = Future()
        self._admitted: set[Ticket] = set()
        self._closing = threading.Event()
        self._mean_seconds = SHORTEST_RETRY

    @property
    def name(self) -> str:
        return self._name

    @property
    def supports_json_schema(self) -> bool:
        return False

    async def load(self) -> None:
        with self._lock:
            loaded = self._start()
        await asyncio.wrap_future(loaded)

    async def stream(self, request: GenerationRequest) -> AsyncGenerator[str, None]:
        ticket = self._admit(request)
        try:
            async with contextlib.aclosing(ticket.pieces()) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            ticket.cancel()

    async def aclose(self) -> None:
        with self._lock:
            self._closing.set()
            thread = self._thread
        if thread is not None:
            self._inbox.put(None)
            await asyncio.to_thread(thread.join, JOIN_TIMEOUT)

    # What a model library fills in; all of it runs in the model's thread.

    def _open(self) -> None:
        """Load the weights. Raises ModelUnavailable."""
        raise NotImplementedError

    def _serve(self) -> None:
        """Work until ``_closing`` is set; each ticket is passed to :meth:`_release` when done.

        Tickets that were not are ended when this returns or raises.
        """
        raise NotImplementedError

    def _shut(self) -> None:
        """Free the weights."""

    # What it may call for that.

    def _take(self, *, block: bool) -> list[Ticket]:
        """The requests that have come; waits for one (or for closing) where ``block``."""
        taken: list[Ticket] = []
        with contextlib.suppress(queue.Empty):
            first = self._inbox.get(block=block)
            taken += [first] if first else []
            while (ticket := self._inbox.get_nowait()) is not None:
                taken.append(ticket)
        return taken

    def _release(self, ticket: Ticket, error: InferenceError | None = None) -> None:
        """Let go of a ticket: its stream ends, and its place is free."""
        with self._lock:
            self._admitted.discard(ticket)
            if error is None:
                seconds = time.monotonic() - ticket.began
                self._mean_seconds += 0.2 * (seconds - self._mean_seconds)
        ticket.end(error)

    # The rest is this module's own.

    def _admit(self, request: GenerationRequest) -> Ticket:
        ticket = Ticket(request)
        with self._lock:
            if len(self._admitted) >= self._limit:
                raise Overloaded(
                    f"{self._name}: {len(self._admitted)} requests are running or waiting",
                    retry_after=self._retry_after(),
                    hint="Add model servers, or raise the number that may wait.",
                )
            self._start()
            self._admitted.add(ticket)
            self._inbox.put(ticket)
        return ticket

    def _retry_after(self) -> float:
        """Seconds until a place should be free, from how long recent requests took."""
        expected = self._mean_seconds / self._max_concurrent
        return min(max(expected, SHORTEST_RETRY), LONGEST_RETRY)

    def _start(self) -> Future[None]:
        """Start the thread unless it runs. The caller holds the lock."""
        if self._closing.is_set():
            raise ModelUnavailable(f"{self._name} was closed", hint="Make a new generator.")
        if self._thread is None:
            self._loaded = Future()
            self._loaded.set_running_or_notify_cancel()  # one impatient caller can't cancel it
            self._thread = threading.Thread(
                target=self._main, args=(self._loaded,), name=f"model {self._name}", daemon=True
            )
            self._thread.start()
        return self._loaded

    def _main(self, loaded: Future[None]) -> None:
        try:
            self._open()
        except BaseException as error:
            self._give_up(as_unavailable(self._name, error), loaded)
            return
        loaded.set_result(None)
        problem: InferenceError = ModelFailed(f"{self._name} was closed")
        try:
            self._serve()
        except Exception as error:
            problem = ModelFailed(f"{self._name} broke down: {error}")
            raise
        finally:
            self._shut()
            self._give_up(problem)

    def _give_up(self, error: InferenceError, loaded: Future[None] | None = None) -> None:
        """End every request that is left; the next one starts a fresh thread."""
        with self._lock:
            self._thread = None
            self._take(block=False)
            left = list(self._admitted)
        for ticket in left:
            self._release(ticket, error)
        if loaded is not None:
            loaded.set_exception(error)


def as_unavailable(name: str, error: BaseException) -> InferenceError:
    if isinstance(error, InferenceError):
        return error
    unavailable = ModelUnavailable(
        f"{name} could not be loaded: {type(error).__name__}: {error}",
        hint="Run `python manage.py check` to see what is missing or damaged.",
    )
    unavailable.__cause__ = error
    return unavailable
