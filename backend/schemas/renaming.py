"""Keeping a slot's places when it gets another name: conditions, marks in examples, templates.

Where a template's grammar cannot be read it stays as it is; the checks will name it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, TemplateError

from backend.dialogue import schema as values

from .draft import Writer, action_value, intent_value
from .models import Service

_environment = Environment(keep_trailing_newline=True)  # noqa: S701 - reads, never renders


def rename_slot(service: Service, old: str, new: str, writer: Writer) -> None:
    """Put ``new`` for ``old`` wherever the service's intents and actions name the slot."""

    def template(text: str) -> str:
        return in_template(text, old, new)

    def example(text: str) -> str:
        return text.replace(f"]({old})", f"]({new})")

    for action in service.actions.all():
        fields = action_value(action).model_dump()
        for field in ("url", "query", "headers", "body", "replies"):
            fields[field] = _leaves(fields[field], template)
        writer.action(action, values.Action(**fields), action.position)
    actions = {action.name: action for action in service.actions.all()}
    slots = {slot.name: slot for slot in service.slots.all()}
    for intent in service.intents.all():
        fields = intent_value(intent, intent.uses.select_related("slot")).model_dump()
        fields["examples"] = _leaves(fields["examples"], example)
        fields["replies"] = _leaves(fields["replies"], template)
        for use in fields["slots"]:
            use["when"] = {new if name == old else name: at for name, at in use["when"].items()}
        writer.intent(intent, values.Intent(**fields), intent.position, actions, slots)


def in_template(text: str, old: str, new: str) -> str:
    """The template with the variable renamed; attributes, filters and tests of that name stay."""
    try:
        tokens = list(_environment.lex(text))
    except TemplateError:
        return text
    found, before = [], ""
    for _line, kind, value in tokens:
        named = kind == "name" and value == old and before not in (".", "|", "is")
        found.append(new if named else value)
        before = before if kind == "whitespace" else value
    return "".join(found) if new in found else text


def _leaves(data: Any, change: Callable[[str], str]) -> Any:
    """The same data with every text in it changed, keys aside."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {key: _leaves(value, change) for key, value in data.items()}
    if isinstance(data, list):
        return [_leaves(value, change) for value in data]
    return data
