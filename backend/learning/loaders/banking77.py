"""BANKING77 (Casanueva et al. 2020): messages to a bank in 77 fine-grained intents.

As published in ``banking_data/`` of the repository PolyAI-LDN/task-specific-datasets:
``train.csv`` and ``test.csv`` with the columns text and category, and ``categories.json``, the
list of the intents (without it, those of the parts that are there).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import partial

from ..dialogues import Example, IntentSet, Split
from ..errors import DataError, Wrong
from ..files.checked import as_texts
from ..files.json_reading import document
from ..files.texts import lines
from ..files.tree import File, Tree
from .formats import Again, Found, Wanted, chosen, split_named

LAYOUT = "BANKING77: train.csv or test.csv with the columns text and category"
_COLUMNS = ["text", "category"]


def find(tree: Tree) -> list[Found]:
    folders: dict[str, dict[Split, File]] = {}
    for file in tree.files.values():
        split = split_named(file.name)
        if split and file.name.lower().endswith(".csv") and _header(file) == _COLUMNS:
            folders.setdefault(file.folder, {})[split] = file
    return [
        Found("BANKING77", folder, partial(_read, folder, parts, tree))
        for folder, parts in folders.items()
    ]


def _header(file: File) -> list[str]:
    try:
        return next(csv.reader(lines(file)), [])
    except (csv.Error, DataError):
        return []


def _read(folder: str, parts: Mapping[Split, File], tree: Tree, wanted: Wanted) -> IntentSet:
    taken = chosen(dict(parts), wanted, str(tree.path))
    listed = _categories(tree.files.get(f"{folder}/categories.json"))
    intents = listed or tuple(sorted({example.intent for example in _examples(parts, ())}))
    return IntentSet("BANKING77", intents, Again(partial(_examples, taken, listed), wanted.limit))


def _categories(file: File | None) -> tuple[str, ...]:
    try:
        return as_texts(document(file), "The list") if file else ()
    except Wrong as wrong:
        raise wrong.of(file.shown if file else "") from None


def _examples(parts: Mapping[Split, File], listed: tuple[str, ...]) -> Iterator[Example]:
    known = frozenset(listed)
    for split, file in parts.items():
        rows = csv.reader(lines(file))
        try:
            for row in rows:
                if row and rows.line_num > 1:
                    yield _example(row, split, known)
        except (csv.Error, Wrong) as error:
            problem = error.problem if isinstance(error, Wrong) else f"It is no CSV: {error}."
            raise DataError(file.shown, problem, place=f"line {rows.line_num}") from None


def _example(row: list[str], split: Split, known: frozenset[str]) -> Example:
    if len(row) != len(_COLUMNS):
        raise Wrong(f"It has {len(row)} columns where text and category were expected.")
    text, intent = row
    if not intent or (known and intent not in known):
        raise Wrong(f"The intent “{intent}” is not among those of categories.json.")
    return Example(text, intent, split)
