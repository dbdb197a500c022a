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


FOREIGN = replace(GOOD, overlap=0.0, same_language=False)


def test_passages_in_another_language_have_to_be_surer() -> None:
    fair = replace(GOOD, sentence=1.1, passage=0.9, title=0.8)
    assert decide([fair]).answerable
    assert not decide([replace(fair, overlap=0.0, same_language=False)]).answerable


def test_a_sure_passage_in_another_language_answers() -> None:
    sure = decide([replace(FOREIGN, passage=1.2, title=1.2), POOR])
    assert sure.answerable
    assert not sure.own


def test_the_questions_own_language_answers_where_its_passage_is_the_best() -> None:
    made = decide([GOOD, replace(FOREIGN, passage=1.3, title=1.3)])
    assert made.answerable
    assert made.own


def test_the_questions_own_language_answers_where_the_other_is_not_sure() -> None:
    made = decide([replace(FOREIGN, passage=0.8, title=0.5), GOOD])
    assert made.answerable
    assert made.own


def test_a_poor_passage_in_the_questions_own_language_is_no_way_out() -> None:
    assert not decide([replace(FOREIGN, passage=0.8, title=0.9), POOR]).answerable
