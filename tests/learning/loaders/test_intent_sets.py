"""CLINC150 and BANKING77."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from backend.learning.dialogues import Example, IntentSet
from backend.learning.errors import DataError
from backend.learning.loaders import load

from ..making import write, zipped

FULL = {
    "oos_val": [["how tall are kites", "oos"]],
    "val": [["fly my kite", "fly"]],
    "train": [["let it rise", "fly"], ["bring it down", "land"]],
    "oos_test": [["who won", "oos"]],
    "test": [["land now", "land"]],
    "oos_train": [],
}


def read(path: Path, **wanted: Any) -> IntentSet:
    data = load(path, **wanted)
    assert isinstance(data, IntentSet)
    return data


def test_clinc150_is_read_with_its_parts_and_what_is_out_of_scope(tmp_path: Path) -> None:
    data = read(write(tmp_path / "data_full.json", FULL))
    assert data.intents == ("fly", "land")
    examples = list(data.examples)
    assert examples[0] == Example("how tall are kites", "", "dev")
    assert examples[0].out_of_scope
    test = read(tmp_path / "data_full.json", split="test")
    assert [(one.text, one.out_of_scope) for one in test.examples] == [
        ("who won", True),
        ("land now", False),
    ]
    assert test.intents == data.intents
    assert len(list(read(tmp_path / "data_full.json", limit=2).examples)) == 2


def test_of_the_folder_of_clinc150_the_full_file_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "oos-eval" / "data"
    write(folder / "data_full.json", FULL)
    write(folder / "data_small.json", FULL | {"train": [["let it rise", "fly"]]})
    write(folder / "binary_undersample.json", {"train": [["x", "in"]]})
    write(folder / "domains.json", {"kites": ["fly", "land"]})
    assert len(list(read(tmp_path / "oos-eval", split="train").examples)) == 2
    assert len(list(read(folder / "data_small.json", split="train").examples)) == 1


def test_a_file_of_clinc150_may_lack_parts(tmp_path: Path) -> None:
    some = {"train": FULL["train"], "val": FULL["val"], "oos_train": [], "oos_val": []}
    path = zipped(tmp_path / "clinc.zip", {"train_val.json": some})
    assert len(list(read(path, split="dev").examples)) == 1
    with pytest.raises(DataError, match="no “test” part; found: dev, train"):
        read(path, split="test")


@pytest.mark.parametrize(
    ("change", "place"),
    [({"val": [["a", "b"], ["c"]]}, "part val, pair 1"), ({"extra": []}, "part extra")],
)
def test_a_wrong_place_in_clinc150_is_named(tmp_path: Path, change: Any, place: str) -> None:
    with pytest.raises(DataError) as caught:
        read(write(tmp_path / "data_full.json", {"train": FULL["train"]} | change))
    assert caught.value.place == place


def banking(folder: Path, **files: Any) -> Path:
    names = {"train": "train.csv", "test": "test.csv", "categories": "categories.json"}
    for name, content in files.items():
        write(folder / names[name], content)
    return folder


TRAIN = 'text,category\nWhere is it?,lost\n"It broke,\nagain",broken\n'
TEST = 'text,category\r\n"He said “no”, didn\'t he?",refused?\r\n'


def test_banking77_is_read_from_its_csv_files(tmp_path: Path) -> None:
    folder = banking(
        tmp_path / "banking_data", train=TRAIN, test=TEST, categories=["refused?", "lost", "broken"]
    )
    data = read(folder)
    assert data.intents == ("refused?", "lost", "broken")  # in the order of categories.json
    assert list(data.examples) == [
        Example("Where is it?", "lost", "train"),
        Example("It broke,\nagain", "broken", "train"),
        Example("He said “no”, didn't he?", "refused?", "test"),
    ]
    assert len(list(read(folder, split="test").examples)) == 1
    assert len(list(read(folder / "train.csv").examples)) == 2


def test_without_categories_the_intents_are_those_of_the_files(tmp_path: Path) -> None:
    folder = banking(tmp_path / "b", train=b"\xef\xbb\xbf" + TRAIN.encode())
    assert read(folder).intents == ("broken", "lost")
    with pytest.raises(DataError, match="no “test” part here; found: train"):
        read(folder, split="test")


@pytest.mark.parametrize(
    ("row", "line", "problem"),
    [
        ("words", 5, "1 columns"),
        ("a,b,c", 5, "3 columns"),
        ("a,unheard_of", 5, "“unheard_of” is not among those"),
        ('"never closed,lost', 5, "1 columns"),
    ],
)
def test_a_wrong_row_of_banking77_is_named(
    tmp_path: Path, row: str, line: int, problem: str
) -> None:
    folder = banking(tmp_path / "b", train=TRAIN + row + "\n", categories=["lost", "broken"])
    with pytest.raises(DataError, match=problem) as caught:
        list(read(folder).examples)
    assert caught.value.file == str(folder / "train.csv")
    assert caught.value.place == f"line {line}"
