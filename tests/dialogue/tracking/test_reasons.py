"""Why a value is refused, in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.tracking.reasons import REASONS, explain


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_said_in_both_languages_with_the_same_fields(reason):
    english, chinese = REASONS[reason]["en"], REASONS[reason]["zh"]
    assert set(re.findall(r"\{(\w+)\}", english)) >= set(re.findall(r"\{(\w+)\}", chinese))
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert english.isascii() or "“" in english


@pytest.mark.parametrize(
    ("reason", "language", "fields", "part"),
    [
        ("too_early", "en", {"limit": "2026-11-24"}, "Tuesday 24 November 2026"),
        ("too_early", "zh", {"limit": "2026-11-24"}, "2026年11月24日（周二）"),
        ("too_large", "en", {"limit": "20"}, "at most 20 "),
        ("too_small", "en", {"limit": "5.00", "currency": "GBP"}, "£5.00"),
        ("ambiguous", "en", {"one": "Blue", "other": "Green"}, "“Blue” or “Green”"),
        ("several_days", "zh", {"first": "2026-11-28", "last": "2026-11-29"}, "11月28日"),
        ("too_long", "en", {"limit": "1000"}, "at most 1000 characters"),
        ("not_a_date", "fr", {}, "I couldn't read a date"),
    ],
)
def test_a_reason_is_said_with_its_fields_as_people_read_them(reason, language, fields, part):
    assert part in explain(reason, language, **fields)


def test_braces_in_a_field_stay_as_they_are():
    said = explain("ambiguous", "en", one="{other}", other="x")
    assert "“{other}” or “x”" in said


@given(st.sampled_from([*REASONS, "unheard_of"]), st.text(max_size=20), st.text(max_size=5))
def test_any_field_and_language_gives_a_sentence(reason, value, language):
    fields = dict.fromkeys(("limit", "date", "first", "last", "one", "other", "currency"), value)
    assert explain(reason, language, **fields)
    assert "{" not in explain(reason, language) or reason == "ambiguous"
