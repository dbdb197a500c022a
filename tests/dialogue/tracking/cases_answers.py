"""Several values in one message, answers to questions, and messages without a value."""

from __future__ import annotations

from .bots import BANK, CLINIC, HOTEL, SHOP, TABLE, TELECOM, TRAVEL
from .cases import FRIDAY, MONDAY, SUNDAY, TOMORROW, case

SEVERAL = [
    case(
        SHOP,
        "I want to return the boots from order 10234, they're too small",
        gives={"order": "10234", "item": "boots", "reason": "too_small"},
    ),
    case(
        SHOP,
        "I'd like to return the blue rain jacket from order 10238 because it leaks",
        gives={"order": "10238", "item": "blue rain jacket", "reason": "faulty"},
    ),
    case(
        SHOP,
        "我想退掉订单10234里的靴子，太小了",
        gives={"order": "10234", "item": "靴子", "reason": "too_small"},
    ),
    case(
        SHOP,
        "order: 10234\nemail: amira@example.com\nreason: too big\ncomment: ring twice",
        gives={
            "order": "10234",
            "email": "amira@example.com",
            "reason": "too_large",
            "comment": "ring twice",
        },
    ),
    case(
        SHOP,
        "订单号：10234，邮箱：amira@example.com，备注：请按门铃",
        gives={"order": "10234", "email": "amira@example.com", "comment": "请按门铃"},
    ),
    case(
        SHOP,
        "10234, and my email is amira@example.com",
        asked="order",
        gives={"order": "10234", "email": "amira@example.com"},
    ),
    case(
        HOTEL,
        "We arrive on Friday and leave on Sunday, 2 adults and 1 child",
        gives={"check_in": FRIDAY, "check_out": SUNDAY, "adults": 2, "children": 1},
    ),
    case(
        HOTEL,
        "A twin room from Friday to Sunday please",
        gives={"check_in": FRIDAY, "check_out": SUNDAY, "room": "twin"},
    ),
    case(
        HOTEL,
        "周五入住，周日退房，大床房，两位成人",
        gives={"check_in": FRIDAY, "check_out": SUNDAY, "room": "double", "adults": 2},
    ),
    case(
        HOTEL,
        "Checking out on Sunday, checking in on Friday",
        gives={"check_in": FRIDAY, "check_out": SUNDAY},
    ),
    case(
        TRAVEL,
        "from Keswick to Bristol tomorrow",
        gives={"origin": "Keswick", "goal": "Bristol", "outward": TOMORROW},
    ),
    case(
        TRAVEL,
        "2 seats to London from York, leaving on Friday",
        gives={"origin": "York", "goal": "London", "seats": 2, "outward": FRIDAY},
    ),
    case(
        TRAVEL,
        "明天从北京到上海，两个座位",
        gives={"origin": "北京", "goal": "上海", "outward": TOMORROW, "seats": 2},
    ),
    case(
        BANK,
        "send £250 from 11112222 to 33334444 on Friday",
        gives={
            "amount": {"amount": "250.00", "currency": "GBP"},
            "from_account": "11112222",
            "to_account": "33334444",
            "day": FRIDAY,
        },
    ),
    case(
        BANK,
        "to 33334444 from 11112222 please",
        gives={"from_account": "11112222", "to_account": "33334444"},
    ),
    case(
        BANK,
        "从11112222转到33334444",
        gives={"from_account": "11112222", "to_account": "33334444"},
    ),
    case(
        TABLE,
        "a table for 4 on Friday at 7pm",
        gives={"people": 4, "day": FRIDAY, "time": "19:00"},
    ),
    case(
        TABLE,
        "周五晚上7点订6位",
        gives={"people": 6, "day": FRIDAY, "time": "19:00"},
    ),
    case(
        CLINIC,
        "I need to see Dr Patel about a rash on Monday at 10:30",
        gives={"doctor": "Patel", "symptoms": "a rash", "day": MONDAY, "time": "10:30"},
    ),
    case(
        TELECOM,
        "My number is 07700 900123, please put me on the Max plan from Friday",
        gives={"number": "+447700900123", "plan": "large", "start": FRIDAY},
    ),
    case(
        TELECOM,
        "contact number 07700 900456, mobile number 07700 900123",
        gives={"contact": "+447700900456", "number": "+447700900123"},
    ),
]

