"""The form of an intent, with the slots and the action that may be made on its page.

``values()`` is shaped as :class:`backend.dialogue.schema.Intent`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.schemas.models import Intent

from .action_form import OUTCOMES, ActionForm, replies_of
from .expressions import check_texts
from .fields import PhrasesField, TextsField
from .piece_form import PieceForm, free_name
from .uses import NEW, BaseUses, Uses, stored_uses

DOES = [
    ("action", gettext_lazy("Call an action in your own system")),
    ("reply", gettext_lazy("Answer with a text that you write")),
    ("knowledge", gettext_lazy("Answer from your articles")),
    ("handoff", gettext_lazy("Hand over to a person")),
]
# Which replies an intent may have, what each is for, and with which kinds of doing it is said.
REPLIES = {
    "confirm": (gettext_lazy("Asking before it is done"), "action reply handoff"),
    "reply": (gettext_lazy("What the bot answers"), "reply"),
    "success": (OUTCOMES["success"], "action"),
    "not_found": (OUTCOMES["not_found"], "action"),
    "refused": (OUTCOMES["refused"], "action"),
    "failure": (OUTCOMES["failure"], "action"),
    "cancelled": (gettext_lazy("The visitor changes their mind"), "action reply handoff"),
}
FIRST = ("confirm", "reply", "success")  # the others are folded until one is written


class IntentForm(PieceForm):
    kind = "intent"
    description = forms.CharField(
        label=gettext_lazy("What the visitor wants, in a sentence"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(
            attrs={
                "rows": 2,
                "placeholder": gettext_lazy("Send back something they bought, for money or swap"),
            }
        ),
        help_text=gettext_lazy("The bot reads it to tell this from what else visitors want."),
    )
    confirm = forms.BooleanField(
        label=gettext_lazy("Ask the visitor to confirm before it is done"), required=False
    )
    does = forms.ChoiceField(
        label=gettext_lazy("What does the bot do?"),
        choices=DOES,
        widget=forms.RadioSelect,
        initial="action",
    )
    action = forms.ChoiceField(label=gettext_lazy("Which action?"), required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        intent = self.piece
        self.uses: BaseUses = Uses(
            data,
            service=self.service,
            prefix="uses",
            initial=stored_uses(intent) if intent else [],
        )
        self.new_action = ActionForm(data, service=self.service, prefix="action-new")

    def stored(self) -> dict[str, Any]:
        intent = self.piece
        assert isinstance(intent, Intent)
        names = ("name", "revision", "title", "description", "examples", "confirm", "does")
        kept = {name: getattr(intent, name) for name in names}
        replies = {f"reply_{name}": texts for name, texts in intent.replies.items()}
        return kept | replies | {"action": intent.action.name if intent.action else ""}

    def build(self) -> None:
        self.fields["title"] = TextsField(
            self.languages,
            label=_("What is it called?"),
            required=self.piece is None,  # a file may do without, and then the name is shown
            most=300,
            help_text=_("Visitors read it on a button when the bot has to ask what they mean."),
            attrs={"placeholder": _("Return an item")},
            error_messages={"required": _("Say what the visitor wants, in a few words.")},
        )
        self.fields["examples"] = PhrasesField(
            self.languages,
            label=_("What do visitors say?"),
            required=False,
            help_text=_("One a line, in different words; ten are good. No need for every value."),
        )
        for name, (label, _does) in REPLIES.items():
            self.fields[f"reply_{name}"] = TextsField(
                self.languages,
                rows=2,
                label=label,
                required=False,
                attrs={"data-template": True, "data-preview": True},
            )
        field = self.fields["action"]
        assert isinstance(field, forms.ChoiceField)
        actions = self.service.actions.all()
        known = [(one.name, f"{one.name} – {one.method}") for one in actions]
        field.choices = [("", _("Choose…")), *known, (NEW, _("A new action"))]

    def first_replies(self) -> list[tuple[forms.BoundField, str]]:
        """Each with the kinds of doing that have it."""
        return [(self[f"reply_{name}"], REPLIES[name][1]) for name in FIRST]

    def other_replies(self) -> list[tuple[forms.BoundField, str]]:
        others = (name for name in REPLIES if name not in FIRST)
        return [(self[f"reply_{name}"], REPLIES[name][1]) for name in others]

    def other_replies_open(self) -> bool:
        """Whether one of them is written, or wrong."""
        fields = [field for field, _does in self.other_replies()]
        return any(field.errors or any((field.value() or {}).values()) for field in fields)

    def taken(self) -> Iterable[str]:
        bot = self.service.bot
        others = Intent.objects.filter(service__bot=bot).exclude(pk=self.pk)
        return others.values_list("name", flat=True)

    def is_valid(self) -> bool:
        """All that stands on the page, even where the first part is wrong already."""
        parts = [super().is_valid(), self.uses.is_valid()]
        if self.makes_action and not self.new_action.is_valid():
            parts.append(False)
        return all(parts) and self._slots_have_free_names()

    @property
    def makes_action(self) -> bool:
        return self["does"].value() == "action" and self["action"].value() == NEW

    def _slots_have_free_names(self) -> bool:
        """Two new slots with the same title get two names."""
        taken = set(self.service.slots.values_list("name", flat=True))
        for use in self.uses.kept():
            if use.cleaned_data["slot"] == NEW:
                name = free_name(use.new.cleaned_data["name"], "slot", taken)
                use.new.cleaned_data["name"] = use.cleaned_data["name"] = name
                taken.add(name)
        return True

    def changes(self) -> list[str]:
        slots = ["slots"] if self.uses.has_changed() else []
        return [*super().changes(), *slots]

    def changed_labels(self) -> list[str]:
        slots = [_("What the bot has to know")] if self.uses.has_changed() else []
        return [*super().changed_labels(), *slots]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("does") == "action" and not cleaned.get("action"):
            self.add_error("action", _("Choose an action, or make a new one."))
        for name in REPLIES:
            check_texts(self, f"reply_{name}")
        return cleaned

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        found = {name: cleaned[name] for name in ("name", "title", "description", "examples")}
        return found | {
            "slots": self.uses.values(),
            "confirm": cleaned["confirm"],
            "does": cleaned["does"],
            "action": self._action() if cleaned["does"] == "action" else "",
            "replies": replies_of(cleaned, REPLIES),
        }

    def _action(self) -> str:
        if self.makes_action:
            return str(self.new_action.cleaned_data["name"])
        return str(self.cleaned_data["action"])
