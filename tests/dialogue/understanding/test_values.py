import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.understanding.values import masked, without_addresses, without_values


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("renew 88213 jo@example.org", "renew"),
        ("renew, policy number 88213, my e-mail is jo@example.org", "renew"),
        ("KF1234 cancel please", "cancel please"),
        ("call me back on +44 7700 900123", "call me back on"),
        ("call 07700 900 123 now", "call now"),
        ("move it to 2026-11-28", "move it to"),
        ("see https://example.org/a?b=1 again", "see again"),
        ("退订，订单号：KF1234，邮箱jo@example.org", "退订"),
        ("开发票 KF1234 手机13800138000", "开发票"),
        ("订单号5561，邮箱jo@example.org", ""),
    ],
)
def test_a_wish_is_left_without_its_values_and_what_announces_them(text, rest):
    assert without_values(text) == rest


@pytest.mark.parametrize("text", ["a table for 4 at 7 pm", "two coffees", "三个人", "size 42", ""])
def test_short_numbers_are_part_of_what_is_said(text):
    assert without_values(text) == text
    assert masked(text) == text


def test_only_addresses_are_taken_out_where_numbers_shall_stay():
    assert without_addresses("track 88213 jo@example.org") == "track 88213"


def test_texts_that_differ_in_values_alone_are_masked_alike():
    assert masked("status of 5561, a@example.org") == masked("status of 77120, b@example.net")
    assert masked("status of 5561") != masked("status of it")


@pytest.mark.parametrize("text", ["5561", "#5561, jo@example.org", "2026-11-28", "👍", "?!", "7"])
def test_nothing_is_left_of_mere_values(text):
    assert masked(text) == ""


@given(st.text(max_size=200) | st.text("a1@.: -#+号码number", max_size=200))
def test_any_text_can_be_rid_of_its_values(text):
    assert len(without_values(text)) <= len(text)
    assert len(without_addresses(text)) <= len(text)
    masked(text)


@pytest.mark.parametrize("text", ["1 234 ", "a-", "number ", "a@", "+1 22 ", "号"])
def test_a_long_text_is_read_in_no_time(text):
    without_values(text * 1000)
    masked(text * 1000)
