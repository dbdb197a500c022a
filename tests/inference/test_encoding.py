from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import numpy as np
import pytest

from backend.inference.encoding import BATCH_TEXTS, ThreadedEncoder
from backend.inference.errors import ModelFailed, ModelUnavailable, Overloaded
from backend.inference.interfaces import EmbeddingKind, Embeddings

from .helpers import until


class Counting(ThreadedEncoder):
    """A text's vector is its length and 1; passes wait for the gate."""

    def __init__(self, *, max_waiting: int = 64, failures: int = 0) -> None:
        super().__init__("counting", 2, max_waiting=max_waiting)
        self.gate = threading.Event()
        self.gate.set()
        self.failures = failures
        self.passes: list[tuple[EmbeddingKind, int]] = []

    def _open(self) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError("no weights")

    def _encode(self, texts: Sequence[str], kind: EmbeddingKind) -> Embeddings:
        self.passes.append((kind, len(texts)))
        self.gate.wait(20)
        if "bad" in texts:
            raise ValueError("bad text")
        return np.array([[len(text), 1] for text in texts], np.float32)


async def test_rows_are_in_order_and_of_length_one() -> None:
    encoder = Counting()
    sizes = [number * 37 % 100 for number in range(100)]  # neither rising nor falling
    rows = await encoder.embed(["x" * size for size in sizes], "passage")
    assert rows.shape == (100, 2)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert np.allclose(rows[:, 0] / rows[:, 1], sizes, rtol=1e-4)
    assert max(size for _, size in encoder.passes) <= BATCH_TEXTS
    await encoder.aclose()


async def test_no_texts_give_no_rows() -> None:
    encoder = Counting()
    assert (await encoder.embed([], "query")).shape == (0, 2)


async def test_concurrent_queries_share_a_pass() -> None:
    encoder = Counting()
    encoder.gate.clear()
    first = asyncio.create_task(encoder.embed(["first"], "query"))
    await until(lambda: len(encoder.passes) == 1)
    others = [asyncio.create_task(encoder.embed(["x" * n], "query")) for n in range(5)]
    others.append(asyncio.create_task(encoder.embed(["passage"], "passage")))
    await until(lambda: encoder._inbox.qsize() == 6)
    encoder.gate.set()
    rows = await asyncio.gather(first, *others)
    assert sorted(encoder.passes[1:]) == [("passage", 1), ("query", 5)]
    assert [round(float(row[0, 0] / row[0, 1])) for row in rows] == [5, 0, 1, 2, 3, 4, 7]
    await encoder.aclose()


async def test_a_full_queue_refuses_at_once() -> None:
    encoder = Counting(max_waiting=1)
    encoder.gate.clear()
    running = asyncio.create_task(encoder.embed(["a"], "query"))
    await until(lambda: len(encoder.passes) == 1)
    waiting = asyncio.create_task(encoder.embed(["b"], "query"))
    await until(lambda: encoder._inbox.qsize() == 1)
    with pytest.raises(Overloaded):
        await encoder.embed(["c"], "query")
    encoder.gate.set()
    await asyncio.gather(running, waiting)
    await encoder.aclose()


async def test_a_pass_that_fails_fails_its_callers_and_no_other() -> None:
    encoder = Counting()
    with pytest.raises(ModelFailed, match="bad text"):
        await encoder.embed(["bad"], "query")
    assert (await encoder.embed(["good"], "query")).shape == (1, 2)
    await encoder.aclose()


async def test_a_cancelled_caller_does_not_disturb_the_others() -> None:
    encoder = Counting()
    encoder.gate.clear()
    first = asyncio.create_task(encoder.embed(["a"], "query"))
    await until(lambda: len(encoder.passes) == 1)
    second, third = (asyncio.create_task(encoder.embed(["b"], "query")) for _ in range(2))
    await until(lambda: encoder._inbox.qsize() == 2)
    second.cancel()
    first.cancel()
    await asyncio.wait({first, second})
    encoder.gate.set()
    assert (await third).shape == (1, 2)
    await encoder.aclose()


async def test_weights_that_do_not_load_are_reported_and_tried_again() -> None:
    encoder = Counting(failures=1)
    with pytest.raises(ModelUnavailable, match="no weights"):
        await encoder.load()
    assert (await encoder.embed(["a"], "query")).shape == (1, 2)
    await encoder.aclose()
    with pytest.raises(ModelUnavailable, match="closed"):
        await encoder.embed(["a"], "query")
