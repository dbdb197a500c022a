"""Numbers by which things are known: meant where the thing is not wanted, in any spelling."""

from __future__ import annotations

from .bots import service, slot
from .cases import case

PHARMACY = service(
    "pharmacy",
    [
        slot("prescription", "pattern", "Prescription number", "处方号", pattern=r"\b8[0-9]{5}\b"),
        slot("card", "pattern", "Patient card", "就诊卡号", pattern=r"\d{3}-\d{4}"),
        slot("email", "email", "Email", "邮箱"),
        slot("phone", "phone", "Phone number", "电话"),
        slot("patient", "person", "Patient", "患者"),
    ],
    {
        "en": ["is prescription [812345](prescription) ready", "cancel [812345](prescription)"],
        "zh": ["处方[812345](prescription)好了吗", "取消[812345](prescription)"],
    },
)

UNWANTED = [
    case(PHARMACY, text, gives={"prescription": "812345"})
    for text in (
        "I don't want prescription 812345 any more",
        "I no longer need 812345",
        "please don't send 812345",
        "不想要812345了",
        "812345我不要了",
        "别寄812345了",
        "812345 doesn't work for me",
        "812345不行",
        "not 811111 but 812345",
        "不是811111，是812345",
    )
] + [
    case(
        PHARMACY,
        "I don't want 812345, please keep 811111",
        gives={"prescription": "812345"},
    ),
    case(
        PHARMACY,
        "不要812345，811111留着",
        gives={"prescription": "812345"},
    ),
    case(
        PHARMACY,
        "I don't want mail at nora@example.org any more",
        gives={"email": "nora@example.org"},
    ),
    case(PHARMACY, "别再打13912345678了", gives={"phone": "+8613912345678"}),
    case(PHARMACY, "not 812345", asked="prescription", gives={}),
]

WRITTEN = [
    *(
        case(PHARMACY, text, gives={"prescription": "812345"})
        for text in (
            "#812-345",
            "812 345",
            "# 812345.",
            "处方号：812345。",
            "number812345",
            "ＮＯ．８１２３４５",
        )
    ),
    case(PHARMACY, "812,345", asked="prescription", gives={"prescription": "812345"}),
    case(PHARMACY, "my card is 555 1234", gives={"card": "555-1234"}),
    case(PHARMACY, "5551234", asked="card", gives={"card": "555-1234"}),
]

AGREED = [
    case(PHARMACY, text, gives={name: value})
    for text, name, value in (
        ("电话 07911654321，可以", "phone", "+447911654321"),
        ("可以，电话是13912345678", "phone", "+8613912345678"),
        ("yes, and my phone is 07911 654321", "phone", "+447911654321"),
        ("nora@example.org, yes that's right", "email", "nora@example.org"),
        ("对，邮箱nora@example.org", "email", "nora@example.org"),
    )
]

CASES = [*UNWANTED, *WRITTEN, *AGREED]
