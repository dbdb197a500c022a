"""A single test as YAML, for whoever edits it. Reading is as strict as that of a bot's file."""

from __future__ import annotations

import yaml
from pydantic import ValidationError

from .document import Dumper
from .scripts import Script
from .wording import in_words, problems
from .yaml_reading import Unreadable, read_yaml


class ScriptError(ValueError):
    """``problems`` are sentences that say where and why."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def load_script(text: str) -> Script:
    """Raises ScriptError."""
    try:
        data, lines = read_yaml(text)
    except Unreadable as error:
        raise ScriptError([str(error)]) from None
    try:
        return Script.model_validate(data)
    except ValidationError as invalid:
        found = []
        for path, sentence in problems(invalid, Script, data):
            line = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), 1)
            found.append(f"Line {line}: {in_words(path, data) or 'the test'}: {sentence}")
        raise ScriptError(found[:20]) from None


def dump_script(script: Script) -> str:
    """The text that ``load_script`` reads back."""
    return yaml.dump(
        script.as_json(), Dumper=Dumper, sort_keys=False, allow_unicode=True, width=2**20, indent=2
    )
