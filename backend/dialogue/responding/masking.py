"""Sensitive values in what a customer's system was asked and answers, for what operators see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ..memory import Value

MASK = "••••"
_LEAST = 4  # characters; a shorter text is masked only where it stands alone


def texts_of(values: Iterable[Value]) -> tuple[str, ...]:
    """The texts by which these values can be recognised, longest first."""
    found = {text.strip() for one in values for text in (*_texts(one.value), one.text)}
    return tuple(sorted((text for text in found if text), key=lambda text: (-len(text), text)))


def masked(value: Any, texts: Collection[str]) -> Any:
    """The JSON value with every one of ``texts`` masked, in keys too; longer ones come first."""
    if not texts:
        return value
    if isinstance(value, str):
        return _masked_text(value, texts)
    if isinstance(value, Mapping):
        return {_masked_text(k, texts): masked(item, texts) for k, item in value.items()}
    if isinstance(value, list | tuple):
        return [masked(item, texts) for item in value]
    if isinstance(value, int | float) and not isinstance(value, bool) and str(value) in texts:
        return MASK
    return value


def _masked_text(text: str, texts: Collection[str]) -> str:
    for secret in filter(None, texts):
        if len(secret) >= _LEAST:
            text = text.replace(secret, MASK)
        elif text.strip() == secret:
            return MASK
    return text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
