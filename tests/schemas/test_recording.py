"""A conversation that took place becomes a test that expects the same again."""

from __future__ import annotations

from backend.schemas.recording import Recorded, has_masked, script_of
from backend.schemas.script_text import dump_script, load_script


def call(action, json, status=200):
    return {"action": action, "status": status, "json": json, "outcome": "success", "ms": 3}


def turn(said, *, pressed=False, intent="return_item", slots=None, actions=(), handoff=""):
    task = {"intent": intent, "status": "open", "slots": slots or {}} if intent else {}
    return Recorded(said, pressed, {"task": task, "actions": list(actions), "handoff": handoff})


def test_words_buttons_slots_and_actions_are_kept():
    script = script_of(
        [
            turn("return order 10234", slots={"order": "10234"}, actions=[call("get", {"n": 1})]),
            turn("Too small", pressed=True, slots={"order": "10234", "reason": "small"}),
            turn("yes", actions=[call("create", {"id": 7}, 201)]),
        ],
        name="Return",
        now="2026-11-23T10:00:00",
    )
    assert script.as_json() == {
        "name": "Return",
        "now": "2026-11-23T10:00:00",
        "answers": [
            {"action": "get", "json": {"n": 1}},
            {"action": "create", "status": 201, "json": {"id": 7}},
        ],
        "turns": [
            {
                "say": "return order 10234",
                "intent": "return_item",
                "slots": {"order": "10234"},
                "action": "get",
            },
            {
                "choose": "Too small",
                "intent": "return_item",
                "slots": {"reason": "small"},
                "action": "",
            },
            {"say": "yes", "intent": "return_item", "action": "create"},
        ],
    }


def test_a_turn_names_what_it_changed_and_the_last_of_a_task_everything():
    said = [
        turn("a table for two", intent="book_table", slots={"guests": 2}),
        turn("on Friday", intent="book_table", slots={"guests": 2, "day": "2026-11-27"}),
        turn("no, three of us", intent="book_table", slots={"guests": 3, "day": "2026-11-27"}),
        turn("yes", intent="book_table", slots={"guests": 3, "day": "2026-11-27"}),
        turn("cancel T-77", intent="cancel_table", slots={"guests": 3, "code": "T-77"}),
    ]
    assert [one.slots for one in script_of(said).turns] == [
        {"guests": 2},
        {"day": "2026-11-27"},
        {"guests": 3},
        {"guests": 3, "day": "2026-11-27"},
        {"guests": 3, "code": "T-77"},
    ]


def test_it_reads_back_as_it_was_written():
    script = script_of(
        [turn("“no”: yes\n- 007", slots={"a": None, "b": True, "c": "on"})], name="是"
    )
    assert load_script(dump_script(script)) == script


def test_a_question_expects_no_intent_and_no_action():
    script = script_of([turn("what are your hours?", intent="")])
    assert (script.turns[0].intent, script.turns[0].action) == (None, "")
    assert script.turns[0].handoff is None


def test_a_handoff_is_expected():
    assert script_of([turn("a person please", intent="", handoff="asked for")]).turns[0].handoff


def test_masked_values_are_not_expected_and_said_to_be_missing():
    script = script_of([turn("my code is ••••", slots={"code": "••••", "order": "1"})])
    assert script.turns[0].slots == {"order": "1"}
    assert has_masked(script)
    assert not has_masked(script_of([turn("hello")]))


def test_the_last_answer_of_an_action_stands_once():
    first, second = call("get", {"state": "packed"}), call("get", {"state": "sent"})

    def kept(*calls):
        return [answer.json_ for answer in script_of([turn("x", actions=calls)]).answers]

    assert kept(first, second, second) == [{"state": "packed"}, {"state": "sent"}]
    assert kept(first, first, second) == [
        {"state": "packed"},
        {"state": "packed"},
        {"state": "sent"},
    ]


def test_turns_of_older_conversations_have_no_analysis_of_tasks():
    script = script_of([Recorded("hello", False, {"decision": "greeting"})])
    assert script.turns[0].say == "hello"
