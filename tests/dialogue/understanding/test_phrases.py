from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.understanding import phrases


@pytest.mark.parametrize(
    "text",
    [
        "I want to speak to a human",
        "can i talk to someone please",
        "get me a real person",
        "no more bots",
        "转人工",
        "我要找人工客服",
    ],
)
def test_the_wish_for_a_person_is_understood(text: str) -> None:
    assert phrases.wants_human(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is there a person who can measure my feet in the shop?",
        "I don't need a human, just tell me the price",
        "Do you sell tents for 2 people?",
        "不需要人工",
    ],
)
def test_a_question_about_people_is_no_wish_for_one(text: str) -> None:
    assert not phrases.wants_human(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("hello!", "greeting"), ("Thanks, bye", "thanks"), ("OK.", "ack"), ("谢谢！", "thanks")],
)
def test_small_talk_is_known_by_its_phrases(text: str, kind: str) -> None:
    assert phrases.small_talk(text) == kind


def test_a_greeting_comes_off_and_the_question_stays() -> None:
    assert phrases.peel("Hi there, where is my order? Thanks!")[0].startswith("where is my order")
    assert phrases.peel("good morning flights")[0] != ""


@pytest.mark.parametrize(
    "text", ["bike hire for a day?", "are you hiring mechanics", "店里能充手机吗"]
)
def test_a_question_with_words_of_its_own_is_never_small_talk(text: str) -> None:
    assert not phrases.of_talk(text)


@pytest.mark.parametrize("text", ["how is your day going?", "thank you for being so helpful"])
def test_what_is_made_of_small_talks_words_may_be_small_talk(text: str) -> None:
    assert phrases.of_talk(text)


def test_anger_is_heard_in_words_capitals_and_marks() -> None:
    assert phrases.sounds_angry("this is ridiculous")
    assert phrases.sounds_angry("WHERE IS MY PARCEL")
    assert phrases.sounds_angry("answer me!!!")
    assert not phrases.sounds_angry("Where is my parcel?")


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    phrases.wants_human(text)
    phrases.small_talk(text)
    phrases.sounds_angry(text)
    phrases.of_talk(text)
    assert len(phrases.peel(text)[0]) <= len(text)
