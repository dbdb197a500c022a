"""Which language a visitor writes.

Tells languages apart by their script, which needs no model and is right for one word. Languages
that share a script count as the one named here; to add one, add its script, its texts in
``texts`` and its examples in ``understanding``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from backend.words import HAN

DEFAULT = "en"
# Per language what counts as one sign of it: a Han character, or a whole Latin word.
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("zh", re.compile(f"[{HAN}]")),
    ("en", re.compile(r"[A-Za-z\u00c0-\u024f]+")),
)
NAMES = {"en": {"en": "English", "zh": "Chinese"}, "zh": {"en": "英文", "zh": "中文"}}


def detect(text: str) -> str | None:
    """The language with most signs in the text; None where there are none (``???``, ``👍``)."""
    text = re.sub(r"https?://\S+|\S+@\S+", " ", text)
    counts = {language: len(pattern.findall(text)) for language, pattern in _SIGNS}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else None


def choose(newest_first: Iterable[str], locale: str) -> str:
    """The language of the newest text that has one, else the locale's, else English."""
    for text in newest_first:
        found = detect(text)
        if found:
            return found
    primary = locale.replace("_", "-").split("-")[0].lower()
    return primary if primary in dict(_SIGNS) else DEFAULT


def name(language: str, among: str) -> str:
    """What ``language`` is called in the language ``among``."""
    return NAMES.get(among, NAMES[DEFAULT]).get(language, language)
