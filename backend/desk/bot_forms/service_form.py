"""The form of a service: what its intents, slots and actions are kept together under."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.schemas.models import Bot, Service

from .fields import TextsField
from .piece_form import PieceForm


class ServiceForm(PieceForm):
    kind = "service"
    description = forms.CharField(
        label=gettext_lazy("What it is about"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @classmethod
    def of(cls, bot: Bot, data: Any = None, piece: Service | None = None) -> ServiceForm:
        return cls(data, service=piece or Service(bot=bot), piece=piece)

    def stored(self) -> dict[str, Any]:
        service = self.piece
        assert isinstance(service, Service)
        return {
            name: getattr(service, name) for name in ("name", "revision", "title", "description")
        }

    def build(self) -> None:
        self.fields["title"] = TextsField(
            self.languages,
            label=_("What is it called?"),
            required=self.piece is None,  # a file may do without, and then the name is shown
            most=300,
            attrs={"placeholder": _("Orders and returns")},
            error_messages={"required": _("Say what its intents have in common.")},
        )

    def taken(self) -> Iterable[str]:
        others = self.service.bot.services.exclude(pk=self.pk)
        return others.values_list("name", flat=True)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "title", "description")}
