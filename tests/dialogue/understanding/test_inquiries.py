import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.understanding.inquiries import after, asks_if_done


@pytest.mark.parametrize(
    "text",
    [
        "did you renew my policy?",
        "have you paused my membership yet",
        "has my visit been moved?",
        "is my seat booked now?",
        "ok, was everything sent?",
        "did the payment go through",
        "are we booked in then",
        "can you check if my class was cancelled",
        "续保办好了吗",
        "课取消了没有",
        "是不是已经改了",
        "座位订上了吗？",
        "有没有提交成功",
    ],
)
def test_a_question_whether_something_was_done_is_one(text):
    assert asks_if_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "renew my policy",
        "I want my membership paused",
        "can my visit be moved?",
        "is the pool heated?",
        "are you closed on Monday",
        "is breakfast included",
        "have you got a room for tonight?",
        "did you know that it rains here",
        "my class was cancelled, what now",
        "am I charged for that",
        "帮我取消",
        "可以取消了吗",
        "能退了吗",
        "周一开门吗",
        "我已经交费了",
    ],
)
def test_a_wish_a_rule_and_a_statement_are_not(text):
    assert not asks_if_done(text)


def test_a_question_says_what_it_is_after():
    assert after("until when is the gym open?") == {"when"}
    assert after("where do I park, and how much is it") == {"where", "price"}
    assert after("is there a lift") == {"there"}
    assert after("who teaches yoga") == {"who"}
    assert after("游泳池有多深") == {"degree"}
    assert after("早餐几点开始") == {"when"}
    assert after("does the plan renew by itself") == frozenset()


@given(st.text() | st.text("did have been is my the ed 了吗没有", max_size=150))
def test_any_text_can_be_asked_of(text):
    asks_if_done(text)
    after(text)
