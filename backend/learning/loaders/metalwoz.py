"""MetaLWOZ (Lee et al. 2019): dialogues in 47 domains and more, without states.

As published: ``metalwoz-v1.zip`` with ``tasks.txt`` and ``dialogues/ALARM_SET.txt`` and so on, one
JSON object a line; ``metalwoz-test-v1.zip`` with the same in a zip of its own inside
(``dstc8_metalwoz_heldout.zip``), which is the test part. The system speaks first. A domain becomes
a service, a task an intent of it, active in all of its dialogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from sys import intern
from typing import Any

from ..dialogues import Dataset, Dialogue, Frame, Intent, Service, Split, State, Turn
from ..errors import Wrong
from ..files.checked import a_text, as_object, texts
from ..files.json_reading import json_lines
from ..files.tree import File, Tree
from .formats import Again, Found, Wanted, chosen

LAYOUT = "MetaLWOZ: dialogues/*.txt with one JSON object a line, and tasks.txt"
_TEST = re.compile(r"test|held-?out", re.I)
_Part = list[File]


def find(tree: Tree) -> list[Found]:
    parts: dict[Split, _Part] = {}
    for file in sorted(tree.files.values(), key=lambda file: file.path):
        folder = PurePosixPath(file.folder)
        if file.name.endswith(".txt") and folder.name == "dialogues":
            home = folder.parent.as_posix()
            if f"{home}/tasks.txt" in tree.files or _begins_so(file):
                parts.setdefault("test" if _TEST.search(home) else "train", []).append(file)
    if not parts:
        return []
    return [Found("MetaLWOZ", next(iter(parts.values()))[0].folder, partial(_read, parts, tree))]


def _begins_so(file: File) -> bool:
    with file.open() as stream:
        return stream.read(3).removeprefix(b"\xef\xbb\xbf")[:1] in (b"{", b"")


def _read(parts: dict[Split, _Part], tree: Tree, wanted: Wanted) -> Dataset:
    taken = chosen(parts, wanted, str(tree.path))
    homes = {PurePosixPath(file.folder).parent for files in parts.values() for file in files}
    lists = (tree.files.get(f"{home}/tasks.txt") for home in sorted(homes))
    tasks = [file for file in lists if file]
    services = _services(tasks, (file for files in taken.values() for file in files))
    seen = frozenset(_domain(file) for file in parts["train"]) if "train" in parts else None
    return Dataset("MetaLWOZ", services, Again(partial(_dialogues, taken), wanted.limit), seen)


def _services(tasks: Sequence[File], dialogues: Iterator[File]) -> dict[str, Service]:
    """Each domain with its tasks; those of which only dialogues tell have none."""
    roles: dict[str, str] = {}
    intents: dict[str, dict[str, Intent]] = {}
    for file in tasks:
        for number, value in json_lines(file):
            try:
                task = as_object(value)
                domain = a_text(task, "domain")
                roles.setdefault(domain, a_text(task, "bot_role"))
                name = a_text(task, "task_id")
                intents.setdefault(domain, {})[name] = Intent(name, a_text(task, "user_prompt"))
            except Wrong as wrong:
                raise wrong.inside(f"line {number}").of(file.shown) from None
    for file in dialogues:
        roles.setdefault(_domain(file), "")
    return {
        domain: Service(domain, role, (), tuple(intents.get(domain, {}).values()))
        for domain, role in sorted(roles.items())
    }


def _domain(file: File) -> str:
    return file.name.removesuffix(".txt")


def _dialogues(parts: Mapping[Split, _Part]) -> Iterator[Dialogue]:
    for split, files in parts.items():
        for file in files:
            for number, value in json_lines(file):
                try:
                    yield _dialogue(value, split)
                except Wrong as wrong:
                    raise wrong.inside(f"line {number}").of(file.shown) from None


def _dialogue(value: Any, split: Split) -> Dialogue:
    record = as_object(value, "A dialogue")
    name = a_text(record, "id")
    try:
        domain = intern(a_text(record, "domain"))
        frames = (Frame(domain, State(intern(a_text(record, "task_id")))),)
        turns = tuple(
            Turn("user", text, frames) if number % 2 else Turn("system", text)
            for number, text in enumerate(texts(record, "turns"))
        )
    except Wrong as wrong:
        raise wrong.inside(f"dialogue {name}") from None
    return Dialogue(name, turns, (domain,), split)
