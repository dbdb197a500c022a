from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.answers import grounding
from backend.dialogue.answers.grounding import meaning_unsupported, numbers, source, unsupported

STOVE = source("Never use a stove inside a tent.", "Stove safety")
FACTS = [
    source("Standard delivery costs £3.95 and takes 2 to 4 working days.", "Delivery"),
    source("Express delivery costs £6.95 and takes 1 working day.", "Delivery"),
    source("Write to help@shop.example if a parcel is late.", "Delivery"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It costs £4.50, or £1,000 with the bike.", {"4.5", "1000"}),
        ("Thirty days or twelve months.", {"30", "12"}),
        ("三十天内，或者 2 个月", {"30", "2"}),
        ("一百二十元", {"120"}),
        ("No figures, not even one.", set()),
    ],
)
def test_figures_are_read_alike_however_they_are_written(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@given(st.integers(1, 10**6))
def test_thousands_separators_do_not_make_another_figure(number: int) -> None:
    assert numbers(f"{number:,}") == numbers(str(number)) == {str(number)}


@given(st.text(max_size=200))
def test_no_text_makes_the_checks_raise(text: str) -> None:
    numbers(text)
    unsupported(text, FACTS)
    meaning_unsupported(text, FACTS, FACTS)


@pytest.mark.parametrize(
    "lie",
    [
        "Standard delivery costs £5.95.",
        "Standard delivery costs $3.95.",
        "Pay at https://evil.example/ for delivery.",
        "Write to boss@shop.example if a parcel is late.",
        "Delivery by Hermes costs £3.95.",
        "Is delivery late?",
        "Answer: delivery costs £3.95.",
    ],
)
def test_what_the_passages_lack_or_no_answer_says_is_against_a_sentence(lie: str) -> None:
    assert unsupported(lie, FACTS)


def test_a_source_sentence_supports_itself() -> None:
    for fact in FACTS:
        assert not unsupported(fact.text, FACTS)
        assert not meaning_unsupported(fact.text, [fact], FACTS)


def test_a_figure_of_another_sentence_is_not_supported() -> None:
    assert meaning_unsupported("Standard delivery costs £6.95.", FACTS[:2], FACTS)


def test_what_a_source_sentence_denies_is_not_said() -> None:
    safe = source("Using a stove needs care in a tent porch.", "Stove safety")
    sentence = "Using a stove in a tent is safe."
    assert meaning_unsupported(sentence, [safe], [safe, STOVE])


def test_a_sentence_made_of_headings_alone_is_not_supported() -> None:
    row = source("Open daily.", "Parking garage charges")
    assert meaning_unsupported("Parking garage charges open.", [row], [row])


def test_a_dropped_condition_is_noticed() -> None:
    rule = source("Returns are free if the item is faulty.")
    assert meaning_unsupported("Returns are free.", [rule], [rule]) == (
        "leaves out a condition of the source"
    )


def test_names_of_the_signed_profile_may_be_used() -> None:
    assert unsupported("Delivery for Ada is late.", FACTS)
    assert not unsupported("Delivery for Ada is late.", FACTS, "Ada Lovelace")


def test_the_source_knows_its_own_words_from_its_context() -> None:
    made = grounding.source("It takes 3 days.", "Delivery")
    assert "deliveri" in made.terms
    assert "deliveri" not in made.own
