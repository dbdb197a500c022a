"""What the loaders share: how a data set is found among files, how splits are named and chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from ..dialogues import Dataset, IntentSet, Split
from ..errors import DataError
from ..files.json_reading import entries
from ..files.tree import File, Tree

MOST_LOOKED_AT = 300  # files

SPLITS: tuple[Split, ...] = ("train", "dev", "test")
_SPLIT_NAMES: dict[str, Split] = {
    "train": "train",
    "training": "train",
    "dev": "dev",
    "val": "dev",
    "valid": "dev",
    "validation": "dev",
    "test": "test",
    "testing": "test",
}
_ENDINGS = re.compile(r"(\.json|\.csv|\.zip|_dials)+$", re.I)
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Wanted:
    """What is asked of a loader. ``variant``: SGD-X schemas, by name or where they lie."""

    split: Split = ""  # "" means all
    limit: int | None = None
    variant: str | Path | None = None


@dataclass(frozen=True)
class Found:
    """A data set among the files: what it is, where it lies, and how it is read."""

    name: str
    place: str
    read: Callable[[Wanted], Dataset | IntentSet]
    takes_variant: bool = False


@dataclass(frozen=True)
class Again(Iterable[_Item]):
    """Goes through something anew each time, up to a limit."""

    begin: Callable[[], Iterator[_Item]]
    limit: int | None = None

    def __iter__(self) -> Iterator[_Item]:
        return islice(self.begin(), self.limit)


def split_named(name: str) -> Split:
    """The split that a file, folder, zip or person names so; "" if none."""
    return _SPLIT_NAMES.get(_ENDINGS.sub("", name).lower(), "")


def split_of(path: str) -> Split:
    """The split that the innermost name of the path gives."""
    named = (split_named(part) for part in reversed(PurePosixPath(path).parts))
    return next(filter(None, named), "")


def beginning(tree: Tree, file: File) -> tuple[str | int, Any] | None:
    """The first entry of a JSON file, by which formats are told apart; None if there is none."""
    if file.path not in tree.begins:
        tree.begins[file.path] = None
        if len(tree.begins) <= MOST_LOOKED_AT:
            try:
                tree.begins[file.path] = next(entries(file), None)
            except DataError as error:
                tree.damaged.append(error)
    begins: tuple[str | int, Any] | None = tree.begins[file.path]
    return begins


def has_fields(entry: tuple[str | int, Any] | None, *names: str) -> bool:
    """Whether the entry is an object with these fields."""
    return entry is not None and isinstance(entry[1], dict) and entry[1].keys() >= set(names)


def split_files(tree: Tree, *fields: str, also: str = "") -> dict[str, dict[Split, File]]:
    """By folder: the files train.json, val.json and test.json whose entries have these fields.

    Each may lie in a zip of its own (``val.json.zip``). ``also`` names a file that holds all parts
    and outweighs the others; it is given as the part "".
    """
    homes: dict[str, dict[Split, File]] = {}
    for file in tree.files.values():
        split = split_named(file.name)
        if not file.name.lower().endswith(".json") or not (split or file.name == also):
            continue
        if has_fields(beginning(tree, file), *fields):
            folder = PurePosixPath(file.folder)
            own_zip = folder.name.lower().endswith(".zip") and split_named(folder.name)
            homes.setdefault(str(folder.parent if own_zip else folder), {})[split] = file
    return {home: {"": parts[""]} if "" in parts else parts for home, parts in homes.items()}


def chosen(places: dict[Split, _Item], wanted: Wanted, where: str) -> dict[Split, _Item]:
    """The wanted one of the splits, or all. Raises DataError where it is not among them."""
    if not wanted.split:
        return dict(sorted(places.items(), key=lambda pair: (*SPLITS, "").index(pair[0])))
    if wanted.split in places:
        return {wanted.split: places[wanted.split]}
    there = ", ".join(split or "one of no name" for split in places)
    problem = f"There is no “{wanted.split}” part here; found: {there}."
    raise DataError(where, problem, mend="Name another part, or fetch that one too.")
