"""The values of a choice slot as rows: what the visitor reads, what the system gets, synonyms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from backend.schemas.languages import language_name

from .fields import SHORT, Compared, check_length, suggested_name
from .widgets import Rows

COMMA = re.compile(r"[,，、;；]")


class ChoicesField(Compared):
    """A list of ``{"value", "labels", "synonyms"}``; a value left empty is made from its label."""

    def __init__(self, languages: Sequence[str], **options: Any) -> None:
        self.languages = list(languages)
        widget = Rows(_columns(self.languages), _("choice"), begun=True)
        super().__init__(widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """Stored choices as rows; what came back from the page is rows already."""
        return [
            one if any(key.startswith("label_") for key in one) else _row(one, self.languages)
            for one in value or []
        ]

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for row in value or []:
            choice = self._choice(row, set(found))
            if choice["value"] in found:
                raise ValidationError(_("“%(value)s” stands here twice."), params=choice)
            found[choice["value"]] = choice
        return list(found.values())

    def _choice(self, row: dict[str, str], taken: set[str]) -> dict[str, Any]:
        labels = {
            one: row.get(f"label_{one}", "").strip()
            for one in self.languages
            if row.get(f"label_{one}", "").strip()
        }
        synonyms = {
            one: words
            for one in self.languages
            if (words := [w.strip() for w in COMMA.split(row.get(f"also_{one}", "")) if w.strip()])
        }
        value = row.get("value", "").strip() or _value_of(labels, taken)
        if not value:
            raise ValidationError(_("A choice needs a label, or a value for your system."))
        check_length(value, 200)
        for text in [*labels.values(), *(word for words in synonyms.values() for word in words)]:
            check_length(text, SHORT)
        return {"value": value, "labels": labels, "synonyms": synonyms}


def _columns(languages: Sequence[str]) -> list[dict[str, Any]]:
    """Labels first, since that is what an operator has in mind."""
    several = len(languages) > 1
    columns: list[dict[str, Any]] = []
    for one in languages:
        name = f" ({language_name(one)})" if several else ""
        columns += [
            {"name": f"label_{one}", "label": _("The visitor reads") + name},
            {"name": f"also_{one}", "label": _("Also said as") + name, "hint": _("a, b, c")},
        ]
    return [*columns, {"name": "value", "label": _("Your system gets"), "mono": True}]


def _row(choice: dict[str, Any], languages: Sequence[str]) -> dict[str, str]:
    row = {"value": choice["value"]}
    for one in languages:
        row[f"label_{one}"] = choice.get("labels", {}).get(one, "")
        row[f"also_{one}"] = ", ".join(choice.get("synonyms", {}).get(one, []))
    return row


def _value_of(labels: dict[str, str], taken: set[str]) -> str:
    """``Too small`` → ``too_small``; the label itself where it has no Latin letters."""
    for text in (labels.get("en", ""), *labels.values()):
        name = suggested_name(text)
        if name:
            return name
    return next(iter(labels.values()), "")
