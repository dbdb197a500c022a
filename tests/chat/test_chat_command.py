"""``manage.py chat``: one line in, one streamed answer out."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backend.knowledge.services import import_folder

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLE = """---
title: Delivery times
---
Standard delivery takes two working days. Express delivery takes one day.
"""


@pytest.fixture
def articles(site, tmp_path):
    (tmp_path / "delivery.md").write_text(ARTICLE)
    import_folder(site.key, tmp_path)


def talk(monkeypatch, lines, **options):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(line + "\n" for line in lines)))
    out, err = io.StringIO(), io.StringIO()
    call_command("chat", site="demo", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_each_turn_is_one_json_object(articles, monkeypatch):
    out, _ = talk(monkeypatch, ["Hello", "", "How long is standard delivery?"], json=True)
    turns = [json.loads(line) for line in out.splitlines()]
    assert len(turns) == 2
    assert all(
        set(turn) == {"text", "citations", "refused", "first_ms", "total_ms"} for turn in turns
    )
    assert "two working days" in turns[1]["text"]
    assert turns[1]["citations"] == ["Delivery times"]
    assert turns[1]["refused"] is False
    assert 0 < turns[1]["first_ms"] <= turns[1]["total_ms"]


def test_in_words_the_answer_comes_with_its_sources(articles, monkeypatch):
    out, _ = talk(monkeypatch, ["How long is standard delivery?"])
    assert "two working days" in out
    assert "[Delivery times]" in out


def test_a_site_that_is_not_there_is_said_with_those_that_are(site, monkeypatch):
    with pytest.raises(CommandError, match="there is: demo"):
        call_command("chat", site="nobody")


def test_a_line_that_is_too_long_is_refused_and_the_talk_goes_on(articles, monkeypatch):
    out, err = talk(monkeypatch, ["x" * 100_000, "Hello"], json=True)
    assert "8000 characters" in err
    assert len(out.splitlines()) == 1


def test_rubbish_is_answered_too(articles, monkeypatch):
    out, _ = talk(monkeypatch, ["\x00\x07", "\ud800", "🎿" * 200, "'; DROP TABLE"], json=True)
    assert len(out.splitlines()) == 4
