"""What the forms of intents, slots, actions and services share: a name, languages, a revision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from backend.schemas.models import Action, Intent, Service, Slot

from .fields import NameField, suggested_name
from .widgets import ByLanguage

Piece = Service | Action | Slot | Intent


class PieceForm(forms.Form):
    """A piece of a draft as its operators edit it.

    ``revision`` is the piece's when the page was made; saving compares it. Texts in languages
    that the bot does not speak (any more) are not shown and are kept.
    """

    kind = "piece"
    folded: tuple[str, ...] = ()
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = NameField()

    def __init__(
        self,
        data: Any = None,
        *,
        service: Service,
        piece: Piece | None = None,
        prefix: str | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.service = service
        self.piece = piece
        self.languages: list[str] = service.bot.languages or ["en"]
        stored = self.stored() if piece is not None else {}
        super().__init__(data, prefix=prefix, initial={**stored, **(initial or {})})
        self.build()

    def stored(self) -> dict[str, Any]:
        """The piece's fields as the form shows them at first."""
        raise NotImplementedError

    def build(self) -> None:
        """Add the fields that depend on the languages or the service."""

    def taken(self) -> Iterable[str]:
        """The names that this piece may not have."""
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """The piece as its part of a schema has it, once the form is valid."""
        raise NotImplementedError

    def changes(self) -> list[str]:
        """The names of what was changed, for the log."""
        return [name for name in self.changed_data if name != "revision"]

    def changed_labels(self) -> list[str]:
        """What these are called on the page."""
        return [str(self[name].label) for name in self.changes() if name in self.fields]

    @property
    def folded_errors(self) -> bool:
        """Whether something is wrong in what the page folds away at first."""
        return any(name in self.errors for name in self.folded)

    @property
    def pk(self) -> int:
        """The stored piece's, or one that no piece has."""
        return self.piece.pk if self.piece else 0

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field.widget, ByLanguage) and name in cleaned:
                cleaned[name] = self._other_languages(name) | cleaned[name]
        self._clean_name(cleaned)
        return cleaned

    def _other_languages(self, name: str) -> dict[str, Any]:
        kept = self.initial.get(name) or {}
        return {key: value for key, value in kept.items() if key not in self.languages}

    def _clean_name(self, cleaned: dict[str, Any]) -> None:
        if "name" not in cleaned:
            return
        taken = set(self.taken())
        if not cleaned["name"]:
            cleaned["name"] = free_name(self._suggestion(cleaned), self.kind, taken)
        elif cleaned["name"] in taken:
            words = _("There is one of this name already: use that, or name this differently.")
            self.add_error("name", words)

    def _suggestion(self, cleaned: dict[str, Any]) -> str:
        titles = cleaned.get("title") or {}
        texts = [titles.get("en", ""), *titles.values(), cleaned.get("description", "")[:40]]
        return next(filter(None, map(suggested_name, texts)), "")


def free_name(wish: str, kind: str, taken: set[str]) -> str:
    """The wish if it is free, else with a number behind; ``slot_2`` where there is no wish."""
    if wish and wish not in taken:
        return wish
    stem = wish[:56] or kind
    return next(name for number in range(2, 10_000) if (name := f"{stem}_{number}") not in taken)
