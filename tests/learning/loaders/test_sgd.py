from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backend.learning.dialogues import Act, Dataset, Dialogue, Span, State
from backend.learning.errors import DataError
from backend.learning.loaders import load

from ..making import sgd_dialogue, sgd_part, sgd_schema, write, zipped


def read(path: Path, **wanted: Any) -> list[Dialogue]:
    data = load(path, **wanted)
    assert isinstance(data, Dataset)
    return list(data.dialogues)


@pytest.fixture
def sgd(tmp_path: Path) -> Path:
    for split in ("train", "dev", "test"):
        names = ["1_00000", "1_00001"]
        sgd_part(tmp_path / "sgd" / split, *(sgd_dialogue(name) for name in names))
    return tmp_path / "sgd"


def test_a_dialogue_is_read_with_all_that_is_annotated(sgd: Path) -> None:
    data = load(sgd, "dev")
    assert isinstance(data, Dataset)
    service = data.services["Ferries_1"]
    assert [(slot.name, slot.categorical) for slot in service.slots] == [
        ("harbour", False),
        ("sails_at", False),
        ("deck", True),
    ]
    assert service.intents[0].required == ("harbour",)
    assert service.intents[0].optional == {"deck": "dontcare"}
    dialogue = next(iter(data.dialogues))
    assert (dialogue.id, dialogue.split, dialogue.services) == ("1_00000", "dev", ("Ferries_1",))
    first, offer, last = dialogue.turns
    assert [turn.speaker for turn in dialogue.turns] == ["user", "system", "user"]
    frame = first.frames[0]
    assert frame.state == State("FindFerry", (), {"harbour": ("Oslo?", "Oslo")})
    assert frame.spans == (Span("harbour", 13, 18),)
    assert first.text[13:18] == "Oslo?"[:5]
    assert frame.acts[0] == Act("INFORM", "harbour", ("Oslo?",), ("Oslo",))
    assert offer.frames[0].state is None
    assert offer.frames[0].acts[0].values == ("upper",)
    assert last.frames[0].state == State("", (), {"harbour": ("Oslo?",), "deck": ("upper",)})
    assert [(number, state) for number, _, state in dialogue.states()] == [
        (0, first.frames[0].state),
        (2, last.frames[0].state),
    ]


def test_the_parts_are_told_by_their_folders_and_can_be_asked_for(sgd: Path) -> None:
    assert [dialogue.split for dialogue in read(sgd)] == ["train"] * 2 + ["dev"] * 2 + ["test"] * 2
    assert [dialogue.split for dialogue in read(sgd, split="validation")] == ["dev"] * 2
    assert [dialogue.split for dialogue in read(sgd / "test")] == ["test"] * 2
    assert len(read(sgd, limit=3)) == 3


def test_a_data_set_can_be_gone_through_again(sgd: Path) -> None:
    data = load(sgd, limit=2)
    assert isinstance(data, Dataset)
    assert list(data.dialogues) == list(data.dialogues) != []


@pytest.mark.parametrize("top", ["", "dstc8-schema-guided-dialogue-master/"])
def test_one_zip_of_all_reads_as_the_folder_does(sgd: Path, tmp_path: Path, top: str) -> None:
    files = {
        top + path.relative_to(sgd).as_posix(): path for path in sgd.rglob("*") if path.is_file()
    }
    assert read(zipped(tmp_path / "all.zip", files)) == read(sgd)


def test_a_zip_of_each_part_reads_as_the_folder_does(sgd: Path, tmp_path: Path) -> None:
    for split in ("train", "dev", "test"):
        files = {path.name: path for path in (sgd / split).iterdir()}
        zipped(tmp_path / "zips" / f"{split}.zip", files)
    assert read(tmp_path / "zips") == read(sgd)
    assert read(tmp_path / "zips" / "dev.zip") == read(sgd, split="dev")


