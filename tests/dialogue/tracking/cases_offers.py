"""Values among those that a bot listed: times, places in the list, and what is not listed."""

from __future__ import annotations

from typing import Any

from backend.dialogue.memory import Option

from .bots import choices, service, slot
from .cases import case

_LOOKED_UP = {"action": "look_up", "items": "free", "value": "@", "label": "@"}
EYES = service(
    "eyes",
    [
        slot("test_day", "date", "Day", "日期"),
        slot("starts", "time", "Time", "时间", "When the eye test begins", offer=_LOOKED_UP),
        slot("frame", "choice", "Frame", "镜框", offer=_LOOKED_UP),
        slot("patient", "person", "Patient", "姓名"),
        slot(
            "branch",
            "choice",
            "Branch",
            "门店",
            choices=choices(
                harbour=("Harbourside", "海港店", [], []),
                market=("Market Hall", "市场店", [], []),
                station=("Station Road", "车站店", [], []),
            ),
        ),
    ],
    {
        "en": [
            "an eye test on [Monday](test_day) at [9:20](starts)",
            "try the [Milo](frame) frame",
        ],
        "zh": ["[周一](test_day)[上午九点](starts)验光"],
    },
)
_TIMES = {"starts": ["09:20", "11:40", "13:20", "16:05"]}
_FEW = {"starts": ["09:20", "11:40", "16:05"]}
_KEYED = {
    "starts": [Option(value="s-77", label="9.20 am"), Option(value="s-78", label="half past five")]
}
_FRAMES = {"frame": [Option(value=n, label=name) for n, name in enumerate(("Milo", "Ada", "Finn"))]}


def times(text: str, gives: str, offered: Any = _TIMES) -> Any:
    return case(EYES, text, asked="starts", options=offered, gives={"starts": gives})


def no_time(text: str, offered: Any = _TIMES, **gives: Any) -> Any:
    return case(EYES, text, asked="starts", options=offered, gives=gives)


OF_DAYS = [
    no_time("the 9th", test_day="2026-12-09"),
    no_time("9号", test_day="2026-12-09"),
    no_time("改到11月30日", test_day="2026-11-30"),
    no_time("11 December", test_day="2026-12-11"),
    *(
        case(EYES, text, asked="starts", slots=["starts"], options=_TIMES, gives={})
        for text in (
            "the 9th",
            "sorry, the 11th",
            "9号",
            "改到11月30日",
            "December 9",
            "order 11",
            "订单号 1605",
            "9 Hill Road, Ripon",
            "there are 11 of us",
            "size 9",
            "我们9个人",
        )
    ),
    *(
        case(EYES, text, slots=["starts"], options=_TIMES, gives={})
        for text in ("an eye test on the 9th please", "11月30日想去验光", "3号吧")
    ),
]

AMONG = [
    times("9.20", "09:20"),
    times("twenty to twelve", "11:40"),
    times("1:20", "13:20"),
    times("下午四点零五分", "16:05"),
    no_time("3pm"),
    no_time("16:00"),
    no_time("下午三点"),
    no_time("noon"),
    times("9:20", "s-77", _KEYED),
    times("5:30", "s-78", _KEYED),
    times("五点半", "s-78", _KEYED),
    no_time("6pm", _KEYED),
    case(EYES, "could I come at 4:05 instead", options=_TIMES, gives={"starts": "16:05"}),
    case(EYES, "10am on Monday", slots=["starts"], options=_TIMES, gives={}),
]

