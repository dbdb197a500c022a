"""Which language a visitor is answered in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.language import choose, detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order?", "en"),
        ("我的订单呢", "zh"),
        ("麻烦查一下订单10236，邮箱是jonas.berg@example.com", "zh"),
        ("邮箱jonas.berg@example.com", "zh"),
        ("看看https://example.com/help/en/returns/这个", "zh"),
        ("jonas.berg@example.com", None),
        ("10234", None),
        ("👍", None),
    ],
)
def test_a_text_is_of_the_language_with_most_signs(text: str, language: str | None) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "answer",
    ["88 King Street, Manchester", "M2 4WU", "UK 8", "Sam Hill", "OK", "yes", "10234", "🙂"],
)
def test_a_name_or_an_address_does_not_change_the_language(answer: str) -> None:
    assert choose([answer, "我想改收货地址"], "en-GB") == "zh"
    assert choose([answer, "I moved house"], "zh-CN") == "en"


def test_a_sentence_changes_it() -> None:
    assert choose(["Can we speak English?", "我想改收货地址"], "zh") == "en"
    assert choose(["改成中文吧", "I moved house"], "en") == "zh"


def test_a_few_names_outweigh_the_locale() -> None:
    assert choose(["track parcel"], "zh-CN") == "en"
    assert choose(["10234"], "zh-CN") == "zh"
    assert choose([], "fr-FR") == "en"


@given(st.lists(st.text(max_size=60), max_size=4), st.text(max_size=12))
def test_any_texts_have_a_language(texts: list[str], locale: str) -> None:
    assert choose(texts, locale) in {"en", "zh"}
