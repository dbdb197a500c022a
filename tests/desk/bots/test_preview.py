"""What the editor shows while one types."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse


@pytest.fixture
def ask(desk, bot):
    where = reverse("admin:desk_bot_preview", args=[bot.pk])

    def post(question, text=None):
        body = text if text is not None else json.dumps(question)
        return desk.post(where, body, content_type="application/json")

    return post


def test_replies_are_shown_with_samples(ask):
    question = {"templates": ["Order {{ order }}.", "{{"], "values": {"order": "10234"}}
    shown = ask(question).json()["shown"]
    assert shown[0] == {"text": "Order 10234."}
    assert "error" in shown[1]


def test_expressions_show_what_they_find_in_a_pasted_answer(ask):
    answer = json.dumps({"return": {"number": "R-1", "lines": [{"sku": "a"}]}})
    paths = {"number": "return.number", "skus": "return.lines[].sku", "no": "x.y", "bad": "a..b"}
    found = ask({"answer": answer, "paths": paths}).json()["found"]
    assert found["number"] == {"found": "R-1", "value": '"R-1"'}
    assert found["skus"] == {"found": ["a"], "value": '["a"]'}
    assert found["no"] == {"error": "Nothing is there."}
    assert "no JMESPath" in found["bad"]["error"]
    assert "Line 1" in ask({"answer": "{", "paths": {}}).json()["error"]


def test_a_pattern_is_tried_on_an_example(ask):
    assert ask({"pattern": r"NT-\d{5}", "text": "it is NT-10234"}).json() == {"found": "NT-10234"}
    assert ask({"pattern": r"NT-\d{5}", "text": "10234"}).json() == {"found": None}
    assert "never closed" in ask({"pattern": "(", "text": "x"}).json()["error"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "null",
        "1",
        "{}",
        '{"templates": 1, "values": {}}',
        '{"templates": ["x"]}',
        '{"templates": ["x"], "values": [1]}',
        '{"answer": "1", "paths": 7}',
        '{"pattern": "x"}',
        '{"templates": ["' + "x" * 70_000 + '"], "values": {}}',
    ],
)
def test_what_is_no_question_gets_an_answer_too(ask, text):
    answer = ask(None, text)
    assert answer.status_code == 400
    assert answer.json()["detail"]


def test_it_is_asked_with_post_alone(desk, bot):
    assert desk.get(reverse("admin:desk_bot_preview", args=[bot.pk])).status_code == 405


def test_a_long_find_is_cut_off_only_where_it_is_shown(ask):
    answer = json.dumps({"rooms": [{"name": f"Room {number}"} for number in range(300)]})
    found = ask({"answer": answer, "paths": {"rooms": "rooms[].name"}}).json()["found"]["rooms"]
    assert len(found["value"]) == 2000
    assert found["found"][-1] == "Room 299"
