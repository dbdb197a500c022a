"""Which language a visitor writes.

Tells languages apart by their script, which needs no model and is right for one word. Languages
that share a script count as the one named here; to add one, add its script, its texts in
``texts`` and its examples in ``understanding``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from backend.words import HAN, STOP_WORDS

DEFAULT = "en"
# Per language what counts as one sign of it: a Han character, or a whole Latin word.
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("zh", re.compile(f"[{HAN}]")),
    ("en", re.compile(r"[A-Za-z\u00c0-\u024f]+")),
)
# Addresses are the same in every language. Han characters may stand right before them.
_ADDRESSES = re.compile(r"https?://[!-~]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
# What people of all languages write.
_COMMON = frozenset(["hello", "hi", "ok", "okay", "no", "pls", "thank", "thanks", "yes"])
NAMES = {"en": {"en": "English", "zh": "Chinese"}, "zh": {"en": "英文", "zh": "中文"}}


def detect(text: str) -> str | None:
    """The language with most signs in the text; None where there are none (``???``, ``👍``)."""
    text = _ADDRESSES.sub(" ", text)
    counts = {language: len(pattern.findall(text)) for language, pattern in _SIGNS}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else None


def choose(newest_first: Iterable[str], locale: str) -> str:
    """The language of the newest text that has one, else the locale's, else English.

    Names, addresses and sizes are no change of language: “88 King Street, Leeds” counts only where
    nothing more telling was said before.
    """
    faint = None
    for text in newest_first:
        found = detect(text)
        if found and _tells(text, found):
            return found
        faint = faint or found
    primary = locale.replace("_", "-").split("-")[0].lower()
    return faint or (primary if primary in dict(_SIGNS) else DEFAULT)


def _tells(text: str, language: str) -> bool:
    """Whether it is more than Latin names: it has one of English's small words."""
    if language != "en":
        return True
    words = re.findall(r"(?<![a-z0-9])[a-z]+(?![a-z0-9])", text.lower())
    return any(word in STOP_WORDS and word not in _COMMON for word in words)


def name(language: str, among: str) -> str:
    """What ``language`` is called in the language ``among``."""
    return NAMES.get(among, NAMES[DEFAULT]).get(language, language)
