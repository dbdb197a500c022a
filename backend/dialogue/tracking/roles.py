"""Words that go with a kind of slot in any schema, whether or not an operator marked an example.

“From” comes before an origin and “to” before a destination, “in” before a town; guests, seats and
tickets are counted as people. Knows only the slots' own words.
"""

from __future__ import annotations

from backend.words import stem

from ..schema import Slot
from .reading import tokens

_PLACES = frozenset({"location", "text", "choice", "person"})
_TIMES = frozenset({"date", "time"})


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


# Per kind of slot: the slot's own words, Han words in them, and what comes before its values.
_STARTS = (
    (
        _PLACES,
        _stems("from origin departure depart leave start source pickup sender"),
        ("出发", "起点", "始发", "上车", "寄件", "起始"),
        frozenset({"from", "leaving", "departing", "自", "从", "由"}),
    ),
    (
        _TIMES,
        _stems("start begin from checkin outbound pickup first earliest"),
        ("开始", "入住", "去程", "起始", "最早"),
        frozenset({"from", "starting", "beginning", "从", "自"}),
    ),
)
_ENDS = (
    (
        _PLACES,
        _stems("to destination arrival arrive goal end dropoff receiver recipient payee deliver"),
        ("目的", "到达", "终点", "下车", "收件", "抵达"),
        frozenset({"to", "towards", "into", "到", "去", "往", "至", "飞"}),
    ),
    (
        _TIMES,
        _stems("end until till return back checkout finish latest last"),
        ("结束", "退房", "离店", "返程", "回程", "最晚", "截止"),
        frozenset({"to", "until", "till", "til", "through", "到", "至"}),
    ),
)
_WHERE = (
    (
        frozenset({"location"}),
        _stems("city town location area place where venue branch store region country"),
        ("城市", "地点", "地区", "门店", "位置"),
        frozenset({"in", "near", "around", "在"}),
    ),
)
_NAMES = frozenset({"i'm", "叫", "姓"})  # before the name of a person
# What is counted where a slot counts people.
PEOPLE = frozenset(
    {"person", *_stems("guest seat passenger rider traveler traveller attendee ticket visitor")}
    | _stems("participant diner spot party friend pax")
)


def roles(slot: Slot) -> frozenset[str]:
    """The tokens that may stand before a value of the slot by its role; mostly none."""
    starts, ends, where = (_fitting(slot, kinds) for kinds in (_STARTS, _ENDS, _WHERE))
    if starts and ends:
        starts = ends = frozenset()
    counted = frozenset({"for"}) if counts_people(slot) else frozenset()
    return starts | ends | where | counted | (_NAMES if slot.type == "person" else frozenset())


def _fitting(
    slot: Slot,
    kinds: tuple[tuple[frozenset[str], frozenset[str], tuple[str, ...], frozenset[str]], ...],
) -> frozenset[str]:
    named = _named(slot)
    stems = {token.stem for token in tokens(named)}
    for types, words, han, before in kinds:
        if slot.type in types and (words & stems or any(word in named for word in han)):
            return before
    return frozenset()


def counts_people(slot: Slot) -> bool:
    """Whether the slot is a number of people."""
    return slot.type == "number" and any(token.stem in PEOPLE for token in tokens(_named(slot)))


def _named(slot: Slot) -> str:
    return " ".join([slot.name.replace("_", " "), *slot.title.values()])
