"""What is wrong with a form, as one list that leads to the fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django import forms

from .intent_form import IntentForm


class Problem(NamedTuple):
    label: str
    text: str
    url: str = ""  # of the field, on the same page


def problems_of(form: forms.Form) -> list[Problem]:
    """Every error of the form and of the forms inside it."""
    found = list(_of(form))
    if isinstance(form, IntentForm):
        for use in form.uses.forms:
            if not use.cleaned_data.get("DELETE"):
                found += _of(use)
                found += _of(use.new) if use.is_new else ()
        found += [Problem("", str(one), "#bot-uses") for one in form.uses.non_form_errors()]
        if form.makes_action:
            found += _of(form.new_action)
    return found


def _of(form: forms.Form) -> Iterator[Problem]:
    for name, errors in form.errors.items():
        for text in errors:
            if name == "__all__":
                yield Problem("", str(text))
            else:
                yield Problem(str(form[name].label), str(text), f"#{anchor(form[name])}")


def anchor(field: forms.BoundField) -> str:
    """The id of the element to go to: the box, or the group of boxes."""
    return field.id_for_label or str(field.auto_id)


__all__ = ["Problem", "anchor", "problems_of"]
