"""What is an answer and what is not: names where they stand, waiting, questions about a choice."""

from __future__ import annotations

from .bots import CLINIC, HOTEL, SHOP, choices, service, slot
from .cases import FRIDAY, case

REPAIR = service(
    "repair",
    [
        slot("model", "text", "Model", "型号", "Which machine it is"),
        slot("fault", "text", "Fault description", "故障描述", "What is wrong with the machine"),
        slot("owner", "person", "Owner", "机主姓名"),
        slot("email", "email", "Email", "邮箱"),
        slot("phone", "phone", "Phone", "电话"),
        slot("visit", "date", "Day of the visit", "上门日期"),
        slot(
            "how",
            "choice",
            "Repair at home or in the workshop",
            "维修方式",
            choices=choices(
                home=("at home", "上门维修", ["home visit", "engineer"], ["上门"]),
                shop=("in the workshop", "送修", ["workshop", "bring it in"], ["寄修"]),
            ),
        ),
    ],
    {"en": ["my [washer](model) needs a repair"], "zh": ["我的[洗衣机](model)要报修"]},
)
REPAIR = REPAIR.model_copy(
    update={
        "intents": [
            REPAIR.intents[0].model_copy(
                update={"title": {"en": "Book a repair", "zh": "预约维修"}}
            )
        ]
    }
)

NAMES = [
    case(
        REPAIR,
        "a home visit on Friday for Nora Webb nora@example.org",
        gives={"how": "home", "visit": FRIDAY, "owner": "Nora Webb", "email": "nora@example.org"},
    ),
    case(
        REPAIR,
        "Nora Webb, nora@example.org",
        gives={"owner": "Nora Webb", "email": "nora@example.org"},
    ),
    case(
        REPAIR,
        "Omar van der Linde / 07911 123456",
        gives={"owner": "Omar van der Linde", "phone": "+447911123456"},
    ),
    case(REPAIR, "nora, nora@example.org", gives={"email": "nora@example.org"}),
    case(
        REPAIR,
        "陈静，13912345678",
        gives={"owner": "陈静", "phone": "+8613912345678"},
    ),
    case(
        REPAIR,
        "我姓周，叫我小周，邮箱 zhou@example.org",
        gives={"owner": "周", "email": "zhou@example.org"},
    ),
    case(REPAIR, "帮赵敏约上门", gives={"owner": "赵敏", "how": "home"}),
    case(REPAIR, "put it under Okafor please", gives={"owner": "Okafor"}),
    case(REPAIR, "it's for my father Ivan Petrov", gives={"owner": "Ivan Petrov"}),
    case(REPAIR, "周五，13912345678", gives={"visit": FRIDAY, "phone": "+8613912345678"}),
    case(REPAIR, "a visit on Friday for Good Measure", gives={"visit": FRIDAY}),
    case(REPAIR, "Kind Regards, nora@example.org", gives={"email": "nora@example.org"}),
    case(REPAIR, "14 Castle Street, 07911 123456", gives={"phone": "+447911123456"}),
    case(REPAIR, "就填孙丽吧", asked="owner", gives={"owner": "孙丽"}),
    case(REPAIR, "免贵姓高", asked="owner", gives={"owner": "高"}),
    case(REPAIR, "姓高", asked="owner", gives={"owner": "高"}),
    case(
        REPAIR,
        "Ines Duarte, Friday please",
        asked="owner",
        gives={"owner": "Ines Duarte", "visit": FRIDAY},
    ),
    case(REPAIR, "will brown", asked="owner", gives={"owner": "will brown"}),
]

NO_ANSWERS = [
    case(REPAIR, text, asked=name, gives={})
    for name in ("owner", "fault")
    for text in (
        "wait a sec",
        "hang on a moment please",
        "no wait",
        "let me have a look",
        "等一下哈",
        "稍等，我看看",
        "the second one",
        "last one",
        "最后一个",
        "a repair",
        "book a repair",
        "维修",
        "I told you already",
        "see above",
        "前面说过了",
        "dunno",
        "还没想好",
        "uhm",
        "help me",
    )
] + [
    case(REPAIR, "good question", asked="owner", gives={}),
    case(REPAIR, "Thursday evening", asked="owner", gives={}),
    case(REPAIR, "本人", asked="owner", gives={}),
    case(REPAIR, "who wants to know", asked="owner", gives={}),
    case(REPAIR, "my name", asked="owner", gives={}),
]

STILL_ANSWERS = [
    case(REPAIR, "wait, it's the door that sticks", asked="fault",
         gives={"fault": "wait, it's the door that sticks"}),
    case(REPAIR, "no idea, it simply stopped spinning", asked="fault",
         gives={"fault": "no idea, it simply stopped spinning"}),
    case(REPAIR, "the last one you repaired leaks again", asked="fault",
         gives={"fault": "the last one you repaired leaks again"}),
    case(REPAIR, "等一下，门关不上", asked="fault", gives={"fault": "等一下，门关不上"}),
    case(SHOP, "wait at the door", asked="comment", gives={"comment": "wait at the door"}),
    case(SHOP, "last house on the left", asked="comment",
         gives={"comment": "last house on the left"}),
    case(CLINIC, "May Grace", asked="patient", gives={"patient": "May Grace"}),
]  # fmt: skip

QUESTIONS = [
    *(
        case(REPAIR, text, asked="how", gives={})
        for text in (
            "what does a home visit cost?",
            "how far is the workshop?",
            "is the workshop open on bank holidays?",
            "which is quicker, at home or in the workshop?",
            "do you have a workshop in Perth?",
            "上门要多少钱？",
            "上门维修收费吗",
            "送修要几天？",
            "can you tell me what the home visit includes?",
        )
    ),
    *(
        case(REPAIR, text, asked="how", gives={"how": value})
        for text, value in (
            ("can someone do it at home?", "home"),
            ("could I bring it in?", "shop"),
            ("at home, how much is that?", "home"),
            ("workshop?", "shop"),
            ("how about the workshop", "shop"),
            ("能上门吗", "home"),
            ("可以送修吗？", "shop"),
        )
    ),
    case(HOTEL, "do you also have it with a balcony?", asked="room", gives={}),
    case(HOTEL, "有套房吗？", asked="room", gives={}),
]

CASES = [*NAMES, *NO_ANSWERS, *STILL_ANSWERS, *QUESTIONS]
