"""What operators' regular expressions match."""

import pytest

from backend.dialogue.tracking.parsers.pattern import only_capitals

from .reading import ZH, find, read, slot

DIGITS = slot("pattern", pattern=r"\d{5}")
PREFIXED = slot("pattern", pattern=r"NW-\d{5}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10234", "10234"),
        ("it's 10234 thanks", "10234"),
        ("#10234", "10234"),
        ("# 10 234", "10234"),
        ("10-234", "10234"),
        ("１０２３４", "10234"),
        ("not 10234, 10235", "10235"),
        ("10234 or 10235", "ambiguous"),
        ("102345", "not_matching"),
        ("1023", "not_matching"),
        ("a10234", "not_matching"),
        ("why do you need that?", "not_a_pattern"),
        ("I can't find it anywhere in my mails", "not_a_pattern"),
    ],
)
def test_a_number_is_read_however_it_is_written(text, expected):
    assert read(text, DIGITS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "NW-10234",
        "nw-10234",
        "nw 10234",
        "NW10234",
        "my order is Nw–10234.",
        "ＮＷ－１０２３４",
        "10234",
    ],
)
def test_a_code_is_read_in_the_writing_that_its_expression_wants(text):
    assert read(text, PREFIXED) == "NW-10234"


def test_a_code_is_found_at_word_boundaries_alone():
    assert find("order 10234, not 102345 or x10236; 10237.", DIGITS) == ["10234", "10237"]
    assert find("订单10234的鞋子和NW-10235", DIGITS, ZH) == ["10234", "10235"]
    assert find("boots from nw-10234", PREFIXED) == ["NW-10234"]


def test_anchors_of_an_expression_are_for_the_value_not_for_the_message():
    assert find("order 10234 please", slot("pattern", pattern=r"^\d{5}$")) == ["10234"]
    assert read("it's AB12", slot("pattern", pattern=r"\A[A-Z]{2}\d\d\z")) == "AB12"


def test_an_expression_that_ignores_case_keeps_the_case_that_was_written():
    assert find("AB1 aB2", slot("pattern", pattern=r"(?i)ab\d")) == ["AB1", "aB2"]


def test_an_expression_with_marks_at_its_ends_is_found():
    assert find("see #10234#, #10235#", slot("pattern", pattern=r"#\d{5}#")) == [
        "#10234#",
        "#10235#",
    ]


@pytest.mark.parametrize("pattern", ["", "(", r"(?=a)b", "a*", "a" * 500])
def test_an_expression_that_cannot_be_used_finds_nothing(pattern):
    assert find("10234 a b (", slot("pattern", pattern=pattern)) == []
    assert read("10234", slot("pattern", pattern=pattern)) == "not_matching"


def test_a_long_expression_is_still_found_at_boundaries():
    pattern = "|".join(f"K{number}" for number in range(10_000, 10_070))
    assert find("xK10000 K10001", slot("pattern", pattern=pattern)) == ["K10001"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"NW-\d{5}", True),
        (r"[A-Z]{2}\d+", True),
        (r"\d{5}", False),
        (r"[A-Za-z]\d", False),
        (r"(?i)NW", True),
        (r"(?P<order>\w\d)", False),
        (r"订单\d", False),
    ],
)
def test_whether_only_capitals_are_wanted(pattern, expected):
    assert only_capitals(pattern) is expected


CARD = slot("pattern", pattern=r"\d{3}-\d{4}")
BOOKING = slot("pattern", pattern=r"\b2[0-9]{6}\b")


@pytest.mark.parametrize(
    ("text", "one", "expected"),
    [
        ("5551234", CARD, "555-1234"),
        ("555 1234", CARD, "555-1234"),
        ("2,345,678", BOOKING, "2345678"),
        ("#2-345-678", BOOKING, "2345678"),
        ("2 345 678 please", BOOKING, "2345678"),
        ("booking2345678", BOOKING, "2345678"),
        ("编号：2345678。", BOOKING, "2345678"),
        ("1345678", BOOKING, "not_matching"),
    ],
)
def test_a_number_is_read_with_other_marks_between_or_none(text, one, expected):
    assert read(text, one) == expected


def test_a_word_glued_to_a_number_leads_to_it():
    assert find("please cancel order2345678", BOOKING) == ["2345678"]
    assert find("model x2345678", BOOKING) == []
