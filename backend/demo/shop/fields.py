"""Reads a JSON object field by field and collects everything that is wrong with it.

Knows types, lengths and formats; knows nothing of the shop's rules. Call :meth:`Fields.finish`
before using any value: it raises one problem that names all bad fields, unknown ones included, so
that a misspelt optional field is not silently dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .problems import invalid

T = TypeVar("T")


class Fields:
    """One JSON object; ``path`` is its place in the body, such as ``lines[0].``."""

    def __init__(
        self, values: Mapping[str, Any], path: str = "", errors: list[dict[str, str]] | None = None
    ) -> None:
        self._values, self._path = values, path
        self._read: set[str] = set()
        self._errors = [] if errors is None else errors
        self._children: list[Fields] = []

    def text(self, name: str, most: int = 200, *, required: bool = True) -> str:
        value = self._get(name, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            return self._wrong(name, "must be a text", "")
        value = value.strip()
        if not value and required:
            return self._wrong(name, "must not be empty", "")
        if len(value) > most:
            return self._wrong(name, f"must have at most {most} characters", "")
        if any(ord(char) < 32 and char not in "\n\t" for char in value):
            return self._wrong(name, "must not hold control characters", "")
        return value

    def holds_text(self, name: str) -> bool:
        """Whether a text stands there, for fields that may be a text or an object."""
        return isinstance(self._values.get(name), str)

    def wrong(self, name: str, detail: str) -> None:
        """Reports a field that a reader of its own found bad."""
        self._wrong(name, detail, None)

    def email(self, name: str = "email") -> str:
        value = self.text(name, 254)
        try:
            if value:
                validate_email(value)
        except ValidationError:
            return self._wrong(name, "must be an e-mail address such as sam@example.com", "")
        return value

    def choice(self, name: str, options: Sequence[str], default: str = "") -> str:
        value = self._get(name, not default)
        if value is None:
            return default
        if value not in options:
            return self._wrong(name, f"must be one of: {', '.join(options)}", default)
        return str(value)

    def integer(self, name: str, least: int, most: int, default: int | None = None) -> int:
        value = self._get(name, default is None)
        if value is None:
            return least if default is None else default
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            return self._wrong(name, f"must be a whole number from {least} to {most}", least)
        return value

    def moment(self, name: str) -> datetime:
        """A date and time; without an offset it is the shop's own clock (naive)."""
        value = self.text(name, 40)
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            hint = "must be a date and time such as 2030-05-14T10:00"
            return self._wrong(name, hint, datetime.min) if value else datetime.min

    def day(self, name: str, default: date | None = None) -> date:
        value = self.text(name, 10, required=default is None)
        if not value:
            return default or date.min
        try:
            return date.fromisoformat(value)
        except ValueError:
            return self._wrong(name, "must be a date such as 2030-05-14", date.min)

    def object(self, name: str) -> Fields:
        value = self._get(name, True)
        if value is not None and not isinstance(value, dict):
            self._wrong(name, "must be an object", None)
        return self._child(name, value)

    def objects(self, name: str, most: int) -> list[Fields]:
        value = self._get(name, True)
        if value is None:
            return []
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            return self._wrong(name, f"must be a list of 1 to {most} objects", [])
        bad = [index for index, item in enumerate(value) if not isinstance(item, dict)]
        if bad:
            return self._wrong(f"{name}[{bad[0]}]", "must be an object", [])
        return [self._child(f"{name}[{index}]", item) for index, item in enumerate(value)]

    def finish(self) -> None:
        """Raises a 422 problem where anything was wrong."""
        self._find_unknown()
        if self._errors:
            raise invalid(self._errors)

    def _find_unknown(self) -> None:
        for name in sorted(set(self._values) - self._read):
            self._wrong(name, "is not a field of this request; take it out or mend its name", None)
        for child in self._children:
            child._find_unknown()

    def _child(self, name: str, value: Any) -> Fields:
        known = value if isinstance(value, dict) else None
        # A child that is missing or no object has been reported; its fields are not, as well.
        errors = self._errors if known is not None else []
        child = Fields(known or {}, f"{self._path}{name}.", errors)
        self._children.append(child)
        return child

    def _get(self, name: str, required: bool) -> Any:
        self._read.add(name)
        value = self._values.get(name)
        if value is None and required:
            self._wrong(name, "is missing", None)
        return value

    def _wrong(self, name: str, detail: str, instead: T) -> T:
        self._errors.append({"field": f"{self._path}{name}", "detail": detail})
        return instead
