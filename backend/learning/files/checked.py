"""Taking fields from a JSON record, sure of their types. What is otherwise is said as Wrong."""

from __future__ import annotations

from typing import Any

from ..errors import Wrong

_KINDS = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}


def as_object(value: Any, what: str = "This") -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Wrong(f"{what} should be an object, and is {_kind(value)}.")
    return value


def as_list(value: Any, what: str = "This") -> list[Any]:
    if not isinstance(value, list):
        raise Wrong(f"{what} should be a list, and is {_kind(value)}.")
    return value


def as_text(value: Any, what: str = "This") -> str:
    if not isinstance(value, str):
        raise Wrong(f"{what} should be a text, and is {_kind(value)}.")
    if value.isascii():
        return value
    return value.encode(errors="replace").decode()  # half a character becomes a “?”


def as_number(value: Any, what: str = "This") -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong(f"{what} should be a whole number, and is {_kind(value)}.")
    return value


def as_texts(value: Any, what: str = "This") -> tuple[str, ...]:
    return tuple(as_text(one, f"A member of {what}") for one in as_list(value, what))


def an_object(record: dict[str, Any], key: str) -> dict[str, Any]:
    return as_object(_field(record, key), f"“{key}”")


def a_list(record: dict[str, Any], key: str) -> list[Any]:
    return as_list(_field(record, key), f"“{key}”")


def a_text(record: dict[str, Any], key: str) -> str:
    return as_text(_field(record, key), f"“{key}”")


def a_number(record: dict[str, Any], key: str) -> int:
    return as_number(_field(record, key), f"“{key}”")


def texts(record: dict[str, Any], key: str) -> tuple[str, ...]:
    return as_texts(_field(record, key), f"“{key}”")


def _field(record: dict[str, Any], key: str) -> Any:
    try:
        return record[key]
    except KeyError:
        raise Wrong(f"The field “{key}” is missing.") from None


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), type(value).__name__)
