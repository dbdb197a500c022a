from backend.dialogue.answers.evidence import gather
from backend.dialogue.likeness import Likeness
from backend.dialogue.understanding.questions import Question


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
