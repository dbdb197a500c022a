"""What an intent does and says."""

from __future__ import annotations

import pytest

from .helpers import add, first, says, two, use


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (first(action=""), "action", "calls no action", "Choose"),
        (add(does="reply"), "replies.reply", "nothing to say", "Write"),
        (
            two(use(2, required=False, default="swap")),
            "slots.kind.default",
            "no value of the type choice",
            "Choose",
        ),
    ],
)
def test_what_would_break_is_an_error(change, field, text, mends):
    says(change, field, text, mends, "error")


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (
            lambda s: s["intents"][0]["replies"].pop("confirm"),
            "replies.confirm",
            "no text that asks",
            "Write",
        ),
        (
            lambda s: s["intents"][0]["replies"].pop("success"),
            "replies.success",
            "no text for success",
            "Write",
        ),
        (add(action="get_order"), "action", "which it does not call", "take the action out"),
        (add(replies={"failure": {"en": "Oh"}}), "replies.failure", "never said", "Remove"),
        (use(2, default="refund"), "slots.kind.default", "never used", "optional"),
    ],
)
def test_what_is_likely_a_slip_is_a_warning(change, field, text, mends):
    says(change, field, text, mends, "warning")
