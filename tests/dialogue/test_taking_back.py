"""What visitors take back, doubt or leave open in the middle of a task, with a bot of a library."""

from __future__ import annotations

import pytest

from backend.dialogue.deciding import naming, tasks
from backend.dialogue.memory import Task, Value
from backend.dialogue.schema import Schema
from backend.dialogue.types import ActionResult

from .bots import SCHEMA, Visitor, labels, visitor

LOANS = SCHEMA.services[0]
EXTEND = LOANS.intents[0]


async def about_to_extend() -> Visitor:
    one = visitor()
    await one.say("extend my loan of Dune on card L1234 until Friday")
    assert one.memory.expects.kind == "confirm"
    return one


@pytest.mark.parametrize(
    "text",
    [
        *("no", "don't", "not yet", "do not do that", "don't book it", "👎"),
        *("不对", "不行", "不是", "不好", "不需要", "不同意"),
        *("maybe", "yes but wait", "yes, but change the date", "好的，不过等一下", "改天吧"),
        *("yes, tomorrow", "do it tomorrow", "great, next week", "嗯，我再想想", "对，明天再说"),
        *("yes please, my sister has it", "ok let me think", "make it the last one of the day"),
        *("is it done yet?", "yes? what does it cost?", "did you extend it?"),
    ],
)
async def test_nothing_is_done_without_a_plain_yes(text: str) -> None:
    one = await about_to_extend()
    await one.say(text)
    assert not one.system.named("extend")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "yes",
            "yes please, thank you so much",
            "yes, extend the loan of Dune please",
            "👍",
            "ok do that",
            "no, that's right",
        ),
        *("on card L1234, yes", "可以，谢谢", "没问题，办吧", "好，续借吧", "就这样"),
    ],
)
async def test_a_yes_with_other_words_is_a_yes(text: str) -> None:
    one = await about_to_extend()
    await one.say(text)
    assert len(one.system.named("extend")) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("please don't extend my loan", "don't extend it after all", "I don't want to extend it"),
        *("actually I've decided not to extend the loan", "不要续借了", "还是不续借了", "先别续借"),
        *("fine, leave it", "yes I want to keep it", "great, keep it", "go ahead and keep it"),
        *(
            "right, don't bother",
            "nah forget it",
            "nothing, leave it",
            "不，别续借",
            "算了不续借了",
        ),
        *("ok she says leave it. please don't extend it", "行吧，那留着", "对，我想留着"),
        *("don't", "please don't", "不要", "先别", "cancel the loan", "cancel this please"),
    ],
)
async def test_a_wish_taken_back_ends_the_task(text: str) -> None:
    one = await about_to_extend()
    reply = await one.say(text)
    assert reply.analysis["task"]["status"] == "cancelled"
    assert not one.memory.tasks
    assert not one.system.named("extend")


async def test_who_says_what_not_to_do_gets_no_task() -> None:
    one = visitor()
    reply = await one.say("please don't extend my loan")
    assert not one.memory.tasks
    assert reply.text == "All right, I'll leave everything as it is."


async def test_asked_whether_it_is_done_the_bot_says_what_became_of_it() -> None:
    one = await about_to_extend()
    reply = await one.say("have you extended it?")
    assert reply.text.startswith("Nothing has been done yet.")
    await one.say("yes")
    reply = await one.say("did you extend it?")
    assert reply.text == "Yes, “Extend a loan” is done."
    assert len(one.system.named("extend")) == 1


async def test_a_second_yes_does_nothing_more() -> None:
    one = await about_to_extend()
    await one.say("yes")
    reply = await one.say("yes, book it please")
    assert reply.text == "Yes, “Extend a loan” is done."
    assert len(one.system.named("extend")) == 1


async def test_a_refused_task_is_said_not_to_be_done() -> None:
    one = await about_to_extend()
    one.system.answers["extend"] = [ActionResult("refused", 409)]
    await one.say("yes")
    reply = await one.say("is it done?")
    assert reply.text == "No, “Extend a loan” couldn't be done."


async def test_a_task_that_waits_is_gone_back_to_by_its_name() -> None:
    one = visitor()
    await one.say("extend my loan of Dune on card L1234")
    await one.say("I lost my library card")
    assert one.memory.tasks[0].intent == "report_lost"
    await one.say("back to the loan")
    assert one.memory.tasks[0].intent == "extend_loan"
    assert one.slots["book"] == "b1"


async def test_where_one_book_has_to_be_chosen_any_is_the_first() -> None:
    one = visitor()
    await one.say("extend my loan on card L1234")
    await one.say("any will do")
    assert one.slots["book"] == "b1"


