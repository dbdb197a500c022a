"""Schema-Guided Dialogue (DSTC8, Rastogi et al. 2020) and its schema variants SGD-X.

As published: folders ``train``, ``dev`` and ``test`` (or a zip of each, or one of all), each with
``schema.json`` and ``dialogues_001.json`` and so on. SGD-X lies in ``sgd_x/data/v1`` … ``v5`` of
the same repository as schemas only; the dialogues are the original ones with the names changed,
which is done here while they are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath

from ..dialogues import Dataset, Dialogue, IntentSet, Service, Split
from ..errors import DataError, Wrong
from ..files.json_reading import document, entries
from ..files.tree import File, Tree
from . import sgdx
from .formats import Again, Found, Wanted, chosen, split_of
from .guided import dialogue_of, schema_of

LAYOUT = "SGD: train/, dev/ or test/ with schema.json and dialogues_001.json …"
_DIALOGUES = re.compile(r"dialogues_\d+\.json")


@dataclass
class Part:
    """A folder of dialogue files with its schema."""

    schema: File | None = None
    dialogues: list[File] = field(default_factory=list)


Parts = dict[Split, Part]


def find(tree: Tree) -> list[Found]:
    original = sgdx.original_of(tree)
    if original and not layouts(tree):
        return [
            replace(found, read=partial(_reworded, found, tree)) for found in find(Tree(original))
        ]
    roots = {root: parts for root, parts in layouts(tree).items() if not is_multiwoz(parts)}
    originals = [root for root in roots if not sgdx.is_variant(root)]
    return [
        Found("SGD", root, partial(_read, roots[root], tree), takes_variant=True)
        for root in originals or roots
    ]


def _reworded(found: Found, tree: Tree, wanted: Wanted) -> Dataset | IntentSet:
    return found.read(replace(wanted, variant=wanted.variant or tree.path))


def layouts(tree: Tree) -> dict[str, Parts]:
    """The folders that hold parts with dialogues and a schema, each with its parts."""
    roots: dict[str, Parts] = {}
    for file in sorted(tree.files.values(), key=lambda file: file.path):
        if _DIALOGUES.fullmatch(file.name):
            split = split_of(PurePosixPath(file.folder).name)
            root = PurePosixPath(file.folder).parent.as_posix() if split else file.folder
            part = roots.setdefault(root, {}).setdefault(split, Part())
            part.dialogues.append(file)
            part.schema = tree.files.get(f"{file.folder}/schema.json") or tree.files.get(
                f"{root}/schema.json"
            )
    return roots


def is_multiwoz(parts: Parts) -> bool:
    """Whether the slots are named as MultiWOZ 2.2 names them: hotel-area."""
    schemas = [services(part.schema) for part in parts.values() if part.schema]
    return any(schemas) and all(
        slot.name.startswith(f"{service.name}-")
        for schema in schemas
        for service in schema.values()
        for slot in service.slots
    )


def services(file: File) -> dict[str, Service]:
    """The services of a schema.json. Raises DataError."""
    try:
        return schema_of(document(file))
    except Wrong as wrong:
        raise wrong.of(file.shown) from None


def _read(parts: Parts, tree: Tree, wanted: Wanted) -> Dataset:
    where = str(tree.path)
    variant = sgdx.schemas(tree, wanted.variant) if wanted.variant else None
    read = read_parts(parts, where, wanted)
    train = parts.get("train")
    seen = frozenset(services(train.schema)) if train and train.schema else None
    if variant is None:
        return Dataset("SGD", read.services, Again(read.dialogues, wanted.limit), seen)
    renaming = sgdx.renaming(read.schemas, variant)
    return Dataset(
        f"SGD-X {variant.name}",
        {name: one for known in renaming.schemas.values() for name, one in known.items()},
        Again(lambda: map(renaming.dialogue, read.dialogues()), wanted.limit),
        seen and frozenset(renaming.services[name] for name in seen if name in renaming.services),
    )


@dataclass(frozen=True)
class Reading:
    """The chosen parts, their schemas read."""

    parts: Parts
    schemas: Mapping[Split, Mapping[str, Service]]

    @property
    def services(self) -> dict[str, Service]:
        return {name: one for known in self.schemas.values() for name, one in known.items()}

    def dialogues(self) -> Iterator[Dialogue]:
        for split, part in self.parts.items():
            for file in part.dialogues:
                for number, record in entries(file):
                    try:
                        yield dialogue_of(record, self.schemas[split], split)
                    except Wrong as wrong:
                        if not wrong.place.startswith("dialogue"):
                            wrong = wrong.inside(f"dialogue number {number}")
                        raise wrong.of(file.shown) from None


def read_parts(parts: Parts, where: str, wanted: Wanted) -> Reading:
    """Raises DataError where the wanted part is not there, or one has no schema."""
    taken = chosen(parts, wanted, where)
    schemas: dict[Split, dict[str, Service]] = {}
    for split, part in taken.items():
        if part.schema is None:
            problem = "There is no schema.json beside it."
            mend = "Name the folder that holds schema.json and the dialogues."
            raise DataError(part.dialogues[0].shown, problem, mend=mend)
        schemas[split] = services(part.schema)
    return Reading(taken, schemas)
