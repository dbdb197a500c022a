"""Form fields that turn what an operator typed into the values of a schema, or say what is wrong.

Each knows one shape of :mod:`backend.dialogue.schema` and its limits. Knows no model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.schemas.languages import language_name

from .json_errors import explain
from .widgets import ByLanguage, DayLimit, Rows

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
LONG = 4000  # characters of a text
SHORT = 300  # of an example or a synonym
DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Compared(forms.Field):
    """A field whose value counts as changed when it means something else, however it is typed."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        shown = getattr(self.widget, "languages", None)
        if shown is not None and isinstance(initial, dict):
            initial = {key: value for key, value in initial.items() if key in shown}
        try:
            return bool(self.to_python(data) != self.to_python(self.prepare_value(initial)))
        except ValidationError:
            return True


class TextsField(Compared):
    """``{"en": "…", "zh": "…"}``, without what is empty."""

    widget: ByLanguage

    def __init__(
        self, languages: Sequence[str], *, rows: int = 1, most: int = LONG, **options: Any
    ) -> None:
        self.most = most
        attrs = options.pop("attrs", None)
        super().__init__(widget=ByLanguage(languages, rows=rows, attrs=attrs), **options)

    def to_python(self, value: Any) -> dict[str, str]:
        found = {language: _clean(text) for language, text in (value or {}).items()}
        return {language: text for language, text in found.items() if text}

    def validate(self, value: dict[str, str]) -> None:
        super().validate(value)
        for language, text in value.items():
            check_length(text, self.most, language)


class PromptsField(Compared):
    """``{"en": ["…", "…"]}``: several texts a language, in order."""

    def __init__(self, languages: Sequence[str], *, rows: int = 2, **options: Any) -> None:
        super().__init__(widget=ByLanguage(languages, rows=rows, several=True), **options)

    def to_python(self, value: Any) -> dict[str, list[str]]:
        found = {
            language: [text for text in map(_clean, texts) if text]
            for language, texts in (value or {}).items()
        }
        return {language: texts for language, texts in found.items() if texts}

    def validate(self, value: dict[str, list[str]]) -> None:
        super().validate(value)
        for language, texts in value.items():
            for text in texts:
                check_length(text, LONG, language)


class PhrasesField(Compared):
    """``{"en": ["…"]}`` out of one box a language, a phrase a line; repetitions count once."""

    def __init__(self, languages: Sequence[str], *, rows: int = 8, **options: Any) -> None:
        super().__init__(widget=ByLanguage(languages, rows=rows), **options)

    def prepare_value(self, value: Any) -> Any:
        return {
            language: lines if isinstance(lines, str) else "\n".join(lines)
            for language, lines in (value or {}).items()
        }

    def to_python(self, value: Any) -> dict[str, list[str]]:
        found = {
            language: list(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
            for language, text in (value or {}).items()
        }
        return {language: lines for language, lines in found.items() if lines}

    def validate(self, value: dict[str, list[str]]) -> None:
        super().validate(value)
        for language, lines in value.items():
            for line in lines:
                check_length(line, SHORT, language)


class PairsField(Compared):
    """``{name: text}`` out of rows of two boxes, such as headers and results."""

    def __init__(
        self,
        *,
        one: Any,
        names: Any,
        texts: Any,
        pattern: re.Pattern[str],
        wrong_name: Any,
        most: int = 2000,
        hints: tuple[str, str] = ("", ""),
        template: bool = False,
        **options: Any,
    ) -> None:
        self.pattern, self.wrong_name, self.most = pattern, wrong_name, most
        text = {"name": "text", "label": texts, "hint": hints[1], "mono": True, "wide": True}
        columns = (
            {"name": "name", "label": names, "hint": hints[0], "mono": True},
            text | {"template": template},
        )
        super().__init__(widget=Rows(columns, one), **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return [{"name": name, "text": text} for name, text in value.items()]
        return value

    def to_python(self, value: Any) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in value or []:
            name, text = row["name"].strip(), row["text"].strip()
            if not self.pattern.fullmatch(name):
                raise ValidationError(self.wrong_name, params={"name": name})
            if name in found:
                raise ValidationError(_("“%(name)s” stands here twice."), params={"name": name})
            check_length(text, self.most)
            found[name] = text
        return found


class JsonField(Compared, forms.CharField):
    """JSON as text; None where it is empty. Keeps what was typed, and names the line at fault."""

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value or ""
        return json.dumps(value, ensure_ascii=False, indent=2)

    def to_python(self, value: Any) -> Any:
        text = (value or "").strip()
        if not text:
            return None
        try:
            return json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise ValidationError(explain(text, error)) from error

    def validate(self, value: Any) -> None:
        """JSON of any kind will do, also what Django takes for empty."""

    def run_validators(self, value: Any) -> None:
        """The validators of text would not understand it."""


class DayLimitField(Compared):
    """``""``, ``"+30"``, ``"-7"`` (days from today) or ``"2026-11-30"``."""

    widget = DayLimit

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not value or DATE.fullmatch(value):
            return ("on" if value else "", value)
        days = int(value)
        return ("today" if days == 0 else "after" if days > 0 else "before", str(abs(days)))

    def to_python(self, value: Any) -> str:
        kind, typed = value or ("", "")
        if kind in ("", "today"):
            return "0" if kind else ""
        if kind == "on":
            return _iso_date(typed)
        if not typed.isdecimal() or len(typed) > 4:
            raise ValidationError(_("Say how many days, as a number of at most four digits."))
        return f"{'+' if kind == 'after' else '-'}{int(typed)}"


class NameField(forms.CharField):
    """The internal name of a piece; empty where it is to be made from the title."""

    def __init__(self, **options: Any) -> None:
        given: dict[str, Any] = {
            "label": gettext_lazy("Internal name"),
            "required": False,
            "max_length": 60,
            "help_text": gettext_lazy("How templates, tests and your system know it."),
        }
        super().__init__(**(given | options))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not NAME.fullmatch(value):
            raise ValidationError(
                _("A name has lower-case letters, digits and _, and begins with a letter: %(like)s")
                % {"like": suggested_name(value) or "order_number"}
            )


def suggested_name(title: str) -> str:
    """A name made from a title: ``Return an item`` → ``return_an_item``; may be empty."""
    words = re.findall(r"[a-z0-9]+", title.lower().replace("'", "").replace("’", ""))
    return "_".join(words).lstrip("0123456789_")[:60].rstrip("_")


def check_length(text: str, most: int, language: str = "") -> None:
    """Raises ValidationError where the text is longer than a schema takes."""
    if len(text) <= most:
        return
    raise ValidationError(
        _("%(where)s“%(begin)s…” has %(count)d characters; at most %(most)d are possible."),
        params={
            "where": f"{language_name(language)}: " if language else "",
            "begin": text[:40],
            "count": len(text),
            "most": most,
        },
    )


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _iso_date(typed: str) -> str:
    try:
        return forms.DateField(input_formats=["%Y-%m-%d"]).clean(typed).isoformat()
    except ValidationError as error:
        raise ValidationError(_("Give a day, such as 2026-11-30.")) from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
