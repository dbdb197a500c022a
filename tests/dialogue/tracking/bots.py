"""Services of six made-up companies, as their operators might write them, and a way to track."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from backend.dialogue.memory import Option, Value
from backend.dialogue.schema import Service
from backend.dialogue.tracking.tracker import Mention, Tracker, TrackRequest
from backend.dialogue.tracking.values import Context
from backend.dialogue.types import Utterance

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # a Tuesday


def service(name: str, slots: list[dict[str, Any]], examples: dict[str, list[str]]) -> Service:
    names = [slot["name"] for slot in slots]
    intent = {"name": f"use_{name}", "examples": examples, "slots": [{"slot": n} for n in names]}
    return Service.model_validate({"name": name, "slots": slots, "intents": [intent]})


def slot(
    name: str, type_: str, en: str, zh: str = "", description: str = "", **more: Any
) -> dict[str, Any]:
    title = {"en": en} | ({"zh": zh} if zh else {})
    return {"name": name, "type": type_, "title": title, "description": description, **more}


def choices(**labels: tuple[str, str, list[str], list[str]]) -> list[dict[str, Any]]:
    return [
        {
            "value": value,
            "labels": {"en": en, "zh": zh},
            "synonyms": {"en": more_en, "zh": more_zh},
        }
        for value, (en, zh, more_en, more_zh) in labels.items()
    ]


SHOP = service(
    "returns",
    [
        slot("order", "pattern", "Order number", "订单号", pattern=r"\d{5}"),
        slot("item", "text", "Item", "商品", "What is to be returned"),
        slot(
            "reason",
            "choice",
            "Reason",
            "原因",
            choices=choices(
                too_small=("too small", "太小", ["too tight", "pinches"], ["小了", "挤脚"]),
                too_large=("too large", "太大", ["too big"], ["大了"]),
                faulty=("faulty", "有质量问题", ["broken", "leaks"], ["坏了", "漏水"]),
            ),
        ),
        slot(
            "kind",
            "choice",
            "Refund or exchange",
            "退款或换货",
            choices=choices(
                refund=("refund", "退款", ["money back"], ["退钱"]),
                exchange=("exchange", "换货", ["swap", "replacement"], ["换一双", "换一件"]),
            ),
        ),
        slot("size", "number", "Size", "尺码", "The shoe size wanted instead", minimum=3),
        slot("pickup", "date", "Pick-up date", "取件日期", "Day on which we collect", earliest="0"),
        slot("email", "email", "Email", "邮箱"),
        slot("comment", "text", "Comment", "备注", "Anything else we should know"),
        slot("gift", "yes_no", "Gift wrapping", "礼品包装", "Whether to wrap it as a gift"),
    ],
    {
        "en": [
            "return the [boots](item) from order [10234](order)",
            "I want to send the [rain jacket](item) back, order [10567](order)",
            "exchange my [shoes](item) from order [10011](order)",
            "I'd like to return a [tent](item) because it is [broken](reason)",
        ],
        "zh": [
            "我想退掉订单[10234](order)里的[靴子](item)",
            "要退掉[冲锋衣](item)，订单号[10567](order)",
            "订单[10011](order)的[鞋子](item)想[换货](kind)",
        ],
    },
)

HOTEL = service(
    "stay",
    [
        slot("check_in", "date", "Check-in", "入住日期", "First night: the day guests arrive"),
        slot("check_out", "date", "Check-out", "退房日期", "The day on which guests leave"),
        slot("adults", "number", "Adults", "成人人数", "How many grown-ups", integer=True),
        slot("children", "number", "Children", "儿童人数", "How many kids", integer=True),
        slot(
            "room",
            "choice",
            "Room type",
            "房型",
            choices=choices(
                double=("double room", "大床房", ["double"], ["大床"]),
                twin=("twin room", "双床房", ["twin"], ["双床", "标间"]),
                suite=("suite", "套房", [], []),
            ),
        ),
        slot("breakfast", "yes_no", "Breakfast", "早餐", "Whether breakfast is wanted"),
        slot("guest", "person", "Guest name", "客人姓名", "Who will stay"),
        slot("phone", "phone", "Phone number", "电话"),
        slot("arrival", "time", "Arrival time", "到店时间", "When guests get to the desk"),
    ],
    {
        "en": [
            "book a room from [Friday](check_in) to [Sunday](check_out)",
            "I need a [twin](room) for [2](adults) adults",
        ],
        "zh": ["[周五](check_in)入住，[周日](check_out)退房", "订一间[大床房](room)"],
    },
)

CLINIC = service(
    "appointments",
    [
        slot("patient", "person", "Patient", "患者姓名", "Full name of the person to be seen"),
        slot("doctor", "person", "Doctor", "医生", "Which doctor to see"),
        slot("day", "date", "Day", "就诊日期", earliest="0"),
        slot("time", "time", "Time", "就诊时间"),
        slot("symptoms", "text", "Symptoms", "症状", "What the complaint is"),
        slot("phone", "phone", "Phone", "电话"),
        slot("first_visit", "yes_no", "First visit", "是否初诊"),
    ],
    {
        "en": [
            "I need to see Dr [Patel](doctor) about [a rash](symptoms)",
            "book [Ana Ruiz](patient) in for [a sore throat](symptoms) on [Monday](day)",
        ],
        "zh": ["我想挂[王](doctor)医生的号，[明天](day)", "因为[头疼](symptoms)想看医生"],
    },
)

BANK = service(
    "transfers",
    [
        slot("amount", "money", "Amount", "金额", currency="GBP"),
        slot("from_account", "pattern", "From account", "转出账户", pattern=r"\d{8}"),
        slot("to_account", "pattern", "To account", "转入账户", pattern=r"\d{8}"),
        slot("payee", "person", "Payee", "收款人"),
        slot("day", "date", "Payment date", "付款日期"),
        slot("reference", "text", "Reference", "附言", "Text on the statement"),
    ],
    {
        "en": [
            "send [£50](amount) from [12345678](from_account) to [87654321](to_account)",
            "pay [£20](amount) with the reference [rent May](reference)",
        ],
        "zh": [
            "从[12345678](from_account)转[500](amount)到[87654321](to_account)",
            "转账[200](amount)，附言写[房租](reference)",
        ],
    },
)

TELECOM = service(
    "lines",
    [
        slot("number", "phone", "Mobile number", "手机号", "The line in question"),
        slot("contact", "phone", "Contact number", "联系电话", "Where we can call back"),
        slot(
            "plan",
            "choice",
            "Plan",
            "套餐",
            choices=choices(
                small=("Light", "轻享", ["light plan"], ["轻享套餐"]),
                large=("Max", "畅享", ["max plan", "unlimited"], ["畅享套餐", "不限量"]),
            ),
        ),
        slot("start", "date", "Start date", "生效日期", earliest="0"),
        slot(
            "months",
            "number",
            "Contract length",
            "合约期",
            integer=True,
            unit={"en": "months", "zh": "个月"},
        ),
        slot("address", "location", "Address", "地址", "Where to send the SIM card"),
    ],
    {
        "en": ["switch my plan to [Max](plan)", "send the card to [12 High Street](address)"],
        "zh": ["把套餐换成[畅享](plan)", "卡寄到[上海市南京路1号](address)"],
    },
)

TRAVEL = service(
    "trips",
    [
        slot("origin", "location", "From", "出发地", "Town where the trip starts"),
        slot("goal", "location", "To", "目的地", "Town where the trip ends"),
        slot("outward", "date", "Outward date", "去程日期"),
        slot("back", "date", "Return date", "返程日期"),
        slot("seats", "number", "Seats", "座位数", integer=True, minimum=1, maximum=9),
        slot("departs", "time", "Departure time", "出发时间"),
    ],
    {
        "en": [
            "a coach from [Keswick](origin) to [Bristol](goal)",
            "[2](seats) seats to [London](goal) from [York](origin)",
            "go to [Leeds](goal) [tomorrow](outward)",
        ],
        "zh": ["从[北京](origin)到[上海](goal)", "去[广州](goal)的车，[明天](outward)"],
    },
)

TABLE = service(
    "tables",
    [
        slot("people", "number", "Number of people", "人数", integer=True, minimum=1, maximum=20),
        slot("day", "date", "Date", "日期"),
        slot("time", "time", "Time", "时间"),
        slot("name", "person", "Name", "姓名", "Whose name the table is under"),
        slot("wishes", "text", "Special requests", "特殊要求"),
        slot("outside", "yes_no", "Table outside", "露天座位"),
    ],
    {
        "en": ["a table for [4](people) on [Friday](day) at [7pm](time)"],
        "zh": ["[周五](day)[晚上7点](time)订[4](people)位"],
    },
)


def said(*texts: str, first: int = 3) -> tuple[Utterance, ...]:
    return tuple(Utterance("visitor", text, seq=first + i) for i, text in enumerate(texts))


def asking(
    bot: Service,
    *texts: str,
    asked: str = "",
    values: Mapping[str, Any] | None = None,
    options: Mapping[str, Sequence[Any]] | None = None,
    history: Sequence[Utterance] = (),
    slots: Sequence[str] = (),
) -> TrackRequest:
    """``values`` are Values, or plain values said in messages 1, 2 … of their order."""
    filled = {
        name: value
        if isinstance(value, Value)
        else Value(value=value, text=str(value), message=place + 1, end=len(str(value)))
        for place, (name, value) in enumerate((values or {}).items())
    }
    listed = {
        name: tuple(o if isinstance(o, Option) else Option(value=o, label=str(o)) for o in found)
        for name, found in (options or {}).items()
    }
    return TrackRequest(
        service=bot,
        intent=bot.intents[0],
        slots=tuple(slots) or tuple(one.name for one in bot.slots),
        said=said(*texts, first=1 + len(filled) + len(history)),
        context=Context(now=NOW, language="en", region="GB"),
        history=history,
        asked=asked,
        values=filled,
        options=listed,
    )


async def track(tracker: Tracker, request: TrackRequest) -> dict[str, Mention]:
    """The mentions by slot, after checking what holds for every answer."""
    mentions = await tracker.track(request)
    check(request, mentions)
    return {mention.slot: mention for mention in mentions}


def check(request: TrackRequest, mentions: Sequence[Mention]) -> None:
    """At most one a slot, only slots in play, exact provenance, kinds that fit their values."""
    names = [mention.slot for mention in mentions]
    assert len(set(names)) == len(names)
    assert set(names) <= set(request.slots)
    texts = {u.seq: u.text for u in (*request.history, *request.said)}
    for mention in mentions:
        assert 0 <= mention.start <= mention.end
        assert texts[mention.message][mention.start : mention.end] == mention.text
        assert 0 <= mention.confidence <= 1
        assert (mention.value is None) == (mention.kind != "value")
        assert bool(mention.reason) == (mention.kind == "bad")


def taken(mentions: Mapping[str, Mention]) -> dict[str, Any]:
    """What a policy would take: sure enough, and no refusals; ANY where all will do."""
    return {
        name: "ANY" if one.kind == "dont_care" else one.value
        for name, one in mentions.items()
        if one.kind != "bad" and one.confidence >= 0.5
    }
