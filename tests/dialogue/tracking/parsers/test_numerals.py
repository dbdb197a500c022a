"""Numbers written in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.tracking.parsers.numerals import CHINESE, ENGLISH, chinese, english

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
ONES = (ONES + "fifteen sixteen seventeen eighteen nineteen").split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number):
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for scale, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = f" and {in_words(number % scale)}" if number % scale else ""
            return f"{in_words(number // scale)} {name}{rest}"
    raise AssertionError


def in_han(number):
    for scale, name in ((10_000, "万"), (1_000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            rest = number % scale
            gap = "零" if 0 < rest < scale // 10 else ""
            return in_han(number // scale) + name + (gap + in_han(rest) if rest else "")
    return "零一二三四五六七八九"[number]


@given(st.integers(0, 999_999))
def test_every_english_number_up_to_a_million_is_read(number):
    words = in_words(number)
    assert re.fullmatch(ENGLISH, words)
    assert english(words) == number


@given(st.integers(0, 99_999_999))
def test_every_chinese_number_up_to_a_hundred_million_is_read(number):
    assert chinese(in_han(number)) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("十五", 15),
        ("两百", 200),
        ("一百二", 120),
        ("三万五", 35_000),
        ("二〇二六", 2026),
        ("", None),
    ],
)
def test_chinese_numbers_are_read_as_they_are_spoken(words, number):
    assert chinese(words) == number


@pytest.mark.parametrize("words", ["", "and", "a", "boots", "twenty boots"])
def test_words_that_say_no_number_give_none(words):
    assert english(words) is None


@given(st.text("零一二三四五六七八九十百千万亿两", max_size=12))
def test_any_row_of_chinese_numerals_is_a_number(words):
    assert not words or (re.fullmatch(CHINESE, words) and chinese(words) is not None)
