"""Numbers in digits and words."""

import pytest

from backend.dialogue.tracking.parsers import PARSERS

from .reading import EN, ZH, find, found_texts, read, slot

COUNT = slot("number", unit={"en": "pairs", "zh": "双"}, minimum=1, maximum=500)
WHOLE = slot("number", integer=True)

ENGLISH = {
    "2": 2,
    "two": 2,
    "just one": 1,
    "a pair": 1,
    "two pairs, please": 2,
    "I'd like 3 pairs": 3,
    "twenty-five": 25,
    "twenty five": 25,
    "a dozen": 12,
    "half a dozen": 6,
    "two dozen": 24,
    "a couple of them": 2,
    "a hundred": 100,
    "one hundred and five": 105,
    "three hundred and twelve": 312,
    "1.5": 1.5,
    "two and a half": 2.5,
    "1,200": "too_large",
    "0": "too_small",
    "minus 3": "too_small",
    "no, 4": 4,
    "not 3, 4": 4,
    "3 or 4": "ambiguous",
    "２": 2,
    "on the 14th": "not_a_number",
    "the blue one": "not_a_number",
    "why?": "not_a_number",
    "😀": "not_a_number",
    "order 10234": "not_a_number",
}
CHINESE = {
    "两个": 2,
    "二十五": 25,
    "一百二十": 120,
    "一百零五": 105,
    "2双": 2,
    "要三双": 3,
    "十": 10,
    "两双吧": 2,
    "３双": 3,
    "一千": "too_large",
    "12月14号": "not_a_number",
    "第二个": "not_a_number",
    "一下": "not_a_number",
    "为什么": "not_a_number",
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_an_english_answer_is_read_as_its_number(text, expected):
    assert read(text, COUNT) == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE.items())
def test_a_chinese_answer_is_read_as_its_number(text, expected):
    assert read(text, COUNT, ZH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 pairs from order 10234 on 14 December at 3pm", ["2 pairs"]),
        ("£12.50 for 3 socks", ["3"]),
        ("call 020 7946 0958 or write to a1@example.com", []),
        ("NW-10234 and #55", []),
        ("the blue one, not that one", []),
        ("I live at 12 High Street", []),
        ("买了三双，订单10234", ["三双"]),
        ("一般来说，一起走", []),
        ("tracking 123456789012", []),
        ("a couple of days ago, 5 minutes, 30%", []),
        ("is there a new one, or that one?", []),
        ("推荐一家店，金宝街99号", []),
    ],
)
def test_numbers_that_belong_to_something_else_are_not_found(text, expected):
    assert found_texts(text, COUNT) == expected


def test_a_fraction_is_refused_where_a_whole_number_is_wanted():
    assert read("2.5", WHOLE) == "not_whole"
    assert read("2.0", WHOLE) == 2
    assert isinstance(read("2.0", WHOLE), int)


def test_the_limit_is_told():
    told = PARSERS["number"].read("1000", COUNT, EN)
    assert (told.reason, told.fields) == ("too_large", {"limit": "500"})


def test_a_number_with_the_unit_is_found_though_it_looks_like_a_range_of_days():
    nights = slot("number", unit={"en": "nights"})
    assert find("3 nights from the 14th", nights) == [3]
