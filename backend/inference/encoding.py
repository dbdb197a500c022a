"""Embedding texts in one thread that owns the encoder.

Knows asyncio, threads and how concurrent requests are put into one batch. Knows no model library:
an encoder fills in :meth:`ThreadedEncoder._open` and :meth:`ThreadedEncoder._encode`, which run in
the thread alone.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from .admission import JOIN_TIMEOUT, as_unavailable
from .errors import InferenceError, ModelFailed, ModelUnavailable, Overloaded
from .interfaces import EmbeddingKind, Embeddings
from .prompts import well_formed

BATCH_TEXTS = (
    32  # texts in one pass; a large import waits between passes, so queries get their turn
)


@dataclass
class _Job:
    texts: Sequence[str]
    kind: EmbeddingKind
    result: Future[Embeddings] = field(default_factory=Future)


class ThreadedEncoder:
    """The half of a local encoder that is the same for every model library.

    At most ``max_waiting`` passes wait; one more is refused with ``Overloaded``.
    """

    def __init__(self, name: str, dimension: int, *, max_waiting: int = 64) -> None:
        self._name = name
        self._dimension = dimension
        self._max_waiting = max_waiting
        self._lock = threading.Lock()
        self._inbox: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._loaded: Future[None] = Future()
        self._closed = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    async def load(self) -> None:
        with self._lock:
            loaded = self._start()
        await asyncio.wrap_future(loaded)

    async def embed(self, texts: Sequence[str], kind: EmbeddingKind) -> Embeddings:
        if not self._dimension:  # known only to the weights
            await self.load()
        rows = np.zeros((len(texts), self._dimension), np.float32)
        # Texts of one length together: a pass is as long as its longest text.
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        for start in range(0, len(texts), BATCH_TEXTS):
            batch = order[start : start + BATCH_TEXTS]
            job = self._submit([well_formed(texts[number]) for number in batch], kind)
            made: Embeddings = await asyncio.wrap_future(job.result)
            rows[batch] = made
        return rows

    async def aclose(self) -> None:
        with self._lock:
            self._closed = True
            thread = self._thread
        if thread is not None:
            self._inbox.put(None)
            await asyncio.to_thread(thread.join, JOIN_TIMEOUT)

    def _open(self) -> None:
        """Load the weights; may set ``_dimension``. Raises ModelUnavailable."""
        raise NotImplementedError

    def _encode(self, texts: Sequence[str], kind: EmbeddingKind) -> Embeddings:
        """Return float32 of shape ``(len(texts), dimension)``; rows need not be of length 1."""
        raise NotImplementedError

    def _shut(self) -> None:
        """Free the weights."""

    def _submit(self, texts: Sequence[str], kind: EmbeddingKind) -> _Job:
        job = _Job(texts, kind)
        with self._lock:
            if self._inbox.qsize() >= self._max_waiting:
                raise Overloaded(f"{self._name}: {self._max_waiting} embeddings are waiting")
            self._start()
            self._inbox.put(job)
        return job

    def _start(self) -> Future[None]:
        """Start the thread unless it runs. The caller holds the lock."""
        if self._closed:
            raise ModelUnavailable(f"{self._name} was closed", hint="Make a new encoder.")
        if self._thread is None:
            self._loaded = Future()
            self._loaded.set_running_or_notify_cancel()
            self._thread = threading.Thread(
                target=self._main, args=(self._loaded,), name=f"encoder {self._name}", daemon=True
            )
            self._thread.start()
        return self._loaded

    def _main(self, loaded: Future[None]) -> None:
        try:
            self._open()
        except BaseException as error:
            unavailable = as_unavailable(self._name, error)
            self._give_up(unavailable)
            loaded.set_exception(unavailable)
            return
        loaded.set_result(None)
        while jobs := self._take():
            for kind, group in groupby(sorted(jobs, key=_kind), key=_kind):
                self._work(list(group), kind)
        self._shut()
        self._give_up(ModelFailed(f"{self._name} was closed"))

    def _take(self) -> list[_Job]:
        """The jobs that wait now, up to a batch; none means closing."""
        jobs: list[_Job] = []
        job = self._inbox.get()
        while job is not None:
            jobs.append(job)
            if self._inbox.empty() or sum(len(job.texts) for job in jobs) >= BATCH_TEXTS:
                return jobs
            job = self._inbox.get()
        self._inbox.put(None)  # closing: met again after these jobs
        return jobs

    def _work(self, jobs: list[_Job], kind: EmbeddingKind) -> None:
        jobs = [job for job in jobs if job.result.set_running_or_notify_cancel()]
        if not jobs:
            return
        texts = [text for job in jobs for text in job.texts]
        try:
            rows = unit_rows(self._encode(texts, kind))
        except Exception as error:
            failed = ModelFailed(f"{self._name} failed: {type(error).__name__}: {error}")
            failed.__cause__ = error
            for job in jobs:
                job.result.set_exception(failed)
            return
        for job in jobs:
            job.result.set_result(rows[: len(job.texts)])
            rows = rows[len(job.texts) :]

    def _give_up(self, error: InferenceError) -> None:
        """End every waiting job; the next one starts a fresh thread."""
        with self._lock:
            self._thread = None
            while not self._inbox.empty():
                job = self._inbox.get()
                if job is not None and job.result.set_running_or_notify_cancel():
                    job.result.set_exception(error)


def _kind(job: _Job) -> EmbeddingKind:
    return job.kind


def unit_rows(rows: Embeddings) -> Embeddings:
    """Scale each row to length 1; a row of zeros becomes the first unit vector."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    empty = lengths[:, 0] == 0
    units: Embeddings = (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    units[empty, 0] = 1
    return units
