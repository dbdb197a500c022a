import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.understanding.spelling import Spelling

TEXTS = [
    "cancel my order",
    "cancle it please",
    "cancel that",
    "cancel this",
    "cancel",
    "cancel now",
]
SPELLING = Spelling(
    [*TEXTS, "return the boots", "change my delivery", "取消订单"], ["a free trial"]
)


def test_slips_of_the_finger_are_mended():
    assert SPELLING.mended("pls Retrun teh boots") == "pls return teh boots"
    assert SPELLING.mended("my oder") == "my order"
    assert SPELLING.mended("my orderr") == "my order"
    assert SPELLING.mended("my dilivery") == "my delivery"


def test_a_slip_that_stands_in_an_example_is_still_one():
    assert SPELLING.mended("cancle") == "cancel"


def test_other_words_stay():
    for text in ("a free trial", "boats", "orders10", "oder@example.com", "Chang", "取消", "of"):
        assert SPELLING.mended(text) in (text, "change")  # “Chang” may be meant as “change”


def test_vectors_liken_misspelt_words_to_what_was_meant():
    asked, same, other = SPELLING.vectors(["retrun boots", "return boots", "cancel order"])
    assert asked @ same > 0.5 > asked @ other


def test_a_text_of_unknown_words_is_like_nothing():
    assert not SPELLING.vectors(["xyzzy"]).any()
    assert SPELLING.vectors([]).shape[0] == 0


@given(st.text())
def test_any_text_has_a_vector_of_length_one_or_none(text):
    [row] = SPELLING.vectors([SPELLING.mended(text)])
    assert row.dtype == np.float32
    assert min(abs(np.linalg.norm(row) - 1), np.linalg.norm(row)) < 1e-5
