from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from backend.learning.dialogues import Dataset, Dialogue
from backend.learning.errors import DataError
from backend.learning.loaders import load
from backend.learning.metrics.joint import flat
from backend.learning.metrics.multiwoz import SLOTS

from ..making import multiwoz_dialogue, multiwoz_metadata, write, zipped


def read(path: Path, **wanted: Any) -> Dataset:
    data = load(path, **wanted)
    assert isinstance(data, Dataset)
    return data


def ids(path: Path, **wanted: Any) -> list[tuple[str, str]]:
    return [(dialogue.id, dialogue.split) for dialogue in read(path, **wanted).dialogues]


DATA = {f"{name}.json": multiwoz_dialogue() for name in ("MUL1", "PMUL2", "SNG3")}
ALL = [("MUL1", "train"), ("PMUL2", "dev"), ("SNG3", "test")]


@pytest.mark.parametrize(
    ("top", "lists", "name"),
    [
        ("MULTIWOZ2 2", ".json", "MultiWOZ"),
        ("MultiWOZ_2.1", ".txt", "MultiWOZ 2.1"),
        ("MULTIWOZ2.4", ".json", "MultiWOZ 2.4"),
    ],
)
@pytest.mark.parametrize("as_zip", [True, False])
def test_the_original_layout_is_read_with_its_lists_of_names(
    tmp_path: Path, top: str, lists: str, name: str, as_zip: bool
) -> None:
    files: dict[str, Any] = {
        f"{top}/data.json": DATA,
        f"{top}/valListFile{lists}": "PMUL2.json\n",
        f"{top}/testListFile{lists}": "SNG3.json\r\n",
        f"{top}/ontology.json": {"hotel-semi-area": ["north"]},
        f"__MACOSX/{top}/._data.json": b"\0\0",
    }
    if as_zip:
        path = zipped(tmp_path / "download.zip", files)
    else:
        for entry, content in files.items():
            write(tmp_path / entry, content)
        path = tmp_path / top
    assert ids(path) == ALL
    assert ids(path, split="test") == [("SNG3", "test")]
    assert ids(path, split="train", limit=1) == [("MUL1", "train")]
    assert read(path).name == (name if not as_zip or "2." in top else "MultiWOZ")


def test_without_lists_a_part_can_not_be_told(tmp_path: Path) -> None:
    """As with 2.3, whose zip has none."""
    write(tmp_path / "MultiWOZ2_3" / "data.json", DATA)
    assert ids(tmp_path / "MultiWOZ2_3") == [(name, "") for name, _ in ALL]
    assert read(tmp_path / "MultiWOZ2_3").name == "MultiWOZ 2.3"
    with pytest.raises(DataError, match=r"Put valListFile and testListFile of MultiWOZ 2\.1"):
        ids(tmp_path / "MultiWOZ2_3", split="test")


def test_a_file_for_each_part_is_read_zipped_or_not(tmp_path: Path) -> None:
    folder = tmp_path / "multiwoz"
    zipped(folder / "val.json.zip", {"val.json": {"PMUL2": multiwoz_dialogue()}})
    zipped(folder / "test.json.zip", {"test.json": {"SNG3": multiwoz_dialogue()}})
    write(folder / "train_dials.json", {"MUL1.json": multiwoz_dialogue()})
    assert ids(folder) == ALL
    assert ids(folder, split="dev") == [("PMUL2", "dev")]
    assert ids(folder / "test.json.zip") == [("SNG3", "test")]


def dialogue_of(tmp_path: Path, record: dict[str, Any]) -> Dialogue:
    write(tmp_path / "data.json", {"MUL1.json": record})
    return next(iter(read(tmp_path / "data.json").dialogues))


def test_a_user_turn_has_the_state_that_follows_it(tmp_path: Path) -> None:
    dialogue = dialogue_of(tmp_path, multiwoz_dialogue())
    assert dialogue.services == ("hotel",)
    assert [turn.speaker for turn in dialogue.turns] == ["user", "system", "user", "system"]
    assert [flat(turn) for turn in dialogue.turns[::2]] == [
        {"hotel-area": ("north",), "taxi-arriveby": ("dontcare",)},
        {
            "hotel-area": ("north",),
            "hotel-bookday": ("friday",),
            "taxi-arriveby": ("dontcare",),
        },
    ]
    assert all(frame.state is None for turn in dialogue.turns[1::2] for frame in turn.frames)
    hotel = dialogue.turns[2].frames[0]
    assert hotel.state
    assert hotel.state.requested == ("hotel-postcode",)
    assert hotel.state.intent is None  # not annotated


def test_values_are_found_in_the_text_and_acts_get_the_slots_of_the_schema(tmp_path: Path) -> None:
    turns = dialogue_of(tmp_path, multiwoz_dialogue()).turns
    said = [
        [(span.slot, turn.text[span.start : span.end]) for span in turn.frames[0].spans]
        for turn in turns[:3]
    ]
    assert said == [
        [("hotel-area", "North")],
        [("hotel-name", "The Lamp Inn")],
        [("hotel-bookday", "friday")],
    ]
    assert [(act.name, act.slot, act.values) for act in turns[1].frames[0].acts] == [
        ("RECOMMEND", "hotel-name", ("The Lamp Inn",)),
        ("RECOMMEND", "hotel-stars", ("4",)),
        ("REQUEST", "hotel-bookday", ()),  # a booking act, of the service spoken of
    ]


