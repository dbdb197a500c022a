"""What pieces of a draft are called on the page."""

from __future__ import annotations

from typing import Any


def title_of(piece: Any, language: str) -> str:
    """Its title in the language, else in English, else in any; else its name."""
    titles = getattr(piece, "title", None) or {}
    for key in (language, "en", *titles):
        if titles.get(key):
            return str(titles[key])
    return str(piece.name)
