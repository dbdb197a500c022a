"""The fields of the editor's forms: any text gives a value or words about what is wrong."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from backend.desk.bot_forms.choices import ChoicesField
from backend.desk.bot_forms.conditions import condition_values, condition_words
from backend.desk.bot_forms.defaults import read_default, show_default
from backend.desk.bot_forms.expressions import show_reply
from backend.desk.bot_forms.fields import (
    NAME,
    DayLimitField,
    JsonField,
    PhrasesField,
    PromptsField,
    TextsField,
    suggested_name,
)
from backend.desk.bot_forms.piece_form import free_name


def sent(field, **values):
    """What the field makes of what a browser sends."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(f"x_{name}", value if isinstance(value, list) else [value])
    return field.clean(field.widget.value_from_datadict(data, {}, "x"))


def test_texts_are_kept_by_language_without_the_empty_ones():
    field = TextsField(["en", "zh"], required=False)
    assert sent(field, en="  Hello\r\nyou ", zh="  ") == {"en": "Hello\nyou"}
    with pytest.raises(ValidationError, match="at most 5"):
        sent(TextsField(["en"], most=5), en="123456")


def test_prompts_keep_their_order_and_their_lines():
    field = PromptsField(["en"], required=False)
    assert sent(field, en=["First?\nSecond line", "", "Again?"]) == {
        "en": ["First?\nSecond line", "Again?"]
    }


def test_examples_are_lines_and_each_counts_once():
    field = PhrasesField(["en"], required=False)
    assert sent(field, en=" one \n\ntwo\none") == {"en": ["one", "two"]}
    assert field.prepare_value({"en": ["one", "two"]}) == {"en": "one\ntwo"}


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("", ("", "")),
        ("0", ("today", "0")),
        ("+30", ("after", "30")),
        ("30", ("after", "30")),
        ("-7", ("before", "7")),
        ("2026-11-30", ("on", "2026-11-30")),
    ],
)
def test_a_limit_of_days_is_shown_in_words_and_read_back(stored, shown):
    field = DayLimitField(required=False)
    assert field.prepare_value(stored) == shown
    assert field.clean(shown) in (stored, f"+{stored}")


@pytest.mark.parametrize(
    "typed", [("after", "soon"), ("before", "12345"), ("on", "30.11."), ("after", "²")]
)
def test_a_limit_that_is_none_is_refused(typed):
    with pytest.raises(ValidationError):
        DayLimitField(required=False).clean(typed)


def test_choices_get_their_values_from_their_labels():
    field = ChoicesField(["en", "zh"], required=False)
    made = sent(
        field,
        label_en=["Too small", "", ""],
        label_zh=["太小", "坏了", ""],
        also_en=["tight, narrow", "", ""],
        also_zh=["紧、小", "", ""],
        value=["", "", ""],
    )
    assert made == [
        {
            "value": "too_small",
            "labels": {"en": "Too small", "zh": "太小"},
            "synonyms": {"en": ["tight", "narrow"], "zh": ["紧", "小"]},
        },
        {"value": "坏了", "labels": {"zh": "坏了"}, "synonyms": {}},
    ]
    assert field.prepare_value(made)[0]["also_zh"] == "紧, 小"


def test_two_choices_with_one_value_are_refused():
    with pytest.raises(ValidationError, match="twice"):
        sent(ChoicesField(["en"]), label_en=["Red", "red"], also_en=["", ""], value=["", ""])


@given(st.text(max_size=80))
def test_any_title_gives_a_name_or_nothing(title):
    name = suggested_name(title)
    assert not name or NAME.fullmatch(name)
    assert NAME.fullmatch(free_name(name, "slot", {"slot_2"}))


@given(st.text(max_size=60))
def test_any_text_is_json_or_is_said_not_to_be(text):
    with suppress(ValidationError):
        value = JsonField(required=False).clean(text)
        assert value is None or json.loads(json.dumps(value)) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a": 1\n "b": 2}', "Line 2"),
        ('{"a": {{ order }}}', '"{{ order }}"'),
        ('{"a": 1,}', "double quotes"),
        ("[1, NaN]", "NaN"),
        ('{"a": "b}', "closing quote"),
        ('{"a": 1} x', "ended before"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_json_that_cannot_be_read_is_explained_with_its_line(text, says):
    with pytest.raises(ValidationError) as raised:
        JsonField(required=False).clean(text)
    assert says in raised.value.messages[0]


DEFAULTS = {
    "text": ["anything", "10"],
    "number": [3, -2.5],
    "yes_no": [True, False],
    "money": [{"amount": "12.50", "currency": "GBP"}],
    "date": ["2026-11-30"],
    "time": ["14:30"],
    "date_range": [{"from": "2026-11-27", "to": "2026-11-30"}],
}


def test_a_default_is_shown_as_it_is_typed():
    for kind, values in DEFAULTS.items():
        for value in values:
            assert read_default(show_default(value), kind) == value


@given(st.sampled_from(sorted(DEFAULTS)), st.text(min_size=1, max_size=30))
def test_any_default_is_read_or_refused_with_words(kind, text):
    with suppress(ValueError):
        value = read_default(text, kind)
        assert read_default(show_default(value), kind) == value


def test_conditions_are_typed_as_labels_and_kept_as_values():
    choices = [{"value": "swap", "labels": {"en": "Exchange", "zh": "换货"}}]
    assert condition_values(["exchange", "换货"], "choice", choices) == (["swap", "swap"], [])
    assert condition_values(["Yes", "否"], "yes_no", []) == (["true", "false"], [])
    assert condition_values(["12"], "number", []) == (["12"], [])
    assert condition_words(["true", "false"], "yes_no") == "yes, no"
    found, wrong = condition_values(["money"], "choice", choices)
    assert not found
    assert "“money” is none of: exchange" in wrong[0]


VALUES = {"order": "10234", "result": {"number": "⟨number⟩"}, "profile": {}}


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("Order {{ order }}", "Order 10234"),
        ("Return {{ result.number }}.", "Return ⟨number⟩."),
        ("{% if order %}yes{% endif %}", "yes"),
    ],
)
def test_a_reply_is_shown_with_samples(template, shown):
    assert show_reply(template, VALUES) == {"text": shown}


@pytest.mark.parametrize(
    "template",
    ["{{ order", "{{ 1 // 0 }}", "{{ order.__class__ }}", "{{ parcel }}", "{{ 9**9**9 }}"],
)
def test_a_reply_that_cannot_be_shown_says_why(template):
    assert show_reply(template, VALUES).keys() == {"error"}


def test_what_only_lacks_a_sample_is_no_error():
    assert show_reply("{{ result.number.short }}", VALUES).keys() == {"note"}


@given(st.text(alphabet="{}%| aorder.()[]'\"1+-*/<>=\n", max_size=40))
def test_no_template_makes_the_preview_fail(template):
    assert show_reply(template, VALUES).keys() <= {"text", "error", "note"}
