"""Corrections, any value, offers taken, and the same as before."""

from __future__ import annotations

from backend.dialogue.memory import Option
from backend.dialogue.types import Utterance

from .bots import BANK, HOTEL, SHOP, TABLE, TELECOM, TRAVEL
from .cases import FOURTEENTH, FRIDAY, SATURDAY, SIXTEENTH, TWELFTH, case

BEFORE_TWELFTH = "2026-12-11"  # the Friday of its week

CORRECTIONS = [
    case(
        SHOP,
        "no, the 14th",
        values={"order": "10234", "pickup": TWELFTH},
        gives={"pickup": FOURTEENTH},
    ),
    case(SHOP, "not the 12th, the 14th", values={"pickup": TWELFTH}, gives={"pickup": FOURTEENTH}),
    case(SHOP, "the 14th, not the 12th", values={"pickup": TWELFTH}, gives={"pickup": FOURTEENTH}),
    case(
        SHOP,
        "actually make it Friday",
        values={"pickup": TWELFTH},
        gives={"pickup": BEFORE_TWELFTH},
    ),
    case(SHOP, "I meant 10235", values={"order": "10234"}, asked="email", gives={"order": "10235"}),
    case(SHOP, "sorry, size 9", values={"size": 8}, asked="email", gives={"size": 9}),
    case(SHOP, "改成周五", values={"pickup": TWELFTH}, gives={"pickup": BEFORE_TWELFTH}),
    case(SHOP, "不是12号，是14号", values={"pickup": TWELFTH}, gives={"pickup": FOURTEENTH}),
    case(SHOP, "把12号改成14号", values={"pickup": TWELFTH}, gives={"pickup": FOURTEENTH}),
    case(SHOP, "不对，订单号是10235", values={"order": "10234"}, gives={"order": "10235"}),
    case(
        SHOP,
        "change the pick-up date to Friday",
        values={"pickup": TWELFTH},
        gives={"pickup": BEFORE_TWELFTH},
    ),
    case(SHOP, "10234, no wait, 10235", asked="order", gives={"order": "10235"}),
    case(SHOP, "Friday... sorry, I mean Saturday", asked="pickup", gives={"pickup": SATURDAY}),
    case(SHOP, "周五，哦不，周六", asked="pickup", gives={"pickup": SATURDAY}),
    case(
        SHOP,
        "an exchange instead of a refund",
        values={"kind": "refund"},
        gives={"kind": "exchange"},
    ),
    case(
        SHOP,
        "not a refund, I want an exchange",
        values={"kind": "refund"},
        gives={"kind": "exchange"},
    ),
    case(
        HOTEL,
        "not the 12th, the 14th",
        values={"check_in": TWELFTH, "check_out": SIXTEENTH},
        gives={"check_in": FOURTEENTH},
    ),
    case(
        HOTEL,
        "no, the 14th",
        values={"check_in": TWELFTH, "check_out": SIXTEENTH},
        gives={"check_out": FOURTEENTH},
    ),
    case(
        HOTEL,
        "sorry, we leave on the 14th",
        values={"check_in": TWELFTH, "check_out": SIXTEENTH},
        asked="adults",
        gives={"check_out": FOURTEENTH},
    ),
    case(
        HOTEL,
        "change the 12th to the 14th please",
        values={"check_in": TWELFTH, "check_out": SIXTEENTH},
        gives={"check_in": FOURTEENTH},
    ),
    case(
        HOTEL,
        "we arrive on the 12th, sorry, the 14th, and leave on the 16th",
        gives={"check_in": FOURTEENTH, "check_out": SIXTEENTH},
    ),
    case(HOTEL, "Friday doesn't work, Saturday", asked="check_in", gives={"check_in": SATURDAY}),
    case(
        BANK,
        "make it £75",
        values={"amount": {"amount": "50.00", "currency": "GBP"}},
        gives={"amount": {"amount": "75.00", "currency": "GBP"}},
    ),
    case(TABLE, "Friday", "no, Saturday", asked="day", gives={"day": SATURDAY}),
    case(TABLE, "sorry, 5 people not 4", values={"people": 4}, gives={"people": 5}),
    case(TABLE, "改到8点", values={"time": "19:00"}, gives={"time": "20:00"}),
    case(
        TELECOM,
        "actually I'd rather have the Light plan",
        values={"plan": "large"},
        asked="start",
        gives={"plan": "small"},
    ),
    case(SHOP, "not the boots, the sandals", values={"item": "boots"}, gives={"item": "sandals"}),
    case(SHOP, "不是靴子，是凉鞋", values={"item": "靴子"}, gives={"item": "凉鞋"}),
    case(
        SHOP,
        "the item should be the sandals",
        values={"item": "boots"},
        gives={"item": "the sandals"},
    ),
]

