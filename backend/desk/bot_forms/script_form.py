"""The form of a test: its script as YAML, with what is wrong said by line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.schemas.script_text import ScriptError, load_script
from backend.schemas.scripts import Script

BEGINNING = """\
name: Return boots for a refund
turns:
  - say: I want to return the boots from order 10234
    intent: return_item
    slots: {order: "10234"}
    reply: ["why"]
"""


class ScriptForm(forms.Form):
    script = forms.CharField(
        label=gettext_lazy("What is said, and what is expected"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 24, "data-mono": True, "spellcheck": "false"}),
        help_text=gettext_lazy("In YAML. What a turn does not name is not checked."),
    )

    def clean_script(self) -> Script:
        try:
            script = load_script(self.cleaned_data["script"])
        except ScriptError as error:
            raise ValidationError(error.problems) from error
        if not script.name:
            raise ValidationError(_("Give the test a name: begin with “name: …”."))
        return script

    def refuse(self, error: ValidationError) -> None:
        texts: Any = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for found in texts.values():
            self.add_error("script", found)