async def test_a_date_that_has_to_be_named_is_asked_for_again() -> None:
    one = visitor()
    await one.say("extend my loan of Dune on card L1234")
    reply = await one.say("I don't mind")
    assert one.memory.expects.slot == "until"
    assert "until" not in one.slots
    assert "I do need one" in reply.text


async def test_details_alone_are_asked_what_they_are_for() -> None:
    one = visitor()
    reply = await one.say("L1234")
    assert reply.text == "Thank you. What would you like me to do with this?"
    await one.say("show my loans")
    (call,) = one.system.named("list_loans")
    assert call.request.url.endswith("L1234")


def given(**values: str) -> Task:
    return Task(
        id=1,
        intent="extend_loan",
        values={name: Value(value=value, text=value) for name, value in values.items()},
    )


def test_once_one_detail_is_put_right_the_other_is_taken_as_it_was() -> None:
    task = tasks.doubt(LOANS, given(card="L1234", until="2026-11-27"), ["card", "until"])
    assert not task.values
    task = tasks.fill(LOANS, task, "until", Value(value="2026-11-28"))
    task = tasks.settle_doubts(LOANS, task)
    assert {name: value.value for name, value in task.values.items()} == {
        "card": "L1234",
        "until": "2026-11-28",
    }


def test_the_same_detail_again_settles_nothing() -> None:
    task = tasks.doubt(LOANS, given(card="L1234", until="2026-11-27"), ["card", "until"])
    task = tasks.fill(LOANS, task, "card", Value(value="L1234"))
    task = tasks.settle_doubts(LOANS, task)
    assert "until" not in task.values


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the card number is wrong", ("card",)),
        ("change the number", ("card",)),
        ("the house number is wrong", ()),
        ("借书证号错了", ("card",)),
        ("the new date", ("until",)),
    ],
)
def test_a_slot_is_named_by_words_of_its_own(text: str, named: tuple[str, ...]) -> None:
    assert naming.slots(LOANS, EXTEND, text) == named


async def test_what_a_task_was_answered_with_is_known_to_the_next() -> None:
    changed = SCHEMA.model_dump()
    (service,) = changed["services"]
    service["actions"][1]["results"] = {"card": "number"}
    one = visitor(schema=Schema.model_validate(changed))
    one.system.answers["extend"] = [ActionResult("success", 200, {"number": "L9999"})]
    await one.say("extend my loan of Dune on card L1234 until Friday")
    await one.say("yes")
    assert one.memory.done[-1].results["card"] == "L9999"
    assert labels(one.reply) == []


@pytest.mark.parametrize(
    "text", ["I don't have the number", "no idea", "I can't find it", "忘了", "我不知道"]
)
async def test_who_has_no_answer_is_offered_a_person_and_a_way_out(text: str) -> None:
    one = visitor()
    await one.say("I want to extend my loan")
    reply = await one.say(text)
    assert one.memory.expects.slot == "card"
    assert [choice.id.split(":")[0] for choice in reply.choices] == ["human", "cancel"]
    assert "look like" not in reply.text


async def test_a_goodbye_in_mid_form_leaves_the_form_waiting() -> None:
    one = visitor()
    await one.say("I want to extend my loan")
    reply = await one.say("bye")
    assert reply.text == "Goodbye, and thank you for getting in touch."
    await one.say("L1234")
    assert one.slots["card"] == "L1234"


async def test_what_was_agreed_to_is_done_before_what_is_asked_for_besides() -> None:
    one = await about_to_extend()
    await one.say("yes please. And report my card as lost")
    assert len(one.system.named("extend")) == 1
    assert one.memory.tasks[0].intent == "report_lost"


async def test_a_plain_no_to_a_question_for_details_offers_a_way_out() -> None:
    one = visitor()
    await one.say("I want to extend my loan")
    reply = await one.say("no thanks")
    assert [choice.id.split(":")[0] for choice in reply.choices] == ["human", "cancel"]


async def test_keeping_things_as_they_are_begins_nothing() -> None:
    one = visitor()
    reply = await one.say("I'd rather keep it")
    assert not one.memory.tasks
    assert reply.text == "All right, I'll leave everything as it is."


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("10240 ann@example.com", False),
        ("订单号10240，邮箱ann@example.com", False),
        ("平时穿42码，登山鞋该买多大", True),
        ("my parcel 10240 is late", True),
    ],
)
def test_details_alone_are_told_from_what_is_said_with_them(text: str, more: bool) -> None:
    assert naming.has_words(text) is more
