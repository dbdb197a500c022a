"""What is said to a gym, an insurer and a parcel service."""

from __future__ import annotations

from .bots import SHOP, choices, service, slot
from .cases import FRIDAY, MONDAY, SATURDAY, case, pounds

GYM = service(
    "gym",
    [
        slot("membership", "pattern", "Membership ID", "会员号", pattern=r"GM-\d{4}"),
        slot(
            "course",
            "choice",
            "Class",
            "课程",
            choices=choices(
                yoga=("Yoga", "瑜伽", [], []),
                spin=("Spinning", "动感单车", ["spin", "cycling"], ["单车"]),
                pilates=("Pilates", "普拉提", [], []),
            ),
        ),
        slot(
            "level",
            "choice",
            "Level",
            "级别",
            choices=choices(
                beginner=("beginner", "初级", ["newbie"], ["新手"]),
                advanced=("advanced", "高级", ["experienced"], ["老手"]),
            ),
        ),
        slot("day", "date", "Day", "日期"),
        slot("time", "time", "Time", "时间"),
        slot("guests", "number", "Guests", "同伴人数", "How many friends come along", integer=True),
        slot("reason", "text", "Reason for cancelling", "取消原因"),
    ],
    {
        "en": [
            "book [yoga](course) on [Monday](day)",
            "cancel my membership [GM-1234](membership) because [I am moving](reason)",
        ],
        "zh": ["预约[周一](day)的[瑜伽](course)"],
    },
)
INSURE = service(
    "claims",
    [
        slot("policy", "pattern", "Policy number", "保单号", pattern=r"[A-Z]{2}\d{6}"),
        slot("plate", "pattern", "Number plate", "车牌号", pattern=r"[A-Z]{2}\d{2} ?[A-Z]{3}"),
        slot("happened", "date", "Date of the accident", "事故日期", latest="0"),
        slot("visit", "date", "Inspection date", "查勘日期", earliest="0"),
        slot("amount", "money", "Estimated damage", "损失金额", currency="GBP"),
        slot("driver", "person", "Driver", "驾驶人"),
        slot("holder", "person", "Policy holder", "投保人"),
        slot("place", "location", "Place of the accident", "事故地点"),
        slot("injured", "yes_no", "Injuries", "人员受伤", "Whether anybody was hurt"),
        slot("story", "text", "What happened", "经过"),
    ],
    {
        "en": [
            "my car [AB12 CDE](plate) was hit in [Leeds](place) on [Monday](happened)",
            "claim on policy [AB123456](policy)",
        ],
        "zh": ["[昨天](happened)在[上海](place)出了事故"],
    },
)
PARCEL = service(
    "parcels",
    [
        slot("tracking", "pattern", "Tracking number", "运单号", pattern=r"[A-Z]{2}\d{9}[A-Z]{2}"),
        slot("weight", "number", "Weight", "重量", unit={"en": "kg", "zh": "公斤"}),
        slot("width", "number", "Width", "宽度", unit={"en": "cm", "zh": "厘米"}),
        slot("height", "number", "Height", "高度", unit={"en": "cm", "zh": "厘米"}),
        slot("sender", "person", "Sender", "寄件人"),
        slot("receiver", "person", "Receiver", "收件人"),
        slot("sender_phone", "phone", "Sender's phone", "寄件人电话"),
        slot("receiver_phone", "phone", "Receiver's phone", "收件人电话"),
        slot("from_address", "location", "Collection address", "取件地址"),
        slot("to_address", "location", "Delivery address", "收件地址"),
        slot("insured", "yes_no", "Insurance", "保价"),
        slot(
            "window",
            "choice",
            "Time window",
            "时段",
            choices=choices(
                morning=("morning", "上午", ["am"], ["早上"]),
                afternoon=("afternoon", "下午", ["pm"], []),
            ),
        ),
    ],
    {
        "en": ["send a parcel of [3](weight) kg to [Tom Lee](receiver)"],
        "zh": ["寄一个[3](weight)公斤的包裹给[李明](receiver)"],
    },
)