ANSWERS = [
    case(SHOP, "10234", asked="order", gives={"order": "10234"}),
    case(SHOP, "Hi, it's 10234 thanks", asked="order", gives={"order": "10234"}),
    case(
        SHOP,
        "their zip burst after a week",
        asked="comment",
        gives={"comment": "their zip burst after a week"},
    ),
    case(SHOP, "9", asked="size", gives={"size": 9}),
    case(SHOP, "Friday", asked="pickup", gives={"pickup": FRIDAY}),
    case(SHOP, "周五吧", asked="pickup", gives={"pickup": FRIDAY}),
    case(SHOP, "yes please", asked="gift", gives={"gift": True}),
    case(SHOP, "不用了", asked="gift", gives={"gift": False}),
    case(CLINIC, "John Smith", asked="patient", gives={"patient": "John Smith"}),
    case(
        CLINIC,
        "Amira Khan, 07700 900123",
        asked="patient",
        gives={"patient": "Amira Khan", "phone": "+447700900123"},
    ),
    case(CLINIC, "王小明", asked="patient", gives={"patient": "王小明"}),
    case(
        CLINIC,
        "my head hurts and I feel dizzy",
        asked="symptoms",
        gives={"symptoms": "my head hurts and I feel dizzy"},
    ),
    case(CLINIC, "头疼，还有点发烧", asked="symptoms", gives={"symptoms": "头疼，还有点发烧"}),
    case(
        HOTEL, "Sunday", asked="check_out", values={"check_in": FRIDAY}, gives={"check_out": SUNDAY}
    ),
    case(HOTEL, "4", asked="children", values={"adults": 2}, gives={"children": 4}),
    case(HOTEL, "just the two of us", asked="adults", gives={"adults": 2}),
    case(
        TELECOM,
        "12 High Street, Leeds LS1 4AB",
        asked="address",
        gives={"address": "12 High Street, Leeds LS1 4AB"},
    ),
    case(
        TELECOM,
        "上海市浦东新区世纪大道100号",
        asked="address",
        gives={"address": "上海市浦东新区世纪大道100号"},
    ),
    case(TRAVEL, "Bristol", asked="goal", values={"origin": "Keswick"}, gives={"goal": "Bristol"}),
    case(BANK, "rent for June", asked="reference", gives={"reference": "rent for June"}),
    case(
        TABLE,
        "a high chair for the baby please",
        asked="wishes",
        gives={"wishes": "a high chair for the baby"},
    ),
]

NOTHING = [
    case(SHOP, "what's the weather like?", gives={}),
    case(SHOP, "how long does a refund take?", asked="order", gives={"kind": "refund"}),
    case(SHOP, "ok", asked="order", gives={}),
    case(SHOP, "thanks!", asked="comment", gives={}),
    case(SHOP, "how much is delivery to Ireland?", asked="comment", gives={}),
    case(SHOP, "cancel", asked="comment", gives={}),
    case(SHOP, "算了", asked="comment", gives={}),
    case(SHOP, "can I talk to a person please", asked="item", gives={}),
    case(SHOP, "I bought 3 of them", asked="order", gives={}),
    case(SHOP, "yes", gives={}),
    case(SHOP, "no", gives={}),
    case(SHOP, "🙂🙂🙂", asked="pickup", gives={}),
    case(CLINIC, "I don't know", asked="symptoms", gives={}),
    case(CLINIC, "不知道", asked="symptoms", gives={}),
]
