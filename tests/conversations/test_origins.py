import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.conversations.origins import allowed, parse_pattern


@pytest.mark.parametrize(
    ("origin", "pattern", "expected"),
    [
        ("https://shop.example", "https://shop.example", True),
        ("https://SHOP.example", "https://shop.example", True),
        ("https://shop.example:443", "https://shop.example", True),
        ("http://shop.example", "https://shop.example", False),
        ("https://shop.example:8443", "https://shop.example", False),
        ("https://shop.example.evil.example", "https://shop.example", False),
        ("https://www.shop.example", "https://*.shop.example", True),
        ("https://a.b.shop.example", "https://*.shop.example", True),
        ("https://shop.example", "https://*.shop.example", False),
        ("https://evilshop.example", "https://*.shop.example", False),
        ("http://localhost:3000", "http://localhost:*", True),
        ("http://localhost.evil.example:3000", "http://localhost:*", False),
        ("http://[::1]:8000", "http://[::1]:8000", True),
        ("null", "https://shop.example", False),
        ("", "https://shop.example", False),
        ("https://user@shop.example", "https://shop.example", True),
    ],
)
def test_an_origin_is_held_against_a_pattern(origin, pattern, expected):
    assert allowed(origin, [pattern]) is expected


def test_self_is_the_servers_own_host_whatever_the_scheme():
    assert allowed("https://kefu.example", ["self"], "kefu.example")
    assert allowed("http://localhost:8000", ["self"], "localhost:8000")
    assert not allowed("http://localhost:8001", ["self"], "localhost:8000")


@pytest.mark.parametrize(
    "wrong",
    ["shop.example", "ftp://shop.example", "https://", "https://*", "https://a.*.example",
     "https://shop.example/path", "https://shop.example:port", "*"],
)  # fmt: skip
def test_a_pattern_that_cannot_mean_anything_says_what_is_wrong(wrong):
    with pytest.raises(ValueError, match=r"must|port"):
        parse_pattern(wrong)


@given(st.text(), st.lists(st.text(), max_size=3), st.text())
def test_rubbish_is_never_an_error(origin, patterns, host):
    assert allowed(origin, patterns, host) in (True, False)
