"""Names of persons."""

import pytest

from .reading import ZH, found_texts, read, slot

PERSON = slot("person")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe", "Jane Doe"),
        ("jane doe, thanks", "jane doe"),
        ("My name is Jane Doe.", "Jane Doe"),
        ("my name's jane and my order is 10234", "jane"),
        ("I'm Sam Lee", "Sam Lee"),
        ("it's O'Connor", "O'Connor"),
        ("this is Tom", "Tom"),
        ("call me Al please", "Al"),
        ("Dr. Anna-Maria Weiß", "Dr. Anna-Maria Weiß"),
        ("José  García López", "José García López"),
        ("Мария Иванова", "Мария Иванова"),
        ("محمد علي", "محمد علي"),
        ("Will Smith", "Will Smith"),
        ("Bob here", "Bob"),
        ("it's under Smith", "Smith"),
        ("booked under the name of Ana Lopez", "Ana Lopez"),
        ("why do you need that?", "not_a_name"),
        ("I don't want to say", "not_a_name"),
        ("10234", "not_a_name"),
        ("no", "not_a_name"),
        ("the boots", "not_a_name"),
        ("a" * 61, "not_a_name"),
        ("🙂", "not_a_name"),
        ("ana@example.com", "not_a_name"),
    ],
)
def test_an_answer_is_read_as_its_name(text, expected):
    assert read(text, PERSON) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王小明", "王小明"),
        ("我叫王小明", "王小明"),
        ("我叫王明，想退货", "王明"),
        ("我是李雷", "李雷"),
        ("欧阳娜娜", "欧阳娜娜"),
        ("姓名：张三", "张三"),
        ("王先生", "王先生"),
        ("我的名字是陳大文", "陳大文"),
        ("我叫Tom", "Tom"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("我姓李", "李"),
        ("那英", "那英"),
        ("叫我小王就行", "小王"),
        ("为什么要姓名", "not_a_name"),
        ("我想退货", "not_a_name"),
        ("不想说", "not_a_name"),
    ],
)
def test_a_chinese_answer_is_read_as_its_name(text, expected):
    assert read(text, PERSON, ZH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi, my name is Jane Doe and I want to return boots", ["Jane Doe"]),
        ("I'm looking for boots", []),
        ("I am in Leeds", []),
        ("this is the wrong size", []),
        ("你好，我叫李雷，订单10234", ["李雷"]),
        ("我是来退货的", []),
        ("帮我叫辆出租车，听名字就很好", []),
        ("this is URGENT", []),
    ],
)
def test_a_name_in_running_text_is_found_after_its_cue_alone(text, expected):
    assert found_texts(text, PERSON) == expected
