"""More of what is said to a clinic, a bank, a telephone company, a coach line, a restaurant."""

from __future__ import annotations

from .bots import BANK, CLINIC, SHOP, TABLE, TELECOM, TRAVEL
from .cases import FOURTEENTH, FRIDAY, MONDAY, SATURDAY, SUNDAY, TOMORROW, case, pounds

OTHERS = [
    case(
        CLINIC,
        "Tomorrow at 3pm works, and it's my first visit",
        asked="day",
        gives={"day": TOMORROW, "time": "15:00", "first_visit": True},
    ),
    case(
        CLINIC,
        "姓名：张伟\n电话：13812345678\n症状：咳嗽三天",
        gives={"patient": "张伟", "phone": "+8613812345678", "symptoms": "咳嗽三天"},
    ),
    case(
        CLINIC,
        "my name is Sara Cole and I have a bad cough",
        asked="patient",
        gives={"patient": "Sara Cole", "symptoms": "I have a bad cough"},
    ),
    case(CLINIC, "any doctor is fine", asked="doctor", gives={"doctor": "ANY"}),
    case(CLINIC, "哪个医生都行", asked="doctor", gives={"doctor": "ANY"}),
    case(
        CLINIC,
        "Monday. Any time in the morning is fine",
        asked="day",
        gives={"day": MONDAY, "time": "ANY"},
    ),
    case(CLINIC, "do I need a referral?", asked="symptoms", gives={}),
    case(
        CLINIC, "a rash since Monday", asked="symptoms", gives={"symptoms": "a rash since Monday"}
    ),
    case(
        CLINIC,
        "我发烧38度，已经两天了",
        asked="symptoms",
        gives={"symptoms": "我发烧38度，已经两天了"},
    ),
    case(
        BANK,
        "pay John Smith £40 tomorrow, reference pizza night",
        gives={"amount": pounds("40.00"), "day": TOMORROW, "reference": "pizza night"},
    ),
    case(
        BANK,
        "from account 11112222, to account 33334444, £10",
        gives={"from_account": "11112222", "to_account": "33334444", "amount": pounds("10.00")},
    ),
    case(
        BANK,
        "33334444",
        asked="to_account",
        values={"from_account": "11112222"},
        gives={"to_account": "33334444"},
    ),
    case(
        BANK,
        "转入账户应该是55556666",
        values={"from_account": "11112222", "to_account": "33334444"},
        gives={"to_account": "55556666"},
    ),
    case(
        BANK,
        "no, not 33334444 but 55556666",
        values={"from_account": "11112222", "to_account": "33334444"},
        gives={"to_account": "55556666"},
    ),
    case(
        BANK,
        "不是11112222，是55556666",
        values={"from_account": "11112222", "to_account": "33334444"},
        gives={"from_account": "55556666"},
    ),
    case(
        TELECOM,
        "I want the unlimited plan, 12 months, send the SIM to 5 Park Lane, Bath BA1 2AB",
        gives={"plan": "large", "months": 12, "address": "5 Park Lane, Bath BA1 2AB"},
    ),
    case(
        TELECOM,
        "12个月，畅享套餐，周五生效",
        gives={"months": 12, "plan": "large", "start": FRIDAY},
    ),
    case(
        TELECOM,
        "07911 123456",
        asked="contact",
        values={"number": "+447911000000"},
        gives={"contact": "+447911123456"},
    ),
    case(
        TELECOM,
        "you can reach me on 07911 123456",
        values={"number": "+447911000000"},
        asked="plan",
        gives={"contact": "+447911123456"},
    ),
    case(
        TELECOM,
        "the same number",
        asked="contact",
        values={"number": "+447911000000"},
        gives={"contact": "+447911000000"},
    ),
    case(
        TELECOM,
        "和手机号一样",
        asked="contact",
        values={"number": "+8613812345678"},
        gives={"contact": "+8613812345678"},
    ),
    case(
        TRAVEL,
        "I want to go from York to London on Friday and come back on Sunday",
        gives={"origin": "York", "goal": "London", "outward": FRIDAY, "back": SUNDAY},
    ),
    case(
        TRAVEL, "3 tickets, leaving at 8:15", asked="seats", gives={"seats": 3, "departs": "08:15"}
    ),
    case(
        TRAVEL,
        "not London, Leeds",
        values={"origin": "York", "goal": "London"},
        gives={"goal": "Leeds"},
    ),
    case(
        TRAVEL,
        "不是上海，是杭州",
        values={"origin": "北京", "goal": "上海"},
        gives={"goal": "杭州"},
    ),
    case(TRAVEL, "周五去，周日回", gives={"outward": FRIDAY, "back": SUNDAY}),
    case(TRAVEL, "I'll return on Sunday", values={"outward": FRIDAY}, gives={"back": SUNDAY}),
    case(TABLE, "8 people tomorrow, half of them vegetarian", gives={"people": 8, "day": TOMORROW}),
    case(
        TABLE,
        "can I book for 2 at 7pm? name is Jones",
        gives={"people": 2, "time": "19:00", "name": "Jones"},
    ),
    case(
        TABLE,
        "make it 8pm and 3 people",
        values={"people": 2, "time": "19:00"},
        gives={"people": 3, "time": "20:00"},
    ),
    case(TABLE, "outside if possible", asked="wishes", gives={"wishes": "outside if possible"}),
    case(TABLE, "Yes, a table outside please", asked="outside", gives={"outside": True}),
    case(TABLE, "明晚7点，4个人，姓陈", gives={"day": TOMORROW, "time": "19:00", "people": 4}),
    case(
        TABLE, "time doesn't matter, but Friday", asked="day", gives={"day": FRIDAY, "time": "ANY"}
    ),
    case(TABLE, "Friday works, or Saturday", asked="day", gives={"day": FRIDAY}),
    case(TABLE, "sorry not 7, 8pm", values={"time": "19:00", "people": 4}, gives={"time": "20:00"}),
    case(SHOP, "yes", asked="gift", values={"pickup": FRIDAY}, gives={"gift": True}),
    case(SHOP, "yes but Saturday", values={"pickup": FRIDAY}, gives={"pickup": SATURDAY}),
    case(SHOP, "no thanks", values={"pickup": FRIDAY, "item": "boots"}, gives={}),
    case(
        SHOP, "no, I want to change something", values={"pickup": FRIDAY, "item": "boots"}, gives={}
    ),
    case(TABLE, "7pm", "sorry 8pm", "actually 8:30pm", asked="time", gives={"time": "20:30"}),
    case(
        BANK,
        "Two hundred pounds to John Smith",
        asked="amount",
        gives={"amount": pounds("200.00"), "payee": "John Smith"},
    ),
    case(
        BANK,
        "make that £75.50 instead",
        values={"amount": pounds("50.00")},
        asked="payee",
        gives={"amount": pounds("75.50")},
    ),
    case(
        BANK,
        "不是500，是800",
        values={"amount": pounds("500.00")},
        gives={"amount": pounds("800.00")},
    ),
    case(
        BANK,
        "amount 300, from 11112222",
        gives={"amount": pounds("300.00"), "from_account": "11112222"},
    ),
    case(
        BANK,
        "my account is 11112222 and hers is 33334444",
        gives={"from_account": "11112222", "to_account": "33334444"},
    ),
    case(BANK, "收款人改成王芳", values={"payee": "李明"}, gives={"payee": "王芳"}),
    case(
        BANK,
        "the payee is Wang Fang, not Li Ming",
        values={"payee": "Li Ming"},
        gives={"payee": "Wang Fang"},
    ),
    case(
        CLINIC,
        "Monday morning at 9 with Dr Patel",
        gives={"day": MONDAY, "time": "09:00", "doctor": "Patel"},
    ),
    case(
        CLINIC,
        "can we do 10:30 rather than 9?",
        values={"time": "09:00", "day": MONDAY},
        gives={"time": "10:30"},
    ),
    case(CLINIC, "no this isn't my first visit", asked="first_visit", gives={"first_visit": False}),
    case(CLINIC, "I've been before", asked="first_visit", gives={}),
    case(CLINIC, "第一次来", asked="first_visit", gives={}),
    case(
        CLINIC,
        "电话是13812345678，周一上午十点",
        gives={"phone": "+8613812345678", "day": MONDAY, "time": "10:00"},
    ),
    case(CLINIC, "我牙疼，想约周一", gives={"day": MONDAY, "symptoms": "我牙疼"}),
    case(
        CLINIC,
        "a toothache, since Friday, and my number is 07911 123456",
        asked="symptoms",
        gives={"symptoms": "a toothache, since Friday", "phone": "+447911123456"},
    ),
    case(
        TELECOM,
        "start it on the 14th, 24 months contract",
        gives={"start": FOURTEENTH, "months": 24},
    ),
    case(
        TELECOM,
        "地址是北京市朝阳区建国路88号，电话13812345678",
        gives={"address": "北京市朝阳区建国路88号", "contact": "+8613812345678"},
    ),
    case(TELECOM, "换成轻享套餐吧", values={"plan": "large"}, gives={"plan": "small"}),
    case(TELECOM, "24 months not 12", values={"months": 12, "start": FRIDAY}, gives={"months": 24}),
    case(TELECOM, "合约期24个月，下周一生效", gives={"months": 24, "start": MONDAY}),
    case(
        TABLE,
        "table for two tomorrow evening at 8, name Garcia",
        gives={"people": 2, "day": TOMORROW, "time": "20:00", "name": "Garcia"},
    ),
    case(
        TABLE,
        "we'll be 6 now instead of 4",
        values={"people": 4, "time": "19:00"},
        gives={"people": 6},
    ),
    case(
        TABLE,
        "add one more person, so 5",
        values={"people": 4, "time": "19:00"},
        gives={"people": 5},
    ),
    case(
        TABLE,
        "4位，明天晚上6点半，姓名张伟",
        gives={"people": 4, "day": TOMORROW, "time": "18:30", "name": "张伟"},
    ),
    case(TABLE, "special requests: birthday cake", gives={"wishes": "birthday cake"}),
    case(TABLE, "没有特殊要求", asked="wishes", gives={"wishes": "没有特殊要求"}),
    case(TABLE, "do you have vegan food?", asked="wishes", gives={}),
    case(TABLE, "what time do you close on Friday?", asked="people", gives={"day": FRIDAY}),
    case(TRAVEL, "one way from Leeds to York", gives={"origin": "Leeds", "goal": "York"}),
    case(
        TRAVEL,
        "I want to leave from York instead",
        values={"origin": "Leeds", "goal": "London"},
        gives={"origin": "York"},
    ),
    case(
        TRAVEL,
        "York, not Leeds",
        values={"origin": "Leeds", "goal": "London"},
        gives={"origin": "York"},
    ),
    case(
        TRAVEL, "目的地改成深圳", values={"origin": "北京", "goal": "上海"}, gives={"goal": "深圳"}
    ),
    case(TRAVEL, "从杭州出发", values={"origin": "北京", "goal": "上海"}, gives={"origin": "杭州"}),
    case(TRAVEL, "out on Friday, back Sunday", gives={"outward": FRIDAY, "back": SUNDAY}),
]