CASES = [
    case(
        GYM,
        "I'd like to join the beginner spin class on Monday at 18:00",
        gives={"level": "beginner", "course": "spin", "day": MONDAY, "time": "18:00"},
    ),
    case(
        GYM,
        "周一晚上六点的瑜伽课，初级",
        gives={"course": "yoga", "level": "beginner", "day": MONDAY, "time": "18:00"},
    ),
    case(GYM, "my id is gm-4321", asked="membership", gives={"membership": "GM-4321"}),
    case(
        GYM,
        "membership GM-4321, cancel it because it's too far from home",
        gives={"membership": "GM-4321", "reason": "too far from home"},
    ),
    case(GYM, "because I broke my leg", asked="reason", gives={"reason": "I broke my leg"}),
    case(GYM, "Pilates, no hang on, yoga", asked="course", gives={"course": "yoga"}),
    case(GYM, "瑜伽吧，不，还是普拉提", asked="course", gives={"course": "pilates"}),
    case(GYM, "I'll bring 2 friends", gives={"guests": 2}),
    case(GYM, "带两个朋友", asked="guests", gives={"guests": 2}),
    case(GYM, "none", asked="guests", gives={"guests": 0}),
    case(
        GYM,
        "any class is fine as long as it's on Saturday",
        asked="course",
        gives={"course": "ANY", "day": SATURDAY},
    ),
    case(
        GYM,
        "wait, Tuesday would be better than Monday",
        values={"day": MONDAY},
        gives={"day": "2026-12-01"},
    ),
    case(
        GYM,
        "could you move it to 7pm?",
        values={"time": "18:00", "day": MONDAY},
        gives={"time": "19:00"},
    ),
    case(
        GYM,
        "can I come an hour later, at 7?",
        values={"time": "18:00", "day": MONDAY},
        gives={"time": "19:00"},
    ),
    case(
        INSURE,
        "policy AB123456, plate AB12 CDE, it happened yesterday in Leeds, nobody was hurt",
        gives={
            "policy": "AB123456",
            "plate": "AB12 CDE",
            "happened": "2026-11-23",
            "place": "Leeds",
        },
    ),
    case(
        INSURE,
        "The accident was on Sunday and the inspector can come on Friday",
        gives={"happened": "2026-11-22", "visit": FRIDAY},
    ),
    case(INSURE, "damage is about £1,200", gives={"amount": pounds("1200.00")}),
    case(
        INSURE,
        "保单号AB123456，昨天出的事，损失大概3000英镑",
        gives={"policy": "AB123456", "happened": "2026-11-23", "amount": pounds("3000.00")},
    ),
    case(
        INSURE,
        "The driver was Paul Hill, the policy holder is Jane Hill",
        gives={"driver": "Paul Hill", "holder": "Jane Hill"},
    ),
    case(
        INSURE,
        "a van ran into me at the lights",
        asked="story",
        gives={"story": "a van ran into me at the lights"},
    ),
    case(
        INSURE,
        "on Sunday a van ran into me at the lights",
        asked="story",
        gives={"story": "on Sunday a van ran into me at the lights"},
    ),
    case(INSURE, "yes, my wife was hurt", asked="injured", gives={"injured": True}),
    case(INSURE, "没有人受伤", asked="injured", gives={"injured": False}),
    case(
        INSURE,
        "sorry the plate is AB12 CDF",
        values={"plate": "AB12 CDE", "policy": "AB123456"},
        asked="visit",
        gives={"plate": "AB12 CDF"},
    ),
    case(PARCEL, "3 kg, 40 cm wide and 30 cm high", gives={"weight": 3, "width": 40, "height": 30}),
    case(PARCEL, "重3公斤，宽40厘米，高30厘米", gives={"weight": 3, "width": 40, "height": 30}),
    case(
        PARCEL,
        "2.5 kg please, afternoon",
        asked="weight",
        gives={"weight": 2.5, "window": "afternoon"},
    ),
    case(
        PARCEL,
        "sender: Ann Ray\nreceiver: Tom Lee\n"
        "sender's phone: 07911 123456\nreceiver's phone: 07911 654321",
        gives={
            "sender": "Ann Ray",
            "receiver": "Tom Lee",
            "sender_phone": "+447911123456",
            "receiver_phone": "+447911654321",
        },
    ),
    case(
        PARCEL,
        "寄件人：王芳 13812345678\n收件人：李明 13987654321",
        gives={
            "sender": "王芳",
            "receiver": "李明",
            "sender_phone": "+8613812345678",
            "receiver_phone": "+8613987654321",
        },
    ),
    case(
        PARCEL,
        "from 1 High Street, York to 9 Low Road, Leeds",
        gives={"from_address": "1 High Street, York", "to_address": "9 Low Road, Leeds"},
    ),
    case(
        PARCEL,
        "it's for Tom Lee, 07911 654321",
        asked="receiver",
        gives={"receiver": "Tom Lee", "receiver_phone": "+447911654321"},
    ),
    case(PARCEL, "no insurance, morning please", gives={"insured": False, "window": "morning"}),
    case(PARCEL, "要保价，上午来取", gives={"insured": True, "window": "morning"}),
    case(PARCEL, "RR123456789GB", asked="tracking", gives={"tracking": "RR123456789GB"}),
    case(PARCEL, "the weight is 4 not 3", values={"weight": 3, "width": 40}, gives={"weight": 4}),
    case(PARCEL, "重量应该是4公斤", values={"weight": 3, "width": 40}, gives={"weight": 4}),
    case(
        PARCEL,
        "the same as the collection address",
        asked="to_address",
        values={"from_address": "1 High Street, York"},
        gives={"to_address": "1 High Street, York"},
    ),
    case(
        SHOP,
        "Hi there! I bought hiking boots two weeks ago (order 10234) and the left one leaks. "
        "I'd like my money back please.",
        gives={"order": "10234", "reason": "faulty", "kind": "refund"},
    ),
    case(SHOP, "I ordered size 8 but need size 9", gives={"size": 9}),
    case(SHOP, "not tomorrow", asked="pickup", gives={}),
    case(SHOP, "hmm, not sure, maybe Friday?", asked="pickup", gives={"pickup": FRIDAY}),
    case(SHOP, "when can you collect?", asked="pickup", gives={}),
    case(SHOP, "can you collect on Friday?", asked="pickup", gives={"pickup": FRIDAY}),
    case(SHOP, "周五可以吗", asked="pickup", gives={"pickup": FRIDAY}),
    case(SHOP, "30 February", asked="pickup", gives={}),
    case(SHOP, "amira at example dot com", asked="email", gives={"email": "amira@example.com"}),
    case(SHOP, "amira@", asked="email", gives={}),
    case(
        SHOP,
        "it's too small so I'd like to exchange it",
        asked="reason",
        gives={"reason": "too_small", "kind": "exchange"},
    ),
    case(SHOP, "I don't want a refund", asked="kind", gives={}),
    case(
        SHOP,
        "My cat ate them, order 10234",
        asked="comment",
        gives={"comment": "My cat ate them", "order": "10234"},
    ),
]
