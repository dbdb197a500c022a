"""Reading the part of YAML that a schema file needs, with the line of everything that it holds.

Plain text, lists and fields: no anchors and aliases (a few of them can stand for gigabytes, and
for themselves), no tags, no field twice. Words are words: only ``true``, ``false``, ``null`` and
numbers as JSON writes them are anything else, so ``no`` is Norwegian and ``007`` keeps its zeros.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

Lines = dict[tuple[Any, ...], int]  # of each place in the data, counted from 1
MOST_DEEP = 40
_MOST_DIGITS = 4000
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
# “news on #10240?” without quotes: YAML reads “news on” and takes the rest for a comment.
_CUT_OFF = re.compile(r"[ \t]+#(?=[^\s#!-])")
_COMMENT = (
    "“#” after a blank begins a comment here. Put the whole text in quotes; if it is a comment, "
    "put a blank after the “#”."
)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(ValueError):
    """Says where in the text what is wrong."""


def read_yaml(text: str) -> tuple[Any, Lines]:
    """The data, of JSON's types only, and the lines of its places. Raises Unreadable."""
    lines: Lines = {}
    try:
        events = _content(text)
        first = next(events, None)
        data = _node(first, events, (), lines) if first else None
        next(events, None)  # nothing may follow
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(_at(mark, f"{error.problem or error.context}.")) from None
    except yaml.YAMLError as error:
        raise Unreadable(f"This is no YAML: {str(error).splitlines()[0]}.") from None
    return data, lines


def _content(text: str) -> Iterator[Any]:
    """The events of the first document. Raises Unreadable where there is a second."""
    documents = 0
    event: Any
    for event in yaml.parse(text, Loader=_Loader):
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise Unreadable(_at(event.start_mark, "A second document begins; a file holds one."))
        plain = isinstance(event, yaml.ScalarEvent) and not event.style
        if plain and _CUT_OFF.match(text, event.end_mark.index):
            raise Unreadable(_at(event.end_mark, _COMMENT))
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _node(event: Any, events: Iterator[Any], path: tuple[Any, ...], lines: Lines) -> Any:
    _refuse(event, path)
    lines.setdefault(path, event.start_mark.line + 1)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        return _list(events, path, lines)
    return _fields(events, path, lines)


def _list(events: Iterator[Any], path: tuple[Any, ...], lines: Lines) -> list[Any]:
    found: list[Any] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        found.append(_node(event, events, (*path, len(found)), lines))
    return found


def _fields(events: Iterator[Any], path: tuple[Any, ...], lines: Lines) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _key(event)
        if key in found:
            raise Unreadable(_at(event.start_mark, f"“{key}” is there twice. Remove one."))
        lines[*path, key] = event.start_mark.line + 1
        found[key] = _node(next(events), events, (*path, key), lines)
    return found


def _key(event: Any) -> str:
    _refuse(event, ())
    if not isinstance(event, yaml.ScalarEvent):
        raise Unreadable(_at(event.start_mark, "The name of a field has to be a word."))
    return str(event.value)


def _refuse(event: Any, path: tuple[Any, ...]) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        text = f"“{sign}{event.anchor}” refers to another place, which a schema file cannot do."
        raise Unreadable(_at(event.start_mark, f"{text} Write it out, or put it in quotes."))
    if event.tag not in (None, "!"):
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        text = f"“{tag}” is a type of YAML's, which a schema file does not have."
        raise Unreadable(_at(event.start_mark, f"{text} Remove it, or put it in quotes."))
    if len(path) > MOST_DEEP:
        raise Unreadable(_at(event.start_mark, f"This is more than {MOST_DEEP} levels deep."))


def _scalar(event: Any) -> Any:
    if event.style not in (None, "") or reads_as_text(event.value):
        return event.value
    return _WORDS[event.value] if event.value in _WORDS else json.loads(event.value)


def reads_as_text(plain: str) -> bool:
    """Whether a text means itself where it stands without quotes."""
    number = len(plain) <= _MOST_DIGITS and _NUMBER.fullmatch(plain)
    return plain not in _WORDS and not number


def _at(mark: Any, text: str) -> str:
    place = f"Line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return place + text[0].upper() + text[1:]
