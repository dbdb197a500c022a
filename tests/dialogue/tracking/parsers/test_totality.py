"""What holds for every parser and any text: it answers, in bounds, in order, within the limits."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.dialogue import tracking
from backend.dialogue.memory import Option
from backend.dialogue.responding.display import display
from backend.dialogue.schema import Choice
from backend.dialogue.tracking.parsers import PARSERS
from backend.dialogue.tracking.reasons import REASONS
from backend.dialogue.tracking.values import Bad, Context, Found

from .reading import EN, ZH, slot

SLOTS = (
    slot("text"),
    slot("person"),
    slot("location"),
    slot("email"),
    slot("phone"),
    slot("yes_no"),
    slot("time"),
    slot("date"),
    slot("date", earliest="0", latest="+30"),
    slot("date", latest="0"),
    slot("date_range"),
    slot("date_range", earliest="1"),
    slot("number"),
    slot("number", minimum=1, maximum=10, integer=True, unit={"en": "pairs", "zh": "双"}),
    slot("money"),
    slot("money", minimum=1, maximum=100, currency="GBP"),
    slot("pattern", pattern=r"[A-Z]{2}-\d{3}|\d{5}"),
    slot("choice"),
    slot(
        "choice",
        choices=[
            Choice(value="refund", labels={"en": "Refund", "zh": "退款"}),
            Choice(value="swap", labels={"en": "Exchange it", "zh": "换货"}),
        ],
    ),
)
OPTIONS = (Option(value="L1", label="Fell Boots, size 8"), Option(value=2, label="防风外套"))
# Pieces of what parsers look for, so that random texts come near to values.
PIECES = (
    "the 14th|14|/12|Dec |next |Friday|week|at 3|pm|:30|half past |two |hundred|£|12.50|元|"
    "三|十|月|号|"
    "周五|下|到|-|to |from |ana@|example.com|+44 |020 7946 0958|10234|NW-|yes|no, |not |boots|退款|"
    "my name is |我叫|High Street|上海市|路|  |.|,|\n|\0|👍|９|、|،|‏|é|ß|İ|①|½|\ud800"
).split("|")
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
NOWS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
CONTEXTS = st.builds(
    Context,
    now=NOWS,
    language=st.sampled_from(("en", "zh", "fr", "")),
    region=st.sampled_from(("GB", "US", "CN", "JP", "", "??")),
    options=st.sampled_from(((), OPTIONS)),
)


def whole(found, text):
    """Whether a value or a refusal is one that people can be told of."""
    assert 0 <= found.start <= found.end <= len(text)
    if isinstance(found, Bad):
        assert found.reason in REASONS
        assert all(isinstance(value, str) for value in found.fields.values())
        return
    assert 0 < found.confidence <= 1
    assert found.start < found.end


def within_limits(value, one, now):
    if one.type == "number":
        assert one.minimum is None or one.minimum <= value <= one.maximum
        assert not one.integer or isinstance(value, int)
    if one.type == "money" and value["currency"] == one.currency:
        assert one.minimum <= float(value["amount"]) <= one.maximum
    today = now.date()
    for day in [value] if one.type == "date" else []:
        ahead = (datetime.fromisoformat(day).date() - today).days
        assert one.latest != "0" or ahead <= 0
        assert one.latest != "+30" or 0 <= ahead <= 30
    if one.type == "date_range":
        assert value["from"] <= value["to"]
        assert one.earliest != "1" or value["from"] > today.isoformat()
    if one.type in ("pattern", "choice", "text", "person", "location"):
        assert value


@pytest.mark.parametrize("one", SLOTS, ids=lambda one: one.type)
@given(text=TEXTS, context=CONTEXTS)
@example(text="\ud800 12\udfff", context=EN)
@example(text="İİİ İ14 Dec", context=EN)
def test_any_text_gives_values_in_bounds_and_limits_or_a_known_reason(one, text, context):
    parser = PARSERS[one.type]
    found = parser.find(text, one, context)
    answer = parser.read(text, one, context)
    for each in [*found, answer]:
        whole(each, text)
        if isinstance(each, Found):
            within_limits(each.value, one, context.now)
            assert display(each.value, one, context.language or "en", context.options)
    for first, second in pairwise(found):
        assert first.end <= second.start


@pytest.mark.parametrize("one", SLOTS, ids=lambda one: one.type)
def test_the_same_text_is_read_the_same_again(one):
    parser = PARSERS[one.type]
    text = "the 14th at 3pm, 2 pairs for £20, refund to ana@example.com"
    assert parser.find(text, one, EN) == parser.find(text, one, EN)
    assert parser.read(text, one, ZH) == parser.read(text, one, ZH)


LONG, LONGEST = 4_000, 100_000
ADVERSARIAL = (
    "1",
    "1 ",
    "1/",
    "1-",
    "a",
    "a ",
    "A ",
    "A.",
    "a@",
    "@",
    "not ",
    "next ",
    "three ",
    "one hundred and ",
    "the 14th to ",
    "Friday or ",
    "十",
    "周",
    "下",
    "市",
    "上海市",
    "上海",
    "12月14",
    "差",
    "£1 ",
    "+44 ",
    "(0",
    "mon-",
    "my name is ",
    "it's ",
    "please ",
    " thanks",
    "boots ",
    "size ",
    "refnud ",
    " ",
    "\0",
    ",",
    "\u202e",
    "👍",
    "NW-",
    "12 High ",
    "to A ",
)


def answered(text, one):
    context = replace(EN, options=OPTIONS if one.type == "choice" else ())
    parser = PARSERS[one.type]
    for each in [*parser.find(text, one, context), parser.read(text, one, context)]:
        assert 0 <= each.start <= each.end <= len(text)


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_a_piece_that_is_repeated_without_end_is_answered(piece):
    for one in SLOTS:
        answered((piece * LONG)[:LONG], one)


@pytest.mark.parametrize("one", SLOTS, ids=lambda one: one.type)
def test_a_text_of_100_000_characters_is_answered(one):
    answered(("x" * (LONGEST // 2) + " no, 14 Dec 一 " * LONGEST)[:LONGEST], one)


def test_every_reason_that_a_parser_gives_has_a_sentence():
    sources = Path(tracking.__file__).parent.joinpath("parsers").glob("*.py")
    given_reasons = {
        reason for path in sources for reason in re.findall(r'Bad\(\s*"(\w+)"', path.read_text())
    }
    assert {"not_a_date", "ambiguous", "too_long"} <= given_reasons <= set(REASONS)
