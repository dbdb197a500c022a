"""Slots that wait for each other, and calls that lack a value."""

from __future__ import annotations

import pytest

from .helpers import action, add, says, two, use


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (
            two(use(0, when={"kind": ["refund"]}), use(2, when={"order": ["1"]})),
            "slots",
            "“kind”, which waits for “order”",
            "condition",
        ),
        (use(0, when={"order": ["1"]}), "slots", "“order” waits for itself", "condition"),
        (
            action(0, url="https://a.example/{{ order }}/{{ item }}"),
            "slots",
            "“item” waits for itself",
            "offers",
        ),
        (
            add(slots=[{"slot": "item"}]),
            "slots.item",
            "needs the slot “order”, which this intent lacks",
            "Add the slot",
        ),
        (use(0, required=False), "action", "“order”, which may be empty", "Make it required"),
    ],
)
def test_what_would_break_is_an_error(change, field, text, mends):
    says(change, field, text, mends, "error")


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (
            lambda s: (
                s["intents"][0]["slots"].insert(0, {"slot": "kind", "when": {"order": ["a"]}})
                or s["intents"][0]["slots"].pop()
            ),
            "slots",
            "which comes after it",
            "Move “kind” below “order”",
        ),
        (use(1, required=False), "slots.item", "are never shown", "Make it required"),
    ],
)
def test_what_is_likely_a_slip_is_a_warning(change, field, text, mends):
    says(change, field, text, mends, "warning")