PARTS = [
    times("afternoon please", "16:05", _FEW),
    times("下午吧", "16:05", _FEW),
    times("not in the morning", "16:05", _FEW),
    no_time("in the morning", _FEW),
    no_time("上午", _FEW),
    no_time("morning", _FEW),
    no_time("in the evening", _FEW),
    times("after 2", "16:05"),
    times("any time before 11", "09:20"),
    times("两点以后", "16:05"),
    no_time("after 10"),
    times("around 4", "16:05"),
    times("4ish", "16:05"),
    times("四点左右", "16:05"),
    times("around 11:40", "11:40"),
    no_time("around 3"),
    times("after lunch", "16:05", _FEW),
    times("the earliest please", "09:20"),
    times("越早越好", "09:20"),
    times("the latest", "16:05"),
    times("最晚的那个", "16:05"),
    case(EYES, "an eye test on Monday afternoon", slots=["starts"], options=_FEW,
         gives={"starts": "16:05"}),
    case(EYES, "Good afternoon, I need new glasses", slots=["starts"], options=_FEW, gives={}),
    case(EYES, "下午好，想配眼镜", slots=["starts"], options=_FEW, gives={}),
]  # fmt: skip

PLACES = [
    *(times(text, "09:20") for text in ("the first", "第一个", "the first time", "first slot pls")),
    *(
        times(text, "16:05")
        for text in ("last", "最后一个", "the last one", "最后那场", "the last")
    ),
    times("倒数第二个", "13:20"),
    no_time("the middle one"),
    times("the middle one", "11:40", _FEW),
    *(
        case(EYES, text, asked="frame", options=_FRAMES, gives={"frame": place})
        for text, place in (
            ("the first frame", 0),
            ("第一款", 0),
            ("the middle one", 1),
            ("the one in the middle", 1),
            ("中间那款", 1),
            ("三款里的第二款", 1),
            ("the last of the three", 2),
            ("最后一款，谢谢", 2),
            ("no. 3", 2),
        )
    ),
    *(
        case(EYES, text, asked="branch", gives={"branch": value})
        for text, value in (
            ("第一家", "harbour"),
            ("the second branch", "market"),
            ("中间那家", "market"),
            ("最后一间", "station"),
            ("the last one", "station"),
        )
    ),
    case(EYES, "last week", asked="branch", gives={}),
    case(EYES, "the first floor", asked="branch", gives={}),
]

SKATES = service(
    "skates",
    [
        slot("pair", "choice", "Pair", "冰鞋", "Which pair it is about", offer=_LOOKED_UP),
        slot("size", "choice", "New size", "新尺码", "The size wanted instead", offer=_LOOKED_UP),
        slot("width", "number", "Width in sizes", "宽度尺码", minimum=1, maximum=5),
    ],
    {"en": ["swap the [Arrow](pair) for a [40](size)"], "zh": ["把[Arrow](pair)换成[40](size)码"]},
)
_PAIRS = {
    "pair": [Option(value=7, label="Arrow skates, EU 38"), Option(value=8, label="Swift 2, EU 41")],
    "size": ["EU 36", "EU 37", "EU 38", "EU 39"],
}


def sized(text: str, gives: str) -> Any:
    return case(SKATES, text, asked="size", values={"pair": 7}, options=_PAIRS,
                gives={"size": gives} if gives else {})  # fmt: skip


SIZES = [
    *(sized(text, "EU 39") for text in ("one size up", "the next size bigger", "大一码")),
    sized("换大一号", "EU 39"),
    sized("two sizes smaller", "EU 36"),
    sized("小两码", "EU 36"),
    sized("two sizes up", ""),
    *(sized(text, "EU 37") for text in ("37", "a 37 please", "size 37", "37码", "换成37")),
    sized("45", ""),
    case(SKATES, "换大一码", slots=["size"], values={"pair": 7}, options=_PAIRS,
         gives={"size": "EU 39"}),
    case(SKATES, "大一码", slots=["size"], options=_PAIRS, gives={}),
    case(SKATES, "one size wider than that, I mean one size bigger", values={"width": 3},
         gives={"width": 4}),
    case(SKATES, "two sizes bigger", values={"width": 4}, gives={}),
]  # fmt: skip

CASES = [*SIZES, *OF_DAYS, *AMONG, *PARTS, *PLACES]
