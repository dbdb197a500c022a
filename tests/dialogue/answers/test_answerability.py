from __future__ import annotations

from dataclasses import replace

import pytest

from backend.dialogue.answers.answerability import Signs, decide

GOOD = Signs(0.8, 1.1, 1.1, title=0.9, words=4)
POOR = Signs(0.1, 0.6, 0.6, title=0.4, words=2)


def test_a_near_question_is_answered_and_a_far_one_refused() -> None:
    assert decide([GOOD]).answerable
    assert not decide([POOR]).answerable
    assert not decide([]).answerable


def test_words_that_the_articles_do_not_know_speak_against_an_answer() -> None:
    assert decide([replace(GOOD, foreign=1.0)]).score < decide([GOOD]).score


@pytest.mark.parametrize("sign", ["overlap", "sentence", "passage", "title"])
def test_more_of_any_likeness_never_lowers_the_score(sign: str) -> None:
    more = replace(POOR, **{sign: getattr(POOR, sign) + 0.5})
    assert decide([more]).score > decide([POOR]).score


def test_a_long_question_need_not_be_as_near_as_a_short_one() -> None:
    assert decide([replace(GOOD, words=12)]).score > decide([replace(GOOD, words=2)]).score


def test_without_an_encoder_most_of_the_words_must_stand_in_a_passage() -> None:
    assert decide([Signs(0.7)]).answerable
    assert not decide([Signs(0.5)]).answerable
