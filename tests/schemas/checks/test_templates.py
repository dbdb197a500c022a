"""Templates that name what is not there."""

from __future__ import annotations

import pytest

from .helpers import ORDER, confirm, says, slot


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (confirm("{{ oder }}?"), "replies.confirm.en", "names “oder”", "Did you mean “order”?"),
        (confirm("{{ order "), "replies.confirm.en", "is not closed", "{{ name }}"),
        (confirm("{% if order %}"), "replies.confirm.en", "is not ended", "{% endif %}"),
        (confirm("{{ order | shout }}"), "replies.confirm.en", "shout", ""),
        (
            confirm("{{ result.number }}"),
            "replies.confirm.en",
            "no action has given one",
            "success",
        ),
        (
            lambda s: s["intents"][0]["replies"]["success"].update(en="{{ result.numbr }}"),
            "replies.success.en",
            "the result “numbr”",
            "Did you mean “number”?",
        ),
        (slot(ORDER, prompts={"en": ["{{ nobody }}?"]}), "prompts.en", "names “nobody”", ""),
        (
            slot(ORDER, refusal={"en": "{{ secret.shop_key }}"}),
            "refusal.en",
            "headers of an action only",
            "header",
        ),
    ],
)
def test_what_would_break_is_an_error(change, field, text, mends):
    says(change, field, text, mends, "error")
