"""Ranges of days, as said on Monday 23 November 2026."""

import pytest

from backend.dialogue.tracking.parsers import PARSERS

from .reading import EN, ZH, find, read, slot

RANGE = slot("date_range")

ENGLISH = {
    "from Monday to Wednesday": ("2026-11-30", "2026-12-02"),
    "Friday to Sunday please": ("2026-11-27", "2026-11-29"),
    "Mon-Wed": ("2026-11-30", "2026-12-02"),
    "Monday to Monday": ("2026-11-30", "2026-12-07"),
    "14-16 Dec": ("2026-12-14", "2026-12-16"),
    "14–16 December 2026": ("2026-12-14", "2026-12-16"),
    "14th to 16th": ("2026-12-14", "2026-12-16"),
    "14 to 16 December": ("2026-12-14", "2026-12-16"),
    "Dec 14-16": ("2026-12-14", "2026-12-16"),
    "December 14th through the 16th": ("2026-12-14", "2026-12-16"),
    "14 Dec until 16 Dec": ("2026-12-14", "2026-12-16"),
    "between the 14th and the 16th of December": ("2026-12-14", "2026-12-16"),
    "from 28 December to 3 January": ("2026-12-28", "2027-01-03"),
    "the 28th to the 3rd": ("2026-11-28", "2026-12-03"),
    "14/12 - 16/12": ("2026-12-14", "2026-12-16"),
    "2026-12-14 to 2026-12-16": ("2026-12-14", "2026-12-16"),
    "Mon 14 to Wed 16 Dec": ("2026-12-14", "2026-12-16"),
    "tomorrow until Friday": ("2026-11-24", "2026-11-27"),
    "next week": ("2026-11-30", "2026-12-06"),
    "this week": ("2026-11-23", "2026-11-29"),
    "next weekend": ("2026-12-05", "2026-12-06"),
    "over the weekend": ("2026-11-28", "2026-11-29"),
    "in December": ("2026-12-01", "2026-12-31"),
    "next month": ("2026-12-01", "2026-12-31"),
    "3 nights from the 14th": ("2026-12-14", "2026-12-17"),
    "three days from Monday": ("2026-11-30", "2026-12-02"),
    "the 14th for 3 nights": ("2026-12-14", "2026-12-17"),
    "from tomorrow for a week": ("2026-11-24", "2026-11-30"),
    "a fortnight starting on 14 December": ("2026-12-14", "2026-12-27"),
    "arriving on the 14th and leaving on the 17th": ("2026-12-14", "2026-12-17"),
    "Friday night to Sunday": ("2026-11-27", "2026-11-29"),
    "Mon to Fri next week": ("2026-11-30", "2026-12-04"),
    "for two nights from Friday": ("2026-11-27", "2026-11-29"),
    "between Christmas and New Year": ("2026-12-25", "2027-01-01"),
    "just the 14th": ("2026-12-14", "2026-12-14"),
    "the 14th": "one_date",
    "16 Dec to 14 Dec": "reversed",
    "from the 16th to the 14th": "reversed",
    "30 Feb to 2 March": "no_such_date",
    "3 nights": "not_a_range",
    "why?": "not_a_range",
    "🏕️": "not_a_range",
}
CHINESE = {
    "周一到周三": ("2026-11-30", "2026-12-02"),
    "下周一至下周五": ("2026-11-30", "2026-12-04"),
    "12月14日至16日": ("2026-12-14", "2026-12-16"),
    "12月14号到12月16号": ("2026-12-14", "2026-12-16"),
    "12月14-16日": ("2026-12-14", "2026-12-16"),
    "14号到16号吧": ("2026-12-14", "2026-12-16"),
    "14-16号": ("2026-12-14", "2026-12-16"),
    "从明天到后天": ("2026-11-24", "2026-11-25"),
    "这周末": ("2026-11-28", "2026-11-29"),
    "下周": ("2026-11-30", "2026-12-06"),
    "下个月": ("2026-12-01", "2026-12-31"),
    "14号开始住三晚": ("2026-12-14", "2026-12-17"),
    "从明天起三天": ("2026-11-24", "2026-11-26"),
    "住两晚，从14号开始": ("2026-12-14", "2026-12-16"),
    "12月14日入住，16日离开": ("2026-12-14", "2026-12-16"),
    "12月28日到1月3日": ("2026-12-28", "2027-01-03"),
    "16号到14号": "reversed",
    "14号": "one_date",
    "不知道": "not_a_range",
}


def ends(expected):
    return (
        expected if isinstance(expected, str) else dict(zip(("from", "to"), expected, strict=True))
    )


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_an_english_answer_is_read_as_its_days(text, expected):
    assert read(text, RANGE) == ends(expected)


@pytest.mark.parametrize(("text", "expected"), CHINESE.items())
def test_a_chinese_answer_is_read_as_its_days(text, expected):
    assert read(text, RANGE, ZH) == ends(expected)


def test_single_days_are_not_found_as_ranges_in_running_text():
    assert find("I want to hire a bike on the 14th", RANGE) == []
    assert find("a bike from the 14th to the 16th for two", RANGE) == [
        {"from": "2026-12-14", "to": "2026-12-16"}
    ]


@pytest.mark.parametrize(
    ("text", "expected"), [("today to Wednesday", "too_early"), ("Friday to 5 Jan", "too_late")]
)
def test_both_ends_keep_to_the_limits(text, expected):
    assert read(text, slot("date_range", earliest="1", latest="+30")) == expected


def test_a_slot_that_lies_in_the_past_reads_past_ranges():
    told = PARSERS["date_range"].read("1 to 5 November", slot("date_range", latest="0"), EN)
    assert told.value == {"from": "2026-11-01", "to": "2026-11-05"}
