from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.knowledge.splitting import MOST_WORDS, length, split


def test_headings_are_kept_as_a_path_and_never_crossed() -> None:
    pieces = split("Intro.\n\n## A\n\nText a.\n\n### B\n\nText b.\n\n## C\n\nText c.")
    assert [(p.heading, p.text) for p in pieces] == [
        ("", "Intro."),
        ("A", "Text a."),
        ("A › B", "Text b."),
        ("C", "Text c."),
    ]


def test_a_list_stays_with_the_line_before_it() -> None:
    (piece,) = split("You need:\n\n- a receipt\n- the box")
    assert piece.text == "You need:\n\n- a receipt\n- the box"


def test_long_text_is_cut_at_sentences() -> None:
    pieces = split(" ".join(f"Sentence {n} has exactly six words." for n in range(60)))
    assert len(pieces) > 2
    assert all(length(p.text) <= MOST_WORDS and p.text.endswith(".") for p in pieces)


def test_chinese_is_measured_by_characters() -> None:
    pieces = split("这是一个很长的句子，用来测试分段。" * 40)
    assert len(pieces) > 2
    assert all(length(p.text) <= MOST_WORDS for p in pieces)


def test_comments_and_raw_html_are_left_out() -> None:
    assert [p.text for p in split("<!-- draft -->\n\n<div>x</div>\n\nText.")] == ["Text."]


@given(st.text(max_size=600))
def test_no_text_makes_it_fail_and_every_piece_fits(body: str) -> None:
    for piece in split(body):
        assert piece.text.strip()
        assert length(piece.text) <= MOST_WORDS * 2
