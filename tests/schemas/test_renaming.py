"""A slot's new name in the templates that name it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.schemas.renaming import in_template

TEMPLATES = st.lists(
    st.sampled_from(
        ["{{", "}}", "{%", "%}", "order", "a", ".", "|", " ", "if", "'", "\n", "{#", "-", "="]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{{ order }}", "{{ number }}"),
        ("order {{order}} order", "order {{number}} order"),
        ("{{ a.order }} {{ order.order }}", "{{ a.order }} {{ number.order }}"),
        ("{{ a | order }} {{ 'order' }}", "{{ a | order }} {{ 'order' }}"),
        ("{% if order is order %}x{% endif %}\n", "{% if number is order %}x{% endif %}\n"),
        ("{{ orders }}", "{{ orders }}"),
        ("{# order #}{{ '", "{# order #}{{ '"),
    ],
)
def test_the_variable_gets_the_name_and_nothing_else(before, after):
    assert in_template(before, "order", "number") == after


@given(TEMPLATES)
def test_any_text_without_the_name_stays_as_it_is(text):
    assert in_template(text, "nowhere", "number") == text


@given(TEMPLATES)
def test_renaming_back_gives_what_was_there(text):
    there = in_template(text, "order", "zz_new")
    if not {"{%-", "-%}", "{{-", "-}}", "{#-", "-#}"} & {text[i : i + 3] for i in range(len(text))}:
        assert in_template(there, "zz_new", "order") == text
