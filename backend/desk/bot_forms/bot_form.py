"""The forms of a bot's own fields and of its secrets."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.schemas import services
from backend.schemas.models import Bot

from .fields import suggested_name

LANGUAGE = re.compile(r"[a-z]{2,3}")


class BotForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Give the bot a name, such as your company's.")},
    )
    languages = forms.CharField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy(
            "Their codes with commas, the main one first: en, zh. Every text that visitors read "
            "can be written in each of them."
        ),
        error_messages={"required": gettext_lazy("Name one at least, such as en.")},
    )
    on_failed_tests = forms.ChoiceField(
        label=gettext_lazy("If one of the bot's tests fails when publishing"),
        choices=[
            ("block", gettext_lazy("do not publish")),
            ("warn", gettext_lazy("warn, and publish if somebody agrees")),
        ],
    )

    def __init__(self, data: Any = None, *, bot: Bot) -> None:
        self.bot = bot
        stored = {
            "revision": bot.own_revision,
            "name": bot.name,
            "languages": ", ".join(bot.languages),
            "on_failed_tests": bot.on_failed_tests,
        }
        super().__init__(data, initial=stored)

    def clean_languages(self) -> list[str]:
        codes = list(dict.fromkeys(re.findall(r"[^\s,，、;]+", self.cleaned_data["languages"])))
        for code in codes:
            if not LANGUAGE.fullmatch(code):
                raise ValidationError(
                    _("“%s” is no language's code, such as en, zh or de.") % code[:40]
                )
        return codes

    def read_revision(self, data: Any) -> int:
        """The one that this browser read, or the one that it chose to write over."""
        replaced = data.get("replace", "")
        return int(replaced) if replaced.isdecimal() else self.cleaned_data["revision"] or 0

    def changed_bot(self) -> Bot:
        for field in ("name", "languages", "on_failed_tests"):
            setattr(self.bot, field, self.cleaned_data[field])
        return self.bot

    def refuse(self, error: ValidationError) -> None:
        for field, texts in error.message_dict.items():
            self.add_error(field if field in self.fields else None, texts)


class SecretForm(forms.Form):
    """A secret is written, never read: there is nothing to fill the box with."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("Headers get it as {{ secret.name }}, such as shop_key."),
        error_messages={"required": gettext_lazy("Name it, such as shop_key.")},
    )
    value = forms.CharField(
        label=gettext_lazy("Value"),
        max_length=4000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "data-mono": True}),
        error_messages={"required": gettext_lazy("Enter the key or the password.")},
    )

    def clean_name(self) -> str:
        """“Shop key” → ``shop_key``: the value is not shown again, so no slip may cost it."""
        name = suggested_name(self.cleaned_data["name"])
        if not name:
            raise ValidationError(
                _("A name has letters and digits, such as shop_key. Enter the value again too.")
            )
        return name

    def store(self, bot: Bot) -> bool:
        try:
            services.set_secret(bot, self.cleaned_data["name"], self.cleaned_data["value"])
        except ValidationError as error:
            for field, texts in getattr(error, "message_dict", {"value": error.messages}).items():
                self.add_error(field, [f"{text} {_('Enter it again.')}" for text in texts])
            return False
        return True
