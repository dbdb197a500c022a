"""Operators' templates: what they may say, and that nothing in them can do harm."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.dialogue.responding.templates import (
    SlotText,
    TemplateProblem,
    names,
    parts,
    plain_names,
    prefix,
    render,
    tree,
    value,
)

NO_HANG = settings(deadline=3000)  # milliseconds; a hundred times what it takes

REPLY = {
    "order": SlotText("10234", "10234"),
    "kind": SlotText("Exchange", "exchange"),
    "gift": SlotText("No", False),
    "note": SlotText(""),
    "period": SlotText("Friday to Monday", {"from": "2026-11-27", "to": "2026-11-30"}),
    "profile": {"name": "Amira Khan"},
    "company": "Northwind Trail",
    "result": {
        "items": [{"name": "Boots", "price": 89.5}, {"name": "Socks", "price": 12}],
        "on": "2026-11-27",
        "at": "2026-11-27T14:30:00Z",
        "total": "101.5",
        "cost": {"amount": "12.50", "currency": "EUR"},
        "nothing": None,
    },
    "problem": {},
    "language": "en",
}


def problem(template, fields=REPLY, of=render):
    with pytest.raises(TemplateProblem) as caught:
        of(template, fields)
    return caught.value


def test_a_slot_is_shown_as_people_read_it_and_known_by_its_value():
    assert render("{{ kind }} of {{ order }}", REPLY) == "Exchange of 10234"
    assert render("{{ kind.value }}", REPLY) == "exchange"
    assert render("{% if kind == 'exchange' %}swap{% endif %}", REPLY) == "swap"
    assert render("{% if kind in ['exchange', 'refund'] %}yes{% endif %}", REPLY) == "yes"
    assert render("{{ period.from }}", REPLY) == "2026-11-27"


def test_an_empty_optional_slot_and_a_no_are_false():
    assert render("[{{ note }}]", REPLY) == "[]"
    assert render("{% if note or gift %}a{% else %}b{% endif %}", REPLY) == "b"
    assert render("{{ note | default('nothing') }}", REPLY) == "nothing"
    assert render("{{ 'x' if note is defined else 'y' }}", {"note": None}) == "y"


@pytest.mark.parametrize(
    ("template", "english", "chinese"),
    [
        ("{{ result.on | date }}", "Friday 27 November 2026", "2026年11月27日（周五）"),
        ("{{ result.at | date }}", "Friday 27 November 2026", "2026年11月27日（周五）"),
        ("{{ result.at | time }}", "2:30 pm", "下午2:30"),
        ("{{ '09:05' | time }}", "9:05 am", "上午9:05"),
        ("{{ result.total | money('GBP') }}", "£101.50", "£101.50"),
        ("{{ result.cost | money }}", "€12.50", "€12.50"),
        ("{{ 'next week' | date }}", "next week", "next week"),
        ("{{ 'dear' | money('GBP') }}", "dear", "dear"),
        ("{{ '1e99999999' | money }}", "1e99999999", "1e99999999"),
        ("{{ result.nothing | date }}", "", ""),
        ("{{ period.from | date }}", "Friday 27 November 2026", "2026年11月27日（周五）"),
    ],
)
def test_dates_and_amounts_are_written_in_the_replys_language(template, english, chinese):
    assert render(template, REPLY) == english
    assert render(template, REPLY | {"language": "zh"}) == chinese


def test_a_list_is_looped_over_and_joined():
    assert (
        render("{{ result.items | map(attribute='name') | join(', ') }}", REPLY) == "Boots, Socks"
    )
    assert (
        render("{{ result.items | join(' and ', attribute='name') }}", REPLY) == "Boots and Socks"
    )
    loop = "{% for i in result.items %}{{ i.name }}{% if not loop.last %}; {% endif %}{% endfor %}"
    assert render(loop, REPLY) == "Boots; Socks"
    assert render("{% for i in result.nothing %}x{% else %}none{% endfor %}", REPLY) == "none"
    assert render("{{ result.items | sum(attribute='price') | money('GBP') }}", REPLY) == "£101.50"


def test_a_field_of_an_answer_outweighs_a_method_of_its_name():
    assert render("{{ result.items | length }}", REPLY) == "2"
    assert render("{{ profile.name.split(' ')[0] }}", REPLY) == "Amira"


def test_values_print_as_json_has_them():
    assert (
        render(
            "{{ a }} {{ b }} {{ c }} {{ d }}{{ e }}",
            {"a": True, "b": 12.0, "c": [1], "d": {}, "e": None},
        )
        == "true 12 [1] {}"
    )


def test_an_unknown_name_is_told_with_the_names_there_are():
    told = problem("{{ ordr }}")
    assert told.text == "“ordr” is not known here."
    assert told.hint.startswith("Did you mean “order”? Known are: company, gift,")
    assert "“itms”" in problem("{{ result.itms }}").text
    assert "“items”" in problem("{{ result.itms }}").hint


def test_what_an_answer_may_lack_can_be_asked_for_and_not_shown():
    assert render("{% if problem.error.code == 'late' %}a{% else %}b{% endif %}", REPLY) == "b"
    assert render("{% for line in problem.lines %}{{ line }}{% endfor %}", REPLY) == ""
    assert render("{{ problem.error.detail | default('not now') }}", REPLY) == "not now"
    assert "default" in problem("{{ problem.error.detail }}").hint
    assert "“ordr”" in problem("{% if ordr %}{% endif %}").text


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("Hello\n{{ order number }}", "Line 2: “number” is too much"),
        ("{{ order", "Line 1: a “{{” or “{%” is not closed"),
        ("{% if order %}yes", "“{% if %}” is not ended"),
        ("{% iff order %}", "no “{% iff %}”"),
        ("{{ }}", "nothing to show"),
        ("{{ order | shout }}", "no filter “shout”"),
        ("{% if order is fine %}{% endif %}", "no test “fine”"),
        ("{% include 'x' %}", "“include” is not available"),
        ("{% macro x() %}{% endmacro %}", "“macro” is not available"),
        ("{{ order.__class__.__mro__ }}", "“__class__” cannot be read"),
        ("{{ order['__class__'] }}", "“__class__” cannot be read"),
        ("{{ order.format(1) }}", "Only range() and methods of texts"),
        ("{{ cycler }}", "“cycler” is not known"),
        ("{{ 'a' + 1 }}", "does not fit together"),
        ("{{ 1 / 0 }}", "divides by zero"),
        ("{{ '\\ud800' }}", "no one can read"),
        ("{{ range }}", "no value"),
        ("{{ [] | first }}", "empty"),
        ("x" * 8001, "8,001 characters"),
    ],
)
def test_a_faulty_template_says_what_is_wrong(template, says):
    told = problem(template)
    assert says in told.text
    assert told.hint


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'x' * 10**9 }}",
        "{{ [0] * 10**9 }}",
        "{{ 10 ** 100 ** 100 }}",
        "{{ 9" + "9" * 5000 + " }}",
        "{{ '%999999999d' % 1 }}",
        "{{ range(10**12) | list }}",
        "{{ range(10**12) | sum }}",
        "{% for a in range(999) %}{% for b in range(999) %}{{ b }}{% endfor %}{% endfor %}",
        "{% set x = 'ab' %}" + "{% set x = x ~ x %}" * 300 + "{{ x }}",
        "{% set x = 'ab' %}" + "{% set x = x + x %}" * 300 + "{{ x }}",
        "{% set x = 99 %}" + "{% set x = x * x %}" * 300 + "{{ x }}",
        "{% set x = [1] %}" + "{% set x = [x, x] %}" * 300 + "{{ x }}",
        "{% set x = [1] %}{% set y = [1] %}"
        + "{% set x = [x, x] %}{% set y = [y, y] %}" * 150
        + "{{ x == y }}",
        "{% set x = 'a' * 9999 %}{{ x | replace('a', x) | length }}",
        "{% set x = 'a' * 9999 %}{{ x.replace('a', x) | length }}",
        "{{ range(900) | join('a' * 9999) | length }}",
        "{% for a in range(999) %}" + "{{ big | sort | first }}" * 300 + "{% endfor %}",
        "{% for a in range(999) %}" + "{{ big == huge }}" * 300 + "{% endfor %}",
        "{% for a in range(999) %}" + "text " * 1500 + "{% endfor %}",
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{{ " + "-" * 5000 + "1 }}",
        "{% for x in [1] %}" * 30 + "{% endfor %}" * 30,
    ],
    ids=lambda template: template[:40],
)
def test_no_template_holds_the_server_up(template):
    problem(template, {"big": list(range(5000)), "huge": list(range(5000))})


def test_chance_and_html_are_not_there():
    for name in ("random", "escape", "safe", "attr", "center", "format", "indent"):
        assert f"“{name}”" in problem("{{ order | " + name + " }}").text


def test_the_names_of_a_template_are_told_apart_by_need():
    template = (
        "{{ a }}{% if b %}{{ b }}{{ c.d }}{% else %}{{ e }}{% endif %}"
        "{% for x in y %}{{ x }}{{ loop.index }}{% endfor %}{{ z | default('') }}"
        "{% set own = 1 %}{{ own }}{{ range(3) | list }}{{ m or 'none' }}"
    )
    assert names(template) == {"a", "b", "c", "e", "y", "z", "m"}
    assert plain_names(template) == {"a", "c", "e"}
    assert parts("{{ c.d }}{{ c['e'] }}{{ c.d.f }}{{ g.h }}", "c") == {"d", "e"}


@pytest.mark.parametrize(
    "template",
    [
        "{{ x if x else 'none' }}",
        "{% if x is defined %}{{ x }}{% endif %}",
        "{% if x is not none %}{{ x }}{% endif %}",
        "{% if not x %}none{% else %}{{ x }}{% endif %}",
        "{% if x and y %}{{ x }}{% endif %}",
        "{% if not x or not y %}none{% else %}{{ x }}{% endif %}",
        "{% if x == 'a' %}{{ x }}{% endif %}",
        "{% if x != 'a' %}none{% elif x %}{{ x }}{% endif %}",
        "{{ x.part | default('none') }}",
        "{{ x and x.upper() }}",
    ],
)
def test_a_name_that_is_asked_for_before_it_is_used_is_guarded(template):
    assert "x" in names(template)
    assert "x" not in plain_names(template)


@pytest.mark.parametrize(
    "template",
    [
        "{% if x or y %}{{ x }}{% endif %}",
        "{% if x %}{% else %}{{ x }}{% endif %}",
        "{% if x != 'a' %}{{ x }}{% endif %}",
        "{% if x %}{{ x }}{% endif %}{{ x }}",
        "{% if x is none %}{{ x }}{% endif %}",
        "{{ y | default(x) }}",
    ],
)
def test_a_name_that_may_be_missing_where_it_is_used_is_plain(template):
    assert "x" in plain_names(template)


def test_a_leaf_of_one_expression_keeps_its_type():
    fields = {"n": 3, "yes": True, "at": {"from": "a"}, "names": ["a", "b"], "none": None}
    assert value("{{ n }}", fields) == 3
    assert value("{{ yes }}", fields) is True
    assert value("{{ at }}", fields) == {"from": "a"}
    assert value("{{ names | map('upper') }}", fields) == ["A", "B"]
    assert value("{{ none }}", fields) is None
    assert value("{{ n }}.", fields) == "3."
    assert value("{% if n %}{{ n }}{% endif %}", fields) == "3"
    assert value("{{ '12' | int }}", fields) == 12
    assert type(value("{{ slot }}", {"slot": SlotText("a", "b")})) is str


def test_what_names_an_empty_optional_slot_is_left_out_of_a_body():
    body = {
        "order": "{{ order }}",
        "note": "{{ note }}",
        "more": ["{{ note }}", 1, "x{{ order }}"],
        "text": "{% if note %}{{ note }}{% endif %}",
        "deep": {"note": "{{ note.upper() }}"},
        "fixed": [None, True],
    }
    filled = tree(body, {"order": 5, "note": None}, {"note"})
    assert filled == {
        "order": 5,
        "more": [1, "x5"],
        "text": "",
        "deep": {},
        "fixed": [None, True],
    }
    assert tree("{{ note }}", {"note": None}, {"note"}) is None


def test_a_fault_in_a_body_names_its_place():
    told = problem({"lines": ["a", {"sku": "{{ itm }}"}]}, {"item": "a"}, tree)
    assert told.text == "In “sku” of item 2 of “lines” of the body: “itm” is not known here."


def test_values_are_never_templates():
    assert render("{{ order }}", {"order": "{{ profile }}{% for %}"}) == "{{ profile }}{% for %}"


def test_the_prefix_is_the_text_before_the_first_value():
    assert prefix("https://a.example/{{ x }}/b") == "https://a.example/"
    assert prefix("{{ x }}") == prefix("") == prefix("{% if x %}a{% endif %}") == ""


PIECES = st.sampled_from(
    """
    {{ }} {% %} {# #} | ( ) [ ] { } : ' " , . for in if else endif endfor set is not and or loop
    range order result items default map join replace split sum sort int * ** + - ~ / // % == < =
    1 0 99999 1e9 x
    """.split()
)


@NO_HANG
@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map(" ".join) | st.text(max_size=80))
def test_any_text_is_rendered_or_told_what_is_wrong(template):
    for work in (render, value):
        with suppress(TemplateProblem):
            work(template, REPLY)


EXPRESSIONS = st.recursive(
    st.sampled_from(
        ["order", "kind", "result.items", "result.total", "nothing", "7", "'ab'", "note"]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/%~"), inner).map(" ".join),
        st.tuples(inner, st.sampled_from(["**", "//", "==", "in", "<", "and", "or"]), inner).map(
            " ".join
        ),
        st.tuples(
            inner,
            st.sampled_from(
                "length list sort join map sum first int float title tojson date money unique "
                "reverse upper items default replace('a','b') trim truncate round max".split()
            ),
        ).map(" | ".join),
        inner.map(lambda one: f"[{one}, {one}]"),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"({one}).name"),
        inner.map(lambda one: f"({one})[0]"),
    ),
    max_leaves=8,
)


@NO_HANG
@given(EXPRESSIONS)
def test_any_expression_gives_text_or_a_problem(expression):
    for template in (
        "{{ " + expression + " }}",
        "{% for x in " + expression + " %}{{ x }}{% endfor %}",
        "{% if " + expression + " %}a{% endif %}",
    ):
        with suppress(TemplateProblem):
            assert isinstance(render(template, REPLY), str)