CAREFREE = [
    case(SHOP, "any", asked="size", gives={"size": "ANY"}),
    case(SHOP, "doesn't matter", asked="pickup", gives={"pickup": "ANY"}),
    case(SHOP, "I really don't mind", asked="kind", gives={"kind": "ANY"}),
    case(SHOP, "whatever", asked="kind", gives={"kind": "ANY"}),
    case(SHOP, "either is fine", asked="kind", gives={"kind": "ANY"}),
    case(SHOP, "随便", asked="kind", gives={"kind": "ANY"}),
    case(SHOP, "都可以", asked="pickup", gives={"pickup": "ANY"}),
    case(SHOP, "无所谓，谢谢", asked="size", gives={"size": "ANY"}),
    case(SHOP, "any size is fine", asked="email", gives={"size": "ANY"}),
    case(SHOP, "尺码无所谓", asked="email", gives={"size": "ANY"}),
    case(HOTEL, "no preference on the room type", asked="check_in", gives={"room": "ANY"}),
    case(TABLE, "any time on Friday", asked="day", gives={"day": FRIDAY, "time": "ANY"}),
    case(TABLE, "any day works, at 7pm", gives={"day": "ANY", "time": "19:00"}),
    case(TABLE, "哪天都行", asked="day", gives={"day": "ANY"}),
    case(TRAVEL, "I don't mind when", asked="departs", gives={"departs": "ANY"}),
    case(SHOP, "do you have any news about it?", asked="size", gives={}),
    case(SHOP, "is there any chance of a refund?", asked="size", gives={"kind": "refund"}),
]

OFFERS = [
    case(
        SHOP,
        "yes",
        asked="email",
        options={"email": ["a@example.com"]},
        gives={"email": "a@example.com"},
    ),
    case(
        SHOP,
        "好的",
        asked="email",
        options={"email": ["a@example.com"]},
        gives={"email": "a@example.com"},
    ),
    case(
        SHOP,
        "yes that one",
        asked="email",
        options={"email": ["a@example.com"]},
        gives={"email": "a@example.com"},
    ),
    case(
        SHOP,
        "no, b@example.com",
        asked="email",
        options={"email": ["a@example.com"]},
        gives={"email": "b@example.com"},
    ),
    case(SHOP, "no", asked="email", options={"email": ["a@example.com"]}, gives={}),
    case(
        SHOP,
        "yes but send it to b@example.com",
        asked="email",
        options={"email": ["a@example.com"]},
        gives={"email": "b@example.com"},
    ),
    case(SHOP, "the second one", asked="reason", gives={"reason": "too_large"}),
    case(SHOP, "第二个", asked="reason", gives={"reason": "too_large"}),
    case(
        SHOP,
        "yes please",
        asked="email",
        history=[Utterance("bot", "Shall I use amira@example.com?", seq=1)],
        gives={"email": "amira@example.com"},
    ),
    case(
        TABLE,
        "the first one",
        asked="time",
        options={
            "time": [Option(value="19:00", label="7 pm"), Option(value="20:30", label="8:30 pm")]
        },
        gives={"time": "19:00"},
    ),
]

REFERENCES = [
    case(
        TELECOM,
        "the same as my mobile number",
        asked="contact",
        values={"number": "+447700900123"},
        gives={"contact": "+447700900123"},
    ),
    case(
        TELECOM,
        "同上",
        asked="contact",
        values={"number": "+447700900123"},
        gives={"contact": "+447700900123"},
    ),
    case(
        SHOP,
        "same email as before",
        asked="email",
        history=[
            Utterance("visitor", "write to amira@example.com", seq=1),
            Utterance("bot", "Done.", seq=2),
        ],
        gives={"email": "amira@example.com"},
    ),
    case(
        SHOP,
        "和之前一样的邮箱",
        asked="email",
        history=[Utterance("visitor", "我的邮箱是amira@example.com", seq=1)],
        gives={"email": "amira@example.com"},
    ),
]
