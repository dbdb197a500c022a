"""One of several choices or offered options."""

from dataclasses import replace

import pytest

from backend.dialogue.memory import Option
from backend.dialogue.schema import Choice
from backend.dialogue.tracking.parsers import PARSERS
from backend.dialogue.tracking.values import Bad

from .reading import EN, ZH, find, found_texts, read, slot

COLOUR = slot(
    "choice",
    choices=[
        Choice(value="blue", labels={"en": "Blue", "zh": "蓝色"}),
        Choice(
            value="dark_blue",
            labels={"en": "Dark blue", "zh": "深蓝色"},
            synonyms={"en": ["navy"]},
        ),
        Choice(value="green", labels={"en": "Green", "zh": "绿色"}, synonyms={"en": ["olive"]}),
    ],
)
REASON = slot(
    "choice",
    choices=[
        Choice(
            value="size",
            labels={"en": "Wrong size", "zh": "尺码不合适"},
            synonyms={"en": ["too small", "too big"], "zh": ["太大", "太小"]},
        ),
        Choice(value="faulty", labels={"en": "Faulty or damaged", "zh": "有瑕疵"}),
        Choice(value="mind", labels={"en": "I changed my mind", "zh": "改变主意"}),
    ],
)
WAY = slot(
    "choice",
    choices=[
        Choice(value="standard", labels={"en": "Standard delivery"}, synonyms={"en": ["normal"]}),
        Choice(value="express", labels={"en": "Express delivery"}, synonyms={"en": ["fast"]}),
    ],
)
ITEMS = (
    Option(value="L1", label="Fell Mid Boots, size 8"),
    Option(value="L2", label="Storm Jacket, size M"),
    Option(value="L3", label="Trail Boots, brown, size 8"),
)
OFFERED = replace(EN, options=ITEMS)
ITEM = slot("choice")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("blue", "blue"),
        ("BLUE please", "blue"),
        ("the dark blue one", "dark_blue"),
        ("dark_blue", "dark_blue"),
        ("navy", "dark_blue"),
        ("greens", "green"),
        ("gren", "not_a_choice"),
        ("geren thanks", "green"),
        ("not the blue one, green", "green"),
        ("I don't want blue, I want olive", "green"),
        ("blue or green", "ambiguous"),
        ("blue, no wait, green", "green"),
        ("the second one", "dark_blue"),
        ("2", "dark_blue"),
        ("the last one", "green"),
        ("option 3", "green"),
        ("4", "not_a_choice"),
        ("red", "not_a_choice"),
        ("why?", "not_a_choice"),
        ("💙", "not_a_choice"),
        ("蓝色", "blue"),
        ("深蓝色的那个", "dark_blue"),
        ("不要蓝色，要绿色", "green"),
        ("蓝色还是绿色", "ambiguous"),
        ("第二个", "dark_blue"),
        ("最后一个吧", "green"),
        ("ｂｌｕｅ", "blue"),
    ],
)
def test_a_choice_is_read_by_value_label_synonym_or_place(text, expected):
    assert read(text, COLOUR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they were too small", "size"),
        ("wrong size", "size"),
        ("it's faulty", "faulty"),
        ("it came damaged", "faulty"),
        ("I've changed my mind", "mind"),
        ("damagd", "faulty"),
        ("太小了", "size"),
        ("尺码不合适", "size"),
        ("有瑕疵的", "faulty"),
    ],
)
def test_a_reason_is_read_by_the_words_that_tell_it_from_the_others(text, expected):
    assert read(text, REASON) == expected


