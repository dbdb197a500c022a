"""Yes and no to what the bot is about to do, and what it is told not to do."""

import pytest

from backend.dialogue.tracking.agreement import closing, hedged, not_to_be_done, yes_or_no

YES = (
    "yes|Yes please|ok|sure, go ahead|book it|yes, send it|no, that's right|no that's right"
    "|👍|👍🏽|👌|perfect, thanks|sounds lovely|that works|please do|ok do that|let's do it|um yes"
    "|yup then|proceed|good|it's fine|no problem|place it please"
    "|是|好的|没问题|没问题，办吧|好，办吧|取消吧|那就取消吧|请提交吧|可以|可以的|行|嗯嗯|对|没错|就这样|好的谢谢|帮我退吧"
    "|不错|不，对的"
)
NO = (
    "no|nope|No thanks|don't|not yet|please don't|ok, no|yes... no|no, don't|wrong|👎|no way"
    "|absolutely not|that's not right|don't do it|do not do that"
    "|不|不要|不对|不行|不是|不好|不需要|不同意|不可以|别|先别|不用了|好的不用了|算了|不要了|没有|不正确|暂时不用"
)
NEITHER = (
    "don't book it|don't send it|do not do it now because|book a table|maybe|north|tomorrow"
    "|不要取消|别取消|对不起|行李丢了|好像不对|对了我想问一下|是不是明天|要不换一个|可以吗|等等再办吧|改天吧|下次吧"
)


@pytest.mark.parametrize("text", YES.split("|"))
def test_a_yes_is_heard(text):
    assert yes_or_no(text) == (True, "")


@pytest.mark.parametrize("text", NO.split("|"))
def test_a_no_is_heard(text):
    assert yes_or_no(text) == (False, "")


@pytest.mark.parametrize("text", NEITHER.split("|"))
def test_what_is_not_a_yes_is_not_taken_for_one(text):
    assert yes_or_no(text)[0] is not True


@pytest.mark.parametrize(
    ("text", "answer", "rest"),
    [
        ("yes please, my wife already bought one", True, "my wife already bought one"),
        ("no, the 14th", False, "the 14th"),
        ("please don't cancel my order", False, "cancel my order"),
        ("no, don't send it", False, "don't send it"),
        ("好的，改成周五", True, "改成周五"),
        ("不，周五", False, "周五"),
    ],
)
def test_what_is_said_besides_is_left(text, answer, rest):
    assert yes_or_no(text) == (answer, rest)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("my number is 07700 900123, yes", True),
        ("电话13800138000，可以", True),
        ("the blue one, no", False),
        ("yes", None),
        ("is it the blue one, yes?", None),
        ("the blue one, thanks", None),
    ],
)
def test_a_message_may_end_with_its_yes_or_no(text, answer):
    assert closing(text) is answer


@pytest.mark.parametrize(
    ("rest", "takes_back"),
    [
        ("my wife already bought one", False),
        ("and thanks for the help", False),
        ("but not to my house", True),
        ("just change the date", True),
        ("wait", True),
        ("不过先等一下", True),
        ("我老婆已经买了", False),
    ],
)
def test_a_yes_with_a_but_is_hedged(rest, takes_back):
    assert hedged(rest) is takes_back


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("please don't cancel my order", "cancel my order"),
        ("don't cancel it after all", "cancel it"),
        ("no, don't do it", ""),
        ("I don't want to return it any more", "return it"),
        ("actually I've decided not to book a table", "book a table"),
        ("不要取消了", "取消"),
        ("还是不取消了", "取消"),
        ("先别取消", "取消"),
        ("不用取消了", "取消"),
        ("我不想退货了", "退货"),
        ("那就别办了吧", ""),
    ],
)
def test_what_is_not_to_be_done_is_named(text, what):
    assert not_to_be_done(text) == what


@pytest.mark.parametrize(
    "text", ["cancel my order", "no", "yes", "they don't fit", "取消订单", "nothing fits"]
)
def test_other_messages_forbid_nothing(text):
    assert not_to_be_done(text) is None
