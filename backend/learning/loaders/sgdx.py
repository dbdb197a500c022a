"""SGD-X (Lee et al. 2022): the services of SGD in five other wordings, v1 (near) to v5 (far).

Published as schemas whose services, slots and intents stand in the order of the original ones;
that order is the mapping, as in the publishers' own ``generate_sgdx_dialogues.py``. A service
keeps its name but for an added digit: ``Banks_2`` is ``Banks_21`` in v1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ..dialogues import Act, Dialogue, Frame, Service, Span, Split, State, Turn
from ..errors import DataError, Wrong
from ..files.json_reading import document
from ..files.tree import File, Tree
from .formats import split_of
from .guided import schema_of

_VARIANT = re.compile(r"v[1-5]")


def is_variant(root: str) -> bool:
    return bool(_VARIANT.fullmatch(PurePosixPath(root).name))


@dataclass(frozen=True)
class Schemas:
    """A variant's schema files by split."""

    name: str
    files: Mapping[Split, File]


def schemas(tree: Tree, variant: str | Path) -> Schemas:
    """The variant of this name among the files, or the one that lies at this path."""
    name = str(variant)
    if _VARIANT.fullmatch(name):
        found = _below(tree, name)
    else:
        tree = Tree(Path(variant))
        name = Path(variant).resolve().name
        found = _below(tree, "")
    if not found:
        mend = "Name v1 to v5, or the folder that holds train/, dev/ and test/ with schema.json."
        raise DataError(str(tree.path), f"There are no SGD-X schemas “{variant}”.", mend=mend)
    return Schemas(name, found)


def _below(tree: Tree, name: str) -> dict[Split, File]:
    files: dict[Split, File] = {}
    for file in tree.files.values():
        folder = PurePosixPath(file.folder)
        if file.name == "schema.json" and (not name or folder.parent.name == name):
            files[split_of(folder.name)] = file
    return files


def original_of(tree: Tree) -> Path | None:
    """The SGD repository around a folder ``sgd_x/data/v3`` that holds nothing but schemas."""
    path = tree.path.resolve()
    inside = is_variant(path.name) and path.parts[-3:-1] == ("sgd_x", "data")
    return path.parents[2] if inside and _below(tree, "") else None


@dataclass(frozen=True)
class Renaming:
    """From the original names to a variant's: services, and slots and intents of each."""

    services: Mapping[str, str]
    slots: Mapping[str, Mapping[str, str]]
    intents: Mapping[str, Mapping[str, str]]
    schemas: Mapping[Split, Mapping[str, Service]]  # the variant's

    def dialogue(self, dialogue: Dialogue) -> Dialogue:
        return replace(
            dialogue,
            turns=tuple(map(self._turn, dialogue.turns)),
            services=tuple(self.services.get(name, name) for name in dialogue.services),
        )

    def _turn(self, turn: Turn) -> Turn:
        return Turn(turn.speaker, turn.text, tuple(map(self._frame, turn.frames)))

    def _frame(self, frame: Frame) -> Frame:
        slots, intents = self.slots[frame.service], self.intents[frame.service]
        state = frame.state
        return Frame(
            self.services[frame.service],
            state
            and State(
                intents.get(state.intent or "", state.intent),
                tuple(slots.get(slot, slot) for slot in state.requested),
                {slots.get(slot, slot): values for slot, values in state.values.items()},
            ),
            tuple(Span(slots.get(one.slot, one.slot), one.start, one.end) for one in frame.spans),
            tuple(_act(act, slots, intents) for act in frame.acts),
            frame.copied,
        )


def _act(act: Act, slots: Mapping[str, str], intents: Mapping[str, str]) -> Act:
    if act.slot != "intent":  # whose values are names of intents
        return replace(act, slot=slots.get(act.slot, act.slot))
    return Act(
        act.name,
        act.slot,
        tuple(intents.get(value, value) for value in act.values),
        tuple(intents.get(value, value) for value in act.canonical),
    )


def renaming(originals: Mapping[Split, Mapping[str, Service]], variant: Schemas) -> Renaming:
    """Raises DataError where the variant's schemas do not line up with the original ones."""
    services: dict[str, str] = {}
    slots: dict[str, Mapping[str, str]] = {}
    intents: dict[str, Mapping[str, str]] = {}
    reworded: dict[Split, dict[str, Service]] = {}
    for split, schema in originals.items():
        file = variant.files.get(split)
        if file is None:
            problem = f"{variant.name} has no schema for the “{split}” part."
            raise DataError(str(next(iter(variant.files.values())).shown), problem)
        try:
            others = reworded[split] = schema_of(document(file))
            for original, other in _pairs(schema, others):
                services[original.name] = other.name
                slots[original.name] = _names(original, original.slots, other.slots)
                intents[original.name] = _names(original, original.intents, other.intents)
        except Wrong as wrong:
            raise wrong.of(file.shown) from None
    return Renaming(services, slots, intents, reworded)


def _pairs(
    schema: Mapping[str, Service], others: Mapping[str, Service]
) -> list[tuple[Service, Service]]:
    if len(schema) != len(others):
        raise Wrong(f"It has {len(others)} services, and the original schema {len(schema)}.")
    pairs = list(zip(schema.values(), others.values(), strict=True))
    for original, other in pairs:
        if not other.name.startswith(original.name):
            raise Wrong(f"{other.name} stands where {original.name} has to be reworded.")
    return pairs


def _names(service: Service, ours: tuple, theirs: tuple) -> dict[str, str]:
    if len(ours) != len(theirs):
        raise Wrong(f"{service.name} has not as many slots and intents as the original.")
    return {one.name: other.name for one, other in zip(ours, theirs, strict=True)}
