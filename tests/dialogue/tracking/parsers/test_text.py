"""Free text."""

import pytest

from backend.dialogue.tracking.parsers import PARSERS

from .reading import EN, find, read, slot

TEXT = slot("text")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The sole came off  after\ntwo weeks.", "The sole came off after two weeks"),
        ("the reason is that they leak", "they leak"),
        ("Because the zip broke, thanks", "the zip broke"),
        ("it's too small", "too small"),
        ("因为鞋底开胶了，谢谢", "鞋底开胶了"),
        ("鞋底开胶了", "鞋底开胶了"),
        ("thanks", "thanks"),
        ("", "empty"),
        ("...", "empty"),
        ("👍", "empty"),
        ("\0", "empty"),
        ("a" * 100_000, "too_long"),
    ],
)
def test_an_answer_is_kept_without_its_lead_in(text, expected):
    assert read(text, TEXT) == expected


def test_the_limit_of_a_text_is_told():
    assert PARSERS["text"].read("a" * 1001, TEXT, EN).fields == {"limit": "1000"}


def test_text_cannot_be_found_in_running_text():
    assert find("anything at all", TEXT) == []