def test_words_that_labels_share_are_ambiguous_in_an_answer_and_nothing_in_running_text():
    told = PARSERS["choice"].read("delivery", WAY, EN)
    assert told.fields == {"one": "Standard delivery", "other": "Express delivery"}
    assert find("where is my delivery?", WAY) == []
    assert find("I want to change the address", REASON) == []
    assert find("express delivery please", WAY) == ["express"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the jacket", "L2"),
        ("boots, the brown ones", "L3"),
        ("the trail boots please", "L3"),
        ("Fell Mid Boots, size 8", "L1"),
        ("the boots", "ambiguous"),
        ("the first one", "L1"),
        ("number two", "L2"),
        ("3", "L3"),
        ("the last", "L3"),
        ("not the jacket, the fell boots", "L1"),
        ("trousers", "not_a_choice"),
        ("what are they?", "not_a_choice"),
    ],
)
def test_an_offered_option_is_read_by_some_words_of_its_label(text, expected):
    assert read(text, ITEM, OFFERED) == expected


def test_options_are_found_in_running_text():
    assert found_texts("I'll send the jacket and the trail boots back", ITEM, OFFERED) == [
        "jacket",
        "trail boots",
    ]
    assert find("my parcel is late", ITEM, OFFERED) == []


def test_chinese_options_are_singled_out_by_their_words():
    options = (
        Option(value="L1", label="山野中帮靴，8码"),
        Option(value="L2", label="防风外套，M码"),
    )
    context = replace(ZH, options=options)
    assert read("外套", ITEM, context) == "L2"
    assert read("那双中帮靴", ITEM, context) == "L1"
    assert read("第一个", ITEM, context) == "L1"
    assert read("为什么", ITEM, context) == "not_a_choice"


def test_an_ambiguous_answer_names_both_labels():
    told = PARSERS["choice"].read("blue or green?", COLOUR, EN)
    assert isinstance(told, Bad)
    assert told.fields == {"one": "Blue", "other": "Green"}


def test_a_synonym_of_two_choices_is_ambiguous():
    both = slot(
        "choice",
        choices=[
            Choice(value="a", labels={"en": "Alpha"}, synonyms={"en": ["the big one"]}),
            Choice(value="b", labels={"en": "Beta"}, synonyms={"en": ["the big one"]}),
        ],
    )
    assert read("the big one", both) == "ambiguous"


def test_an_option_may_have_any_value():
    options = (
        Option(value=7, label="Tuesday 9:00"),
        Option(value={"id": 1}, label="Tuesday 10:00"),
    )
    assert read("the second one", ITEM, replace(EN, options=options)) == {"id": 1}
    assert read("9:00", ITEM, replace(EN, options=options)) in (7, "not_a_choice")


def test_a_word_that_is_written_apart_or_together_is_the_same():
    way = slot(
        "choice",
        choices=[
            Choice(value="pick", labels={"en": "Pick-up"}, synonyms={"en": ["doesn't ship"]}),
            Choice(value="mail", labels={"en": "Email"}),
        ],
    )
    assert read("pickup please", way) == read("pick up", way) == read("Pick-up", way) == "pick"
    assert read("e-mail", way) == read("by email", way) == "mail"
    assert read("doesnt ship", way) == "pick"


def test_a_slot_without_choices_has_none():
    assert read("blue", ITEM) == "not_a_choice"
    assert find("the first one", ITEM) == []


def test_a_slip_of_the_pen_is_less_sure():
    slip, right = (PARSERS["choice"].find(text, COLOUR, EN)[0] for text in ("geren", "green"))
    assert slip.confidence < right.confidence


PLACES = slot(
    "choice",
    choices=[
        Choice(value="store", labels={"en": "Store"}, synonyms={"en": ["shop"]}),
        Choice(value="parcel", labels={"en": "Parcel locker"}, synonyms={"en": ["locker"]}),
        Choice(value="home", labels={"en": "Home delivery"}),
    ],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stroe", "store"),
        ("storre please", "store"),
        ("pacel lokcer", "parcel"),
        ("home delievery", "home"),
        ("homme delivery", "home"),
        ("delivrey", "home"),
    ],
)
def test_letters_swapped_doubled_or_left_out_are_slips(text, expected):
    assert read(text, PLACES) == expected


@pytest.mark.parametrize("text", ["stove", "storey", "story", "a stone", "the shot", "a locket"])
def test_a_word_that_exists_is_no_slip_of_a_choice(text):
    assert read(text, PLACES) == "not_a_choice"
