from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.answers.excerpts import QUOTED, choose, points_away
from backend.dialogue.answers.relevance import Sentence, content_words, share, without_a_word
from backend.dialogue.answers.sentences import units
from backend.dialogue.types import Passage


def passage(number: int, text: str, score: float = 0.0) -> Passage:
    return Passage(str(number), str(number), f"Title {number}", "", text, "/", "en", score)


def weighed(one: Passage, *relevances: float) -> list[Sentence]:
    own = units(one.text)
    return [Sentence(u, one, r, r) for u, r in zip(own, relevances, strict=True)]


def said(chosen: tuple[Sentence, ...]) -> list[str]:
    return [sentence.unit.text for sentence in chosen]


def test_the_best_sentence_brings_its_neighbours_along() -> None:
    one = passage(1, "Tents are for rent. A tent costs £28. Book it 2 days ahead.")
    two = passage(2, "We have three shops.")
    found = choose([*weighed(one, 0.4, 1.0, 0.4), *weighed(two, 0.1)], [one, two])
    assert said(found) == ["Tents are for rent.", "A tent costs £28.", "Book it 2 days ahead."]


def test_the_best_sentences_passage_comes_first() -> None:
    one, two = passage(1, "Shops open at nine."), passage(2, "Refunds take ten days.")
    found = choose([*weighed(one, 0.6), *weighed(two, 1.0)], [one, two])
    assert said(found)[0] == "Refunds take ten days."


def test_a_sentence_that_only_points_elsewhere_is_not_quoted() -> None:
    one = passage(1, "See [refund times](/refund-times/).")
    two = passage(2, "Refunds take 10 days.")
    found = choose([*weighed(one, 1.2), *weighed(two, 0.9)], [one, two])
    assert said(found) == ["Refunds take 10 days."]


def test_a_pointer_is_better_than_nothing() -> None:
    one = passage(1, "See [refund times](/refund-times/).")
    assert said(choose(weighed(one, 1.0), [one])) == ["See [refund times](/refund-times/)."]


def test_pointing_is_told_from_linking() -> None:
    assert points_away("For other countries see [international delivery](/international/).")
    assert points_away("请参阅[退货](/returns/)。")
    assert not points_away("Returns cost £3, taken off the refund, see [prices](/prices/).")


@given(
    st.lists(st.integers(1, 300), min_size=1, max_size=8),
    st.lists(st.floats(-1, 2), min_size=8, max_size=8),
)
def test_a_quotation_is_never_empty_and_seldom_long(
    lengths: list[int], relevances: list[float]
) -> None:
    passages = [passage(i, f"{'x' * length} {i}.") for i, length in enumerate(lengths)]
    sentences = [s for p, r in zip(passages, relevances, strict=False) for s in weighed(p, r)]
    found = choose(sentences, passages)
    assert found
    assert len(found) == 1 or sum(len(s.unit.plain) for s in found) <= QUOTED


def test_nothing_is_quoted_of_nothing() -> None:
    assert choose([], []) == ()


def test_each_telling_word_is_left_out_in_turn() -> None:
    assert without_a_word("Is there a student discount?") == [
        "Is there a discount?",
        "Is there a student ?",
    ]
    assert without_a_word("学生优惠吗")[0] == "优惠吗"
    assert content_words("Is there a student discount?") == 2
    assert content_words("学生优惠吗") == 0


@given(st.text(max_size=200))
def test_any_query_can_be_shortened(query: str) -> None:
    assert len(without_a_word(query)) <= 10
    assert content_words(query) >= 0


def test_slips_of_the_pen_count_as_the_word() -> None:
    assert share({"refund", "paypal"}, {"refnd", "card"}) == 0.5
    assert share(set(), {"card"}) == 0.0
