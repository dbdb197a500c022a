"""The form of a slot: what every type has, and what only some have.

All fields are always in the form; a script hides those of other types, and what belongs to
another type is not kept. ``values()`` is shaped as :class:`backend.dialogue.schema.Slot`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.dialogue.responding.templates import RESERVED
from backend.dialogue.tracking.patterns import compile_pattern
from backend.schemas.models import Slot

from .choices import ChoicesField
from .defaults import whole
from .expressions import check_texts
from .fields import DayLimitField, PromptsField, TextsField, check_length
from .piece_form import PieceForm

# What a person calls the types.
TYPES = [
    ("text", gettext_lazy("Any words")),
    ("choice", gettext_lazy("One of a list – a reason, a size")),
    ("pattern", gettext_lazy("A code of a fixed form – an order number")),
    ("number", gettext_lazy("A number")),
    ("money", gettext_lazy("An amount of money")),
    ("date", gettext_lazy("A day")),
    ("time", gettext_lazy("A time of day")),
    ("date_range", gettext_lazy("A period, from one day to another")),
    ("yes_no", gettext_lazy("Yes or no")),
    ("email", gettext_lazy("An e-mail address")),
    ("phone", gettext_lazy("A telephone number")),
    ("person", gettext_lazy("A person's name")),
    ("location", gettext_lazy("A place or an address")),
]
OWN = {  # the fields that only these types have
    "choices": ("choice",),
    "offer": ("choice",),
    "minimum": ("number", "money"),
    "maximum": ("number", "money"),
    "integer": ("number",),
    "unit": ("number",),
    "currency": ("money",),
    "earliest": ("date", "date_range"),
    "latest": ("date", "date_range"),
    "pattern": ("pattern",),
}
COMMON = (
    "title", "description", "prompts", "refusal", "ask_again", "sensitive", "profile", "carry",
)  # fmt: skip
OFFER = ("offer_items", "offer_value", "offer_label")


class SlotForm(PieceForm):
    kind = "slot"
    folded = (
        *("name", "description", "offer_action", *OFFER),
        *("refusal", "ask_again", "profile"),
    )
    type = forms.ChoiceField(
        label=gettext_lazy("What kind of answer is it?"), choices=TYPES, initial="text"
    )
    description = forms.CharField(
        label=gettext_lazy("What it means"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("In a sentence. The bot reads it to tell this from other answers."),
    )
    ask_again = forms.IntegerField(
        label=gettext_lazy("How often to ask again"),
        min_value=0,
        max_value=10,
        initial=2,
        help_text=gettext_lazy("Then the bot offers a person."),
        error_messages={"required": gettext_lazy("Say how often, from 0 to 10.")},
    )
    sensitive = forms.BooleanField(
        label=gettext_lazy("It is sensitive"),
        required=False,
        help_text=gettext_lazy("Masked in conversations and logs; only the action gets it."),
    )
    carry = forms.BooleanField(
        label=gettext_lazy("Use the answer again in the visitor's next task"),
        required=False,
        initial=True,
    )
    profile = forms.CharField(
        label=gettext_lazy("Take it from the visitor's profile"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "email"}),
        help_text=gettext_lazy(
            "The name of a field that your server signs. Who is logged in is then not asked."
        ),
    )
    minimum = forms.FloatField(label=gettext_lazy("Smallest"), required=False)
    maximum = forms.FloatField(label=gettext_lazy("Largest"), required=False)
    integer = forms.BooleanField(label=gettext_lazy("Whole numbers only"), required=False)
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=gettext_lazy("Currency"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "GBP", "maxlength": 3}),
        help_text=gettext_lazy("Where the visitor names none."),
        error_messages={"invalid": gettext_lazy("Three capital letters, such as GBP or EUR.")},
    )
    earliest = DayLimitField(label=gettext_lazy("Not before"), required=False)
    latest = DayLimitField(label=gettext_lazy("Not after"), required=False)
    pattern = forms.CharField(
        label=gettext_lazy("What it looks like, as a regular expression"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"placeholder": r"NT-\d{5}", "data-mono": True}),
        help_text=gettext_lazy(
            r"\d is a digit, [A-Z] a capital letter, {5} five times: NT-\d{5} is NT-10234."
        ),
    )
    offer_action = forms.ChoiceField(
        label=gettext_lazy("Offer what an action finds"),
        required=False,
        help_text=gettext_lazy("Such as the items of the order. The action must only read (GET)."),
    )
    offer_items = forms.CharField(
        label=gettext_lazy("Where the list is in its answer"), required=False, max_length=300
    )
    offer_value = forms.CharField(
        label=gettext_lazy("In each item, what your system gets"), required=False, max_length=300
    )
    offer_label = forms.CharField(
        label=gettext_lazy("In each item, what the visitor reads"), required=False, max_length=300
    )

    def stored(self) -> dict[str, Any]:
        slot = self.piece
        assert isinstance(slot, Slot)
        kept = {name: getattr(slot, name) for name in ("name", "type", "revision", *COMMON)}
        offer = slot.more.get("offer") or {}
        parts = {f"offer_{name}": offer.get(name, "") for name in ("items", "value", "label")}
        offered = slot.offer_action.name if slot.offer_action else ""
        limits = {name: whole(slot.more.get(name)) for name in ("minimum", "maximum")}
        return {**kept, **slot.more, **limits, **parts, "offer_action": offered}

    def build(self) -> None:
        several = self.languages
        self.fields["title"] = TextsField(
            several,
            label=_("What is it called?"),
            required=self.piece is None,  # a file may do without, and then the name is shown
            most=300,
            help_text=_("As you would say it to the visitor: “order number”."),
            attrs={"placeholder": _("order number")},
            error_messages={"required": _("Say what it is, as you would to the visitor.")},
        )
        self.fields["prompts"] = PromptsField(
            several,
            label=_("How does the bot ask for it?"),
            required=False,
            help_text=_("The first is asked first, the next ones when it has to ask again."),
        )
        self.fields["refusal"] = TextsField(
            several,
            rows=2,
            label=_("What it says to an answer that cannot be"),
            required=False,
            help_text=_("Empty: the bot says it in its own words."),
        )
        self.fields["unit"] = TextsField(several, label=_("Unit"), required=False, most=40)
        self.fields["choices"] = ChoicesField(
            several, label=_("What can be chosen"), required=False
        )
        field = self.fields["offer_action"]
        assert isinstance(field, forms.ChoiceField)
        reading = self.service.actions.filter(method="GET").values_list("name", flat=True)
        field.choices = [("", _("No, only the list above")), *((name, name) for name in reading)]

    def taken(self) -> Iterable[str]:
        others = self.service.slots.exclude(pk=self.pk)
        return [*others.values_list("name", flat=True), *RESERVED]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name in RESERVED:
            words = _("“%s” means something in templates already. Choose another name.")
            raise forms.ValidationError(words % name)
        return name

    def clean_pattern(self) -> str:
        pattern: str = self.cleaned_data["pattern"]
        if pattern and self.cleaned_data.get("type") == "pattern":
            try:
                compile_pattern(pattern)
            except ValueError as error:
                raise forms.ValidationError(str(error)) from error
        return pattern

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("type")
        offered = cleaned.get("offer_action")
        if kind == "pattern" and not cleaned.get("pattern") and "pattern" not in self.errors:
            self.add_error("pattern", _("Say what the code looks like."))
        nothing = not cleaned.get("choices") and not offered and "choices" not in self.errors
        if kind == "choice" and nothing:
            self.add_error("choices", _("Name what can be chosen."))
        if kind == "choice" and offered:
            for name in OFFER:
                if not cleaned.get(name):
                    self.add_error(name, _("Say where it is, as an expression such as: lines"))
        self._check_limits(cleaned)
        for name in ("prompts", "refusal"):
            check_texts(self, name)
        return cleaned

    def _check_limits(self, cleaned: dict[str, Any]) -> None:
        least, most = cleaned.get("minimum"), cleaned.get("maximum")
        if least is not None and most is not None and least > most:
            self.add_error("maximum", _("The largest is smaller than the smallest."))

    def values(self) -> dict[str, Any]:
        """The slot as the schema has it; only what its type has."""
        cleaned = self.cleaned_data
        check_length(cleaned["description"], 4000)
        found = {name: cleaned[name] for name in ("name", "type", *COMMON)}
        mine = [name for name, types in OWN.items() if cleaned["type"] in types]
        found |= {name: cleaned[name] for name in mine if name != "offer"}
        if cleaned["offer_action"] and "offer" in mine:
            found["offer"] = {"action": cleaned["offer_action"]} | {
                name.removeprefix("offer_"): cleaned[name] for name in OFFER
            }
        return found
