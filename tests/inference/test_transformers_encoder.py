from __future__ import annotations

import numpy as np
import pytest

from backend.inference.errors import ModelUnavailable
from backend.inference.factory import make_encoder
from backend.inference.transformers_encoder import TransformersEncoder


def reference(folder: str, text: str) -> np.ndarray:
    """Mean of the last layer over one unpadded text."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    inputs = AutoTokenizer.from_pretrained(folder)(text, return_tensors="pt")
    with torch.inference_mode():
        hidden = AutoModel.from_pretrained(folder).eval()(
            input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"]
        )
    mean = hidden.last_hidden_state[0].mean(0).numpy()
    return np.asarray(mean / np.linalg.norm(mean))


async def test_rows_are_the_mean_of_each_text_alone_with_the_prefix_of_e5(tiny_bert: str) -> None:
    encoder = make_encoder(f"transformers:{tiny_bert}")
    texts = ["Hello there", "你好", "It takes three to five days."]
    for kind in ("query", "passage"):
        rows = await encoder.embed(texts, kind)
        expected = np.array([reference(tiny_bert, f"{kind}: {text}") for text in texts])
        assert np.allclose(rows, expected, atol=1e-5)
    assert encoder.dimension == 32
    await encoder.aclose()


async def test_a_text_of_any_length_is_embedded(tiny_bert: str) -> None:
    encoder = make_encoder(f"transformers:{tiny_bert}")
    rows = await encoder.embed(["", "word " * 5000], "passage")
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    await encoder.aclose()


async def test_no_texts_have_the_shape_that_the_weights_say(tiny_bert: str) -> None:
    encoder = make_encoder(f"transformers:{tiny_bert}")
    assert (await encoder.embed([], "query")).shape == (0, 32)
    await encoder.aclose()


async def test_a_model_that_is_no_e5_gets_no_prefix(tiny_bert: str, tmp_path_factory) -> None:
    import shutil

    folder = shutil.copytree(tiny_bert, tmp_path_factory.mktemp("plain") / "bert")
    encoder = TransformersEncoder("plain", str(folder), dimension=0)
    rows = await encoder.embed(["Hello there"], "query")
    assert np.allclose(rows[0], reference(str(folder), "Hello there"), atol=1e-5)
    await encoder.aclose()


async def test_a_missing_folder_is_unavailable() -> None:
    encoder = make_encoder("transformers:/no/such/folder")
    with pytest.raises(ModelUnavailable, match="no folder"):
        await encoder.load()
    await encoder.aclose()
