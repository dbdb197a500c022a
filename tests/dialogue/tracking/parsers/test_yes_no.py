"""Yes and no."""

import pytest

from backend.dialogue.tracking.parsers import PARSERS

from .reading import EN, ZH, find, found_texts, read, slot

YES_NO = slot("yes_no")

YES = (
    "yes|Yes please|yep go ahead|yeah|yup, do it|sure|sure, why not|of course|ok|OK thanks|okay|"
    "fine by me|go ahead|please do|that's right|that is correct|correct|exactly|sounds good|"
    "absolutely!|y|um, yes|well yes|I do|yes I have|no problem|no worries|all good, yes|👍|"
    "perfect thanks|definitely|please|I think so, yes|yes, they're worn|by all means|true"
)
NO = (
    "no|No thanks|nope|nah|no thank you|not really|not yet|no way|n|no, the 14th|"
    "I don't|I haven't|I'd rather not|of course not|never|no need|that's wrong|that's not right|"
    "no!!!|um no|please don't|absolutely not|never mind|I don't think so|wrong|it isn't|👎|"
    "no, I haven't worn them|No. Not needed"
)
NEITHER = (
    "maybe|not sure|no idea|I don't know|why?|why do you need that?|I have a question|the 14th|"
    "north|yesterday|none of them|10234|🥾||no one told me|cancel my order|okay what about socks"
)
YES_ZH = (
    "是|是的|对|对的|好的|好|可以|行|嗯|嗯嗯|没错|没问题|要|需要|确认|当然|好的，谢谢|可以的|行吧"
    "|没有问题|愿意|那好吧"
)
NO_ZH = (
    "不|不是|不是的|不用了|不用|不要|不需要|没有|还没有|不行|算了|别|不对|不了谢谢|暂时不用|不，14号"
    "|我不要|不好意思，不用了|否"
)
NEITHER_ZH = "不知道|不清楚|好像不是|要退货|为什么|14号|随便|对了我想问一下|是不是|可以的话便宜点"


@pytest.mark.parametrize("text", YES.split("|"))
def test_a_yes_is_read(text):
    assert read(text, YES_NO) is True


@pytest.mark.parametrize("text", NO.split("|"))
def test_a_no_is_read(text):
    assert read(text, YES_NO) is False


@pytest.mark.parametrize("text", NEITHER.split("|"))
def test_what_is_neither_is_refused(text):
    assert read(text, YES_NO) == "not_yes_no"


@pytest.mark.parametrize("text", YES_ZH.split("|"))
def test_a_chinese_yes_is_read(text):
    assert read(text, YES_NO, ZH) is True


@pytest.mark.parametrize("text", NO_ZH.split("|"))
def test_a_chinese_no_is_read(text):
    assert read(text, YES_NO, ZH) is False


@pytest.mark.parametrize("text", NEITHER_ZH.split("|"))
def test_what_is_neither_in_chinese_is_refused(text):
    assert read(text, YES_NO, ZH) == "not_yes_no"


def test_of_a_longer_message_only_the_part_is_found_and_less_surely():
    alone, part = (PARSERS["yes_no"].find(text, YES_NO, EN)[0] for text in ("no", "no, the 14th"))
    assert found_texts("no, the 14th", YES_NO) == ["no"]
    assert part.confidence < alone.confidence


def test_courtesy_and_complaints_are_no_yes_or_no():
    for text in ("track my parcel, please", "no refund showing", "I can't find it", "不用谢"):
        assert find(text, YES_NO) == []


def test_a_yes_or_no_inside_a_sentence_is_not_found():
    assert find("there is no label in the box", YES_NO) == []
    assert find("tell me whether yes means no here", YES_NO) == []
    assert find("used twice, yes", YES_NO) == [True]
