"""Boxes for what a schema keeps per language, in rows, or as a condition.

A widget turns what the browser sent into plain lists and dictionaries and back; whether they make
sense is for :mod:`.fields`. Boxes of one list share a name, so that their order on the page is
the order of the list, and a script may add, move and remove them without counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from backend.schemas.languages import language_name


class Rendered(forms.Widget):
    """A widget whose template lies with the desk's own."""

    def _render(self, template_name: str, context: Any, renderer: Any = None) -> SafeString:
        return mark_safe(render_to_string(template_name, context))  # noqa: S308 -- a template's


class ByLanguage(Rendered):
    """One box a language, named ``field_en``. Its value is ``{"en": …}`` with what was sent.

    With ``several`` there are some boxes a language, and its value is ``{"en": […]}``. ``rows``
    is their height in lines, 1 makes boxes of one line.
    """

    template_name = "desk/bot/widgets/by_language.html"

    def __init__(
        self,
        languages: Sequence[str],
        *,
        rows: int = 1,
        several: bool = False,
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(attrs)
        self.languages = list(languages)
        self.rows = rows
        self.several = several

    @property
    def use_fieldset(self) -> bool:  # type: ignore[override]
        return self.several or len(self.languages) > 1

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{self.languages[0]}" if id_ and not self.use_fieldset else ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for language in self.languages:
            key = f"{name}_{language}"
            found[language] = _all(data, key) if self.several else data.get(key, "")
        return found

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}_{language}" in data for language in self.languages)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        texts: Mapping[str, Any] = value or {}
        shared = {name: one for name, one in context["widget"]["attrs"].items() if name != "id"}
        context["widget"] |= {"rows": self.rows, "several": self.several, "many": self.use_fieldset}
        context["boxes"] = [
            {
                "language": language,
                "label": language_name(language),
                "name": f"{name}_{language}",
                "id": f"{context['widget']['attrs'].get('id', name)}_{language}",
                # What a box might hold is shown in English alone.
                "attrs": shared | ({} if language == "en" else {"placeholder": ""}),
                "value": "" if self.several else texts.get(language) or "",
                "values": [*texts.get(language, []), ""] if self.several else [],
            }
            for language in self.languages
        ]
        return context


class Rows(Rendered):
    """A table of text boxes; each row is a dictionary by column. Empty rows are not counted.

    ``columns`` are dictionaries with ``name``, ``label`` and perhaps ``hint`` (a placeholder),
    ``mono`` (a typewriter's letters), ``template`` and ``options`` (then it is a choice). ``one``
    names a row; ``begun`` shows an empty one where there is none yet.
    """

    template_name = "desk/bot/widgets/rows.html"
    use_fieldset = True

    def __init__(
        self, columns: Sequence[Mapping[str, Any]], one: Any, *, begun: bool = False
    ) -> None:
        super().__init__()
        self.columns = columns
        self.one = one
        self.begun = begun

    def id_for_label(self, id_: str) -> str:
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        names = [column["name"] for column in self.columns]
        lists = [_all(data, f"{name}_{column}") for column in names]
        rows = (dict(zip(names, cells, strict=True)) for cells in zip(*_padded(lists), strict=True))
        return [row for row in rows if any(cell.strip() for cell in row.values())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}_{column['name']}" in data for column in self.columns)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["columns"] = self.columns
        context["one"] = self.one
        context["begun"] = self.begun
        context["rows"] = [self._cells(name, row) for row in [*(value or []), {}]]
        return context

    def _cells(self, name: str, row: Mapping[str, str]) -> list[dict[str, Any]]:
        return [
            {**column, "field": f"{name}_{column['name']}", "value": row.get(column["name"], "")}
            for column in self.columns
        ]


class DayLimit(Rendered):
    """A bound of dates: none, some days from today or ago, or a fixed day; its value is a pair
    of the kind and what was typed for it."""

    template_name = "desk/bot/widgets/day_limit.html"
    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        kind = data.get(f"{name}_kind", "")
        return kind, data.get(f"{name}_date" if kind == "on" else f"{name}_days", "").strip()

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_kind" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["kind"], context["typed"] = value or ("", "")
        return context


def _all(data: Any, key: str) -> list[str]:
    """Every value of the name, in the page's order; ``data`` may be a plain dictionary."""
    if hasattr(data, "getlist"):
        return list(data.getlist(key))
    found = data.get(key, [])
    return [found] if isinstance(found, str) else list(found)


def _padded(lists: list[list[str]]) -> list[list[str]]:
    longest = max((len(one) for one in lists), default=0)
    return [one + [""] * (longest - len(one)) for one in lists]
