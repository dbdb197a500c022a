from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.understanding.clauses import Piece, grouped, opening_words, pieces

EXAMPLES = (
    "return the boots",
    "start a return",
    "cancel my order",
    "order 10234 hasn't come",
    "where is my order",
    "the zip broke",
)
OPENERS = opening_words(EXAMPLES, ("Change the address", "修改地址"))


def cut(text):
    return [text[piece.start : piece.end] for piece in pieces(text, OPENERS)]


def asking(text):
    return [text[p.start : p.end] for p in pieces(text, OPENERS) if p.asks or p.more]


def test_a_message_may_be_cut_at_stops_commas_and_joining_words():
    assert cut("Return the boots. Also, when are you open?") == [
        "Return the boots.",
        "when are you open?",
    ]
    assert cut("return the boots and change my address") == [
        "return the boots",
        "change my address",
    ]
    assert cut("return it; cancel my order, please") == ["return it", "cancel my order", "please"]


def test_a_message_may_be_cut_in_chinese():
    assert cut("我要退靴子，还要改收货地址") == ["我要退靴子", "还要改收货地址"]
    assert cut("我想退货，另外你们周日营业吗？") == ["我想退货", "你们周日营业吗？"]
    assert cut("退货还有改地址") == ["退货", "改地址"]


def test_numbers_and_abbreviations_of_number_are_left_whole():
    assert cut("return order no. 10234") == ["return order no. 10234"]
    assert cut("it cost 12.50 and 3,000") == ["it cost 12.50", "3,000"] or len(cut("12.50")) == 1


def test_a_list_of_things_asks_for_nothing_of_its_own():
    assert asking("return the boots and the socks") == ["return the boots"]
    assert asking("我要退靴子和袜子") == ["我要退靴子和袜子"]


def test_words_that_name_a_thing_are_no_imperatives():
    assert {"return", "cancel", "change", "修改"} <= OPENERS
    assert not {"order", "where", "the", "start a"} & OPENERS
    assert asking("order 10234, return the boots") == ["return the boots"]


def test_one_more_thing_counts_as_asked_for():
    text = "return the boots, also my jacket broke"
    assert asking(text) == ["return the boots", "my jacket broke"]
    assert asking("return the boots. my jacket is broken as well") == [
        "return the boots.",
        "my jacket is broken as well",
    ]


def piece(start, own="", *, asks=True):
    question = own == "?"
    return Piece(start, start + 5, asks=asks, intent="" if question else own, question=question)


def test_two_wishes_are_two_groups():
    assert grouped([piece(0, "return"), piece(10, "cancel")]) == [(0, 5), (10, 15)]


def test_a_question_beside_a_wish_is_a_group_of_its_own():
    assert grouped([piece(0, "return"), piece(10, "?")]) == [(0, 5), (10, 15)]
    assert grouped([piece(0, "?"), piece(10, "return")]) == [(0, 5), (10, 15)]


def test_the_same_wish_in_other_words_is_one_group():
    assert grouped([piece(0, "return"), piece(10, "return"), piece(20)]) == [(0, 25)]


def test_a_reason_goes_with_its_wish_wherever_it_stands():
    reason = piece(10, "claim", asks=False)
    assert grouped([piece(0, "return"), reason]) == [(0, 15)]
    assert grouped([replace(reason, start=0, end=5), piece(10, "return")]) == [(0, 15)]


def test_a_reason_between_two_wishes_goes_with_the_one_it_means():
    said = [piece(0, "return"), piece(10, "claim", asks=False), piece(20, "claim")]
    assert grouped(said) == [(0, 5), (10, 25)]


def test_what_means_nothing_by_itself_is_added_to_what_stands_before_it():
    assert grouped([piece(0), piece(10, "return"), piece(20), piece(30, "cancel"), piece(40)]) == [
        (0, 25),
        (30, 45),
    ]


def test_nothing_is_no_group():
    assert grouped([]) == []
    assert pieces(" … ", OPENERS) == []


@given(st.text("ab ,.;?!，。；还有要and also\n1") | st.text())
def test_pieces_are_in_order_apart_and_without_spaces_around(text):
    found = pieces(text, OPENERS)
    assert len(found) <= 8
    ends = [0]
    for one in found:
        said = text[one.start : one.end]
        assert said == said.strip()
        assert said
        assert one.start >= ends[-1]
        ends.append(one.end)


def test_a_message_of_joints_alone_is_read_in_no_time():
    for text in (" , and " * 20_000, "还要" * 20_000, " and" * 20_000, "，" * 50_000):
        assert len(pieces(text, OPENERS)) <= 8
