from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.learning.dialogues import Dataset
from backend.learning.errors import DataError
from backend.learning.loaders import load

from ..making import crosswoz_dialogue, multiwoz_dialogue, sgd_part, write, zipped


def test_a_format_that_is_not_known_lists_what_was_looked_for(tmp_path: Path) -> None:
    write(tmp_path / "notes.txt", "words")
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    for name in ("SGD", "MultiWOZ", "MetaLWOZ", "CrossWOZ", "CLINC150", "BANKING77"):
        assert f"\n- {name}: " in str(caught.value)


def test_several_data_sets_at_one_path_are_listed(tmp_path: Path) -> None:
    sgd_part(tmp_path / "data" / "sgd" / "dev")
    crosswoz = {"val.json": {"1": crosswoz_dialogue()}}
    zipped(tmp_path / "data" / "crosswoz" / "val.json.zip", crosswoz)
    with pytest.raises(DataError, match="SGD in data/sgd; CrossWOZ in data/crosswoz"):
        load(tmp_path / "data")


def test_data_sets_with_files_of_the_same_names_are_told_apart(tmp_path: Path) -> None:
    for name, record in (("m", multiwoz_dialogue()), ("c", crosswoz_dialogue())):
        write(tmp_path / name / "val.json", {"1": record})
    assert load(tmp_path / "m").name == "MultiWOZ"
    assert load(tmp_path / "c").name == "CrossWOZ"


def test_a_file_that_can_not_be_recognised_for_its_damage_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "val.json", '{"1": {"messages": [}}')
    with pytest.raises(DataError, match="column 21") as caught:
        load(path)
    assert caught.value.file == str(path)


def test_a_part_of_another_name_and_a_variant_of_another_data_set_are_refused(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "val.json", {"1": crosswoz_dialogue()})
    with pytest.raises(DataError, match="There is no part “tset”"):
        load(path, "tset")
    with pytest.raises(DataError, match="CrossWOZ has no variants"):
        load(path, variant="v1")


@settings(
    max_examples=60,
    deadline=None,  # it writes files, on a disk that others use
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_damage_to_a_file_raises_anything_but_a_data_error(
    tmp_path: Path, data: st.DataObject
) -> None:
    """Whichever bytes change, the reading goes on or says where it can't."""
    folder = sgd_part(tmp_path / "dev")
    write(folder / "val.json", {"1": crosswoz_dialogue()})
    name = data.draw(st.sampled_from(["schema.json", "dialogues_001.json", "val.json"]))
    content = bytearray((folder / name).read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=5))
    (folder / name).write_bytes(bytes(content))
    path = folder / "val.json" if name == "val.json" else folder
    if path == folder:
        (folder / "val.json").unlink()
    try:
        read = load(path)
        assert isinstance(read, Dataset)
        assert list(read.dialogues)
    except DataError as error:
        assert str(tmp_path) in error.file  # noqa: PT017
