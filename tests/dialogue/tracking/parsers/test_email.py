"""Email addresses."""

import pytest

from .reading import EN, ZH, find, found_texts, read, slot

EMAIL = slot("email")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ana@example.com", "ana@example.com"),
        ("it's Ana.Lee@Example.COM, thanks", "Ana.Lee@example.com"),
        ("my email is ana+shop@mail.example.co.uk.", "ana+shop@mail.example.co.uk"),
        ("<ana@example.com>", "ana@example.com"),
        ("ana at example dot com", "ana@example.com"),
        ("ana (at) example (dot) com", "ana@example.com"),
        ("ana @ example.com", "ana@example.com"),
        ("ａｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ana@example.com"),
        ("jörg@müller.de", "jörg@müller.de"),
        ("not ana@example.com but bo@example.com", "bo@example.com"),
        ("ana@example.com or bo@example.com", "ambiguous"),
        ("ana@example", "email_wrong"),
        ("ana..lee@example.com", "email_wrong"),
        ("@ana", "not_an_email"),
        ("why do you need it?", "not_an_email"),
        ("I'm at home", "not_an_email"),
        ("📧", "not_an_email"),
    ],
)
def test_an_answer_is_read_as_its_address(text, expected):
    assert read(text, EMAIL) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我的邮箱是ana@example.com谢谢", "ana@example.com"),
        ("ana@example.com。", "ana@example.com"),
        ("小明@例子.中国", "小明@例子.中国"),
        ("没有邮箱", "not_an_email"),
    ],
)
def test_an_address_in_chinese_text_is_read(text, expected):
    assert read(text, EMAIL, ZH) == expected


def test_addresses_are_found_in_running_text():
    text = "write to ana@example.com, or call. Not to bo at example dot com."
    assert find(text, EMAIL) == ["ana@example.com"]
    assert found_texts(text, EMAIL, EN) == ["ana@example.com"]
