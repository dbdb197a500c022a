"""The form of an action: the call, what is kept of its answer, and what the bot says then.

``values()`` is shaped as :class:`backend.dialogue.schema.Action`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.schemas.models import Action

from .defaults import whole
from .expressions import check_path, check_template, check_texts
from .fields import NAME, JsonField, PairsField, TextsField
from .piece_form import PieceForm

OUTCOMES = {
    "success": gettext_lazy("It worked"),
    "not_found": gettext_lazy("There is no such thing (404)"),
    "refused": gettext_lazy("Your system says no (another 4xx)"),
    "failure": gettext_lazy("It could not be done (an error, or no answer)"),
}
HELP = {
    "success": gettext_lazy("Empty: “Done.”"),
    "refused": gettext_lazy("“problem” is the JSON that your system answered."),
}
METHODS = [
    ("GET", gettext_lazy("GET – only looks something up")),
    ("POST", gettext_lazy("POST – makes something new")),
    ("PUT", gettext_lazy("PUT – replaces something")),
    ("PATCH", gettext_lazy("PATCH – changes something")),
    ("DELETE", gettext_lazy("DELETE – removes something")),
]
HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
FIELD = re.compile(r"\S[^\n]*")


class ActionForm(PieceForm):
    kind = "action"
    folded = ("headers", "query", "timeout_s", "retries")
    description = forms.CharField(
        label=gettext_lazy("What does it do?"),
        required=False,
        max_length=4000,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Registers a return")}),
    )
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=METHODS, initial="POST")
    url = forms.CharField(
        label=gettext_lazy("Address (URL)"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Say which address of your system is called.")},
        widget=forms.TextInput(
            attrs={
                "placeholder": "https://shop.example/api/orders/{{ order }}/returns",
                "data-template": True,
                "data-mono": True,
                "spellcheck": "false",
            }
        ),
        help_text=gettext_lazy("Slots are put in as {{ order }}; what they hold is escaped."),
    )
    query = PairsField(
        label=gettext_lazy("Added to the address (query)"),
        required=False,
        one=gettext_lazy("query field"),
        names=gettext_lazy("Field"),
        texts=gettext_lazy("Value"),
        pattern=FIELD,
        wrong_name=gettext_lazy("A query field needs a name."),
        hints=("email", "{{ profile.email }}"),
        template=True,
    )
    headers = PairsField(
        label=gettext_lazy("Headers"),
        required=False,
        one=gettext_lazy("header"),
        names=gettext_lazy("Header"),
        texts=gettext_lazy("Value"),
        pattern=HEADER,
        wrong_name=gettext_lazy("“%(name)s” cannot be a header's name, such as X-Api-Key."),
        hints=("Authorization", "Bearer {{ secret.shop_key }}"),
        template=True,
        help_text=gettext_lazy("Keys are kept as secrets and put in as {{ secret.name }}."),
    )
    body = JsonField(
        label=gettext_lazy("What is sent (JSON)"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(
            attrs={
                "rows": 7,
                "data-template": True,
                "data-mono": True,
                "spellcheck": "false",
                "placeholder": '{"order": "{{ order }}"}',
            }
        ),
        help_text=gettext_lazy(
            "Every {{ … }} stands in double quotes. What names an optional slot without an "
            "answer is left out."
        ),
    )
    timeout_s = forms.FloatField(
        label=gettext_lazy("Wait at most, in seconds"), min_value=0.1, max_value=30, initial=8
    )
    retries = forms.IntegerField(
        label=gettext_lazy("Try again after an error"),
        min_value=0,
        max_value=3,
        initial=2,
        help_text=gettext_lazy("With the same idempotency key, so that it happens once."),
    )
    results = PairsField(
        label=gettext_lazy("What is kept of the answer"),
        required=False,
        one=gettext_lazy("result"),
        names=gettext_lazy("Name"),
        texts=gettext_lazy("Where it is (JMESPath)"),
        pattern=NAME,
        wrong_name=gettext_lazy(
            "“%(name)s” cannot be a name: lower-case letters, digits and _, such as return_number."
        ),
        most=300,
        hints=("number", "return.number"),
        help_text=gettext_lazy("Replies know it as {{ result.number }}."),
    )

    def stored(self) -> dict[str, Any]:
        action = self.piece
        assert isinstance(action, Action)
        names = ("name", "revision", "description", "method", "url", "query", "headers", "body")
        kept = {name: getattr(action, name) for name in (*names, "retries", "results")}
        kept["timeout_s"] = whole(action.timeout_s)
        return kept | {f"reply_{name}": text for name, text in action.replies.items()}

    def build(self) -> None:
        for outcome, label in OUTCOMES.items():
            self.fields[f"reply_{outcome}"] = TextsField(
                self.languages,
                rows=2,
                label=label,
                required=False,
                help_text=HELP.get(outcome, ""),
                attrs={"data-template": True, "data-preview": True},
            )

    def reply_fields(self) -> list[forms.BoundField]:
        return [self[f"reply_{outcome}"] for outcome in OUTCOMES]

    def taken(self) -> Iterable[str]:
        others = self.service.actions.exclude(pk=self.pk)
        return others.values_list("name", flat=True)

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        if not re.match(r"https?://|\{\{", url):
            raise forms.ValidationError(_("An address begins with https:// or http://."))
        check_template(url)
        return url

    def clean_query(self) -> dict[str, str]:
        return _checked(self.cleaned_data["query"])

    def clean_headers(self) -> dict[str, str]:
        return _checked(self.cleaned_data["headers"])

    def clean_body(self) -> Any:
        body = self.cleaned_data["body"]
        for text in _leaves(body):
            check_template(text)
        return body

    def clean_results(self) -> dict[str, str]:
        results: dict[str, str] = self.cleaned_data["results"]
        for name, path in results.items():
            check_path(path, name)
        return results

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for outcome in OUTCOMES:
            check_texts(self, f"reply_{outcome}")
        return cleaned

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        names = ("name", "description", "method", "url", "query", "headers", "body")
        found = {name: cleaned[name] for name in (*names, "timeout_s", "retries", "results")}
        return found | {"replies": replies_of(cleaned, OUTCOMES)}


def replies_of(cleaned: dict[str, Any], occasions: Iterable[str]) -> dict[str, dict[str, str]]:
    """The replies by occasion, without those that were left empty."""
    return {one: cleaned[f"reply_{one}"] for one in occasions if cleaned.get(f"reply_{one}")}


def _checked(pairs: dict[str, str]) -> dict[str, str]:
    for text in pairs.values():
        check_template(text)
    return pairs


def _leaves(body: Any) -> Iterable[str]:
    if isinstance(body, str):
        yield body
    elif isinstance(body, (dict, list)):
        for part in body.values() if isinstance(body, dict) else body:
            yield from _leaves(part)
