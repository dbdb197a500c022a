"""Addresses and places."""

import pytest

from .reading import ZH, found_texts, read, slot

PLACE = slot("location")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 High Street, Leeds LS1 4AP", "12 High Street, Leeds LS1 4AP"),
        ("please send it to 12 High Street, Leeds, thanks", "12 High Street, Leeds"),
        ("it's 5 Mill Lane, Otley", "5 Mill Lane, Otley"),
        ("my new address is The Old Mill, Burnsall", "The Old Mill, Burnsall"),
        ("The Annex, 5 Mill Lane, Otley LS21 3AB", "The Annex, 5 Mill Lane, Otley LS21 3AB"),
        ("deliver to 10 Park Row, Leeds by Friday", "10 Park Row, Leeds"),
        ("Leeds", "Leeds"),
        ("I moved, it's now 4 Elm Close, Bath BA1 2AB", "4 Elm Close, Bath BA1 2AB"),
        ("the store in York please", "York"),
        ("1600 Penn Ave, Washington DC 20500", "1600 Penn Ave, Washington DC 20500"),
        ("why?", "not_a_place"),
        ("what do you need that for", "not_a_place"),
        ("I don't know", "not_a_place"),
        ("no", "not_a_place"),
        ("🏠", "not_a_place"),
        ("x" * 301, "too_long"),
    ],
)  # fmt: skip
def test_an_answer_is_read_as_its_place(text, expected):
    assert read(text, PLACE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上海市浦东新区世纪大道100号5楼", "上海市浦东新区世纪大道100号5楼"),
        ("请寄到北京市海淀区中关村大街27号，谢谢", "北京市海淀区中关村大街27号"),
        ("地址改成朝阳区建国路88号", "朝阳区建国路88号"),
        ("我在杭州", "杭州"),
        ("上海", "上海"),
        ("你们在哪里", "not_a_place"),
        ("不知道", "not_a_place"),
    ],
)
def test_a_chinese_answer_is_read_as_its_place(text, expected):
    assert read(text, PLACE, ZH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("change the address to 12 High Street, Leeds please", ["12 High Street, Leeds"]),
        ("is there a shop in Leeds or near York?", ["Leeds", "York"]),
        ("I moved to Flat 2, 10 Kings Road, BS1 4AA", ["Flat 2, 10 Kings Road, BS1 4AA"]),
        ("send it to me on Friday in December", []),
        ("I want to return 2 boots in size 8", []),
        ("postcode LS1 4AP", ["LS1 4AP"]),
        ("寄到上海市浦东新区世纪大道100号，收件人李雷", ["上海市浦东新区世纪大道100号"]),
        ("我在北京，想退货", ["北京"]),
        ("你们市场部在吗", []),
        ("我比较喜欢城市，去超市路过", []),
        ("my order is 10234 or 10235", []),
        ("Is it in the ATM?", []),
    ],
)  # fmt: skip
def test_a_place_in_running_text_is_found_by_its_cues(text, expected):
    assert found_texts(text, PLACE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 Corn Street, Witney, postcode OX28 6BL", "9 Corn Street, Witney, OX28 6BL"),
        ("9 Corn Street in Witney. The postcode is OX28 6BL", "9 Corn Street in Witney, OX28 6BL"),
        ("9 Corn Street Witney thanks", "9 Corn Street Witney"),
        ("my gran's house, 9 Corn Street, Witney", "9 Corn Street, Witney"),
        ("9 Corn Street, Witney, post code", "9 Corn Street, Witney"),
        ("苏州市干将路8号，邮编215000", "苏州市干将路8号,邮编215000"),
    ],
)
def test_an_address_keeps_its_town_and_postcode_and_no_label(text, expected):
    assert read(text, PLACE) == expected


@pytest.mark.parametrize("text", ["my new flat", "the office", "our new house", "我的新家", "单位"])
def test_a_home_without_an_address_is_none_where_an_address_is_asked_for(text):
    assert read(text, slot("location", title={"en": "Delivery address"})) == "no_address"
    assert read(text, slot("location", title={"en": "Where it happened"})) != "no_address"
