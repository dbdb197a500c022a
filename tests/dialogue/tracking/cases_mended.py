"""Addresses that are none, days that cannot be, names put right, and what is said last."""

from __future__ import annotations

from backend.dialogue.types import Utterance

from .bots import HOTEL, SHOP
from .cases import FRIDAY, case
from .cases_addresses import PARCEL

_KING = {"address": "18 King Street, Bristol"}
_NAMED = {"guest": "Anika Roe"}
_TIMES = {"arrival": ["09:30", "10:45", "16:30"]}
_ASKED = (Utterance("bot", "I need your address. It looks like name@example.com.", seq=1),)

CASES = [
    *(
        case(PARCEL, text, asked="address", gives={})
        for text in (
            "新地址不方便说",
            "never mind then, ring me",
            "leave it with the porter",
            "ok send it to Bob",
            "保密",
            "我在路上",
        )
    ),
    *(
        case(PARCEL, text, asked="address", gives={"address": text})
        for text in (
            "Flat 7c, The Old Brewery, 3 Dock Street, Hull",
            "Unit 4 Kings Court, Hull",
            "Rose Cottage, Hathersage",
            "12 Elm",
            "人民路",
        )
    ),
    *(
        case(PARCEL, text, values=_KING, gives={"address": "81 King Street, Bristol"})
        for text in ("sorry, not 18, it's 81", "it's 81, not 18", "the number is 81")
    ),
    case(
        PARCEL,
        "the flat is 21b",
        values={"address": "Flat 12b, 5 River Lane, Leeds"},
        gives={"address": "Flat 21b, 5 River Lane, Leeds"},
    ),
    *(
        case(SHOP, text, asked="pickup", gives={"pickup": FRIDAY})
        for text in (
            "hang on, I'm not home on Thursday. Friday?",
            "Thursday doesn't work, Friday?",
            "周四我不在，周五吧",
        )
    ),
    case(SHOP, "I can't on Thursday", asked="pickup", gives={}),
    case(SHOP, "周四不行，改周五", values={"pickup": "2026-12-03"}, gives={"pickup": "2026-12-04"}),
    *(
        case(HOTEL, text, asked="arrival", options=_TIMES, gives={"arrival": time})
        for text, time in (
            ("10:45... or no, the last one of the day", "16:30"),
            ("16:30, actually the earliest", "09:30"),
            ("10点45，算了，最后一个", "16:30"),
        )
    ),
    case(
        HOTEL, "my name is misspelt, it's Annika Roe", values=_NAMED, gives={"guest": "Annika Roe"}
    ),
    case(HOTEL, "姓名写错了，是王方", values={"guest": "王芳"}, gives={"guest": "王方"}),
    case(
        SHOP,
        "ok then a refund",
        asked="size",
        values={"kind": "exchange"},
        gives={"kind": "refund"},
    ),
    case(SHOP, "那就退款吧", asked="size", values={"kind": "exchange"}, gives={"kind": "refund"}),
    case(SHOP, "swap the boots for a 10, please", gives={"kind": "exchange", "size": 10}),
    case(
        SHOP,
        "10187 peter@example.com broken, wrong item",
        gives={"order": "10187", "email": "peter@example.com", "reason": "faulty"},
    ),
    case(SHOP, "yes", asked="email", history=_ASKED, gives={}),
    case(SHOP, "asdkjh", asked="comment", gives={}),
    case(SHOP, "the lid is dead", asked="comment", gives={"comment": "the lid is dead"}),
]
