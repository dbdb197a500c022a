"""Reading one field of a frame: a valid value, or a FrameError that names the field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from typing import Any

from .limits import MAX_TEXT

UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}", re.ASCII)
INF = float("inf")  # what JSON's 1e999 is read as
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # what no database column takes


class FrameError(Exception):
    """A frame that cannot be accepted; sent back as an ``error`` frame, the socket stays up."""

    def __init__(
        self, code: str, detail: str, *, cid: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail, self.cid, self.retry_after = code, detail, cid, retry_after


Reader = Callable[[str, Any], Any]


def string(most: int, *, least: int = 1) -> Reader:
    def read(name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise FrameError("bad_field", f"{name} must be a string")
        if len(value) > most:
            raise FrameError("too_large", f"{name} is over {most} characters")
        if len(value) < least:
            raise FrameError("bad_field", f"{name} is empty")
        if UNSTORABLE.search(value):
            raise FrameError("bad_field", f"{name} holds a NUL or half a surrogate pair")
        return value

    return read


def whole_number(least: int, most: int) -> Reader:
    def read(name: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise FrameError("bad_field", f"{name} must be a whole number from {least} to {most}")
        return value

    return read


def a_uuid(name: str, value: Any) -> str:
    if not isinstance(value, str) or not UUID.fullmatch(value):
        raise FrameError("bad_field", f"{name} must be a UUID")
    return value


def conversation_id(name: str, value: Any) -> str:
    return "new" if value == "new" else a_uuid(name, value).lower()


def flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise FrameError("bad_field", f"{name} must be true or false")
    return value


def uuids(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > 20:
        raise FrameError("bad_field", f"{name} must be a list of at most 20 ids")
    return tuple(a_uuid(name, item) for item in value)


def page_facts(name: str, value: Any) -> dict[str, str]:
    """The page that the visitor is on, and the browser's time zone; a long address is cut, since
    nobody can help theirs."""
    if not isinstance(value, dict):
        raise FrameError("bad_field", f"{name} must be an object")
    keys = ("url", "title", "referrer", "time_zone")
    known = {key: value[key] for key in keys if value.get(key) is not None}
    if not all(isinstance(one, str) for one in known.values()):
        raise FrameError("bad_field", f"{name} must hold strings")
    return {key: UNSTORABLE.sub("", one)[:2000] for key, one in known.items()}


def single_value(name: str, value: Any) -> Any:
    """A slot's value: a string, a number, a flag or null."""
    if isinstance(value, str):
        return string(MAX_TEXT, least=0)(name, value)
    if (value is not None and not isinstance(value, bool | int | float)) or value in (INF, -INF):
        raise FrameError("bad_field", f"{name} must be a single value")
    return value


MAX_SEQ = 2**53 - 1  # what a JavaScript number counts exactly


def reads(reader: Reader, **options: Any) -> Any:
    """A dataclass field that is read from JSON by ``reader``; optional where it has a default."""
    return field(metadata={"reader": reader}, **options)