def test_seen_services_are_those_of_the_training_part(sgd: Path) -> None:
    write(sgd / "test" / "schema.json", [sgd_schema(), sgd_schema("Ferries_2")])
    write(sgd / "test" / "dialogues_001.json", [sgd_dialogue(service="Ferries_2")])
    data = load(sgd, "test")
    assert isinstance(data, Dataset)
    assert set(data.services) == {"Ferries_1", "Ferries_2"}
    assert data.seen == {"Ferries_1"}
    alone = load(sgd / "test")
    assert isinstance(alone, Dataset)
    assert alone.seen is None


def test_files_saved_on_windows_are_read(sgd: Path) -> None:
    for path in (sgd / "dev").iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read(sgd, split="dev")) == 2


Change = Callable[[dict[str, Any]], Any]


@pytest.mark.parametrize(
    ("change", "place", "problem"),
    [
        (lambda d: d["turns"][2].pop("speaker"), "dialogue 7, turn 2", "“speaker” is missing"),
        (lambda d: d["turns"][0].update(speaker="BOT"), "dialogue 7, turn 0", "USER or SYSTEM"),
        (lambda d: d["turns"].append(3), "dialogue 7, turn 3", "should be an object"),
        (lambda d: d.update(turns="x"), "dialogue 7", "should be a list, and is a text"),
        (lambda d: d.pop("dialogue_id"), "dialogue number 1", "“dialogue_id” is missing"),
        (
            lambda d: d["turns"][0]["frames"][0].update(service="Trams_1"),
            "dialogue 7, turn 0, service Trams_1",
            "does not know this service",
        ),
        (
            lambda d: d["turns"][0]["frames"][0]["state"]["slot_values"].update(mast=["x"]),
            "dialogue 7, turn 0, service Ferries_1",
            "does not know the slot “mast”",
        ),
        (
            lambda d: d["turns"][0]["frames"][0]["state"]["slot_values"].update(deck=[]),
            "dialogue 7, turn 0, service Ferries_1",
            "at least one",
        ),
        (
            lambda d: d["turns"][0]["frames"][0]["slots"][0].update(exclusive_end=99),
            "dialogue 7, turn 0, service Ferries_1",
            "span 13 to 99",
        ),
        (
            lambda d: d["turns"][0]["frames"][0]["actions"][0].update(values=[3]),
            "dialogue 7, turn 0, service Ferries_1",
            "should be a text, and is a number",
        ),
    ],
)
def test_a_wrong_record_is_named_with_its_place(
    sgd: Path, change: Change, place: str, problem: str
) -> None:
    wrong = sgd_dialogue("7")
    change(wrong)
    path = write(sgd / "dev" / "dialogues_001.json", [sgd_dialogue(), wrong])
    with pytest.raises(DataError) as caught:
        read(sgd, split="dev")
    assert (caught.value.file, caught.value.place) == (str(path), place)
    assert problem in caught.value.problem
    assert "fresh copy" in str(caught.value)


def test_what_is_no_json_is_named_with_line_and_column(sgd: Path) -> None:
    path = write(sgd / "dev" / "dialogues_001.json", '[\n {"dialogue_id" "x"}\n]')
    with pytest.raises(DataError, match=r"dialogues_001\.json, line 2, column 17") as caught:
        read(sgd, split="dev")
    assert caught.value.file == str(path)


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ({}, "The schema should be a list"),
        ([{"service_name": "A"}], "“description” is missing"),
        ([sgd_schema(), sgd_schema()], "Ferries_1 is there twice"),
        ([sgd_schema() | {"slots": [{"name": "a", "description": ""}]}], "“is_categorical”"),
    ],
)
def test_a_wrong_schema_is_named(sgd: Path, schema: Any, problem: str) -> None:
    write(sgd / "dev" / "schema.json", schema)
    with pytest.raises(DataError, match=problem) as caught:
        read(sgd, split="dev")
    assert caught.value.file == str(sgd / "dev" / "schema.json")


def test_a_missing_schema_and_a_missing_part_are_named(sgd: Path) -> None:
    (sgd / "dev" / "schema.json").unlink()
    with pytest.raises(DataError, match=r"no schema\.json beside it"):
        read(sgd, split="dev")
    with pytest.raises(DataError, match=r"no “train” part here; found: dev"):
        read(sgd / "dev", split="train")
