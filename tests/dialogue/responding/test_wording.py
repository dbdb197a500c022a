"""What the bot says in its own words."""

import pytest

from backend.dialogue.responding import wording


def keys(language: str) -> set[str]:
    return set(wording._WORDS[language])


def test_every_text_is_there_in_every_language() -> None:
    assert keys("en") == keys("zh")


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("order number", "What is the order number?"),
        ("your name", "What is your name?"),
        ("the day", "What is the day?"),
    ],
)
def test_a_title_with_an_article_of_its_own_gets_no_other(title: str, asked: str) -> None:
    assert wording.say("ask", "en", title=title) == asked
