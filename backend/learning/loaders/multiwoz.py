"""MultiWOZ 2.1 to 2.4 (Budzianowski et al. 2018 and its corrections), in all published layouts.

- The original one (2.0, 2.1, 2.3, 2.4): ``data.json`` with all dialogues; ``valListFile`` and
  ``testListFile`` (``.txt`` or ``.json``, one name a line all the same) say which part is which,
  and the others are the training part. 2.3 brings no lists: those of 2.1 go with it.
- A file for each part: ``train.json``, ``val.json``, ``test.json`` or a zip of each (ConvLab), or
  ``train_dials.json`` and so on (2.4's ``split.py``).
- 2.2: the layout of SGD (``train/dialogues_001.json`` …, one ``schema.json`` for all). Its acts lie
  apart in ``dialog_acts.json``, which is not read; what the system offers has spans.

Slots are named as in 2.2 (``hotel-bookday``) whatever the layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from ..dialogues import Dataset, Dialogue, Service, Split
from ..errors import DataError, Wrong
from ..files.json_reading import entries
from ..files.texts import lines
from ..files.tree import File, Tree
from . import sgd
from .formats import Again, Found, Wanted, chosen, split_files
from .multiwoz_log import dialogue_of
from .multiwoz_schema import services

LAYOUT = (
    "MultiWOZ: data.json with valListFile and testListFile; or train.json, val.json, test.json; "
    "or as 2.2 train/dialogues_001.json … with schema.json"
)
_VERSION = re.compile(r"multiwoz[ _-]?(2[._][0-4])(?!\d)", re.I)
_LISTS: dict[str, Split] = {"vallistfile": "dev", "testlistfile": "test"}


def find(tree: Tree) -> list[Found]:
    found = [
        Found("MultiWOZ 2.2", root, partial(_read_guided, parts, str(tree.path)))
        for root, parts in sgd.layouts(tree).items()
        if sgd.is_multiwoz(parts)
    ]
    guided = {one.place for one in found}
    for home, parts in split_files(tree, "log", also="data.json").items():
        if home in guided:  # data.json that 2.2's own script made of it and of 2.1
            continue
        found.append(Found(_name(home, tree), home, partial(_read_log, home, parts, tree)))
    return found


def _name(folder: str, tree: Tree) -> str:
    version = _VERSION.search(f"{tree.path.resolve()}/{folder}")
    return f"MultiWOZ {version[1].replace('_', '.')}" if version else "MultiWOZ"


def _read_guided(parts: sgd.Parts, where: str, wanted: Wanted) -> Dataset:
    read = sgd.read_parts(parts, where, wanted)
    return Dataset("MultiWOZ 2.2", read.services, Again(read.dialogues, wanted.limit))


def _read_log(home: str, parts: Mapping[Split, File], tree: Tree, wanted: Wanted) -> Dataset:
    schema = _schema(tree.files.get(f"{home}/schema.json"))
    whole = parts.get("")
    if whole:
        listed = _lists(tree, whole)
        if wanted.split and not listed:
            problem = "There are no lists of the dialogues of each part with it."
            mend = "Put valListFile and testListFile of MultiWOZ 2.1 beside it."
            raise DataError(whole.shown, problem, mend=mend)
        begin = partial(_of_whole, whole, schema, listed, wanted.split)
    else:
        begin = partial(_of_parts, chosen(dict(parts), wanted, str(tree.path)), schema)
    return Dataset(_name(home, tree), schema, Again(begin, wanted.limit))


def _schema(file: File | None) -> Mapping[str, Service]:
    """The schema.json beside the data if it is MultiWOZ's, else ours."""
    if file is not None and sgd.is_multiwoz({"": sgd.Part(file)}):
        return sgd.services(file)
    return services()


def _lists(tree: Tree, whole: File) -> dict[str, Split]:
    """The part of each dialogue that is not of the training part. Empty if nothing tells."""
    found: dict[str, Split] = {}
    for file in sorted(tree.files.values(), key=lambda file: file.folder != whole.folder):
        split = _LISTS.get(re.sub(r"\.(txt|json)$", "", file.name.lower()), "")
        if split and split not in found.values():  # those beside the data come first
            found |= {_bare(line): split for line in lines(file) if line.strip()}
    return found


def _bare(name: str) -> str:
    return name.strip().removesuffix(".json")


def _of_whole(
    file: File, schema: Mapping[str, Service], listed: Mapping[str, Split], split: Split
) -> Iterator[Dialogue]:
    for name, record in entries(file):
        its = listed.get(_bare(str(name)), "train") if listed else ""
        if split in ("", its):
            yield _dialogue(file, name, record, schema, its)


def _of_parts(files: Mapping[Split, File], schema: Mapping[str, Service]) -> Iterator[Dialogue]:
    for split, file in files.items():
        for name, record in entries(file):
            yield _dialogue(file, name, record, schema, split)


def _dialogue(
    file: File, name: str | int, record: object, schema: Mapping[str, Service], split: Split
) -> Dialogue:
    try:
        return dialogue_of(_bare(str(name)), record, schema, split)
    except Wrong as wrong:
        raise wrong.inside(f"dialogue {name}").of(file.shown) from None
