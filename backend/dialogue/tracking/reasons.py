"""Why a value is refused, in a sentence that says what would be taken instead.

Knows the keys that parsers give as ``Bad.reason`` with their fields. A slot's own refusal, where
its operator wrote one, outweighs these; that is for the policy.
"""

from __future__ import annotations

import re
from datetime import date

from ..responding.display import show_date, show_money, show_number

_DATES = ("date", "first", "last")

REASONS: dict[str, dict[str, str]] = {
    "needed": {
        "en": "I do need one to go on, so please name what suits you best.",
        "zh": "这一项需要您来定，请说一个您方便的。",
    },
    "not_a_date": {
        "en": "I couldn't read a date there. You can write it like “Friday” or “14 December”.",
        "zh": "我没有看出日期。您可以写成“周五”或“12月14日”。",
    },
    "no_such_date": {
        "en": "There is no such date in the calendar. Please check the day and the month.",
        "zh": "日历上没有这一天，请核对一下月份和日期。",
    },
    "too_early": {
        "en": "That is too early: the earliest possible day is {limit}.",
        "zh": "这个日期太早了，最早可以是{limit}。",
    },
    "too_late": {
        "en": "That is too late: the latest possible day is {limit}.",
        "zh": "这个日期太晚了，最晚可以是{limit}。",
    },
    "several_days": {
        "en": "That can be several days. Which day exactly, from {first} to {last}?",
        "zh": "这段时间有好几天，请问具体是{first}到{last}中的哪一天？",
    },
    "weekday_differs": {
        "en": "{date} is not the weekday that you named. Which of the two do you mean?",
        "zh": "您说的星期和日期对不上，那一天是{date}。请问您指哪一天？",
    },
    "not_a_range": {
        "en": "I couldn't read a first and a last day there. You can write them like "
        "“14 to 16 December”.",
        "zh": "我没有看出起止日期。您可以写成“12月14日到16日”。",
    },
    "reversed": {
        "en": "The last day comes before the first. Please give the first day first.",
        "zh": "结束日期早于开始日期，请先写开始日期，再写结束日期。",
    },
    "one_date": {
        "en": "That is one day only: {date}. Please give the first and the last day together.",
        "zh": "这里只有一天：{date}。请把开始和结束的日期一起告诉我。",
    },
    "not_a_time": {
        "en": "I couldn't read a time there. You can write it like “2:30 pm” or “14:30”.",
        "zh": "我没有看出时间。您可以写成“下午2点半”或“14:30”。",
    },
    "no_such_time": {
        "en": "There is no such time. A time is between 0:00 and 23:59.",
        "zh": "没有这个时间，请写0:00到23:59之间的时间。",
    },
    "time_vague": {
        "en": "I need a time of the clock for that, such as “10 am” or “2:30 pm”.",
        "zh": "请告诉我具体的钟点，例如“上午10点”或“下午2点半”。",
    },
    "not_a_number": {
        "en": "I couldn't read a number there. Please write it in digits, such as 2.",
        "zh": "我没有看出数字，请用数字写，例如2。",
    },
    "not_whole": {
        "en": "It has to be a whole number, such as 2.",
        "zh": "请写整数，例如2。",
    },
    "too_small": {
        "en": "That is too little: it has to be at least {limit}.",
        "zh": "这个数太小了，至少要{limit}。",
    },
    "too_large": {
        "en": "That is too much: at most {limit} is possible.",
        "zh": "这个数太大了，最多{limit}。",
    },
    "not_money": {
        "en": "I couldn't read an amount there. You can write it like “£12.50”.",
        "zh": "我没有看出金额。您可以写成“300元”。",
    },
    "not_an_email": {
        "en": "I couldn't read an email address there. It looks like name@example.com.",
        "zh": "我没有看出邮箱地址，它的格式像name@example.com。",
    },
    "email_wrong": {
        "en": "That email address can't be right. Please check it; it looks like name@example.com.",
        "zh": "这个邮箱地址好像不对，请核对一下，它的格式像name@example.com。",
    },
    "not_a_phone": {
        "en": "I couldn't read a phone number there. Please write it in digits.",
        "zh": "我没有看出电话号码，请用数字写。",
    },
    "phone_wrong": {
        "en": "That phone number can't be right. Please check its digits; a number from abroad "
        "begins with + and the country's code.",
        "zh": "这个电话号码好像不对，请核对一下；国外号码请以+和国家代码开头。",
    },
    "not_yes_no": {
        "en": "Please answer yes or no.",
        "zh": "请回答“是”或“否”。",
    },
    "not_a_choice": {
        "en": "That is not one of the possible answers.",
        "zh": "这不在可选的答案里。",
    },
    "not_offered": {
        "en": "That is not among what is possible. Please take one of these.",
        "zh": "这个不在可选范围内，请从下面选一个。",
    },
    "ambiguous": {
        "en": "I'm not sure which one you mean: “{one}” or “{other}”?",
        "zh": "我不确定您指的是“{one}”还是“{other}”？",
    },
    "not_matching": {
        "en": "That is not written as it should be. Please check it.",
        "zh": "格式好像不对，请核对一下。",
    },
    "not_a_pattern": {
        "en": "I couldn't read that there. Please write just the number or code.",
        "zh": "我没有看出来，请只写号码或代码。",
    },
    "not_a_name": {
        "en": "I couldn't read a name there. Please write just the name.",
        "zh": "我没有看出姓名，请只写姓名。",
    },
    "not_a_place": {
        "en": "I couldn't read an address or a place there. Please write just that.",
        "zh": "我没有看出地址或地点，请只写地址。",
    },
    "no_address": {
        "en": "That doesn't tell me the address. Please write the street with its number, and the "
        "town.",
        "zh": "请写出具体的地址：城市、街道和门牌号。",
    },
    "empty": {
        "en": "There were no words in that. Please write it out.",
        "zh": "里面没有文字，请写出来。",
    },
    "too_long": {
        "en": "That is too long: at most {limit} characters are possible.",
        "zh": "太长了，最多{limit}个字。",
    },
}


def explain(reason: str, language: str, **fields: str) -> str:
    """The sentence for ``reason``; English where the language has none.

    ``fields`` are those of the ``Bad``: ISO dates, numbers and amounts are put as people read
    them. Never raises: a reason that is not known here gives the sentence of ``not_matching``.
    """
    texts = REASONS.get(reason, REASONS["not_matching"])
    spoken = language if language in texts else "en"
    return re.sub(
        r"\{(\w+)\}", lambda place: _read(reason, place[1], fields, spoken), texts[spoken]
    )


def _read(reason: str, name: str, fields: dict[str, str], language: str) -> str:
    value = str(fields.get(name, "…"))
    try:
        if name in _DATES or reason in ("too_early", "too_late"):
            return show_date(date.fromisoformat(value), language)
        if name == "limit" and fields.get("currency"):
            return show_money({"amount": value, "currency": fields["currency"]}, language)
        return show_number(float(value)) if name == "limit" else value
    except (ValueError, ArithmeticError):
        return value
