"""MetaLWOZ and CrossWOZ."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from backend.learning.dialogues import Dataset, State
from backend.learning.errors import DataError
from backend.learning.loaders import load
from backend.learning.metrics.joint import flat

from ..making import crosswoz_dialogue, write, zipped


def read(path: Path, **wanted: Any) -> Dataset:
    data = load(path, **wanted)
    assert isinstance(data, Dataset)
    return data


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def metalwoz(domain: str = "KITE_SHOP", name: str = "a1") -> dict[str, Any]:
    task = {"domain": domain, "task_id": "t1", "user_prompt": "Buy a kite", "user_role": "Buyer"}
    task |= {"bot_role": "You sell kites", "bot_prompt": "Sell one"}
    turns = ["Hello, what is it?", "A red kite.", "Here you are."]
    said = {"id": name, "user_id": "u", "bot_id": "b", "domain": domain, "task_id": "t1"}
    return {
        "LICENSE.pdf": b"%PDF",
        "tasks.txt": lines(task),
        f"dialogues/{domain}.txt": lines(said | {"turns": turns}),
    }


def test_metalwoz_is_read_from_its_zip(tmp_path: Path) -> None:
    data = read(zipped(tmp_path / "metalwoz-v1.zip", metalwoz()))
    assert data.services["KITE_SHOP"].description == "You sell kites"
    assert data.services["KITE_SHOP"].intents[0].description == "Buy a kite"
    (dialogue,) = data.dialogues
    assert (dialogue.id, dialogue.split) == ("a1", "train")
    assert [turn.speaker for turn in dialogue.turns] == ["system", "user", "system"]
    assert dialogue.turns[1].frames[0].state == State("t1")


def test_the_held_out_part_of_metalwoz_lies_in_a_zip_in_its_zip(tmp_path: Path) -> None:
    folder = tmp_path / "metalwoz"
    zipped(folder / "metalwoz-v1.zip", metalwoz())
    inner = zipped(tmp_path / "inner.zip", metalwoz("TEA_SHOP", "b1"))
    held_out = {"dstc8_metalwoz_heldout.zip": inner, "LICENSE.pdf": b"%PDF"}
    zipped(folder / "metalwoz-test-v1.zip", held_out)
    data = read(folder)
    assert [(one.id, one.split) for one in data.dialogues] == [("a1", "train"), ("b1", "test")]
    assert data.seen == {"KITE_SHOP"}
    alone = read(folder / "metalwoz-test-v1.zip", split="test")
    assert [one.id for one in alone.dialogues] == ["b1"]


def test_metalwoz_without_its_tasks_still_has_its_domains(tmp_path: Path) -> None:
    write(tmp_path / "m" / "dialogues" / "KITE_SHOP.txt", metalwoz()["dialogues/KITE_SHOP.txt"])
    data = read(tmp_path / "m")
    assert list(data.services) == ["KITE_SHOP"]
    assert len(list(data.dialogues)) == 1


def test_a_wrong_line_of_metalwoz_is_named(tmp_path: Path) -> None:
    good = metalwoz()["dialogues/KITE_SHOP.txt"]
    broken = {"tasks.txt": "", "dialogues/KITE_SHOP.txt": good + "{]\n"}
    with pytest.raises(DataError, match=r"m\.zip: dialogues/KITE_SHOP\.txt, line 2, column 2"):
        list(read(zipped(tmp_path / "m.zip", broken)).dialogues)
    record = json.loads(good) | {"turns": ["a", 7]}
    broken["dialogues/KITE_SHOP.txt"] = good + lines(record)
    with pytest.raises(DataError, match="line 2, dialogue a1: A member of “turns”"):
        list(read(zipped(tmp_path / "m.zip", broken)).dialogues)


@pytest.fixture
def crosswoz(tmp_path: Path) -> Path:
    folder = tmp_path / "crosswoz"
    for split, number in (("train", "1"), ("val", "2"), ("test", "3")):
        zipped(folder / f"{split}.json.zip", {f"{split}.json": {number: crosswoz_dialogue()}})
    write(folder / "database" / "hotel_db.json", [["云间酒店", {"名称": "云间酒店"}]])
    return folder


def test_crosswoz_is_read_from_a_zip_for_each_part(crosswoz: Path) -> None:
    data = read(crosswoz)
    assert [(one.id, one.split) for one in data.dialogues] == [
        ("1", "train"),
        ("2", "dev"),
        ("3", "test"),
    ]
    assert [one.id for one in read(crosswoz, split="test").dialogues] == ["3"]
    assert [one.id for one in read(crosswoz / "val.json.zip").dialogues] == ["2"]
    assert set(data.services) == {"景点", "餐馆", "酒店", "地铁", "出租"}


def test_a_turn_of_crosswoz_has_the_query_that_follows_it(crosswoz: Path) -> None:
    asked, answered = next(iter(read(crosswoz).dialogues)).turns
    assert flat(asked) == {"餐馆-推荐菜": ("炸酱面",), "餐馆-评分": ("4.5分以上",)}
    frame = asked.frames[0]
    assert frame.state
    assert frame.state.requested == ("地址",)
    assert {(span.slot, asked.text[span.start : span.end]) for span in frame.spans} == {
        ("推荐菜", "炸酱面"),
        ("评分", "4.5分以上"),
    }
    assert [
        (one.service, act.name, act.slot, act.values) for one in answered.frames for act in one.acts
    ] == [
        ("景点", "NOOFFER", "", ()),
        ("餐馆", "RECOMMEND", "名称", ("小院子",)),
        ("酒店", "INFORM", "酒店设施", ("叫醒服务",)),
    ]


def test_values_of_crosswoz_that_stand_in_one_text_are_found_one_by_one(tmp_path: Path) -> None:
    record = crosswoz_dialogue("炸酱面")
    record["messages"][0]["content"] = "想吃馄饨和炸酱面"
    record["messages"][1]["sys_state_init"]["餐馆"]["推荐菜"] = "炸酱面 馄饨"
    path = zipped(tmp_path / "val.json.zip", {"val.json": {"1": record}})
    turn = next(iter(read(path).dialogues)).turns[0]
    assert {turn.text[span.start : span.end] for span in turn.frames[0].spans} == {"炸酱面", "馄饨"}


def test_null_and_lists_in_a_state_of_crosswoz_are_read(tmp_path: Path) -> None:
    record = crosswoz_dialogue()
    record["messages"][1]["sys_state_init"]["餐馆"] |= {"推荐菜": ["炸酱面", "馄饨"], "评分": None}
    path = write(tmp_path / "val.json", {"1": record})
    turn = next(iter(read(path).dialogues)).turns[0]
    assert flat(turn) == {"餐馆-推荐菜": ("炸酱面 馄饨",)}


@pytest.mark.parametrize(
    ("acts", "problem"),
    [([["Inform", "餐馆"]], "should hold an act"), (["x"], "should hold an act"), (3, "a list")],
)
def test_a_wrong_act_of_crosswoz_is_named(tmp_path: Path, acts: Any, problem: str) -> None:
    record = crosswoz_dialogue()
    record["messages"][0]["dialog_act"] = acts
    with pytest.raises(DataError, match=problem) as caught:
        list(read(write(tmp_path / "val.json", {"9": record})).dialogues)
    assert caught.value.place == "dialogue 9, turn 0"
