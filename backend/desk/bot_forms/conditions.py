"""The values at which a slot counts, as a person types them and as the engine compares them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .defaults import NO, YES

SEPARATOR = re.compile(r"[,，、;；]")


def split_values(text: str) -> list[str]:
    return [word.strip() for word in SEPARATOR.split(text) if word.strip()]


def condition_values(
    words: Iterable[str], kind: str, choices: Iterable[dict[str, Any]]
) -> tuple[list[str], list[str]]:
    """The values that the words stand for, and what is wrong with those that stand for none.

    A choice may be named by its label too. A slot of another type takes any word.
    """
    known = _known(kind, choices)
    if not known:
        return list(words), []
    found, wrong = [], []
    for word in words:
        value = known.get(word.casefold())
        if value is None:
            shown = ", ".join(dict.fromkeys(known))
            wrong.append(_("“%(word)s” is none of: %(known)s.") % {"word": word, "known": shown})
        else:
            found.append(value)
    return found, wrong


def condition_words(values: Iterable[str], kind: str) -> str:
    """The values as a person reads and types them."""
    shown = {"true": "yes", "false": "no"} if kind == "yes_no" else {}
    return ", ".join(shown.get(value, value) for value in values)


def _known(kind: str, choices: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Values by the words for them."""
    if kind == "yes_no":
        return dict.fromkeys(YES, "true") | dict.fromkeys(NO, "false")
    if kind != "choice":
        return {}
    found: dict[str, str] = {}
    for choice in choices:
        for word in (*choice.get("labels", {}).values(), choice["value"]):
            found[word.casefold()] = choice["value"]
    return found
