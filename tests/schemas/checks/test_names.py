"""Names that lead nowhere or stand for two things."""

from __future__ import annotations

import pytest

from .helpers import ITEM, first, says, use


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (use(0, slot="oder"), "slots", "the slot “oder”", "Did you mean “order”?"),
        (first(action="create"), "action", "the action “create”", "Did you mean “create_return”?"),
        (
            lambda s: s["slots"][ITEM]["offer"].update(action="x"),
            "offer",
            "the action “x”",
            "Use one of",
        ),
        (use(2, when={"itme": ["a"]}), "slots.kind.when", "names “itme”", "Did you mean “item”?"),
        (use(1, when={"kind": ["swap"]}), "slots.item.when", "“kind” to be “swap”", "Use one of"),
        (use(1, when={"kind": []}), "slots.item.when", "names no value", "at least one"),
        (lambda s: s["slots"].append(s["slots"][0]), "", "stands for 2 slots", "a name of its own"),
        (
            lambda s: s["intents"].append(s["intents"][0]),
            "",
            "stands for 2 intents",
            "a name of its own",
        ),
        (
            lambda s: s["intents"][0]["slots"].append({"slot": "order"}),
            "slots",
            "2 times",
            "Remove it",
        ),
    ],
)
def test_what_would_break_is_an_error(change, field, text, mends):
    says(change, field, text, mends, "error")


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (
            lambda s: s["slots"].append({"name": "spare", "type": "text"}),
            "",
            "No intent uses this slot",
            "delete",
        ),
        (
            lambda s: s["actions"].append({"name": "a", "url": "https://a.example/"}),
            "",
            "calls this action",
            "delete",
        ),
    ],
)
def test_what_is_likely_a_slip_is_a_warning(change, field, text, mends):
    says(change, field, text, mends, "warning")
