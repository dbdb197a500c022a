"""Whole dialogues about tasks, with a bot of a library."""

from __future__ import annotations

import pytest

from backend.dialogue.types import ActionResult, Edit

from .bots import labels, visitor


async def test_a_task_is_asked_through_confirmed_and_done_once() -> None:
    one = visitor()
    reply = await one.say("I want to extend my loan")
    assert reply.text == "What is your card number?"
    reply = await one.say("L1234")
    assert labels(reply) == ["Dune", "Emma"]
    reply = await one.click("Dune")
    assert reply.text == "Until when?"
    reply = await one.say("Friday")
    assert "Dune" in reply.text
    assert not one.system.named("extend")
    reply = await one.say("yes please")
    assert reply.text.startswith("Dune is yours until")
    (call,) = one.system.named("extend")
    assert call.request.url == "https://library.example/loans/L1234/b1"
    assert call.request.body == {"until": "2026-11-27"}
    await one.say("yes")
    assert len(one.system.named("extend")) == 1


async def test_several_slots_in_one_message_are_all_taken() -> None:
    one = visitor()
    await one.say("extend my loan of Dune on card L1234 until Friday")
    assert one.slots == {"card": "L1234", "book": "b1", "until": "2026-11-27"}
    assert one.memory.expects.kind == "confirm"


async def test_a_correction_at_the_confirmation_changes_the_slot_and_asks_again() -> None:
    one = visitor()
    await one.say("extend my loan of Dune on card L1234 until Friday")
    reply = await one.say("no, until the 30th")
    assert one.slots["until"] == "2026-11-30"
    assert one.memory.expects.kind == "confirm"
    assert "30" in reply.text
    assert not one.system.named("extend")


async def test_a_plain_no_asks_what_should_be_different() -> None:
    one = visitor()
    await one.say("extend my loan of Dune on card L1234 until Friday")
    reply = await one.say("no")
    assert "new date" in labels(reply)
    reply = await one.say("the date")
    assert reply.text == "Until when?"
    await one.say("28 November")
    assert one.slots["until"] == "2026-11-28"


async def test_cancelling_ends_the_task_without_a_call() -> None:
    one = visitor()
    await one.say("extend my loan of Dune on card L1234 until Friday")
    await one.say("never mind")
    assert not one.memory.tasks
    assert not one.system.named("extend")


async def test_a_question_in_mid_form_is_answered_and_the_form_goes_on() -> None:
    one = visitor()
    await one.say("I want to extend my loan")
    reply = await one.say("How much is standard delivery?")
    assert "£3.95" in reply.text
    assert reply.text.endswith("What is your card number?")
    await one.say("L1234")
    assert one.slots["card"] == "L1234"


async def test_two_wishes_in_one_message_are_met_one_after_the_other() -> None:
    one = visitor()
    reply = await one.say("Which books have I borrowed? Also, I lost my library card.")
    assert reply.text == "What is your card number?"
    reply = await one.say("L1234")
    assert "You have: Dune, Emma." in reply.text
    assert reply.text.endswith("What is your PIN?")


async def test_a_value_is_carried_over_to_the_next_task() -> None:
    one = visitor()
    await one.say("show my loans on card L1234")
    await one.say("I want to extend my loan")
    assert one.slots["card"] == "L1234"
    assert one.memory.tasks[0].values["card"].source == "carried"


async def test_a_short_follow_up_repeats_the_last_task_with_a_new_value() -> None:
    one = visitor()
    await one.say("show my loans on card L1234")
    await one.say("and L9999?")
    assert [call.request.url[-5:] for call in one.system.named("list_loans")] == ["L1234", "L9999"]


async def test_asking_again_uses_other_words_and_then_a_person_is_offered() -> None:
    one = visitor()
    await one.say("I want to extend my loan")
    second = await one.say("hmm dunno")
    assert "It begins with L." in second.text
    await one.say("hmm dunno")
    last = await one.say("hmm dunno")
    assert "human" in [choice.id for choice in last.choices]
    await one.say("L1234")
    assert one.slots["card"] == "L1234"


async def test_a_date_out_of_its_limits_is_refused_with_the_reason() -> None:
    one = visitor()
    await one.say("extend my loan of Dune on card L1234")
    reply = await one.say("until 1 November 2026")
    assert one.memory.expects.slot == "until"
    assert reply.text.endswith("Until when?")
    assert reply.text != "Until when?"


