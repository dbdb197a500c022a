"""CLINC150 (Larson et al. 2019): 150 intents in ten domains, and texts that are out of scope.

As published in ``data/`` of the repository clinc/oos-eval: ``data_full.json``, ``data_small.json``,
``data_imbalanced.json`` and ``data_oos_plus.json``, each an object of the parts ``train``, ``val``
and ``test`` and the same with ``oos_`` before them, of pairs of text and intent. A file may lack
parts. Of a folder with several, ``data_full.json`` is read; name another file to read that.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..dialogues import Example, IntentSet, Split
from ..errors import DataError, Wrong
from ..files.json_reading import entries
from ..files.tree import File, Tree
from .formats import Again, Found, Wanted, beginning, split_named

LAYOUT = "CLINC150: data_full.json (or _small, _imbalanced, _oos_plus), or another with its parts"
_OUT = "oos"
_PARTS = {f"{prefix}{part}" for prefix in ("", "oos_") for part in ("train", "val", "test")}
_FULL = "data_full.json"


def find(tree: Tree) -> list[Found]:
    folders: dict[str, list[File]] = {}
    for file in tree.files.values():
        if file.name.lower().endswith(".json") and _is_one(beginning(tree, file)):
            folders.setdefault(file.folder, []).append(file)
    taken = []
    for files in folders.values():
        usual = [file for file in files if not file.name.startswith("binary_")]
        taken += [file for file in files if file.name == _FULL] or usual or files
    return [Found("CLINC150", file.path, partial(_read, file)) for file in taken]


def _is_one(entry: tuple[str | int, Any] | None) -> bool:
    if entry is None or entry[0] not in _PARTS or not isinstance(entry[1], list):
        return False
    return not entry[1] or isinstance(entry[1][0], list)


def _read(file: File, wanted: Wanted) -> IntentSet:
    intents, splits = set(), set()
    for example in _examples(file, ""):
        intents.add(example.intent)
        splits.add(example.split)
    if wanted.split and wanted.split not in splits:
        problem = f"It has no “{wanted.split}” part; found: {', '.join(sorted(splits))}."
        raise DataError(file.shown, problem, mend="Name another part, or fetch data_full.json.")
    examples = Again(partial(_examples, file, wanted.split), wanted.limit)
    return IntentSet("CLINC150", tuple(sorted(intents - {""})), examples)


def _examples(file: File, wanted: Split) -> Iterator[Example]:
    for part, pairs in entries(file):
        split = split_named(str(part).removeprefix("oos_"))
        if not split or not isinstance(pairs, list):
            problem = f"“{part}” is none of the parts {', '.join(sorted(_PARTS))}."
            raise DataError(file.shown, problem, place=f"part {part}")
        if wanted in ("", split):
            for number, pair in enumerate(pairs):
                try:
                    yield _example(pair, split)
                except Wrong as wrong:
                    raise wrong.inside(f"part {part}, pair {number}").of(file.shown) from None


def _example(pair: Any, split: Split) -> Example:
    if not isinstance(pair, list) or [type(one) for one in pair] != [str, str]:
        raise Wrong("This should be a list of two texts, the message and its intent.")
    text, intent = pair
    return Example(text, "" if intent == _OUT else intent, split)
