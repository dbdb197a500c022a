"""How people read values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.memory import Option
from backend.dialogue.responding.display import display, mask
from backend.dialogue.schema import Choice, Slot


def slot(kind, **fields):
    return Slot(name="slot", type=kind, **fields)


PAIRS = slot("number", unit={"en": "pairs", "zh": "双"})
WAY = slot("choice", choices=[Choice(value="std", labels={"en": "Standard", "zh": "标准配送"})])


@pytest.mark.parametrize(
    ("one", "value", "english", "chinese"),
    [
        (slot("date"), "2026-11-27", "Friday 27 November 2026", "2026年11月27日（周五）"),
        (slot("time"), "14:30", "2:30 pm", "下午2:30"),
        (slot("time"), "00:05", "12:05 am", "凌晨12:05"),
        (slot("time"), "12:00", "noon", "中午12:00"),
        (slot("time"), "00:00", "midnight", "凌晨12:00"),
        (slot("time"), "09:00", "9:00 am", "上午9:00"),
        (slot("time"), "19:15", "7:15 pm", "晚上7:15"),
        (slot("money"), {"amount": "12.50", "currency": "GBP"}, "£12.50", "£12.50"),
        (slot("money"), {"amount": "1200.00", "currency": "CNY"}, "¥1,200.00", "¥1,200.00"),
        (slot("money"), {"amount": "500", "currency": "JPY"}, "JP¥500", "JP¥500"),
        (slot("money"), {"amount": "9.90", "currency": "CHF"}, "9.90 CHF", "9.90 CHF"),
        (slot("yes_no"), True, "yes", "是"),
        (slot("yes_no"), False, "no", "否"),
        (slot("number"), 2.5, "2.5", "2.5"),
        (slot("number"), 12000, "12,000", "12,000"),
        (PAIRS, 2, "2 pairs", "2双"),
        (PAIRS, 1, "1 pair", "1双"),
        (WAY, "std", "Standard", "标准配送"),
        (slot("text"), "they leak", "they leak", "they leak"),
        (slot("text"), None, "any", "不限"),
        (
            slot("date_range"),
            {"from": "2026-12-14", "to": "2026-12-16"},
            "Monday 14 December to Wednesday 16 December 2026",
            "2026年12月14日（周一）至12月16日（周三）",
        ),
        (
            slot("date_range"),
            {"from": "2026-12-30", "to": "2027-01-02"},
            "Wednesday 30 December 2026 to Saturday 2 January 2027",
            "2026年12月30日（周三）至2027年1月2日（周六）",
        ),
        (
            slot("date_range"),
            {"from": "2026-12-14", "to": "2026-12-14"},
            "Monday 14 December 2026",
            "2026年12月14日（周一）",
        ),
    ],
)
def test_a_value_is_shown_as_people_read_it(one, value, english, chinese):
    assert display(value, one, "en") == english
    assert display(value, one, "zh") == chinese


def test_a_language_without_words_is_shown_in_english():
    assert display("2026-11-27", slot("date"), "fr") == "Friday 27 November 2026"
    assert display(None, slot("date"), "fr") == "any"


def test_an_offered_option_is_shown_by_its_label():
    options = (Option(value=7, label="Tuesday 9:00"), Option(value=True, label="Yes"))
    assert display(7, slot("choice"), "en", options) == "Tuesday 9:00"
    assert display(1, slot("choice"), "en", options) == "1"


@given(
    st.sampled_from([slot(kind) for kind in ("date", "time", "date_range", "money", "number")]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(st.sampled_from(["from", "to", "amount", "currency"]), inner)
        ),
        max_leaves=4,
    ),
)
def test_whatever_else_a_slot_holds_is_shown_as_it_stands(one, value):
    assert isinstance(display(value, one, "en"), str)
    assert isinstance(display(value, one, "zh"), str)


def test_a_mask_tells_only_whether_the_text_is_long():
    assert mask("") == ""
    assert mask("1234") == mask("a") == mask("12345678") == "••••"
    assert mask("ana@example.com") == mask("x" * 500) == "••••••••"