async def test_details_that_are_not_found_are_asked_for_again() -> None:
    one = visitor()
    one.system.answers["list_loans"] = [ActionResult("not_found", 404)]
    reply = await one.say("show my loans on card L1234")
    assert reply.text.startswith("There is no card L1234.")
    assert "card number" in reply.text
    await one.say("L4321")
    assert one.system.named("list_loans")[-1].request.url.endswith("L4321")


async def test_a_system_that_does_not_answer_can_be_tried_again() -> None:
    one = visitor()
    one.system.answers["extend"] = [ActionResult("failure", 500)]
    await one.say("extend my loan of Dune on card L1234 until Friday")
    reply = await one.say("yes")
    assert "Try again" in labels(reply)
    await one.click("Try again")
    first, second = one.system.named("extend")
    assert first.key == second.key
    await one.say("yes")
    assert len(one.system.named("extend")) == 2


async def test_a_refusal_ends_the_task_and_offers_a_person() -> None:
    one = visitor()
    one.system.answers["extend"] = [ActionResult("refused", 409, {"code": "too_late"})]
    await one.say("extend my loan of Dune on card L1234 until Friday")
    reply = await one.say("yes")
    assert "human" in [choice.id for choice in reply.choices]
    assert not one.memory.tasks


async def test_another_value_takes_up_again_what_was_refused() -> None:
    one = visitor()
    one.system.answers["extend"] = [ActionResult("refused", 409, {"code": "too_late"})]
    await one.say("extend my loan of Dune on card L1234 until Friday")
    await one.say("yes")
    reply = await one.say("until Thursday then")
    assert "Dune" in reply.text
    assert "Thursday 26 November 2026" in reply.text
    assert len(one.system.named("extend")) == 1
    await one.say("yes")
    first, second = one.system.named("extend")
    assert second.request.body == {"until": "2026-11-26"}
    assert first.key != second.key


async def test_what_was_cancelled_is_not_taken_up_again() -> None:
    one = visitor()
    await one.say("extend my loan of Dune on card L1234 until Friday")
    await one.say("never mind")
    await one.say("until Thursday then")
    assert not one.memory.tasks
    assert not one.system.named("extend")


async def test_a_sensitive_value_is_masked_wherever_people_look() -> None:
    one = visitor()
    await one.say("I lost my library card")
    reply = await one.say("135790")
    shown = f"{reply.text}{reply.analysis}{reply.changes}"
    assert "135790" not in shown
    (place,) = reply.sensitive
    assert one.history[place[0] - 1].text[place[1] : place[2]] == "135790"
    await one.say("yes")
    (call,) = one.system.named("report")
    assert call.request.body == {"pin": "135790"}
    assert "135790" not in str(call.request.shown)


async def test_an_operators_edit_fills_the_slot() -> None:
    one = visitor()
    await one.say("extend my loan of Dune on card L1234")
    one.edits = (Edit("until", "28 November"),)
    await one.say("ok?")
    assert one.memory.tasks[0].values["until"].value == "2026-11-28"
    assert one.memory.tasks[0].values["until"].source == "operator"


async def test_a_task_can_be_to_get_a_person() -> None:
    one = visitor()
    await one.say("I need a librarian")
    assert one.handoff == "See a librarian"


async def test_a_new_wish_in_mid_form_comes_first_and_the_form_goes_on_after_it() -> None:
    one = visitor()
    await one.say("extend my loan of Dune on card L1234")
    reply = await one.say("which books have I borrowed")
    assert "You have: Dune, Emma." in reply.text
    assert reply.text.endswith("Until when?")


@pytest.mark.parametrize(
    ("said", "expected"),
    [("我想续借", "请问您的借书证号？"), ("我的借书证丢了", "请问密码？")],
)
async def test_chinese_is_understood_and_answered(said: str, expected: str) -> None:
    assert (await visitor().say(said)).text == expected


async def test_a_chinese_task_runs_to_its_end() -> None:
    one = visitor()
    await one.say("我想续借沙丘，借书证L1234")
    await one.click("Dune")
    await one.say("这周五")
    assert one.slots["until"] == "2026-11-27"
    reply = await one.say("好的")
    assert len(one.system.named("extend")) == 1
    assert reply.text
