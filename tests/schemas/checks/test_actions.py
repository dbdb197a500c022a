"""Addresses, headers, bodies and what is read from answers."""

from __future__ import annotations

import pytest

from .helpers import ITEM, ORDER, action, says, slot


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (action(0, url=""), "url", "no address", "https://"),
        (action(0, url="ftp://shop.example/{{ order }}"), "url", "is no address", "https://"),
        (action(0, url="https://{{ order }}.example/"), "url", "is no address", "in plain text"),
        (action(0, url="{{ order }}"), "url", "is no address", "in plain text"),
        (
            action(0, url="https://user@shop.example/{{ order }}"),
            "url",
            "is no address",
            "in plain text",
        ),
        (
            action(0, url="https://shop.example/{{ oder }}"),
            "url",
            "names “oder”",
            "Did you mean “order”?",
        ),
        (
            action(0, url="https://shop.example/{{ secret.shop_key }}"),
            "url",
            "headers of an action only",
            "header",
        ),
        (action(1, body={"a": {"b": ["{{ orde }}"]}}), "body.a.b.0", "names “orde”", "“order”"),
        (
            action(1, body={"key": "{{ secret.shop_key }}"}),
            "body.key",
            "headers of an action only",
            "header",
        ),
        (
            action(1, headers={"X-Key": "{{ secret['shop_key'] }}"}),
            "headers.X-Key",
            "A secret",
            "{{ secret.name }}",
        ),
        (
            action(1, headers={"X Key": "{{ order }}"}),
            "headers.X Key",
            "cannot be set as a header",
            "",
        ),
        (action(1, headers={"Host": "a"}), "headers.Host", "cannot be set as a header", ""),
        (action(1, results={"number": "return."}), "results.number", "no JMESPath", "order.lines"),
        (
            action(1, results={"number": "size(lines)"}),
            "results.number",
            "no function “size”",
            "Use one of",
        ),
        (
            lambda s: s["slots"][ITEM]["offer"].update(items="lines[?"),
            "offer.items",
            "no JMESPath",
            "",
        ),
        (action(0, method="POST"), "offer", "called with POST", "GET"),
    ],
)
def test_what_would_break_is_an_error(change, field, text, mends):
    says(change, field, text, mends, "error")


@pytest.mark.parametrize(
    ("change", "field", "text", "mends"),
    [
        (action(0, url="http://shop.example/{{ order }}"), "url", "without encryption", "https://"),
        (action(1, body={"a": "{{ order.x.y.z }}"}), "body", "", ""),
        (slot(ORDER, sensitive=True), "url", "stands in the address", "into the body"),
    ],
)
def test_what_is_likely_a_slip_is_a_warning(change, field, text, mends):
    says(change, field, text, mends, "warning")
