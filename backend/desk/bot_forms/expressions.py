"""Templates and JMESPath expressions as their authors meet them: read, tried, and what is wrong.

The engine's own modules do the work, so that what is shown here is what visitors get. Whether the
names mean something is for the schema's checks.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from backend.dialogue.responding import answer, templates
from backend.dialogue.responding.templates import SlotText, TemplateProblem


def check_template(text: str) -> None:
    """Raises ValidationError where the text is no template, naming the place and what mends it."""
    try:
        templates.names(text)
    except TemplateProblem as problem:
        raise ValidationError(_in_words(problem)) from problem


def check_texts(form: forms.Form, field: str) -> None:
    """Say at the field what is wrong with the templates in it, by language one or several."""
    for found in (form.cleaned_data.get(field) or {}).values():
        for text in [found] if isinstance(found, str) else found:
            try:
                check_template(text)
            except ValidationError as error:
                form.add_error(field, error)
                return  # and the field holds nothing any more


def check_path(path: str, name: str) -> None:
    """Raises ValidationError where ``path``, kept as ``name``, is no JMESPath expression."""
    try:
        answer.compiled(path)
    except TemplateProblem as problem:
        raise ValidationError(f"{name}: {_in_words(problem)}") from problem


def find(path: str, sample: Any) -> Any:
    """What the expression finds in a sample answer, None for nothing. Raises ValidationError."""
    check_path(path, _("This"))
    return answer.look_up(path, sample)


def show_reply(text: str, values: dict[str, Any]) -> dict[str, str]:
    """``{"text": …}`` as a visitor might read it, or ``{"error": …}``.

    ``values`` are texts by slot, besides ``result``, ``profile`` and so on. Where results have no
    sample yet, what cannot be shown is no error: ``{"note": …}``.
    """
    fields = {name: _field(value) for name, value in values.items()}
    try:
        return {"text": templates.render(text, fields).strip()}
    except TemplateProblem as problem:
        if _lacks_sample(text, values):
            return {"note": _("Paste a sample answer into the action to see how this reads.")}
        return {"error": _in_words(problem)}


def _field(value: Any) -> Any:
    return SlotText(value, value) if isinstance(value, str) else value


def _lacks_sample(text: str, values: dict[str, Any]) -> bool:
    """Whether the template is sound and asks for a result that nothing is known of."""
    try:
        wanted = templates.parts(text, "result") if "result" in templates.names(text) else set()
    except TemplateProblem:
        return False
    results = values.get("result") or {}
    return any(name in results and str(results[name]).startswith("⟨") for name in wanted)


def _in_words(problem: TemplateProblem) -> str:
    return f"{problem.text} {problem.hint}".strip()
