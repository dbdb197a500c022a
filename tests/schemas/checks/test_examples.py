"""Examples: enough of them, apart from those of others, with marks that mean something."""

from __future__ import annotations

import pytest

from .helpers import add, examples, says


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (add(examples={}), "examples", "Nobody can reach", "five ways"),
        (add(examples={"zh": ["几点开门"]}), "examples", "Nobody can reach", "five ways"),
        (
            add(examples={"en": ["Send something back, from order NT-10234!", "a b", "c d"]}),
            "examples.en",
            "the same example as “hours”: “send something back from order NT-10234”",
            "only there",
        ),
        (examples("[boots](itme)", "b", "c"), "examples.en", "as “itme”", "Did you mean “item”?"),
        (examples("[boots](Item)", "b", "c"), "examples.en", "cannot be read", "[boots](item)"),
        (examples("[boots] (item)", "b", "c"), "examples.en", "cannot be read", "[boots](item)"),
        (examples("[](item)", "b", "c"), "examples.en", "cannot be read", "[boots](item)"),
    ],
)
def test_what_would_break_is_an_error(change, field, text, mends):
    says(change, field, text, mends, "error")


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (
            add(examples={"en": ["open?", "Open!", "hours"]}),
            "examples.en",
            "2 examples in English",
            "five or more",
        ),
        (examples("a b", "", "c d", "e f"), "examples.en", "An example is empty", "remove"),
        (
            examples("from [10234](order)", "b", "c"),
            "examples.en",
            "no value of “order”",
            "mend the slot",
        ),
        (
            examples("a [repair](kind)", "b", "c"),
            "examples.en",
            "no value of “kind”",
            "mend the slot",
        ),
        (
            add(examples={"en": ["sending back of order NT-10234", "a b", "c d"]}),
            "examples.en",
            "order NT-10234” and “sending back of order NT-10234”",
            "",
        ),
    ],
)
def test_what_is_likely_a_slip_is_a_warning(change, field, text, mends):
    says(change, field, text, mends, "warning")
