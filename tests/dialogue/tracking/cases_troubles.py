"""What is wrong, told before it is asked for; and what tells too little."""

from __future__ import annotations

from .bots import CLINIC, SHOP
from .cases import FRIDAY, MONDAY, case
from .cases_answering import REPAIR

TOLD = [
    case(
        REPAIR,
        "The door of my dryer came off, I'd like a repair on Friday",
        gives={"fault": "The door of my dryer came off", "visit": FRIDAY},
    ),
    case(
        REPAIR,
        "I need someone at home because the oven won't heat up",
        gives={"how": "home", "fault": "the oven won't heat up"},
    ),
    case(
        REPAIR,
        "My kettle's lid broke and I'd like to have it mended",
        gives={"fault": "My kettle's lid broke"},
    ),
    case(REPAIR, "空调不制冷了，周五能上门吗", gives={"fault": "空调不制冷了", "how": "home",
                                             "visit": FRIDAY}),
    case(REPAIR, "烤箱门关不上，想报修", gives={"fault": "烤箱门关不上"}),
    case(
        CLINIC,
        "my left ear hurts since Sunday's swim, can I see Dr Moss on Monday?",
        gives={"symptoms": "my left ear hurts since Sunday's swim", "doctor": "Moss",
               "day": MONDAY},
    ),
    case(CLINIC, "孩子咳嗽一周了，想看医生", gives={"symptoms": "孩子咳嗽一周了"}),
    case(
        REPAIR,
        "it also leaks at the back",
        values={"fault": "the door sticks"},
        gives={"fault": "the door sticks; it also leaks at the back"},
    ),
    case(
        REPAIR,
        "no, the handle snapped off",
        values={"fault": "the door sticks"},
        gives={"fault": "the handle snapped off"},
    ),
]  # fmt: skip

TOO_LITTLE = [
    case(REPAIR, text, gives={})
    for text in (
        "my dryer is broken",
        "it's faulty",
        "something is wrong with it",
        "机器坏了",
        "买的东西有质量问题",
        "why does my dryer leak?",
        "I don't want it any more",
        "I can't find the invoice",
        "nothing is broken",
    )
] + [
    case(REPAIR, "the door won't shut", asked="owner", values={"fault": "it drips on the floor"},
         gives={}),
    case(SHOP, "the boots leak at the toes, order 10234",
         gives={"order": "10234", "reason": "faulty"}),
]  # fmt: skip

CASES = [*TOLD, *TOO_LITTLE]
