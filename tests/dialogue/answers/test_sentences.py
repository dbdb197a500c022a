from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.answers.sentences import finished, plain, render, shown, split, units, views

TABLE = "| Method | Price |\n|---|---|\n| Standard | £3.95 |\n| Next day | £6.95 |"


def test_abbreviations_and_decimals_do_not_end_a_sentence() -> None:
    assert split("It costs 3.95, e.g. for books. Pay later.") == [
        "It costs 3.95, e.g. for books.",
        "Pay later.",
    ]


def test_rows_of_a_table_become_items_with_their_column_heads() -> None:
    assert [unit.text for unit in units(TABLE)] == [
        "Standard: Price £3.95",
        "Next day: Price £6.95",
    ]


def test_an_item_keeps_the_line_that_introduces_its_list() -> None:
    found = units("You need:\n\n- a photo\n- the order number")
    assert [unit.lead for unit in found if unit.item] == ["You need:", "You need:"]
    assert render(found[1:2], "en") == "You need:\n\n- a photo"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("See [returns](/help/returns/).", "See returns."),
        ("See [returns](../returns.md) now", "See returns now"),
        ("Ask [us](mailto:a@b.example).", "Ask [us](mailto:a@b.example)."),
        ("See [maps](https://maps.example/x).", "See [maps](https://maps.example/x)."),
        ("![a boot](/boot.png)Take it.", "Take it."),
        ("[run](javascript:alert(1))", "run)"),
    ],
)
def test_links_that_work_on_the_articles_own_site_alone_become_text(
    markdown: str, text: str
) -> None:
    assert shown(markdown) == text


def test_a_quotation_holds_no_relative_link() -> None:
    assert render(units("Read [how](/how/) first."), "en") == "Read how first."


def test_a_passages_views_are_its_title_and_its_sentences_in_their_place() -> None:
    assert views("Delivery", "Times › UK", "It takes 3 days. **Free** today.") == [
        "Delivery",
        "UK: It takes 3 days.",
        "UK: Free today.",
    ]


@given(st.text(max_size=300))
def test_any_markdown_can_be_cut_and_shown(markdown: str) -> None:
    found = units(markdown)
    assert len(views("T", "", markdown)) == len(found) + 1
    render(found, "en")
    plain(shown(markdown))


@given(st.text(alphabet="ab 1.!?。\n", max_size=80), st.integers(0, 80))
def test_a_text_that_grows_never_takes_back_a_finished_sentence(text: str, at: int) -> None:
    done, rest = finished(text[:at])
    later, _ = finished(rest + text[at:])
    whole, _ = finished(text)
    assert [*done, *later] == whole
