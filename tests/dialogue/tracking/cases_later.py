"""What is said to a library, a garage, a cinema and an energy company; and days in their order."""

from __future__ import annotations

from .bots import HOTEL, choices, service, slot
from .cases import FOURTEENTH, FRIDAY, MONDAY, SATURDAY, SIXTEENTH, SUNDAY, TOMORROW, case

LIB = service(
    "loans",
    [
        slot("card", "pattern", "Library card", "借书证号", pattern=r"\d{4}-\d{4}"),
        slot("title", "text", "Book title", "书名", "Which book"),
        slot(
            "branch",
            "choice",
            "Branch",
            "分馆",
            choices=choices(
                central=("Central", "总馆", [], []),
                north=("North Side", "北区分馆", ["north"], ["北区"]),
            ),
        ),
        slot("until", "date", "Return by", "归还日期"),
        slot("copies", "number", "Copies", "册数", integer=True, minimum=1),
        slot("large_print", "yes_no", "Large print", "大字版"),
    ],
    {
        "en": [
            "renew [The Hobbit](title) until [Friday](until)",
            "reserve [Emma](title) at the [Central](branch) branch",
            "extend my loan of [War and Peace](title)",
        ],
        "zh": ["续借[三体](title)到[周五](until)", "在[总馆](branch)预约[红楼梦](title)"],
    },
)
CAR = service(
    "repairs",
    [
        slot("plate", "pattern", "Registration", "车牌", pattern=r"[A-Z]{2}\d{2} ?[A-Z]{3}"),
        slot("model", "text", "Car model", "车型"),
        slot("mileage", "number", "Mileage", "里程", unit={"en": "miles", "zh": "公里"}),
        slot(
            "work",
            "choice",
            "Work",
            "项目",
            choices=choices(
                oil=("oil change", "换机油", [], ["机油"]),
                brakes=("brakes", "刹车", ["brake pads"], []),
                mot=("MOT", "年检", ["annual test"], []),
            ),
        ),
        slot("drop_off", "date", "Drop-off day", "送车日期"),
        slot("collect", "date", "Collection day", "取车日期"),
        slot("at", "time", "Drop-off time", "送车时间"),
        slot("courtesy", "yes_no", "Courtesy car", "代步车"),
        slot("contact", "phone", "Phone", "联系电话"),
    ],
    {
        "en": [
            "book an [MOT](work) for [AB12 CDE](plate)",
            "my [Fiat Panda](model) needs new [brakes](work)",
        ],
        "zh": ["给[京A12345](plate)约[换机油](work)"],
    },
)
FILM = service(
    "cinema",
    [
        slot("film", "text", "Film", "电影"),
        slot("day", "date", "Day", "日期"),
        slot("show", "time", "Showing", "场次"),
        slot("adults", "number", "Adults", "成人票", integer=True),
        slot("kids", "number", "Children", "儿童票", integer=True),
        slot(
            "seat",
            "choice",
            "Seats",
            "座位",
            choices=choices(
                front=("front", "前排", [], ["前面"]),
                middle=("middle", "中间", ["centre"], []),
                back=("back row", "后排", ["at the back"], ["后面"]),
            ),
        ),
        slot("email", "email", "Email", "邮箱"),
    ],
    {
        "en": [
            "2 tickets for [Dune](film) on [Saturday](day)",
            "I want to see [Paddington in Peru](film)",
        ],
        "zh": ["订[周六](day)的[流浪地球](film)"],
    },
)
POWER = service(
    "power",
    [
        slot("account", "pattern", "Account number", "户号", pattern=r"\d{10}"),
        slot("reading", "number", "Meter reading", "电表读数"),
        slot("read_on", "date", "Date of reading", "抄表日期", latest="0"),
        slot("move", "date", "Moving date", "搬家日期", earliest="0"),
        slot("new_home", "location", "New address", "新地址"),
        slot("name", "person", "Account holder", "户主姓名"),
        slot("paper", "yes_no", "Paper bills", "纸质账单"),
        slot(
            "tariff",
            "choice",
            "Tariff",
            "资费",
            choices=choices(
                fixed=("fixed", "固定价", [], ["固定"]),
                flex=("flexible", "浮动价", ["variable"], ["浮动"]),
            ),
        ),
    ],
    {
        "en": [
            "I'm moving to [5 Oak Lane](new_home) on [Monday](move)",
            "my reading is [12345](reading)",
        ],
        "zh": ["[周一](move)搬到[中山路8号](new_home)", "电表读数[12345](reading)"],
    },
)

