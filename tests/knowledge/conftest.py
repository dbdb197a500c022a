from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dialogue.conftest import BagEncoder


@pytest.fixture
def encoder() -> BagEncoder:
    return BagEncoder()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes an article's file and returns the folder."""

    def _write(name: str, body: str = "Some text.", head: str = "title: A title") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{head}\n---\n{body}\n")
        return tmp_path

    return _write
