from __future__ import annotations

from pathlib import Path

import pytest

from backend.learning.errors import DataError
from backend.learning.files.tree import MOST_FILES, Tree

from ..making import write, zipped


def paths(path: Path) -> set[str]:
    return set(Tree(path).files)


def test_a_zip_is_looked_into_as_if_it_were_a_folder(tmp_path: Path) -> None:
    zipped(tmp_path / "data" / "train.zip", {"a/b.json": "1", "c.json": "2"})
    assert paths(tmp_path / "data") == {"data/train.zip/a/b.json", "data/train.zip/c.json"}
    assert paths(tmp_path / "data" / "train.zip") == {"train.zip/a/b.json", "train.zip/c.json"}


def test_a_zip_in_a_zip_is_read_too(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"deep.txt": "words"})
    outer = zipped(tmp_path / "outer.zip", {"folder/inner.zip": inner})
    file = Tree(outer).files["outer.zip/folder/inner.zip/deep.txt"]
    with file.open() as stream:
        assert stream.read() == b"words"
    assert file.shown.endswith("outer.zip: folder/inner.zip > deep.txt")


def test_what_macos_and_git_leave_behind_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "data" / ".git" / "config", "x")
    write(tmp_path / "data" / ".DS_Store", "x")
    zipped(tmp_path / "data" / "a.zip", {"__MACOSX/._a.json": "x", "a.json": "1", "b/": ""})
    assert paths(tmp_path / "data") == {"data/a.zip/a.json"}


def test_a_zip_that_was_unpacked_in_its_place_is_not_read_twice(tmp_path: Path) -> None:
    write(tmp_path / "data" / "val.json", "1")
    zipped(tmp_path / "data" / "val.json.zip", {"val.json": "1"})
    write(tmp_path / "data" / "SET_2.1" / "data.json", "1")
    zipped(tmp_path / "data" / "set.zip", {"SET_2.1/data.json": "1", "LICENSE": "x"})
    assert paths(tmp_path / "data") == {"data/val.json", "data/SET_2.1/data.json"}


def test_a_licence_beside_a_zip_does_not_make_it_look_unpacked(tmp_path: Path) -> None:
    write(tmp_path / "data" / "LICENSE", "x")
    zipped(tmp_path / "data" / "set.zip", {"LICENSE": "x", "data.json": "1"})
    assert paths(tmp_path / "data") == {
        "data/LICENSE",
        "data/set.zip/LICENSE",
        "data/set.zip/data.json",
    }


def test_a_zip_made_on_windows_has_folders_as_well(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"train\\schema.json": "1"})
    assert paths(tmp_path / "a.zip") == {"a.zip/train/schema.json"}


def test_an_entry_can_not_lead_out_of_its_zip(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"../../etc/x.json": "1"})
    assert paths(tmp_path / "a.zip") == {"a.zip/etc/x.json"}


def test_a_damaged_zip_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", b"PK no zip")
    with pytest.raises(DataError, match=r"a\.zip: The zip is damaged"):
        Tree(path)


def test_a_damaged_zip_among_others_does_not_hide_them(tmp_path: Path) -> None:
    write(tmp_path / "data" / "bad.zip", b"PK no zip")
    write(tmp_path / "data" / "good.json", "1")
    tree = Tree(tmp_path / "data")
    assert set(tree.files) == {"data/good.json"}
    assert [error.file for error in tree.damaged] == [str(tmp_path / "data" / "bad.zip")]


def test_an_entry_whose_bytes_are_damaged_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.json": str([number**7 for number in range(500)])})
    data = bytearray(path.read_bytes())
    data[200:210] = b"\0" * 10
    path.write_bytes(bytes(data))
    file = Tree(path).files["a.zip/a.json"]
    problem = r"a\.zip: a\.json: The zip is damaged"
    with pytest.raises(DataError, match=problem), file.open() as stream:
        stream.read()


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file or folder"):
        Tree(tmp_path / "nowhere")


def test_too_many_files_are_no_data_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_FILES > 10_000
    monkeypatch.setattr("backend.learning.files.tree.MOST_FILES", 3)
    for number in range(5):
        write(tmp_path / f"{number}.json", "1")
    with pytest.raises(DataError, match="more than 3 files"):
        Tree(tmp_path)
