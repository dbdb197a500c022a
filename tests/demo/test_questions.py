"""The evaluation questions: well formed, and their key facts stand in the articles they name."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from backend.demo.management.commands.loaddemo import ARTICLES

DATA = Path(__file__).resolve().parents[2] / "benchmarks" / "data"
FILES = {"main": "northwind_questions.jsonl", "heldout": "northwind_questions_heldout.jsonl"}


def read(name: str) -> list[dict[str, Any]]:
    lines = (DATA / FILES[name]).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


EVERY = read("main") + read("heldout")
each_question = pytest.mark.parametrize("question", EVERY, ids=lambda question: question["id"])


def text_of(slug: str) -> str:
    paths = [ARTICLES / language / f"{slug}.md" for language in ("en", "zh")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.exists())


@each_question
def test_a_question_has_the_fields_that_the_bench_reads(question: dict[str, Any]) -> None:
    assert set(question) == {"id", "lang", "text", "kind", "articles", "key_facts", "tags"}
    assert question["lang"] in {"en", "zh"}
    assert question["kind"] in {"answerable", "unanswerable", "smalltalk"}
    answerable = question["kind"] == "answerable"
    assert bool(question["articles"]) == bool(question["key_facts"]) == answerable


@each_question
def test_its_key_facts_stand_in_its_articles(question: dict[str, Any]) -> None:
    text = "\n".join(text_of(slug) for slug in question["articles"]).casefold()
    for alternatives in question["key_facts"]:
        assert any(fact.casefold() in text for fact in alternatives), alternatives


def test_the_main_file_has_the_mix_that_was_asked_for() -> None:
    questions = read("main")
    tags = Counter(tag for question in questions for tag in question["tags"])
    assert len(questions) >= 60
    assert sum(question["lang"] == "zh" for question in questions) >= 15
    assert sum(question["kind"] == "unanswerable" for question in questions) >= 15
    assert (tags["misspelt"], tags["indirect"], tags["two"]) >= (8, 8, 6)
    assert tags["indirect"] >= 8
    assert tags["two"] >= 6


def test_the_held_out_file_has_40_other_questions() -> None:
    held_out = read("heldout")
    assert len(held_out) == 40
    assert {question["kind"] for question in held_out} == {
        "answerable",
        "unanswerable",
        "smalltalk",
    }


def test_no_question_stands_twice() -> None:
    texts = [question["text"].casefold() for question in EVERY]
    assert len(set(texts)) == len(texts)
    assert len({question["id"] for question in EVERY}) == len(EVERY)
