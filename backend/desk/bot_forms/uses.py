"""The slots of an intent as rows: one that is there already, or a new one made on the spot."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.schemas.models import Service

from .conditions import condition_values, condition_words, split_values
from .defaults import read_default, show_default
from .slot_form import TYPES, SlotForm
from .titles import title_of
from .widgets import Rows

NEW = "+new"  # in place of a slot's name; no name begins with +


class UseForm(forms.Form):
    """One slot as the intent uses it. ``new`` is the form of the slot that is made here."""

    slot = forms.ChoiceField(label=gettext_lazy("Slot"))
    order = forms.IntegerField(
        label=gettext_lazy("Place"), required=False, widget=forms.NumberInput(attrs={"min": 1})
    )
    required = forms.ChoiceField(
        label=gettext_lazy("Is it needed?"),
        choices=[("yes", gettext_lazy("The bot asks for it")), ("no", gettext_lazy("Optional"))],
        initial="yes",
    )
    default = forms.CharField(
        label=gettext_lazy("If the visitor says nothing of it, use"),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slots = list(service.slots.all())
        language = (service.bot.languages or ["en"])[0]
        self.types = {slot.name: slot.type for slot in slots}
        # What an action offers besides is not known before it is called.
        self.choices = {s.name: s.more.get("choices", []) for s in slots if not s.offer_action_id}
        titles = [(slot.name, title_of(slot, language)) for slot in slots]
        field = self.fields["slot"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*titles, (NEW, _("A new slot"))]
        columns = (
            {"name": "slot", "label": _("Only if"), "options": [("", "–"), *titles], "slots": True},
            {"name": "values", "label": _("is one of"), "hint": _("exchange, refund")},
        )
        self.fields["when"] = forms.Field(
            label=_("When it is needed"),
            required=False,
            widget=Rows(columns, _("condition")),
            help_text=_("Without a condition it always counts. Several values: with commas."),
        )
        self.new = SlotForm(
            self.data if self.is_bound else None, service=service, prefix=f"{self.prefix}-new"
        )

    def possible(self) -> tuple[str, list[dict[str, Any]]]:
        """The type of the row's slot, and its choices."""
        kind = self.cleaned_data["type"]
        if self.cleaned_data["slot"] == NEW:
            return kind, self.new.cleaned_data["choices"] if kind == "choice" else []
        return kind, self.choices.get(self.cleaned_data["name"], [])

    @property
    def is_new(self) -> bool:
        return self["slot"].value() == NEW

    @property
    def type_words(self) -> str:
        return str(dict(TYPES).get(self.types.get(self["slot"].value(), ""), ""))

    @property
    def title(self) -> str:
        field = self.fields["slot"]
        assert isinstance(field, forms.ChoiceField)
        return str(dict(field.choices).get(self["slot"].value(), ""))  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("slot") == NEW:
            if not self.new.is_valid():
                raise forms.ValidationError(_("The new slot is not complete yet."))
            name, kind = self.new.cleaned_data["name"], self.new.cleaned_data["type"]
        else:
            name = cleaned.get("slot", "")
            kind = self.types.get(name, "text")
        cleaned["name"], cleaned["type"] = name, kind
        self._clean_default(cleaned)
        cleaned["when"] = self._condition(cleaned.get("when") or [])
        return cleaned

    def _clean_default(self, cleaned: dict[str, Any]) -> None:
        text = (cleaned.get("default") or "").strip()
        optional = cleaned.get("required") == "no"
        try:
            cleaned["default"] = read_default(text, cleaned["type"]) if text and optional else None
        except ValueError as error:
            self.add_error("default", str(error))

    def _condition(self, rows: Iterable[dict[str, str]]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in rows:
            values = split_values(row["values"])
            if not row["slot"] or not values:
                self.add_error("when", _("A condition names a slot, and a value that it has."))
                continue
            found.setdefault(row["slot"], []).extend(values)
        return found

    def values(self) -> dict[str, Any]:
        """The use as :class:`backend.dialogue.schema.IntentSlot` has it."""
        cleaned = self.cleaned_data
        return {
            "slot": cleaned["name"],
            "required": cleaned["required"] == "yes",
            "default": cleaned["default"],
            "when": cleaned["when"],
        }


class BaseUses(BaseFormSet):
    """The rows in the order that their places say."""

    def __init__(self, data: Any, *, service: Service, prefix: str, initial: Any) -> None:
        kwargs = {"service": service}
        super().__init__(data, prefix=prefix, initial=initial, form_kwargs=kwargs)

    def kept(self) -> list[UseForm]:
        """The rows that stay, by place; a row without one comes last."""
        rows = [form for form in self.forms if not self.is_gone(form)]
        return sorted(rows, key=lambda form: form.cleaned_data.get("order") or 10_000)

    def is_gone(self, form: UseForm) -> bool:
        return bool(form.cleaned_data.get("DELETE")) or "name" not in form.cleaned_data

    def clean(self) -> None:
        if any(self.errors):
            return
        names = [form.cleaned_data["name"] for form in self.kept()]
        for name in names:
            if names.count(name) > 1:
                raise forms.ValidationError(_("“%s” stands in the list twice.") % name)
        self._check_conditions(names)

    def _check_conditions(self, names: list[str]) -> None:
        known = {form.cleaned_data["name"]: form for form in self.kept()}
        for form in known.values():
            when = form.cleaned_data["when"]
            for name, words in when.items():
                if name not in known or known[name] is form:
                    wrong = [_("“%s” is no other slot of this intent.") % name]
                else:
                    when[name], wrong = condition_values(words, *known[name].possible())
                if wrong:
                    form.add_error("when", wrong)
                    raise forms.ValidationError(_("One of the conditions cannot be met."))

    def values(self) -> list[dict[str, Any]]:
        return [form.values() for form in self.kept()]

    def new_slots(self) -> list[dict[str, Any]]:
        return [f.new.values() for f in self.kept() if f.cleaned_data["slot"] == NEW]


Uses: type[BaseUses] = formset_factory(  # type: ignore[assignment]
    UseForm, formset=BaseUses, extra=0, can_delete=True, max_num=60
)


def stored_uses(intent: Any) -> list[dict[str, Any]]:
    """The rows of an intent as the form shows them at first."""
    uses = list(intent.uses.select_related("slot"))
    types = {use.slot.name: use.slot.type for use in uses}
    return [
        {
            "slot": use.slot.name,
            "order": place,
            "required": "yes" if use.required else "no",
            "default": show_default(use.default),
            "when": [
                {"slot": name, "values": condition_words(values, types.get(name, ""))}
                for name, values in use.when.items()
            ],
        }
        for place, use in enumerate(uses, start=1)
    ]
