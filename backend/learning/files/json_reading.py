"""JSON files read one entry at a time, so that a file of any size needs little memory.

Says the line and the column of what is no JSON. Knows JSON; not what the entries mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, NoReturn

from ..errors import DataError
from .texts import lines, pieces
from .tree import File

LARGEST_ENTRY = 1 << 28  # characters
_NEAR_END = 16  # a word, an escape or a number that is cut off is shorter
_decode = json.JSONDecoder().raw_decode


def entries(file: File) -> Iterator[tuple[str | int, Any]]:
    """The members of the object, or the elements of the list, that the file consists of.

    Raises DataError at the first place that is no JSON; what stands before it has been given.
    """
    text = _Text(file)
    opening = text.peek()
    if opening not in "[{" or not opening:
        text.fail("A JSON list or object was expected here." if opening else "It is empty.")
    yield from _members(text, "]" if opening == "[" else "}")
    if text.peek():
        text.fail("Something follows after the end of the JSON.")


def document(file: File) -> Any:
    """All of a small JSON file."""
    text = _Text(file)
    if not text.peek():
        text.fail("It is empty.")
    value = text.value()
    if text.peek():
        text.fail("Something follows after the end of the JSON.")
    return value


def json_lines(file: File) -> Iterator[tuple[int, Any]]:
    """Each line's number, counted from 1, and its JSON. Empty lines are left out."""
    for number, line in enumerate(lines(file), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                column = error.colno if isinstance(error, json.JSONDecodeError) else 1
                place = f"line {number}, column {column}"
                raise DataError(file.shown, _why(error), place=place) from None


def _members(text: _Text, closing: str) -> Iterator[tuple[str | int, Any]]:
    text.at += 1
    number = 0
    while text.peek() != closing:
        if number:
            text.expect(",", f"“,” or “{closing}” was expected here.")
        key: str | int = number
        if closing == "}":
            if text.peek() != '"':
                text.fail("A name in double quotes was expected here.")
            key = text.value()
            text.expect(":", "“:” was expected here.")
        text.peek()
        yield key, text.value()
        number += 1
    text.at += 1


class _Text:
    """What has been read of the file and not used yet; ``at`` is where in it we stand."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.text, self.at, self.ended = "", 0, False
        self.line, self.column = 1, 1  # of the text's first character
        self._pieces = pieces(file)

    def peek(self) -> str:
        """The next character that is not white space; "" at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if self.ended:
                return ""
            self._more(1)

    def expect(self, character: str, otherwise: str) -> None:
        if self.peek() != character:
            self.fail(otherwise if self.peek() else "The file ends in the middle of the JSON.")
        self.at += 1

    def value(self) -> Any:
        """The JSON value that begins here."""
        more = 1
        while True:
            try:
                value, end = _decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if self.ended or not self._cut_off(error):
                    self.fail(_why(error), error.pos)
            except (ValueError, RecursionError) as error:
                self.fail(_why(error))
            else:
                if self.ended or end < len(self.text) or self.text[end - 1] in '"]}':
                    self.at = end
                    return value
            if len(self.text) - self.at > LARGEST_ENTRY:
                self.fail(f"One entry has more than {LARGEST_ENTRY} characters.")
            self._more(more)
            more *= 2

    def fail(self, problem: str, at: int | None = None) -> NoReturn:
        line, column = self._place(self.at if at is None else at)
        raise DataError(self.file.shown, problem, place=f"line {line}, column {column}")

    def _cut_off(self, error: json.JSONDecodeError) -> bool:
        """Whether the text's end, rather than what stands there, may be to blame."""
        return error.msg.startswith("Unterminated") or error.pos + _NEAR_END >= len(self.text)

    def _more(self, number: int) -> None:
        self.line, self.column = self._place(self.at)
        new = list(islice(self._pieces, number))
        self.ended = len(new) < number
        self.text, self.at = self.text[self.at :] + "".join(new), 0

    def _place(self, at: int) -> tuple[int, int]:
        passed = self.text[:at]
        breaks = passed.count("\n")
        if breaks:
            return self.line + breaks, len(passed) - passed.rfind("\n")
        return self.line, self.column + len(passed)


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "It is nested too deeply."
    if isinstance(error, json.JSONDecodeError):
        return f"It is no JSON: {error.msg[0].lower()}{error.msg[1:].split(' starting at')[0]}."
    return "It holds a number of too many digits."
