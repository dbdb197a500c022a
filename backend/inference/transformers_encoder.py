"""Sentence embeddings from a BERT-like model through torch: mean pooling over the tokens.

Knows torch and transformers, imported when the encoder is loaded. Reads a folder or a name on the
Hugging Face hub; the bundled all-MiniLM-L6-v2 is a folder inside its package.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .bundled import MINILM
from .encoding import ThreadedEncoder
from .interfaces import EmbeddingKind, Embeddings
from .openmp import let_waiting_threads_sleep
from .weights import folder_problems, reinstall, require, transformers_problems

MAX_TOKENS = 512
E5_PREFIX: dict[EmbeddingKind, str] = {"query": "query: ", "passage": "passage: "}


class TransformersEncoder(ThreadedEncoder):
    """``source`` is a folder or a hub name; ``device`` is ``cpu``, ``cuda`` or ``auto``."""

    def __init__(
        self,
        name: str,
        source: str | None,
        *,
        dimension: int,
        device: str = "cpu",
        max_waiting: int = 64,
    ) -> None:
        super().__init__(name, dimension, max_waiting=max_waiting)
        self._source = source
        self._device = device
        self._prefix = E5_PREFIX if source and "e5" in Path(source).name.lower() else {}
        self._tokenizer: Any = None
        self._model: Any = None
        self._max_tokens = MAX_TOKENS

    def _open(self) -> None:
        let_waiting_threads_sleep()
        from .hub import choose_device, from_pretrained

        if self._source is None:
            require(folder_problems(MINILM.locate(), reinstall(MINILM)))
        else:
            require(transformers_problems(self._source))
        source = self._source or str(MINILM.locate())
        self._tokenizer = from_pretrained("AutoTokenizer", source)
        model = from_pretrained("AutoModel", source)
        self._model = model.to(choose_device(self._device)).eval()
        self._dimension = int(model.config.hidden_size)
        self._max_tokens = max_tokens(source, int(model.config.max_position_embeddings))

    def _encode(self, texts: Sequence[str], kind: EmbeddingKind) -> Embeddings:
        import torch

        prefix = self._prefix.get(kind, "")
        inputs = self._tokenizer(
            [prefix + text for text in texts],
            padding=True,
            truncation=True,
            max_length=self._max_tokens,
            return_tensors="pt",
        ).to(self._model.device)
        with torch.inference_mode():
            hidden = self._model(**inputs).last_hidden_state
        mask = inputs["attention_mask"].unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1)
        rows: Embeddings = mean.float().cpu().numpy()
        return rows

    def _shut(self) -> None:
        self._tokenizer = self._model = None


def max_tokens(source: str, positions: int) -> int:
    """The length that sentence-transformers trained with, where the folder says it."""
    file = Path(source) / "sentence_bert_config.json"
    if not file.is_file():
        return min(positions, MAX_TOKENS)
    return min(positions, int(json.loads(file.read_text("utf-8"))["max_seq_length"]))
