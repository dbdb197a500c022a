"""Prompts, choices, limits and expressions."""

from __future__ import annotations

import pytest

from .helpers import KIND, ORDER, says, slot


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (slot(ORDER, prompts={}), "prompts", "there is no prompt", "Write how"),
        (slot(ORDER, prompts={"en": [" "]}), "prompts", "there is no prompt", "Write how"),
        (
            lambda s: s["slots"][KIND].pop("choices"),
            "choices",
            "nothing to choose from",
            "Add choices",
        ),
        (
            lambda s: s["slots"][KIND]["choices"].append({"value": "refund"}),
            "choices",
            "2 times",
            "Remove",
        ),
        (
            lambda s: s["slots"][KIND]["choices"][0].update(synonyms={"en": ["Exchange "]}),
            "choices",
            "stands for “refund” and for “exchange”",
            "Keep it with one",
        ),
        (
            slot(ORDER, type="number", pattern="", minimum=5, maximum=1),
            "minimum",
            "least value, 5",
            "Exchange",
        ),
        (
            slot(ORDER, type="date", pattern="", earliest="+5", latest="1"),
            "earliest",
            "after the latest",
            "Exchange",
        ),
        (
            slot(ORDER, type="date", pattern="", earliest="2026-02-31"),
            "earliest",
            "no day of the calendar",
            "Write",
        ),
        (slot(ORDER, pattern=""), "pattern", "no expression", "Write one"),
        (slot(ORDER, pattern="(?=a)b"), "pattern", "cannot be used", "ahead or behind"),
        (slot(ORDER, pattern="a*"), "pattern", "cannot be used", "empty text"),
        (slot(ORDER, name="result"), "name", "for something else", "another name"),
    ],
)
def test_what_would_break_is_an_error(change, field, text, mends):
    says(change, field, text, mends, "error")


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (
            slot(KIND, offer={"action": "get_order", "items": "a", "value": "b", "label": "c"}),
            "choices",
            "the action's are used",
            "Remove one",
        ),
        (
            slot(ORDER, pattern=r"[a-zA-Z]+\b|\d+"),
            "pattern",
            "ordinary words, such as “hello”",
            "stricter",
        ),
        (slot(KIND, unit={"en": "kg"}), "unit", "makes no use of “unit”", "number"),
    ],
)
def test_what_is_likely_a_slip_is_a_warning(change, field, text, mends):
    says(change, field, text, mends, "warning")
