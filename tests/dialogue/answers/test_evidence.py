from dataclasses import replace

from backend.dialogue.answers.answerability import Decision
from backend.dialogue.answers.evidence import Evidence, gather
from backend.dialogue.likeness import Likeness
from backend.dialogue.understanding.questions import Question

from ..conftest import PASSAGES


class Recorder:
    """A searcher that finds nothing and remembers what it was asked."""

    def __init__(self):
        self.queries = []

    async def search(self, site, query, *, language, limit=5):
        self.queries.append(query)
        return []


async def asked(question, spoken="en"):
    recorder = Recorder()
    evidence = await gather("shop", question, spoken, recorder, Likeness(None))
    assert not evidence.answerable
    return recorder.queries


async def test_a_question_that_stands_alone_is_never_searched_with_what_was_asked_before():
    question = Question("where is my refund", "refund", "delivery to the Highlands refund")
    assert await asked(question) == ["refund"]


async def test_a_question_that_leans_is_searched_in_its_context_first():
    question = Question("and to Ireland?", "to Ireland", "delivery price to Ireland", leans=True)
    assert await asked(question) == ["delivery price to Ireland", "to Ireland"]


async def test_a_question_in_another_language_does_not_lean():
    question = Question("and students?", "students", "退货期限 students 多少天 费用", leans=True)
    assert await asked(question) == ["students"]


def test_passages_in_the_language_that_answers_are_quoted():
    english, chinese = PASSAGES[1], PASSAGES[2]
    evidence = Evidence(Question("怎么退货", "怎么退货"), "怎么退货", "zh", (english, chinese))
    own = replace(evidence, decision=Decision(True, 0.9, "", own=True))
    other = replace(evidence, decision=Decision(True, 0.9, "", own=False))
    assert own.quotable == (chinese,)
    assert other.quotable == (english,)


def test_where_no_passage_is_in_the_language_of_the_question_the_best_ones_language_is_quoted():
    question = Question("怎么退货", "怎么退货")
    evidence = Evidence(question, "怎么退货", "zh", PASSAGES[:2], (), Decision(True, 0.9, ""))
    assert evidence.quotable == PASSAGES[:2]
