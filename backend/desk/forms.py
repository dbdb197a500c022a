"""The site's form: lists and translations as lines that a person can write, not as JSON."""

from __future__ import annotations

import re
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminExpandableTextareaWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from backend.conversations.models import Site
from backend.conversations.origins import parse_pattern

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class SiteForm(forms.ModelForm):
    origins = forms.CharField(
        label=_("Where the widget may run"),
        widget=UnfoldAdminExpandableTextareaWidget(
            attrs={"rows": 3, "placeholder": "https://www.example.com"}
        ),
        help_text=_(
            "One origin a line: https://www.example.com, https://*.example.com for any subdomain, "
            "http://localhost:* for any port. “self” is this server's own address."
        ),
    )
    greetings = forms.CharField(
        label=_("Greeting"),
        required=False,
        widget=UnfoldAdminExpandableTextareaWidget(
            attrs={"rows": 3, "placeholder": "en: Hello! How can we help?"}
        ),
        help_text=_("One language a line, such as “en: Hello!” and “zh: 您好！”."),
    )
    accent = forms.CharField(
        label=_("Accent colour"),
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"placeholder": "#0f766e", "maxlength": 7}),
        help_text=_("Of the widget's button and header. Empty: Kefu's own."),
    )

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        widget=UnfoldAdminSelectWidget,
        help_text=_("“Tomorrow” and “at 7 pm” are meant in it where a visitor's own is not known."),
    )

    class Meta:
        model = Site
        fields = ("name", "key", "max_text", "reopens", "time_zone")
        labels: ClassVar = {
            "max_text": _("Longest message"),
            "reopens": _("Closed conversations open again"),
        }
        help_texts: ClassVar = {"max_text": _("Characters that a visitor may send at once.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site = self.instance
        self.fields["origins"].initial = "\n".join(site.allowed_origins)
        self.fields["greetings"].initial = "\n".join(
            f"{language}: {text}" for language, text in site.greeting.items()
        )
        self.fields["accent"].initial = site.colours.get("accent", "")
        zones = self.fields["time_zone"]
        assert isinstance(zones, forms.ChoiceField)
        own = site.time_zone if site.pk else settings.TIME_ZONE
        zones.choices = [(one, one.replace("_", " ")) for one in sorted({*_zones(), own})]
        self.initial["time_zone"] = own

    def clean_origins(self) -> list[str]:
        found: dict[str, None] = {}
        wrong: list[str] = []
        for line in _lines(self.cleaned_data["origins"]):
            try:
                found[parse_pattern(line)] = None
            except ValueError as error:
                wrong.append(str(error))
        if wrong:
            raise forms.ValidationError(wrong)
        if not found:
            raise forms.ValidationError(_("Name at least one origin, or the widget runs nowhere."))
        return list(found)

    def clean_greetings(self) -> dict[str, str]:
        found = {}
        for line in _lines(self.cleaned_data["greetings"]):
            language, colon, text = (part.strip() for part in line.partition(":"))
            if not colon or not text or not LANGUAGE.fullmatch(language):
                raise forms.ValidationError(
                    _("“%(line)s” must be like “en: Hello!”: language, colon, greeting."),
                    params={"line": line},
                )
            found[language] = text
        return found

    def clean_accent(self) -> str:
        accent: str = self.cleaned_data["accent"].strip()
        if accent and not COLOUR.fullmatch(accent):
            raise forms.ValidationError(_("A colour is # and six hexadecimal digits: #0f766e."))
        return accent

    def save(self, commit: bool = True) -> Site:
        site: Site = self.instance
        site.allowed_origins = self.cleaned_data["origins"]
        site.greeting = self.cleaned_data["greetings"]
        colours = {name: value for name, value in site.colours.items() if name != "accent"}
        accent = self.cleaned_data["accent"]
        site.colours = colours | ({"accent": accent} if accent else {})
        saved: Site = super().save(commit)
        return saved


def _zones() -> set[str]:
    """Those with a place to their name, and UTC: the others are older names of the same."""
    areas = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe")
    places = (*areas, "Indian", "Pacific")
    named = {one for one in available_timezones() if one.split("/")[0] in places}
    return {*named, "UTC"}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
