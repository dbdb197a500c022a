"""Dates, as said on Monday 23 November 2026."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from backend.dialogue.tracking.parsers import PARSERS

from .reading import EN, MONDAY, ZH, find, found_texts, read, slot

DATE = slot("date")
PAST = slot("date", latest="0")
FRIDAY = replace(EN, now=datetime(2026, 11, 27, 9, 0, tzinfo=UTC))

ENGLISH = {
    "today": "2026-11-23",
    "Tomorrow please": "2026-11-24",
    "tommorow": "2026-11-24",
    "the day after tomorrow would be great": "2026-11-25",
    "yesterday": "2026-11-22",
    "the day before yesterday": "2026-11-21",
    "this Friday": "2026-11-27",
    "on Friday, if possible": "2026-11-27",
    "Fri": "2026-11-27",
    "thurs": "2026-11-26",
    "next Friday": "2026-12-04",
    "next tuesday would work for me": "2026-12-01",
    "Tuesday next week": "2026-12-01",
    "next week on Thursday": "2026-12-03",
    "Friday week": "2026-12-04",
    "a week on Wednesday": "2026-12-02",
    "last Friday": "2026-11-20",
    "this coming Saturday": "2026-11-28",
    "Let's say Sunday": "2026-11-29",
    "in 3 days": "2026-11-26",
    "in three days' time": "2026-11-26",
    "in a week": "2026-11-30",
    "in a fortnight": "2026-12-07",
    "two weeks from today": "2026-12-07",
    "a week from tomorrow": "2026-12-01",
    "10 days from now": "2026-12-03",
    "in two months": "2027-01-23",
    "2 days ago": "2026-11-21",
    "a month ago": "2026-10-23",
    "the 14th please": "2026-12-14",
    "I'd prefer the 25th": "2026-11-25",
    "on the 3rd": "2026-12-03",
    "the fourteenth": "2026-12-14",
    "the second": "2026-12-02",
    "the 30th of this month": "2026-11-30",
    "the 5th of next month": "2026-12-05",
    "Friday the 27th": "2026-11-27",
    "Mon 14th": "2026-12-14",
    "14 Dec": "2026-12-14",
    "14th of December": "2026-12-14",
    "14dec": "2026-12-14",
    "December 14th": "2026-12-14",
    "december the 14th": "2026-12-14",
    "Dec. 14, 2027": "2027-12-14",
    "Monday, December 14th, 2026": "2026-12-14",
    "14-Dec-2026": "2026-12-14",
    "the first of May": "2027-05-01",
    "3 January": "2027-01-03",
    "Sept 2nd": "2027-09-02",
    "1 March '27": "2027-03-01",
    "29 Feb": "2028-02-29",
    "29 February 2028": "2028-02-29",
    "14/12": "2026-12-14",
    "14/12/2026": "2026-12-14",
    "14.12.26": "2026-12-14",
    "12/14/2026": "2026-12-14",
    "3/4": "2027-04-03",
    "2026-12-14": "2026-12-14",
    "2026/12/14": "2026-12-14",
    "20261214": "2026-12-14",
    "14.12.": "2026-12-14",
    "14": "2026-12-14",
    "２０２６－１２－１４": "2026-12-14",
    "end of the month": "2026-11-30",
    "the end of next month": "2026-12-31",
    "Christmas Eve": "2026-12-24",
    "New Year's Day": "2027-01-01",
    "it's the 14th thanks": "2026-12-14",
    "yes, tomorrow at 3pm works": "2026-11-24",
    "no, not the 14th, the 15th": "2026-12-15",
    "Friday. Sorry, I mean Saturday": "2026-11-28",
    "can you do Wednesday?": "2026-11-25",
    "how about the 1st?": "2026-12-01",
    "move it from Monday to Wednesday": "2026-11-25",
    "sometime next week, maybe Wednesday": "2026-12-02",
    "this weekend, Saturday": "2026-11-28",
    "first thing tomorrow": "2026-11-24",
    "next Monday the 30th": "2026-11-30",
    "Monday week": "2026-12-07",
    "wed 2 dec": "2026-12-02",
    "the twenty-third of December": "2026-12-23",
    "about 3 weeks ago": "2026-11-02",
    "the 4th day of the month": "2026-12-04",
    "I can't do Tuesday but Wednesday is fine": "2026-11-25",
    "anything but Friday": "not_a_date",
    "the 14th or the 15th": "ambiguous",
    "Thursday or maybe Friday": "2026-11-26",
    "next week": "several_days",
    "at the weekend": "several_days",
    "some time in December": "several_days",
    "14-16 December": "several_days",
    "from Monday to Wednesday": "several_days",
    "31 Feb": "no_such_date",
    "32nd of December": "no_such_date",
    "2026-13-01": "no_such_date",
    "the 99th": "no_such_date",
    "Friday the 14th": "weekday_differs",
    "Monday 15 December": "weekday_differs",
    "why do you need that?": "not_a_date",
    "what days are possible?": "not_a_date",
    "👍": "not_a_date",
    "": "not_a_date",
    "not sure yet": "not_a_date",
    "24/7": "not_a_date",
    "Black Friday": "not_a_date",
    "I may be late": "not_a_date",
}
CHINESE = {
    "今天": "2026-11-23",
    "明天吧": "2026-11-24",
    "后天可以吗": "2026-11-25",
    "大后天": "2026-11-26",
    "昨天": "2026-11-22",
    "前天买的": "2026-11-21",
    "周五": "2026-11-27",
    "星期天": "2026-11-29",
    "礼拜三": "2026-11-25",
    "這週五": "2026-11-27",
    "本周日": "2026-11-29",
    "下周三": "2026-12-02",
    "下个星期一": "2026-11-30",
    "下下周二": "2026-12-08",
    "上周五": "2026-11-20",
    "三天后": "2026-11-26",
    "3天以后": "2026-11-26",
    "两周后": "2026-12-07",
    "再过两天": "2026-11-25",
    "一个月后": "2026-12-23",
    "半个月后": "2026-12-08",
    "五天前": "2026-11-18",
    "14号": "2026-12-14",
    "十四号": "2026-12-14",
    "二十五日": "2026-11-25",
    "好的，14号": "2026-12-14",
    "12月14日": "2026-12-14",
    "十二月十四号": "2026-12-14",
    "１２月１４日": "2026-12-14",
    "12月14": "2026-12-14",
    "12月14日星期一": "2026-12-14",
    "2026年12月14日": "2026-12-14",
    "二〇二六年十二月十四日": "2026-12-14",
    "明年3月8号": "2027-03-08",
    "下个月5号": "2026-12-05",
    "这个月30号": "2026-11-30",
    "月底": "2026-11-30",
    "12月底": "2026-12-31",
    "年底": "2026-12-31",
    "元旦": "2027-01-01",
    "圣诞节": "2026-12-25",
    "12/14": "2026-12-14",
    "2026-12-14": "2026-12-14",
    "双十一": "2027-11-11",
    "12.25": "2026-12-25",
    "上个月15号": "2026-10-15",
    "去年12月3号": "2025-12-03",
    "不是14号，是15号": "2026-12-15",
    "从周一改到周三": "2026-11-25",
    "就定在下周五吧，谢谢": "2026-12-04",
    "14号或者15号": "ambiguous",
    "这周末": "several_days",
    "下周": "several_days",
    "去年12月": "several_days",
    "12月上旬": "several_days",
    "周一到周三": "several_days",
    "2月30日": "no_such_date",
    "13月1号": "no_such_date",
    "12月15日周一": "weekday_differs",
    "为什么要这个？": "not_a_date",
    "不知道": "not_a_date",
    "3号楼": "not_a_date",
    "中山路12号": "not_a_date",
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_an_english_answer_is_read_as_its_day(text, expected):
    assert read(text, DATE) == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE.items())
def test_a_chinese_answer_is_read_as_its_day(text, expected):
    assert read(text, DATE, ZH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please pick the boots up on the 14th from my house", ["the 14th"]),
        ("I ordered on 3 November and it should have come yesterday", ["3 November", "yesterday"]),
        ("no, the 14th", ["the 14th"]),
        ("the 2nd one is better", []),
        ("I may march in the sun", []),
        ("we sat there for 2 may be 3 hours", []),
        ("order 10234, 2 pairs, size 8", []),
        ("open 24/7, 1/2 price", []),
        ("他12月14号要，我14号也行", ["12月14号", "14号"]),
        ("1号线在2号楼旁边", []),
        ("not on the 14th", []),
        ("no, that's all for today, thanks", []),
        ("看一下周边有什么，地址是金宝街3-5号", []),
    ],
)
def test_only_what_is_a_date_in_running_text_is_found(text, expected):
    assert found_texts(text, DATE) == expected


def test_a_weekday_is_never_today_but_this_weekday_may_be():
    assert read("Friday", DATE, FRIDAY) == "2026-12-04"
    assert read("this Friday", DATE, FRIDAY) == "2026-11-27"
    assert read("next Friday", DATE, FRIDAY) == "2026-12-04"
    assert read("周五", DATE, replace(ZH, now=FRIDAY.now)) == "2026-12-04"


def test_a_day_of_the_month_that_is_today_means_today():
    assert read("the 23rd", DATE) == "2026-11-23"
    assert read("23 November", DATE) == "2026-11-23"


def test_a_month_without_such_a_day_is_skipped():
    assert read("the 31st", DATE) == "2026-12-31"


def test_numbers_are_month_first_where_the_visitor_writes_so():
    america = replace(EN, region="US")
    assert read("3/4", DATE, america) == "2027-03-04"
    assert read("14/12", DATE, america) == "2026-12-14"
    assert read("3/4", DATE, ZH) == "2027-03-04"


def test_a_number_that_both_orders_fit_is_less_sure():
    told = PARSERS["date"].read("3/4/2027", DATE, EN)
    assert told.confidence < PARSERS["date"].read("14/4/2027", DATE, EN).confidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 December", "2025-12-14"),
        ("the 14th", "2026-11-14"),
        ("Friday", "2026-11-20"),
        ("on Monday", "2026-11-16"),
        ("5 November", "2026-11-05"),
        ("12月14日", "2025-12-14"),
        ("tomorrow", "too_late"),
    ],
)
def test_a_slot_that_lies_in_the_past_takes_the_nearest_past_day(text, expected):
    assert read(text, PAST) == expected


@pytest.mark.parametrize(
    ("text", "expected", "limit"),
    [
        ("today", "too_early", "2026-11-24"),
        ("14 November", "too_early", "2026-11-24"),
        ("in 40 days", "too_late", "2026-12-23"),
        ("1 March", "too_late", "2026-12-23"),
    ],
)
def test_a_day_outside_the_limits_is_refused_with_the_limit(text, expected, limit):
    told = PARSERS["date"].read(text, slot("date", earliest="1", latest="+30"), EN)
    assert (told.reason, told.fields["limit"]) == (expected, limit)


def test_a_limit_may_be_a_date_and_one_that_is_none_is_no_limit():
    assert read("tomorrow", slot("date", earliest="2026-12-01")) == "too_early"
    assert read("tomorrow", slot("date", earliest="2026-02-31")) == "2026-11-24"
    assert read("tomorrow", slot("date", latest="2026-11-24")) == "2026-11-24"


def test_several_days_are_told_with_their_ends():
    told = PARSERS["date"].read("next weekend", DATE, EN)
    assert told.fields == {"first": "2026-12-05", "last": "2026-12-06"}


def test_the_end_of_the_calendar_is_no_date():
    late = replace(EN, now=datetime(9999, 12, 31, tzinfo=UTC))
    assert read("tomorrow", DATE, late) == "no_such_date"
    assert read("in 999 years", DATE, late) == "no_such_date"
    early = replace(EN, now=datetime(1, 1, 1, tzinfo=UTC))
    assert read("yesterday", DATE, early) == "no_such_date"


def test_today_is_that_of_the_visitor():
    assert MONDAY.date().isoformat() == read("today", DATE)
    assert find("tomorrow", DATE, replace(EN, now=datetime(2026, 12, 31, 23, 59, tzinfo=UTC))) == [
        "2027-01-01"
    ]
