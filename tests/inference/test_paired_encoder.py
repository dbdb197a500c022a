from __future__ import annotations

import numpy as np
import pytest

from backend.inference.paired_encoder import SHARE, PairedEncoder
from backend.inference.scripted import HashEncoder


@pytest.fixture
def pair() -> PairedEncoder:
    return PairedEncoder(HashEncoder(), HashEncoder())


async def test_vectors_are_of_length_one_in_every_language(pair: PairedEncoder) -> None:
    rows = await pair.embed(["How much is delivery?", "运费多少", "", "A 和 B"], "query")
    assert rows.shape == (4, pair.dimension)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)


async def test_the_likeness_is_the_weighted_mean_of_both(pair: PairedEncoder) -> None:
    single = HashEncoder()
    question, answer = "delivery costs", "delivery costs £3"
    one = await single.embed([question], "query") @ (await single.embed([answer], "passage")).T
    both = await pair.embed([question], "query") @ (await pair.embed([answer], "passage")).T
    np.testing.assert_allclose(both, SHARE * one + (1 - SHARE) * one, rtol=1e-5)


async def test_a_text_that_the_second_cannot_read_is_likened_by_the_first_alone(
    pair: PairedEncoder,
) -> None:
    single = HashEncoder()
    one = await single.embed(["运费"], "query") @ (await single.embed(["运费 £3"], "passage")).T
    both = await pair.embed(["运费"], "query") @ (await pair.embed(["运费 £3"], "passage")).T
    np.testing.assert_allclose(both, SHARE * one, rtol=1e-5)


async def test_no_texts_make_no_vectors(pair: PairedEncoder) -> None:
    assert (await pair.embed([], "passage")).shape == (0, pair.dimension)
    assert pair.name.count("+") == 1
