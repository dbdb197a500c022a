"""Amounts of money."""

from dataclasses import replace

import pytest

from backend.dialogue.tracking.parsers import PARSERS

from .reading import EN, ZH, found_texts, read, slot

MONEY = slot("money")

ENGLISH = {
    "£12.50": "12.50 GBP",
    "£ 12": "12.00 GBP",
    "12 pounds": "12.00 GBP",
    "12 pounds 50": "12.50 GBP",
    "12.50 GBP": "12.50 GBP",
    "gbp 12.50": "12.50 GBP",
    "fifty quid": "50.00 GBP",
    "a hundred pounds": "100.00 GBP",
    "two hundred and fifty pounds": "250.00 GBP",
    "£1,234.56": "1234.56 GBP",
    "1.5k pounds": "1500.00 GBP",
    "80p": "0.80 GBP",
    "€20": "20.00 EUR",
    "twenty euros": "20.00 EUR",
    "20€": "20.00 EUR",
    "$5": "5.00 USD",
    "5 dollars": "5.00 USD",
    "¥300": "300.00 CNY",
    "300 yuan": "300.00 CNY",
    "1000 yen": "1000 JPY",
    "about 30 quid please": "30.00 GBP",
    "50": "50.00 GBP",
    "it was 49.99": "49.99 GBP",
    "£10 or £20": "ambiguous",
    "£50-100": "ambiguous",
    "order 10234": "not_money",
    "12.345": "not_money",
    "why?": "not_money",
    "💷": "not_money",
}
CHINESE = {
    "300元": "300.00 CNY",
    "300块": "300.00 CNY",
    "三百块": "300.00 CNY",
    "三百二十元": "320.00 CNY",
    "三块五": "3.50 CNY",
    "12块5毛": "12.50 CNY",
    "五毛": "0.50 CNY",
    "￥99": "99.00 CNY",
    "1.5万元": "15000.00 CNY",
    "20美元": "20.00 USD",
    "五十英镑": "50.00 GBP",
    "一百块钱吧": "100.00 CNY",
    "两百": "200.00 CNY",
    "50-100元": "ambiguous",
    "不知道": "not_money",
}


def told(text, context, one=MONEY):
    value = read(text, one, context)
    return value if isinstance(value, str) else f"{value['amount']} {value['currency']}"


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_an_english_answer_is_read_as_its_amount(text, expected):
    assert told(text, EN) == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE.items())
def test_a_chinese_answer_is_read_as_its_amount(text, expected):
    assert told(text, ZH) == expected


def test_a_number_without_a_currency_is_no_amount_in_running_text():
    assert found_texts("order 10234 cost 30 and postage £3.95", MONEY) == ["£3.95"]


def test_a_number_alone_is_in_the_slots_currency_else_the_countrys():
    assert told("50", EN, slot("money", currency="EUR")) == "50.00 EUR"
    assert told("50", replace(EN, region="US")) == "50.00 USD"


def test_a_dollar_sign_means_the_dollars_of_the_slot_or_the_country():
    assert told("$5", EN, slot("money", currency="AUD")) == "5.00 AUD"
    assert told("$5", replace(EN, region="CA")) == "5.00 CAD"
    assert told("¥500", replace(EN, region="JP")) == "500 JPY"


def test_limits_hold_in_the_slots_currency_and_are_told():
    one = slot("money", currency="GBP", minimum=5, maximum=100)
    told_small, other = (PARSERS["money"].read(text, one, EN) for text in ("£2", "€2"))
    assert told_small.fields == {"limit": "5.00", "currency": "GBP"}
    assert told("£100.01", EN, one) == "too_large"
    assert other.value == {"amount": "2.00", "currency": "EUR"}
