"""What visitors of nineteen companies say, and the values that a policy may take from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from backend.dialogue.memory import Value
from backend.dialogue.tracking.tracker import Mention
from backend.dialogue.tracking.typed import TypedTracker
from backend.dialogue.types import Utterance

from . import (
    cases_addresses,
    cases_answering,
    cases_answers,
    cases_later,
    cases_mended,
    cases_more,
    cases_numbers,
    cases_offers,
    cases_services,
    cases_shop,
    cases_troubles,
    cases_turns,
)
from .bots import HOTEL, SHOP, asking, taken, track

CASES = [
    *cases_answers.SEVERAL,
    *cases_answers.ANSWERS,
    *cases_answers.NOTHING,
    *cases_turns.CORRECTIONS,
    *cases_turns.CAREFREE,
    *cases_turns.OFFERS,
    *cases_turns.REFERENCES,
    *cases_shop.SHOP_AND_HOTEL,
    *cases_services.OTHERS,
    *cases_more.CASES,
    *cases_later.CASES,
    *cases_addresses.CASES,
    *cases_offers.CASES,
    *cases_answering.CASES,
    *cases_numbers.CASES,
    *cases_troubles.CASES,
    *cases_mended.CASES,
]


@pytest.mark.parametrize(("bot", "texts", "more", "expected"), CASES)
async def test_it_takes_what_was_said(
    bot: Any, texts: tuple[str, ...], more: dict[str, Any], expected: dict[str, Any]
) -> None:
    mentions = await track(TypedTracker(), asking(bot, *texts, **more))
    assert taken(mentions) == expected


async def one(bot: Any, text: str, name: str, **more: Any) -> Mention:
    return (await track(TypedTracker(), asking(bot, text, **more)))[name]


async def test_the_answer_to_a_question_is_sure_and_a_chance_number_is_not() -> None:
    assert (await one(SHOP, "10234", "order", asked="order")).confidence == 1.0
    assert (await one(SHOP, "my order is 10234", "order")).confidence > 0.9
    assert 0.5 < (await one(HOTEL, "for Friday", "check_in")).confidence <= 0.6
    assert (await one(SHOP, "I have 3 cats", "size")).confidence < 0.5


async def test_what_speaks_for_a_value_is_said_in_words() -> None:
    assert (await one(SHOP, "10234", "order", asked="order")).how == "the answer to the question"
    assert "beside" in (await one(SHOP, "my order is 10234", "order")).how
    assert "example" in (await one(SHOP, "I want to return the tent", "item")).how
    assert "label" in (await one(SHOP, "comment: ring twice", "comment")).how
    corrected = await one(SHOP, "no, Friday", "pickup", values={"pickup": "2026-12-12"})
    assert corrected.how == "a correction"


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("how long does it take?", "a question"),
        ("要多久？", "a question"),
        ("cancel", "stop"),
        ("can I talk to a human", "a person"),
        ("I don't know", "not knowing"),
        ("yes, correct", "a bare yes or no"),
    ],
)
async def test_free_text_that_is_hardly_an_answer_is_doubtful_and_says_why(
    text: str, how: str
) -> None:
    mention = await one(SHOP, text, "comment", asked="comment")
    assert mention.confidence < 0.5
    assert how in mention.how


async def test_a_wish_for_something_else_is_less_sure_than_an_answer() -> None:
    mention = await one(SHOP, "I'd like to change my address", "comment", asked="comment")
    assert mention.confidence == 0.6


async def test_a_refused_answer_says_why_and_a_chance_one_is_doubtful() -> None:
    asked = await one(SHOP, "3 January 2020", "pickup", asked="pickup")
    assert (asked.kind, asked.reason, asked.fields) == ("bad", "too_early", {"limit": "2026-11-24"})
    assert asked.confidence == 0.8
    nothing = await one(SHOP, "hm hm", "pickup", asked="pickup")
    assert (nothing.kind, nothing.reason) == ("bad", "not_a_date")
    assert nothing.confidence < asked.confidence


async def test_two_values_for_one_slot_are_ambiguous() -> None:
    mention = await one(SHOP, "Friday or Saturday", "pickup", asked="pickup")
    assert (mention.kind, mention.reason) == ("bad", "ambiguous")


async def test_a_reference_points_to_the_place_where_the_value_was_said() -> None:
    history = [Utterance("visitor", "write to amira@example.com", seq=1)]
    mention = await one(SHOP, "the same email as before", "email", asked="email", history=history)
    assert (mention.message, mention.start, mention.text) == (1, 9, "amira@example.com")


async def test_a_later_message_does_not_lose_the_question_to_a_doubtful_answer() -> None:
    request = asking(SHOP, "how long does it take?", "ring twice", asked="comment")
    mentions = await track(TypedTracker(), request)
    assert taken(mentions) == {"comment": "ring twice"}


async def test_what_is_wrong_leaves_its_words_to_the_thing_that_is_chosen_later() -> None:
    """The policy looks for an offered value in the messages before."""
    bot = cases_answering.REPAIR
    told = "the lid of my kettle broke"
    values = {"fault": Value(value=told, text=told, message=1, start=0, end=len(told))}
    request = asking(bot, told, values=values, slots=["how"], options={"how": ["kettle", "iron"]})
    again = replace(request, said=(Utterance("visitor", told, seq=1),))
    assert taken(await track(TypedTracker(), again)) == {"how": "kettle"}