@pytest.mark.parametrize(
    ("area", "accepted"),
    [
        ("north|east", ("north", "east")),
        ("north>east", ("north", "east")),
        (["north", "the north"], ("north", "the north")),
        ("do n't care", ("dontcare",)),
        ("not mentioned", None),
        ("none", None),
        ("", None),
        ([], None),
    ],
)
def test_several_values_no_preference_and_none_are_told_apart(
    tmp_path: Path, area: Any, accepted: tuple[str, ...] | None
) -> None:
    dialogue = dialogue_of(tmp_path, multiwoz_dialogue(area=area))
    assert flat(dialogue.turns[0]).get("hotel-area") == accepted


def test_every_slot_that_is_evaluated_is_in_our_schema(tmp_path: Path) -> None:
    write(tmp_path / "data.json", DATA)
    services = read(tmp_path / "data.json").services
    known = {slot.name for service in services.values() for slot in service.slots}
    assert len(SLOTS) == 30
    assert set(SLOTS) <= known
    assert all(slot.description for service in services.values() for slot in service.slots)


def test_a_wrong_record_is_named_with_its_place(tmp_path: Path) -> None:
    record = multiwoz_dialogue()
    record["log"][1]["metadata"] = multiwoz_metadata(area=3)
    path = write(tmp_path / "data.json", {"MUL1.json": multiwoz_dialogue(), "MUL2.json": record})
    with pytest.raises(DataError, match="The value of “hotel-area” should be a list") as caught:
        ids(path)
    assert (caught.value.file, caught.value.place) == (str(path), "dialogue MUL2.json, turn 0")


def test_acts_of_an_odd_shape_and_a_turn_without_annotation_do_not_stop_the_reading(
    tmp_path: Path,
) -> None:
    record = multiwoz_dialogue()
    record["log"][0]["dialog_act"] = {"Hotel-Inform": [["Area"], ["Area", None], "x"], "Taxi": 3}
    record["log"][3]["metadata"] = {}
    first, _, last, _ = dialogue_of(tmp_path, record).turns
    assert flat(first)["hotel-area"] == ("north",)
    assert not first.frames[0].acts
    assert flat(last) == {}
    assert [frame.state for frame in last.frames] == [None]


def guided() -> tuple[list[Any], dict[str, Any]]:
    slots = [
        {"name": "taxi-leaveat", "description": "when", "is_categorical": False},
        {"name": "taxi-departure", "description": "where", "is_categorical": False},
    ]
    schema = {"service_name": "taxi", "description": "", "slots": slots, "intents": []}
    state = {
        "active_intent": "book_taxi",
        "requested_slots": [],
        "slot_values": {"taxi-leaveat": ["17:45", "5:45 pm"], "taxi-departure": ["lamp inn"]},
    }
    spans = [
        {"slot": "taxi-leaveat", "start": 3, "exclusive_end": 10, "value": "5:45 pm"},
        {"slot": "taxi-leaveat", "start": 0, "exclusive_end": 4, "value": "5:45 pm"},
        {"slot": "taxi-departure", "start": 0, "exclusive_end": 4, "value": "nowhere"},
        {"slot": "taxi-departure", "copy_from": "hotel-name", "value": ["lamp inn"]},
    ]
    frame = {"service": "taxi", "slots": spans, "actions": [], "state": state}
    turn = {"speaker": "USER", "turn_id": "0", "utterance": "At 5:45 pm", "frames": [frame]}
    return [schema], {"dialogue_id": "MUL1.json", "services": ["taxi"], "turns": [turn]}


def test_the_layout_of_2_2_is_told_from_sgd_by_its_slots(tmp_path: Path) -> None:
    schema, dialogue = guided()
    folder = tmp_path / "MultiWOZ_2.2"
    write(folder / "schema.json", schema)
    write(folder / "dialog_acts.json", {"MUL1.json": {}})
    for split in ("train", "dev", "test"):
        write(folder / split / "dialogues_001.json", [dialogue])
    write(folder / "data.json", DATA)  # as its own script converts it
    data = read(folder, split="test")
    assert data.name == "MultiWOZ 2.2"
    (one,) = data.dialogues
    frame = one.turns[0].frames[0]
    assert flat(one.turns[0])["taxi-leaveat"] == ("17:45", "5:45 pm")
    assert frame.copied == {"taxi-departure": "hotel-name"}
    # The second span does not fit its value and is looked up; the third is nowhere to be found.
    assert [(span.start, span.end) for span in frame.spans] == [(3, 10), (3, 10)]


def test_a_schema_beside_the_original_layout_is_used_if_it_is_multiwozs(tmp_path: Path) -> None:
    schema, _ = guided()
    write(tmp_path / "a" / "data.json", DATA)
    write(tmp_path / "a" / "schema.json", schema)
    assert set(read(tmp_path / "a").services) == {"taxi"}


def test_several_versions_in_one_folder_have_to_be_named(tmp_path: Path) -> None:
    for version in ("MultiWOZ_2.0", "MultiWOZ_2.1"):
        zipped(tmp_path / f"{version}.zip", {f"{version}/data.json": DATA})
    with pytest.raises(DataError, match=r"MultiWOZ 2\.0 in .*; MultiWOZ 2\.1 in ") as caught:
        ids(tmp_path)
    assert "Name the folder or file of one" in str(caught.value)
    assert len(ids(tmp_path / "MultiWOZ_2.1.zip")) == 3
