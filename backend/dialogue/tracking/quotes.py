"""Where quoted words stand in what was said, white space, width and case aside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..types import Utterance
from .parsers.common import fold
from .reading import MOST_READ, Span

_WORD = re.compile(r"[a-z0-9]")


def locate(quote: str, said: Iterable[Utterance]) -> tuple[Utterance, Span] | None:
    """The first message that has the quotation, in whole words, and its place there."""
    words = fold(quote).split()
    if not words or len(quote) > MOST_READ:
        return None
    inner = r"\s+".join(re.escape(word) for word in words)
    before = r"(?<![a-z0-9])" if _WORD.match(words[0][0]) else ""
    after = r"(?![a-z0-9])" if _WORD.match(words[-1][-1]) else ""
    pattern = re.compile(before + inner + after)
    for utterance in said:
        match = pattern.search(fold(utterance.text))
        if match:
            return utterance, match.span()
    return None
