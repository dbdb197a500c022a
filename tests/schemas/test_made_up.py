"""Answers for rehearsals: every result that is looked for in a plain place is found there."""

from __future__ import annotations

from backend.dialogue.responding.answer import look_up
from backend.schemas.made_up import made_up


def test_each_result_is_found_under_its_own_name():
    results = {
        "ref": "table.ref",
        "at": "table.times[0].start",
        "first": "[0].x",
        "name": "guest_name",
        "code": "table.times[0].code",
    }
    answer = made_up(results)
    found = {name: look_up(path, answer) for name, path in results.items()}
    assert found == {
        "ref": "⟨ref⟩",
        "at": "⟨at⟩",
        "first": None,
        "name": "⟨name⟩",
        "code": "⟨code⟩",
    }


def test_what_is_computed_or_stands_in_another_results_way_is_left_out():
    results = {"all": "rooms", "one": "rooms[0].name", "many": "length(rooms)", "free": "x[?y]"}
    assert made_up(results) == {"rooms": "⟨all⟩"}
    assert made_up({"one": "rooms[0].name", "all": "rooms"}) == {"rooms": [{"name": "⟨one⟩"}]}
    assert made_up({}) == {}
