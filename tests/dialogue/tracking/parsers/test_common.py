"""What all parsers share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.tracking.parsers.common import answer, apart, asks, fold, negated, pick, plain
from backend.dialogue.tracking.values import Bad, Found


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text):
    assert len(fold(text)) == len(plain(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding_makes_writings_alike():
    assert fold("１４ＤＥＣ") == "14dec"
    assert fold("週五　下午３點") == "周五 下午3点"
    assert fold("it’s—ok") == "it's-ok"
    assert fold("٣") == "3"
    assert plain("ＮＷ－１") == "NW-1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the 14th please", "the 14th"),
        ("it's 10234 thanks", "10234"),
        ("Um, I'd like the boots, if possible.", "the boots"),
        ("my order number is 10234", "10234"),
        ("how about Friday?", "Friday"),
        ("那就周五吧，谢谢", "周五"),
        ("我的名字是王小明", "王小明"),
        ("please", "please"),
        ("", ""),
        ("!!!", ""),
    ],
)
def test_an_answer_stands_between_courtesies(text, expected):
    start, end = answer(fold(text))
    assert text[start:end] == expected


@given(st.text(max_size=80))
def test_an_answer_lies_in_the_text(text):
    start, end = answer(fold(text))
    assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("not ", True),
        ("I don't want to ", True),
        ("anything but the ", True),
        ("why not ", False),
        ("I cannot ", True),
        ("knot ", False),
        ("不要", True),
        ("不是", True),
        ("要不要", False),
        ("是不是", False),
        ("我特别", False),
    ],
)
def test_what_is_ruled_out_is_told_by_the_words_before_it(before, expected):
    assert negated(fold(before + "X"), len(before)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("why do you need that?", True),
        ("what is it for", True),
        ("how about Friday", False),
        ("what about 3?", False),
        ("the one that I showed you", False),
        ("为什么要这个", True),
        ("周五可以吗", False),
    ],
)
def test_a_question_back_is_told_from_an_answer(text, expected):
    assert asks(fold(text)) is expected


def values(text, *words):
    return [Found(word, text.index(word), text.index(word) + len(word)) for word in words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A, please. B is nice too", "A"),
        ("A, no, B", "B"),
        ("not A, B", "B"),
        ("change it from A to B", "B"),
        ("A or B", "ambiguous"),
        ("A to B", "ambiguous"),
        ("between A and B", "ambiguous"),
        ("A and B", "A"),
        ("A还是B", "ambiguous"),
        ("A不对，B", "B"),
    ],
)
def test_of_several_values_the_one_that_is_meant_is_picked(text, expected):
    told = pick(values(text, "A", "B"), text)
    assert (told.reason if isinstance(told, Bad) else told.value) == expected


def test_an_ambiguous_answer_is_told_in_the_visitors_words():
    told = pick(values("A or B", "A", "B"), "A or B")
    assert told.fields == {"one": "A", "other": "B"}


def test_of_overlapping_values_the_longest_stays():
    long, inside, after = Found("long", 0, 8), Found("in", 2, 4), Found("after", 9, 12)
    assert apart([after, inside, long]) == [long, after]
