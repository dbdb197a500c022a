"""Phone numbers."""

from dataclasses import replace

import pytest

from .reading import EN, ZH, find, read, slot

PHONE = slot("phone")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07700 900123", "+447700900123"),
        ("my number is 07700-900-123, thanks", "+447700900123"),
        ("(020) 7946 0958", "+442079460958"),
        ("+44 20 7946 0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("+1 415 555 2671", "+14155552671"),
        ("(415) 555-2671", "+14155552671"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("０２０ ７９４６ ０９５８", "+442079460958"),
        ("not 020 7946 0958, 07700 900123", "+447700900123"),
        ("020 7946 0958 or 07700 900123", "ambiguous"),
        ("077009", "phone_wrong"),
        ("12345678901234567890", "phone_wrong"),
        ("2026-12-14", "not_a_phone"),
        ("10", "not_a_phone"),
        ("why?", "not_a_phone"),
        ("📞", "not_a_phone"),
    ],
)
def test_an_answer_is_read_as_its_number(text, expected):
    assert read(text, PHONE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13800138000", "+8613800138000"),
        ("我的手机是138 0013 8000", "+8613800138000"),
        ("电话：010-12345678", "+861012345678"),
        ("不想说", "not_a_phone"),
    ],
)
def test_a_number_in_chinese_text_is_read(text, expected):
    assert read(text, PHONE, ZH) == expected
    assert read(text, PHONE, replace(ZH, region="GB")) in (expected, "phone_wrong", "not_a_phone")


def test_a_chinese_mobile_is_read_for_visitors_from_elsewhere():
    assert read("13800138000", PHONE) == "+8613800138000"


def test_a_local_number_is_of_the_visitors_country():
    assert read("415 555 2671", PHONE, replace(EN, region="US")) == "+14155552671"


def test_orders_dates_and_amounts_are_not_found_as_phone_numbers():
    text = "order 1023455512, tracking no. 07700900123, on 2026-12-14 14 12 2026 for £1,234.56"
    assert find(text, PHONE) == []


def test_a_region_that_does_not_exist_is_no_obstacle():
    assert read("+442079460958", PHONE, replace(EN, region="XX")) == "+442079460958"
    assert read("020 7946 0958", PHONE, replace(EN, region="", also=())) == "phone_wrong"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07911 654321", "+447911654321"),
        ("我的手机07911654321", "+447911654321"),
        ("0131 668 8200", "+441316688200"),
        ("13912345678", "+8613912345678"),
        ("0755-86571234", "+8675586571234"),
        ("0770-2821234", "+867702821234"),
        ("021 6209 8888", "+862162098888"),
    ],
)
def test_a_number_of_the_companys_country_is_taken_from_a_visitor_abroad(text, expected):
    assert read(text, PHONE, ZH) == expected


def test_a_british_mobile_number_has_eleven_digits():
    assert read("07911 65432", PHONE) == read("07911 6543210", PHONE) == "phone_wrong"


def test_a_visitors_own_country_comes_first():
    german = replace(EN, region="DE", language="de")
    assert read("0151 23456789", PHONE, german) == "+4915123456789"
    assert read("07911 654321", PHONE, german) == "+447911654321"
    assert read("07911 654321", PHONE, replace(german, also=())) != "+447911654321"
