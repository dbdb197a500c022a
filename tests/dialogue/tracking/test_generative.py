"""The model may only quote: whatever it writes, only the visitor's own words become values."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.dialogue.memory import Option, Value
from backend.dialogue.tracking.form import json_schema
from backend.dialogue.tracking.generative import GenerativeTracker
from backend.dialogue.tracking.tracker import Mention, TrackRequest
from backend.dialogue.tracking.typed import TypedTracker
from backend.dialogue.types import Utterance
from backend.inference.compact_json import compact_grammar
from backend.inference.errors import ModelFailed, Overloaded
from backend.inference.openai_generator import Limits, OpenAIGenerator
from backend.inference.scripted import Answer, ScriptedGenerator
from tests.inference.fake_server import answer, hang, serving, status

from .bots import HOTEL, SHOP, TABLE, asking, check, taken, track

BOOTS = "send back the boots, order 10234, they squeeze my toes"


def form(bot: Any = SHOP, **fields: Any) -> str:
    """A whole answer: null for what is not named."""
    return json.dumps({slot.name: fields.get(slot.name) for slot in bot.slots}, ensure_ascii=False)


def model(*answers: str | Answer) -> tuple[GenerativeTracker, ScriptedGenerator]:
    generator = ScriptedGenerator(answers, otherwise=None)
    return GenerativeTracker(generator, TypedTracker(), patience=5), generator


async def read(bot: Any, text: str, answered: str, **more: Any) -> dict[str, Mention]:
    tracker, _ = model(answered)
    return await track(tracker, asking(bot, text, **more))


async def test_quoted_words_go_through_the_parser_of_the_slot() -> None:
    filled = form(
        order="10234", item="the boots", reason={"quote": "squeeze", "value": "too_small"}
    )
    mentions = await read(SHOP, BOOTS, filled)
    assert taken(mentions) == {"order": "10234", "item": "the boots", "reason": "too_small"}
    assert mentions["order"].text == "10234"


async def test_a_date_is_normalised_and_a_refused_one_says_why() -> None:
    mentions = await read(SHOP, "fetch it on Friday", form(pickup="Friday"))
    assert mentions["pickup"].value == "2026-11-27"
    mentions = await read(SHOP, "fetch it on 3 January 2020", form(pickup="3 January 2020"))
    assert (mentions["pickup"].kind, mentions["pickup"].reason) == ("bad", "too_early")


@pytest.mark.parametrize(
    "invented", ["99999", "234", "1023", "10234 and more", "", " ", "0" * 9000]
)
async def test_what_the_visitor_did_not_write_is_dropped(invented: str) -> None:
    assert await read(SHOP, BOOTS, form(order=invented)) == {}


async def test_white_space_case_and_width_of_a_quotation_do_not_matter() -> None:
    mentions = await read(
        SHOP, "the  BLUE\nboots, order １０２３４", form(order="10234", item="Blue boots")
    )
    assert mentions["item"].text == "BLUE\nboots"
    assert mentions["order"].text == "１０２３４"


async def test_the_newest_place_of_a_quotation_counts() -> None:
    tracker, _ = model(form(TABLE, day="Friday"))
    mentions = await track(tracker, asking(TABLE, "Friday or Sunday", "Friday it is"))
    assert mentions["day"].message == 2


async def test_a_choice_that_only_the_model_knows_is_less_sure() -> None:
    mentions = await read(
        SHOP, "water gets in", form(reason={"quote": "water gets in", "value": "faulty"})
    )
    assert (mentions["reason"].value, mentions["reason"].confidence) == ("faulty", 0.7)
    unknown = form(reason={"quote": "water gets in", "value": "haunted"})
    assert (await read(SHOP, "water gets in", unknown))["reason"].kind == "bad"


async def test_offered_options_are_picked_by_their_labels() -> None:
    options = {"reason": [Option(value=7, label="Left boot"), Option(value=8, label="Right boot")]}
    tracker, generator = model(form(reason={"quote": "the other", "value": "Right boot"}))
    request = asking(SHOP, "the other", options=options, asked="reason")
    assert taken(await track(tracker, request)) == {"reason": 8}
    schema = generator.requests[0].json_schema
    assert schema is not None
    assert "Right boot" in json.dumps(schema)


async def test_dont_care_points_to_the_words_that_say_so() -> None:
    mentions = await read(SHOP, "any size is fine", form(size="dont_care"), asked="size")
    assert (mentions["size"].kind, mentions["size"].confidence) == ("dont_care", 0.9)
    assert "any size" in mentions["size"].text
    mentions = await read(SHOP, "surprise the dog", form(size="dont_care"), asked="size")
    assert mentions["size"].confidence == 0.6


async def test_a_yes_to_an_offered_value_needs_no_quotation() -> None:
    more = {"asked": "email", "options": {"email": ["amira@example.com"]}}
    mentions = await read(SHOP, "yes please", form(), **more)
    assert taken(mentions) == {"email": "amira@example.com"}


async def test_one_place_is_not_two_values_of_a_type() -> None:
    mentions = await read(
        HOTEL, "Friday", form(HOTEL, check_in="Friday", check_out="Friday"), asked="check_out"
    )
    assert taken(mentions) == {"check_out": "2026-11-27"}


async def test_history_may_be_quoted_for_slots_that_are_still_empty() -> None:
    history = [Utterance("visitor", "it's for order 10234", seq=1), Utterance("bot", "Ok.", seq=2)]
    mentions = await read(SHOP, "I told you the number", form(order="10234"), history=history)
    assert mentions["order"].message == 1
    values = {"order": Value(value="10235", text="10235", message=1, start=0, end=5)}
    tracker, _ = model(form(order="10234"))
    request = asking(SHOP, "hm", values=values, history=history)
    assert await track(tracker, request) == {}


async def test_the_prompt_lists_slots_choices_and_the_talk_but_no_sensitive_value() -> None:
    secret = SHOP.model_copy(
        update={"slots": [s.model_copy(update={"sensitive": True}) for s in SHOP.slots]}
    )
    tracker, generator = model(form())
    history = [Utterance("visitor", "10234", seq=1), Utterance("bot", "Why?", seq=2)]
    values = {"order": Value(value="10234", text="10234", message=1, start=0, end=5)}
    await tracker.track(asking(secret, "too tight", values=values, history=history, asked="reason"))
    prompt = generator.requests[0].messages[-1].content
    assert "too_small (too small, 太小)" in prompt
    assert "Help desk: Why?" in prompt
    assert "Customer: too tight" in prompt
    assert "had asked for: reason" in prompt
    assert "10234" not in prompt


@pytest.mark.parametrize(
    "answered",
    [
        "",
        "Sure! The order is 10234.",
        "[1, 2]",
        '{"order": ',
        "{}}{",
        "[" * 3000,
        Answer(form(order="10234"), error=ModelFailed("broke"), after=1),
        Answer(error=Overloaded("full")),
        Answer("x" * 30_000),
    ],
    ids=str,
)
async def test_the_other_tracker_reads_where_the_model_fails(answered: str | Answer) -> None:
    tracker, _ = model(answered)
    mentions = await track(tracker, asking(SHOP, "it is order 10234"))
    assert taken(mentions) == {"order": "10234"}
    assert "without the model" in mentions["order"].how


async def test_a_silent_model_is_given_up_after_its_time() -> None:
    generator = ScriptedGenerator([Answer("{", hang=True)])
    tracker = GenerativeTracker(generator, TypedTracker(), patience=0.02)
    mentions = await track(tracker, asking(SHOP, "it is order 10234"))
    assert taken(mentions) == {"order": "10234"}
    assert generator.running == 0


async def test_json_in_a_code_block_is_read() -> None:
    mentions = await read(SHOP, BOOTS, f"```json\n{form(order='10234')}\n```")
    assert taken(mentions) == {"order": "10234"}


async def test_fields_of_other_types_and_other_names_are_ignored() -> None:
    odd = json.dumps({"order": 10234, "item": ["boots"], "reason": {"value": 3}, "nobody": "boots"})
    assert await read(SHOP, BOOTS, odd) == {}


async def test_nothing_is_asked_where_nothing_was_said() -> None:
    tracker, generator = model()
    assert await tracker.track(asking(SHOP, "  ")) == []
    assert generator.requests == []


def test_a_generator_without_schemas_is_refused_with_what_mends_it() -> None:
    generator = ScriptedGenerator(supports_json_schema=False)
    with pytest.raises(ValueError, match="Choose a server with structured output"):
        GenerativeTracker(generator, TypedTracker())


def test_the_bundled_model_can_keep_to_the_form_without_free_white_space() -> None:
    for bot in (SHOP, HOTEL, TABLE):
        assert compact_grammar(json_schema(bot.slots, {})) is not None


async def test_over_http_the_schema_is_sent_and_the_answer_read() -> None:
    async with serving(answer('{"order": "10', '234"}', packet=7)) as server:
        generator = OpenAIGenerator([server.url], "tiny")
        tracker = GenerativeTracker(generator, TypedTracker())
        mentions = await track(tracker, asking(SHOP, BOOTS))
        sent = server.exchanges[0].body["response_format"]["json_schema"]
        await generator.aclose()
    assert taken(mentions) == {"order": "10234"}
    assert sent["strict"] is True
    assert set(sent["schema"]["required"]) == {slot.name for slot in SHOP.slots}
    assert tracker.name == "generative:1 openai:tiny"


@pytest.mark.parametrize("play", [lambda: status(500, "no"), lambda: hang('{"order"')])
async def test_over_http_a_broken_or_silent_server_is_done_without(play: Callable[[], Any]) -> None:
    async with serving(play()) as server:
        generator = OpenAIGenerator([server.url], "tiny", limits=Limits(silence=0.1))
        tracker = GenerativeTracker(generator, TypedTracker())
        mentions = await track(tracker, asking(SHOP, "it is order 10234"))
        await generator.aclose()
    assert taken(mentions) == {"order": "10234"}


QUOTES = st.one_of(
    st.none(), st.text(max_size=20), st.sampled_from(["10234", "boots", "dont_care"])
)


@settings(max_examples=60, deadline=None)
@given(
    said=st.text(max_size=60),
    given_=st.dictionaries(st.sampled_from([s.name for s in SHOP.slots]), QUOTES),
)
async def test_whatever_the_model_writes_the_mentions_keep_their_contract(
    said: str, given_: dict[str, Any]
) -> None:
    request: TrackRequest = asking(SHOP, f"boots {said} 10234")
    tracker, _ = model(json.dumps(given_))
    check(request, await tracker.track(request))
