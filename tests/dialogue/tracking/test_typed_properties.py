"""What holds for any text whatever: total, exact, deterministic, and fast enough."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backend.dialogue.likeness import Likeness
from backend.dialogue.memory import Option, Value
from backend.dialogue.schema import Service
from backend.dialogue.tracking.compiled import Compiled
from backend.dialogue.tracking.reading import MOST_READ
from backend.dialogue.tracking.tracker import Mention
from backend.dialogue.tracking.typed import TypedTracker
from backend.dialogue.types import Utterance
from backend.inference.errors import ModelFailed
from backend.inference.scripted import HashEncoder

from .bots import (
    BANK,
    CLINIC,
    HOTEL,
    SHOP,
    TABLE,
    TELECOM,
    TRAVEL,
    asking,
    check,
    service,
    slot,
    taken,
    track,
)

BOTS = (BANK, CLINIC, HOTEL, SHOP, TABLE, TELECOM, TRAVEL)
WORDS = (
    "no not sorry actually the 12th Friday Sunday 10234 12345678 £40 7pm 2 adults boots too "
    "small a@b.co 07911123456 from to and or because any whatever same as before yes second one "
    "email order: reason: change it is my name London : , . ? ! \n 不是 改成 周五 12号 14号 到 从 "
    "随便 都可以 同上 好的 第二个 订单号 是 ， 。 两位 北京 不要 早餐 🙂 \u0000 \ud800 ' ( ) [ ] "
    "’ İ ß ﬃ １０２３４"
).split(" ")
PHRASES = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
GLUED = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)
TEXTS = st.one_of(PHRASES, GLUED, st.text(max_size=80))


@st.composite
def requests(draw: st.DrawFn) -> Any:
    bot = draw(st.sampled_from(BOTS))
    names = [one.name for one in bot.slots]
    values = draw(st.dictionaries(st.sampled_from(names), st.sampled_from(VALUES), max_size=4))
    options = {names[0]: ["a@b.co"], names[-1]: [Option(value=n, label=str(n)) for n in range(3)]}
    return asking(
        bot,
        *draw(st.lists(TEXTS, min_size=1, max_size=3)),
        asked=draw(st.sampled_from(["", "nobody", *names])),
        values=values,
        options=draw(st.sampled_from([{}, options])),
        history=draw(st.sampled_from([(), HISTORY])),
        slots=draw(st.lists(st.sampled_from(names), unique=True)),
    )


HISTORY = (Utterance("visitor", "it's a@b.co", seq=1), Utterance("bot", "Use a@b.co?", seq=2))
VALUES = ["2026-12-12", "10234", "boots", 2, True, None, {"amount": "4.00", "currency": "GBP"}]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(requests())
async def test_any_talk_gives_mentions_that_keep_the_contract(request_: Any) -> None:
    mentions = await TypedTracker().track(request_)
    check(request_, mentions)
    assert mentions == await TypedTracker().track(request_)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(BOTS), TEXTS)
@example(SHOP, "[](")
@example(HOTEL, "the 12th, no, the the 12th to the")
async def test_what_is_not_in_play_is_never_mentioned(bot: Service, text: str) -> None:
    request_ = asking(bot, text, slots=[bot.slots[0].name, "nobody"])
    check(request_, await TypedTracker().track(request_))


PIECES = ["a", "不", "1 ", "Friday ", "no, ", "any ", "\n", "((", "order: ", "a@b.c "]


@pytest.mark.parametrize("piece", PIECES)
async def test_a_message_of_100000_characters_is_read_at_its_beginning(piece: str) -> None:
    text = "order 10234 " + piece * (100_000 // len(piece))
    started = perf_counter()
    mentions = await track(TypedTracker(), asking(SHOP, text, asked="comment"))
    assert perf_counter() - started < 5
    assert all(mention.end <= MOST_READ for mention in mentions.values())


async def test_free_text_that_was_cut_says_so() -> None:
    text = "the heel came off and then " * 30
    mentions = await track(TypedTracker(), asking(SHOP, text, asked="comment"))
    assert "left out" not in mentions["comment"].how
    mentions = await track(TypedTracker(), asking(SHOP, text * 20, asked="comment"))
    assert mentions["comment"].kind == "bad" or "left out" in mentions["comment"].how


def big() -> Service:
    """A service of 60 slots of every kind, with 300 examples."""
    kinds = ("pattern", "date", "text", "number", "email", "phone", "money", "time", "location")
    things = "order parcel invoice pickup return guest room table card policy".split()
    slots = [
        slot(
            f"{things[n % 10]}_{kinds[n % 9]}_{n}",
            kinds[n % 9],
            f"{things[n % 10]} {kinds[n % 9]}",
            description=f"The {kinds[n % 9]} of the {things[n % 10]} that the customer wants",
            **({"pattern": rf"[A-Z]{{{1 + n % 3}}}\d{{5}}"} if kinds[n % 9] == "pattern" else {}),
        )
        for n in range(60)
    ]
    examples = [
        f"please {things[n % 10]} the [thing {n}]({slots[n % 60]['name']}) for [{n}]"
        f"({slots[(n + 7) % 60]['name']}) now"
        for n in range(300)
    ]
    return service("big", slots, {"en": examples})


async def test_sixty_slots_are_read_within_milliseconds() -> None:
    bot, tracker = big(), TypedTracker()
    said = "I want to return the boots from order AB10234 on Friday at 7pm, mail me at a@b.co"
    await tracker.track(asking(bot, said))
    times = []
    for _ in range(9):
        started = perf_counter()
        await tracker.track(asking(bot, said))
        times.append(perf_counter() - started)
    assert sorted(times)[4] < 0.05  # about 5 ms on an idle core


def test_cues_are_compiled_once_for_a_service_and_its_equals() -> None:
    compiled = Compiled()
    names = tuple(one.name for one in SHOP.slots)
    first = compiled.cues(SHOP, names)
    assert compiled.cues(SHOP, names) is first
    assert compiled.cues(Service.model_validate(SHOP.model_dump()), names) is first
    assert compiled.cues(HOTEL, names) is not first
    for count in range(100):
        compiled.cues(service(f"s{count}", [slot("x", "text", "X")], {}), ("x",))
    assert compiled.cues(SHOP, names).labels == first.labels


async def test_the_encoder_is_asked_only_for_ties() -> None:
    encoder = HashEncoder()
    tracker = TypedTracker(Likeness(encoder))
    await tracker.track(asking(HOTEL, "we leave on Sunday"))
    assert encoder.texts == []
    await tracker.track(asking(BANK, "it's 11112222"))
    assert encoder.texts


async def test_a_broken_encoder_leaves_ties_to_the_order() -> None:
    class Broken(HashEncoder):
        async def embed(self, texts: Any, kind: Any) -> Any:
            raise ModelFailed("broken")

    mentions = await track(TypedTracker(Likeness(Broken())), asking(BANK, "it's 11112222"))
    assert taken(mentions) == {"from_account": "11112222"}


async def test_characters_of_one_slot_are_not_given_to_another_later() -> None:
    """The policy reads a task's messages again once options are known."""
    values = {"check_in": Value(value="2026-11-27", text="Friday", message=1, start=8, end=14)}
    request_ = asking(HOTEL, "book it Friday", values=values)
    said = (Utterance("visitor", "book it Friday", seq=1),)
    again = type(request_)(**{**request_.__dict__, "said": said})
    mentions: list[Mention] = await TypedTracker().track(again)
    assert "check_out" not in {mention.slot for mention in mentions}


async def test_an_old_message_does_not_undo_a_later_value() -> None:
    values = {"pickup": Value(value="2026-11-28", text="Saturday", message=5, start=0, end=8)}
    request_ = asking(SHOP, "x", values=values)
    said = (Utterance("visitor", "collect it on Friday", seq=2),)
    again = type(request_)(**{**request_.__dict__, "said": said})
    assert await TypedTracker().track(again) == []


async def test_trackers_may_read_at_the_same_time() -> None:
    tracker = TypedTracker(Likeness(HashEncoder()))
    asked = [asking(bot, "Friday, 10234, 11112222") for bot in BOTS for _ in range(3)]
    together = await asyncio.gather(*(tracker.track(one) for one in asked))
    assert together == [await tracker.track(one) for one in asked]


async def test_a_long_address_that_is_put_right_is_read_in_time() -> None:
    known = "12 " + "Very Long Lane, " * 18
    values = {"address": Value(value=known, text=known, message=1, start=0, end=len(known))}
    started = perf_counter()
    for text in (f"no, not {known}", "not Lane, Road " * 100, "not very long, short " * 200):
        await track(TypedTracker(), asking(TELECOM, text, values=values))
    assert perf_counter() - started < 5
