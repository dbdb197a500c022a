from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.understanding.questions import MOST_QUESTIONS, split


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("How long is delivery?", 1),
        ("How long is delivery and what does it cost?", 2),
        ("how much is express delivery and can I pay with paypal", 2),
        ("My parcel is late. Where is it?", 1),
        ("怎么退货？多久退款？", 2),
        ("I want a tent and a mat", 1),
    ],
)
def test_two_questions_in_a_message_are_told_apart(message: str, count: int) -> None:
    assert len(split([message])) == count


def test_a_second_half_that_means_little_alone_gets_the_first_as_context() -> None:
    _, second = split(["How long is delivery and what does it cost?"])
    assert "delivery" in second.context


def test_a_follow_up_is_given_what_was_asked_before() -> None:
    (question,) = split(["And to Ireland?"], ["How much is delivery?"])
    assert question.leans
    assert question.context.startswith("How much is delivery?")


def test_a_question_that_stands_alone_needs_no_context() -> None:
    (question,) = split(["How do I reset a forgotten password?"], ["How much is delivery?"])
    assert not question.context


@given(st.lists(st.text(max_size=120), max_size=4), st.lists(st.text(max_size=60), max_size=3))
def test_any_messages_make_at_most_a_few_questions(said: list[str], before: list[str]) -> None:
    found = split(said, before)
    assert len(found) <= MOST_QUESTIONS
    assert all(question.query.strip() for question in found)
