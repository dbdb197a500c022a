"""Times of day."""

import pytest

from backend.dialogue.tracking.parsers import PARSERS

from .reading import EN, ZH, found_texts, read, slot

TIME = slot("time")

ENGLISH = {
    "2:30pm": "14:30",
    "2.30 pm": "14:30",
    "14:30": "14:30",
    "2 pm": "14:00",
    "2PM please": "14:00",
    "11 a.m.": "11:00",
    "12 pm": "12:00",
    "12am": "00:00",
    "half past two": "14:30",
    "half past 10": "10:30",
    "quarter to three": "14:45",
    "a quarter past nine": "09:15",
    "ten to four": "15:50",
    "twenty past eight": "08:20",
    "half eight": "08:30",
    "noon": "12:00",
    "at midday": "12:00",
    "midnight": "00:00",
    "2 o'clock": "14:00",
    "nine o'clock": "09:00",
    "at 3": "15:00",
    "3": "15:00",
    "around ten": "10:00",
    "9 in the morning": "09:00",
    "7 in the evening": "19:00",
    "tomorrow evening at 8": "20:00",
    "at 10 tonight": "22:00",
    "two thirty": "14:30",
    "1430": "14:30",
    "08:05": "08:05",
    "6:45": "18:45",
    "３：３０ｐｍ": "15:30",
    "not 3pm, 4pm": "16:00",
    "quarter to 12 in the morning": "11:45",
    "evening 7": "19:00",
    '8 o"clock in the night': "20:00",
    "15h": "15:00",
    "3.": "15:00",
    "10am or 11am": "ambiguous",
    "between 2 and 3": "ambiguous",
    "in the morning": "time_vague",
    "afternoon": "time_vague",
    "any time": "time_vague",
    "25:00": "no_such_time",
    "14:75": "no_such_time",
    "why?": "not_a_time",
    "⏰": "not_a_time",
    "order 10234": "not_a_time",
}
CHINESE = {
    "下午三点半": "15:30",
    "早上9点": "09:00",
    "15点": "15:00",
    "三点一刻": "15:15",
    "差一刻三点": "14:45",
    "中午": "12:00",
    "中午12点半": "12:30",
    "晚上八点": "20:00",
    "晚上12点": "00:00",
    "凌晨两点": "02:00",
    "上午十点二十": "10:20",
    "15点30分": "15:30",
    "１５：３０": "15:30",
    "下午3:30": "15:30",
    "明天下午两点": "14:00",
    "三点": "15:00",
    "八点": "08:00",
    "十点左右吧": "10:00",
    "今晚7点半": "19:30",
    "下午": "time_vague",
    "早上": "time_vague",
    "25点": "no_such_time",
    "快一点": "not_a_time",
    "为什么": "not_a_time",
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_an_english_answer_is_read_as_its_time(text, expected):
    assert read(text, TIME) == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE.items())
def test_a_chinese_answer_is_read_as_its_time(text, expected):
    assert read(text, TIME, ZH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a fitting on Friday at 2:30pm in Leeds", ["2:30pm"]),
        ("I paid 12.50 at 10 High Street", []),
        ("at 3 items each, order 10234", []),
        ("in the morning", []),
        ("how about one ticket for two", []),
        ("营业时间10:30-14:00", ["10:30", "14:00"]),
        ("3 pairs, size 8", []),
        ("周五下午三点来取", ["下午三点"]),
        ("能不能快一点，我有两点要说", []),
        ("便宜一点，晚一点送", []),
    ],
)
def test_only_what_is_a_time_in_running_text_is_found(text, expected):
    assert found_texts(text, TIME) == expected


def test_an_hour_after_at_is_less_sure_than_a_time():
    vague, clear = (PARSERS["time"].find(text, TIME, EN)[0] for text in ("at 3", "at 3pm"))
    assert vague.confidence < clear.confidence
