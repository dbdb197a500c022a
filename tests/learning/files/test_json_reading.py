from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.learning.errors import DataError
from backend.learning.files.json_reading import document, entries, json_lines
from backend.learning.files.tree import File, Tree

from ..making import write

leaves = st.none() | st.booleans() | st.integers() | st.text() | st.just("长江 \u2028")
leaves |= st.lists(leaves, max_size=3) | st.dictionaries(st.text(max_size=5), leaves, max_size=3)
files = st.lists(leaves, max_size=5) | st.dictionaries(st.text(), leaves, max_size=5)


def file_of(folder: Path, content: Any) -> File:
    write(folder / "a.json", content)
    return next(iter(Tree(folder / "a.json").files.values()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("json")


@settings(max_examples=50, deadline=None)
@given(value=files, size=st.integers(1, 40), indent=st.sampled_from([None, 0, 3]))
def test_entries_are_what_json_loads_gives_however_the_file_is_cut(
    folder: Path, value: Any, size: int, indent: int | None
) -> None:
    file = file_of(folder, json.dumps(value, indent=indent, ensure_ascii=size % 2 == 0))
    with patch("backend.learning.files.texts.PIECE", size):
        read = list(entries(file))
    assert read == (list(value.items()) if isinstance(value, dict) else list(enumerate(value)))


@settings(max_examples=50, deadline=None)
@given(value=files, cut=st.floats(0, 0.999), size=st.integers(1, 40))
def test_a_file_that_was_cut_off_is_refused_and_nothing_else_happens(
    folder: Path, value: Any, cut: float, size: int
) -> None:
    text = json.dumps(value)
    file = file_of(folder, text[: int(len(text) * cut)])
    with patch("backend.learning.files.texts.PIECE", size), pytest.raises(DataError):
        list(entries(file))


@settings(deadline=None)  # it writes files, on a disk that others use
@given(data=st.binary(max_size=60))
def test_no_bytes_make_it_raise_anything_else(folder: Path, data: bytes) -> None:
    file = file_of(folder, data)
    for read in (entries, json_lines):
        with contextlib.suppress(DataError):
            list(read(file))


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(folder: Path) -> None:
    file = file_of(folder, b"\xef\xbb\xbf[\r\n1,\r\n2]\r\n")
    assert [value for _, value in entries(file)] == [1, 2]
    file = file_of(folder, b'\xef\xbb\xbf{"a": 1}\r\n\r\n{"a": 2}')
    assert list(json_lines(file)) == [(1, {"a": 1}), (3, {"a": 2})]


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ('[{"a": 1},\n {"b" 2}]', "line 2, column 7", "expecting ':'"),
        ('{\n "x": 1,\n "y": [1 2]}', "line 3, column 10", "expecting ','"),
        ("[1,\n2,\n]", "line 3, column 1", "expecting value"),
        ("[1 2]", "line 1, column 4", "“,” or “]” was expected"),
        ('{"a": 1, b: 2}', "line 1, column 10", "A name in double quotes"),
        ('{"a" 1}', "line 1, column 6", "“:” was expected"),
        ("[1]\n[2]", "line 2, column 1", "follows after the end"),
        ("words", "line 1, column 1", "JSON list or object was expected"),
        ("", "line 1, column 1", "empty"),
        ('["a\nb"]', "line 1, column 4", "invalid control character"),
        ('["abc', "line 1, column 2", "unterminated string"),
        ("[1,", "line 1, column 4", "expecting value"),
        ("[1", "line 1, column 3", "ends in the middle"),
    ],
)
def test_the_place_of_an_error_is_named(
    folder: Path, text: str, place: str, problem: str, size: int
) -> None:
    file = file_of(folder, text)
    with (
        patch("backend.learning.files.texts.PIECE", size),
        pytest.raises(DataError) as caught,
    ):
        list(entries(file))
    assert caught.value.place == place
    assert problem in caught.value.problem


def test_what_stands_before_an_error_is_read(folder: Path) -> None:
    read = entries(file_of(folder, "[1, 2, x]"))
    assert [next(read), next(read)] == [(0, 1), (1, 2)]


def test_what_is_nested_without_end_or_is_a_number_without_end_is_refused(folder: Path) -> None:
    with pytest.raises(DataError, match="nested too deeply"):
        list(entries(file_of(folder, "[" * 200_000)))
    with pytest.raises(DataError, match="too many digits"):
        list(entries(file_of(folder, "[" + "1" * 6000 + "]")))


def test_another_encoding_is_named_with_the_byte(folder: Path) -> None:
    file = file_of(folder, '["café"]'.encode("latin-1"))
    with pytest.raises(DataError, match="no UTF-8 text") as caught:
        list(entries(file))
    assert caught.value.place == "byte 5"
    assert caught.value.mend == "Save the file as UTF-8."


def test_a_wrong_line_is_named(folder: Path) -> None:
    file = file_of(folder, '{"a": 1}\n\n{"a": }\n')
    with pytest.raises(DataError, match="line 3, column 7"):
        list(json_lines(file))


def test_a_whole_document_is_read_at_once(folder: Path) -> None:
    assert document(file_of(folder, ' ["a"]\n')) == ["a"]
    for wrong in ("", "[1] 2"):
        with pytest.raises(DataError):
            document(file_of(folder, wrong))