CASES = [
    case(
        LIB,
        "Can I renew Middlemarch until Friday? My card is 1234-5678",
        gives={"title": "Middlemarch", "until": FRIDAY, "card": "1234-5678"},
    ),
    case(
        LIB,
        "reserve two copies of Dracula at North Side",
        gives={"copies": 2, "title": "Dracula", "branch": "north"},
    ),
    case(LIB, "在北区预约活着", gives={"branch": "north", "title": "活着"}),
    case(LIB, "large print please", gives={"large_print": True}),
    case(LIB, "sorry, Emma, not Dracula", values={"title": "Dracula"}, gives={"title": "Emma"}),
    case(LIB, "the card number is 1234 5678", asked="card", gives={"card": "1234-5678"}),
    case(LIB, "Any branch will do", asked="until", gives={"branch": "ANY"}),
    case(LIB, "哪个分馆都行", asked="branch", gives={"branch": "ANY"}),
    case(LIB, "Pride and Prejudice", asked="title", gives={"title": "Pride and Prejudice"}),
    case(LIB, "what are your opening times?", asked="title", gives={}),
    case(
        CAR,
        "Brakes for AB12 CDE, I'll bring it on Monday at 8:30 and pick it up on Wednesday",
        gives={
            "work": "brakes",
            "plate": "AB12 CDE",
            "drop_off": MONDAY,
            "at": "08:30",
            "collect": "2026-12-02",
        },
    ),
    case(CAR, "it has 45,000 miles on the clock", gives={"mileage": 45000}),
    case(CAR, "送车周一，取车周三", gives={"drop_off": MONDAY, "collect": "2026-12-02"}),
    case(
        CAR,
        "I'd need a courtesy car, my phone is 07911 123456",
        gives={"courtesy": True, "contact": "+447911123456"},
    ),
    case(CAR, "不需要代步车", gives={"courtesy": False}),
    case(
        CAR,
        "can you do Tuesday instead?",
        values={"drop_off": MONDAY},
        asked="at",
        gives={"drop_off": "2026-12-01"},
    ),
    case(CAR, "a Ford Fiesta", asked="model", gives={"model": "a Ford Fiesta"}),
    case(CAR, "my Ford Fiesta needs an oil change", gives={"model": "Ford Fiesta", "work": "oil"}),
    case(CAR, "MOT please. No wait, oil change", asked="work", gives={"work": "oil"}),
    case(CAR, "里程大概6万公里", gives={"mileage": 60000}),
    case(
        FILM,
        "two adults and three kids for Dune on Saturday at 6pm",
        gives={"adults": 2, "kids": 3, "film": "Dune", "day": SATURDAY, "show": "18:00"},
    ),
    case(FILM, "middle seats if possible", gives={"seat": "middle"}),
    case(FILM, "two adults", asked="adults", gives={"adults": 2}),
    case(FILM, "no children, just 2 adults", gives={"adults": 2, "kids": 0}),
    case(
        FILM,
        "订周六晚上八点的流浪地球，成人票两张，后排",
        gives={"day": SATURDAY, "show": "20:00", "adults": 2, "seat": "back"},
    ),
    case(FILM, "make it three adults", values={"adults": 2, "kids": 1}, gives={"adults": 3}),
    case(FILM, "Saturday works. Actually no, Sunday", asked="day", gives={"day": SUNDAY}),
    case(FILM, "换成周日", values={"day": SATURDAY}, asked="email", gives={"day": SUNDAY}),
    case(FILM, "it's joe@x.org, thanks", asked="email", gives={"email": "joe@x.org"}),
    case(
        POWER,
        "I'm moving to 12 Mill Road, Leeds on the 14th, account 1234567890",
        gives={"new_home": "12 Mill Road, Leeds", "move": FOURTEENTH, "account": "1234567890"},
    ),
    case(
        POWER,
        "the meter says 45678, read yesterday",
        gives={"reading": 45678, "read_on": "2026-11-23"},
    ),
    case(POWER, "电表读数是45678，昨天抄的", gives={"reading": 45678, "read_on": "2026-11-23"}),
    case(
        POWER,
        "户号1234567890，下周一搬到解放路20号",
        gives={"account": "1234567890", "move": MONDAY, "new_home": "解放路20号"},
    ),
    case(POWER, "no paper bills", gives={"paper": False}),
    case(POWER, "the account holder is Mary Stone", gives={"name": "Mary Stone"}),
    case(POWER, "固定的吧", asked="tariff", gives={"tariff": "fixed"}),
    case(
        POWER,
        "not the 14th, the 16th",
        values={"move": FOURTEENTH, "read_on": "2026-11-20"},
        gives={"move": SIXTEENTH},
    ),
    case(POWER, "5 Oak Lane, York", asked="new_home", gives={"new_home": "5 Oak Lane, York"}),
    case(POWER, "why do you need that?", asked="account", gives={}),
    case(
        HOTEL,
        "Wednesday",
        asked="check_out",
        values={"check_in": FRIDAY},
        gives={"check_out": "2026-12-02"},
    ),
    case(
        HOTEL,
        "the 2nd",
        asked="check_out",
        values={"check_in": "2026-12-28"},
        gives={"check_out": "2027-01-02"},
    ),
    case(HOTEL, "周三退房", values={"check_in": FRIDAY}, gives={"check_out": "2026-12-02"}),
    case(
        HOTEL,
        "tomorrow",
        asked="check_out",
        values={"check_in": FRIDAY},
        gives={"check_out": TOMORROW},
    ),
]
