from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from backend.learning.dialogues import Dataset
from backend.learning.errors import DataError
from backend.learning.loaders import load

from ..making import sgd_part, sgd_schema, write


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """As published: the dialogues, and the variants as schemas alone."""
    for split in ("train", "dev"):
        sgd_part(tmp_path / "sgd" / split)
        for variant in (1, 3):
            folder = tmp_path / "sgd" / "sgd_x" / "data" / f"v{variant}" / split
            write(folder / "schema.json", [sgd_schema(f"Ferries_1{variant}", f"x{variant}_")])
    return tmp_path / "sgd"


def read(path: Path, **wanted: Any) -> Dataset:
    data = load(path, **wanted)
    assert isinstance(data, Dataset)
    return data


def test_the_schemas_beside_the_data_set_do_not_change_it(repository: Path) -> None:
    assert read(repository).name == "SGD"
    assert len(list(read(repository).dialogues)) == 2


def test_a_variant_puts_its_names_in_the_place_of_the_original_ones(repository: Path) -> None:
    data = read(repository, split="dev", variant="v3")
    assert data.name == "SGD-X v3"
    assert set(data.services) == {"Ferries_13"}
    assert data.seen == {"Ferries_13"}
    dialogue = next(iter(data.dialogues))
    first = dialogue.turns[0].frames[0]
    assert dialogue.services == ("Ferries_13",)
    assert first.service == "Ferries_13"
    assert first.state
    assert first.state.intent == "x3_FindFerry"
    assert first.state.values == {"x3_harbour": ("Oslo?", "Oslo")}
    assert first.spans[0].slot == "x3_harbour"
    assert [(act.slot, act.values) for act in first.acts] == [
        ("x3_harbour", ("Oslo?",)),
        ("intent", ("x3_FindFerry",)),
    ]
    last = dialogue.turns[2].frames[0]
    assert last.state
    assert last.state.intent == ""


def test_a_variant_may_be_named_by_where_it_lies(repository: Path) -> None:
    by_name = list(read(repository, split="dev", variant="v1").dialogues)
    folder = repository / "sgd_x" / "data" / "v1"
    assert list(read(repository, split="dev", variant=folder).dialogues) == by_name
    assert list(read(folder, split="dev").dialogues) == by_name


def test_a_variant_whose_dialogues_were_generated_is_read_as_it_lies(repository: Path) -> None:
    folder = repository / "sgd_x" / "data" / "v3"
    generated = [dict(dialogue) for dialogue in _generated()]
    write(folder / "dev" / "dialogues_001.json", generated)
    assert {dialogue.services for dialogue in read(folder).dialogues} == {("Ferries_13",)}
    assert len(list(read(repository, split="dev").dialogues)) == 1


def _generated() -> list[dict[str, Any]]:
    turn = {"speaker": "USER", "utterance": "Hello", "frames": []}
    return [{"dialogue_id": "1", "services": ["Ferries_13"], "turns": [turn]}]


@pytest.mark.parametrize(
    ("schemas", "problem"),
    [
        ([sgd_schema("Ferries_13"), sgd_schema("Trams_13")], "It has 2 services"),
        ([sgd_schema("Trams_13")], "Trams_13 stands where Ferries_1"),
        ([sgd_schema("Ferries_13") | {"slots": []}], "not as many slots"),
    ],
)
def test_schemas_that_do_not_line_up_are_refused(
    repository: Path, schemas: Any, problem: str
) -> None:
    path = write(repository / "sgd_x" / "data" / "v3" / "dev" / "schema.json", schemas)
    with pytest.raises(DataError, match=problem) as caught:
        read(repository, split="dev", variant="v3")
    assert caught.value.file == str(path)


def test_a_variant_that_is_not_there_is_named(repository: Path) -> None:
    with pytest.raises(DataError, match="no SGD-X schemas “v4”"):
        read(repository, variant="v4")
    (repository / "sgd_x" / "data" / "v3" / "train" / "schema.json").unlink()
    with pytest.raises(DataError, match="no schema for the “train” part"):
        read(repository, variant="v3")
