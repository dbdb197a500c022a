"""One file for one bot: its schema, and its tests if they are to travel along. YAML or JSON.

The same document gives the same bytes, in the schema's own order, so that a file can live under
git. Reading is strict and says in words what is wrong and where; :mod:`.wording` has the words,
:mod:`.yaml_reading` what of YAML is taken. Secrets are never in a file. Knows no rows.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import yaml
from pydantic import ValidationError, model_validator

from backend.dialogue.schema import FORMAT, Schema

from .scripts import Script
from .wording import in_words, problems
from .yaml_reading import Lines, Unreadable, read_yaml, reads_as_text

Format = Literal["yaml", "json"]
MOST_BYTES = 2 * 2**20
_MOST_PROBLEMS = 20
_NEVER_FOLD = 10**6
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")
# What a block could not give back: blanks at its ends, and line breaks that are not “\n”.
_NO_BLOCK = re.compile(r"^[ \n]|[ \t]$|[ \t]\n|[^\S \n]|[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff]")


@dataclass(frozen=True)
class Document:
    """``tests`` is None where the file says nothing of tests."""

    schema: Schema
    tests: tuple[Script, ...] | None = None


class DocumentError(ValueError):
    """The file cannot be taken; ``problems`` are sentences that say where and why."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


class _File(Schema):
    """The file's shape."""

    tests: list[Script] | None = None

    @model_validator(mode="after")
    def names_its_tests(self) -> _File:
        names = Counter(script.name for script in self.tests or ())
        for name, count in names.items():
            if not name:
                raise ValueError("each of the tests needs a name")
            if count > 1:
                raise ValueError(f"{count} tests have the name “{name}”; each needs its own")
        return self


def load(content: bytes | str) -> Document:
    """Raises DocumentError."""
    data, lines = _read(_decoded(content))
    _check_format(data)
    try:
        file = _File.model_validate(data)
    except ValidationError as invalid:
        raise DocumentError(_in_words(invalid, data, lines)) from None
    schema = Schema.model_validate({key: data[key] for key in data if key != "tests"})
    return Document(schema, None if file.tests is None else tuple(file.tests))


def dump(document: Document, format: Format = "yaml") -> str:
    """The file's text; the same document gives the same text."""
    data = document.schema.as_json()
    if document.tests is not None:
        data["tests"] = [script.as_json() for script in document.tests]
    if format == "json":
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return yaml.dump(
        data, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=_NEVER_FOLD, indent=2
    )


def check_size(size: int) -> None:
    """Raises DocumentError for a file of so many bytes that it is not worth reading."""
    if size > MOST_BYTES:
        raise DocumentError(
            [
                f"The file has {size:,} bytes; at most {MOST_BYTES:,} are read. Is it a bot that "
                "Kefu exported? One with hundreds of intents is far smaller."
            ]
        )


def _decoded(content: bytes | str) -> str:
    check_size(len(content))
    if isinstance(content, str):
        return content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DocumentError(
            [f"Line {line}: the file is not in UTF-8. Save it in UTF-8 and try again."]
        ) from None


def _read(text: str) -> tuple[Any, Lines]:
    try:
        return (_read_json(text), {}) if text.lstrip().startswith("{") else read_yaml(text)
    except Unreadable as error:
        raise DocumentError([str(error)]) from None


def _read_json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = f"Line {error.lineno}, column {error.colno}"
        raise Unreadable(f"{place}: this is no JSON: {error.msg}.") from None
    except RecursionError:
        raise Unreadable("The file is nested too deep.") from None


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise Unreadable(f"“{twice}” is there twice in one place. Remove one.")
    return found


def _no_constant(word: str) -> Any:
    raise Unreadable(f"“{word}” is no number that a file can hold.")


def _check_format(data: Any) -> None:
    found = data.get("kefu_schema") if isinstance(data, dict) else None
    if found is None or isinstance(found, bool):
        raise DocumentError(
            ["This is no bot of Kefu's: the file has to begin with “kefu_schema: 1”."]
        )
    if isinstance(found, int) and found > FORMAT:
        raise DocumentError(
            [
                f"kefu_schema: {found} is newer than this Kefu reads ({FORMAT}). Install a newer "
                f"Kefu, or export the bot for format {FORMAT}."
            ]
        )
    if found != FORMAT:
        raise DocumentError([f"kefu_schema: {found} is no format; this Kefu reads {FORMAT}."])


def _in_words(invalid: ValidationError, data: Any, lines: Lines) -> list[str]:
    found = []
    for path, sentence in problems(invalid, _File, data):
        line = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)
        place = in_words(path, data) + (f" (line {line})" if line else "")
        found.append(f"{place}: {sentence}" if place else sentence)
    more = len(found) - _MOST_PROBLEMS
    return found[:_MOST_PROBLEMS] + ([f"… and {more} more."] if more > 0 else [])


class Dumper(yaml.SafeDumper):
    """Lists indented under their names, long lines whole, texts of several lines as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def choose_scalar_style(self) -> str:
        """As PyYAML does, yet no quotation mark is doubled where the other kind is free."""
        style = str(super().choose_scalar_style())
        value = getattr(self.event, "value", "")
        double = style == "'" and "'" in value and not re.search(r'["\\]', value)
        return '"' if double else style

    def text(self, data: str) -> yaml.ScalarNode:
        style = None
        if not reads_as_text(data):
            style = "'"
        elif _OTHER_BREAKS.search(data):
            style = '"'
        elif "\n" in data and not _NO_BLOCK.search(data):
            style = "|"
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


Dumper.add_representer(str, Dumper.text)
