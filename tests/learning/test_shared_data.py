"""The real data sets, where copies of parts of them lie beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.learning.dialogues import Dataset, IntentSet
from backend.learning.loaders import load
from backend.learning.metrics.goals import goal_scores
from backend.learning.metrics.joint import Judged, flat, joint_scores
from backend.learning.metrics.multiwoz import SLOTS, same

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="no data sets beside the checkout")


def read(name: str, split: str) -> Dataset:
    data = load(SHARED / name, split)
    assert isinstance(data, Dataset)
    return data


def test_sgd_scores_1_against_itself() -> None:
    data = read("sgd", "dev")
    dialogues = list(data.dialogues)
    assert len(dialogues) == 2098
    assert sum(len(dialogue.turns) for dialogue in dialogues) == 38768
    assert sum(len(list(dialogue.states())) for dialogue in dialogues) == 20542
    frames = [
        (data.services[frame.service], state, state)
        for dialogue in dialogues[::10]
        for _, frame, state in dialogue.states()
    ]
    scores = goal_scores(frames, data.seen)
    assert [scores[group].joint for group in ("all", "seen", "unseen")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("name", "dialogues", "turns"), [("multiwoz", 999, 7365), ("crosswoz", 500, 4229)]
)
def test_multiwoz_and_crosswoz_are_whole(name: str, dialogues: int, turns: int) -> None:
    data = read(name, "dev")
    read_all = list(data.dialogues)
    assert len(read_all) == dialogues
    states = [flat(turn) for one in read_all for turn in one.turns if turn.speaker == "user"]
    assert len(states) == turns
    if name == "multiwoz":
        judged = [
            Judged(state, {slot: spellings[0] for slot, spellings in state.items()})
            for state in states
        ]
        assert joint_scores(judged, SLOTS, same).joint == 1


@pytest.mark.parametrize(
    ("name", "intents", "examples"), [("clinc150", 150, 15100), ("banking77", 77, 10003)]
)
def test_the_intent_sets_are_whole(name: str, intents: int, examples: int) -> None:
    data = load(SHARED / name, "train")
    assert isinstance(data, IntentSet)
    assert len(data.intents) == intents
    assert len(list(data.examples)) == examples
