from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.understanding.marks import Mark, marks, plain

WORDS = st.text("abc 靴子(.", max_size=8)
SLOTS = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)


def test_marks_are_taken_out_of_the_example():
    assert plain("return the [boots](item) from [10234](order)") == "return the boots from 10234"


def test_a_mark_knows_its_place_in_the_plain_text():
    assert marks("退[蓝色靴子](item)，订单[10234](order)") == [
        Mark("item", "蓝色靴子", 1, 5),
        Mark("order", "10234", 8, 13),
    ]


def test_what_is_not_quite_a_mark_stays():
    for text in ("[boots]", "[boots] (item)", "[boots](Item)", "[](item)", "a [b](c d)", "](x)"):
        assert plain(text) == text
        assert marks(text) == []


@given(st.lists(st.tuples(WORDS, WORDS.filter(bool), SLOTS), max_size=4), WORDS)
def test_every_mark_points_at_its_value(parts, end):
    example = "".join(f"{before}[{value}]({slot})" for before, value, slot in parts) + end
    text = plain(example)
    assert text == "".join(before + value for before, value, _ in parts) + end
    found = marks(example)
    assert [(mark.slot, mark.value) for mark in found] == [
        (slot, value) for _, value, slot in parts
    ]
    assert all(text[mark.start : mark.end] == mark.value for mark in found)


@given(st.text("[]()ab_\n"))
def test_any_text_can_be_read(text):
    assert all(plain(text)[mark.start : mark.end] == mark.value for mark in marks(text))
