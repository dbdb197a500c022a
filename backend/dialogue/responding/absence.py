"""What a template gets for a name that is not known, and for a part that something lacks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from jinja2 import Undefined
from jinja2.utils import missing

from .budget import TemplateProblem, running

_GUARD = "Add | default('') or put it into {% if … %}, where it may be missing."


class Absent(Undefined):
    """A name that is not known fails wherever it is used. A part that a known thing lacks may be
    asked for (``{% if problem.code %}``), and fails where it is to be shown."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = None
    ) -> None:
        super().__init__(hint, obj, name)
        self._undefined_exception = lambda _: _absence(hint, obj, name)  # type: ignore[assignment]

    @property
    def known(self) -> bool:
        """Whether the thing it was asked of is known, and only the part is not."""
        return self._undefined_obj is not missing or self._undefined_hint is not None

    def __bool__(self) -> bool:
        return bool(self._part(False))

    def __eq__(self, other: object) -> bool:
        return bool(self._part(isinstance(other, Absent)))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __len__(self) -> int:
        return int(self._part(0))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._part(()))

    def __contains__(self, item: object) -> bool:
        return bool(self._part(False))

    __hash__ = Undefined.__hash__

    def __str__(self) -> str:
        self.fail()

    def fail(self) -> NoReturn:
        """Raises the TemplateProblem that says what is missing."""
        self._fail_with_undefined_error()

    def _part(self, answer: Any) -> Any:
        return answer if self.known else self.fail()


def _absence(hint: str | None, obj: Any, name: Any) -> TemplateProblem:
    if hint is not None and name is None:  # of the filters “first” and “last”
        return TemplateProblem("A list is empty of which one item is to be shown.", _GUARD)
    if hint is not None:
        return TemplateProblem(f"“{name}” cannot be read in a template.", "Name a slot.")
    if obj is missing:
        known = running.get().known
        return TemplateProblem(f"“{name}” is not known here.", _suggestion(str(name), known))
    has = list(obj) if isinstance(obj, Mapping) else []
    return TemplateProblem(
        f"There is no “{name}” in what it was asked of.",
        _suggestion(str(name), [str(key) for key in has]) if has else _GUARD,
    )


def _suggestion(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = difflib.get_close_matches(name, names, 1)
    there = f"Known are: {', '.join(names[:40])}." if names else "Nothing is known."
    return f"Did you mean “{close[0]}”? {there}" if close else there
