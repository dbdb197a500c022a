"""Answers that have none of a choice's words, over a stand-in for the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.dialogue.likeness import Likeness, Scale
from backend.dialogue.memory import Option
from backend.dialogue.schema import Slot
from backend.dialogue.tracking.meaning import meant
from backend.dialogue.tracking.reading import Reading
from backend.dialogue.types import Utterance

REASON = Slot.model_validate(
    {
        "name": "reason",
        "type": "choice",
        "choices": [
            {
                "value": "large",
                "labels": {"en": "Too large"},
                "synonyms": {"en": ["loose"], "zh": ["松"]},
            },
            {"value": "small", "labels": {"en": "Too small"}},
        ],
    }
)
ITEM = Slot.model_validate(
    {
        "name": "item",
        "type": "choice",
        "offer": {"action": "list", "items": "i", "value": "v", "label": "l"},
    }
)
OPTIONS = (Option(value=1, label="Fell Mid boots"), Option(value=2, label="Tarn tent"))
# How alike texts are: the direction in which each one points.
TOPICS = {
    **{"Too large": 0, "it slips at the heel": 0, "can you take it, it slips?": 0},
    **{"Too small": 1, "Fell Mid boots": 2, "my shoes": 2, "Tarn tent": 3},
    **{"I don't know": 4, "no clue, honestly": 4},
}


class Meanings(Likeness):
    """Texts of one topic are the same, all others are strangers to each other."""

    def __init__(self, between: Sequence[str] = ()) -> None:
        super().__init__(None)
        self._between = between

    async def vectors(self, texts: Sequence[str], kind: Any) -> Any:
        return np.stack([self._vector(text) for text in texts]).astype(np.float32)

    async def scale(self, asked: str, answered: str) -> Scale:
        return Scale(0.0, 1.0)

    def _vector(self, text: str) -> Any:
        vector = np.zeros(8)
        if text in self._between:
            vector[:2] = 0.7
        else:
            vector[TOPICS.get(text, 7)] = 1.0 if text in TOPICS else 0.01
        return vector


async def value(text: str, slot: Slot = REASON, likeness: Likeness | None = None) -> Any:
    reading = Reading(Utterance("visitor", text, seq=3))
    options = OPTIONS if slot is ITEM else ()
    found = await meant(reading, slot, options, likeness or Meanings())
    return found and found.value


async def test_an_answer_means_the_choice_that_is_clearly_the_likest() -> None:
    assert await value("it slips at the heel") == "large"
    assert await value("my shoes", ITEM) == 1


async def test_a_request_can_mean_a_choice_and_a_question_cannot() -> None:
    assert await value("can you take it, it slips?") == "large"
    TOPICS["how does it slip?"] = 0
    assert await value("how does it slip?") is None


async def test_between_two_choices_it_is_none() -> None:
    assert await value("so so", likeness=Meanings(between=["so so"])) is None


@pytest.mark.parametrize(
    "text", ["no clue, honestly", "the moon", "yes", "never mind", "10234", "🙂", "sam@example.com"]
)
async def test_what_is_no_answer_means_nothing(text: str) -> None:
    assert await value(text) is None


async def test_without_an_encoder_it_means_nothing() -> None:
    reading = Reading(Utterance("visitor", "it slips at the heel", seq=3))
    assert await meant(reading, REASON, (), None) is None
    assert await meant(reading, REASON, (), Likeness(None)) is None


@given(st.text(max_size=300))
async def test_any_text_can_be_read(text: str) -> None:
    assert await value(text) in (None, "large", "small")
