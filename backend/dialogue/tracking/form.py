"""The form that a language model fills in: its JSON schema, and the prompt that explains it.

Knows no model. Values of sensitive slots that were given before are masked in the prompt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from backend.inference.types import GenerationRequest, PromptMessage

from ..memory import Option
from ..schema import Slot, in_language
from ..types import Utterance
from .tracker import TrackRequest

ANY = "dont_care"
_MOST_LISTED = 60  # choices that are listed in the prompt
_MOST_BEFORE, _LONGEST_BEFORE, _LONGEST_SAID = 8, 500, 4_000
_KINDS = {
    "text": "free text",
    "pattern": "code or number",
    "yes_no": "yes or no",
    "date_range": "first and last day",
    "person": "name of a person",
    "location": "place or address",
}
_RULES = (
    "You fill in a form from a conversation between a customer and a help desk. For each field, "
    "copy the customer's own words for its value exactly as they are written, or write null if "
    "the customer did not say it. Never guess. If the customer corrects a value, use the new one. "
    f'Write "{ANY}" if the customer says that any value will do. Where a field has a list of '
    "values, also pick the one that the words mean."
)


def request_for(request: TrackRequest, slots: Sequence[Slot]) -> GenerationRequest:
    """What to ask the model: greedy, and in JSON of :func:`json_schema`."""
    user = "\n".join(
        [
            "Fields:",
            *(_described(slot, request) for slot in slots),
            "",
            "Conversation so far:",
            *(_line(u, _LONGEST_BEFORE, request) for u in request.history[-_MOST_BEFORE:]),
            "",
            "Read these new messages:",
            *(_line(u, _LONGEST_SAID, request) for u in request.said),
            *([f"The help desk had asked for: {request.asked}"] if request.asked else []),
        ]
    )
    return GenerationRequest(
        messages=(PromptMessage("system", _RULES), PromptMessage("user", user)),
        max_new_tokens=min(60 + 50 * len(slots), 2_000),
        temperature=0.0,
        json_schema=json_schema(slots, request.options),
    )


def json_schema(slots: Sequence[Slot], options: Mapping[str, Sequence[Option]]) -> dict[str, Any]:
    """An object with a field for every slot: null, or a quotation, with the choice it means."""
    return _object({slot.name: _field(slot, options.get(slot.name, ())) for slot in slots})


def _field(slot: Slot, options: Sequence[Option]) -> dict[str, Any]:
    known = list(labels(slot, options))
    if not known or len(known) > _MOST_LISTED:
        return {"anyOf": [{"type": "null"}, {"type": "string"}]}
    chosen = _object({"quote": {"type": "string"}, "value": {"enum": [*known, ANY]}})
    return {"anyOf": [{"type": "null"}, chosen]}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def labels(slot: Slot, options: Sequence[Option]) -> dict[str, Any]:
    """What the model may pick, and the values that it stands for: offered ones, else listed."""
    if options:
        return {option.label: option.value for option in options}
    return {choice.value: choice.value for choice in slot.choices}


def _described(slot: Slot, request: TrackRequest) -> str:
    title = in_language(slot.title, request.context.language) or ""
    kind = _KINDS.get(slot.type, slot.type)
    line = f"- {slot.name} ({kind}): {title}. {slot.description}".strip()
    known = labels(slot, request.options.get(slot.name, ()))
    if known and len(known) <= _MOST_LISTED:
        line += " One of: " + "; ".join(_listed(slot, value) for value in known) + "."
    filled = request.values.get(slot.name)
    if filled is not None and not slot.sensitive:
        line += f" So far: {filled.text or filled.value}"
    return line


def _listed(slot: Slot, value: str) -> str:
    choice = next((one for one in slot.choices if one.value == value), None)
    called = ", ".join(choice.labels.values()) if choice else ""
    return f"{value} ({called})" if called else value


def _line(utterance: Utterance, longest: int, request: TrackRequest) -> str:
    speaker = "Customer" if utterance.speaker == "visitor" else "Help desk"
    text = " ".join(_masked(utterance, request)[:longest].split())
    return f"{speaker}: {text}"


def _masked(utterance: Utterance, request: TrackRequest) -> str:
    """The text without the sensitive values that are filled already."""
    text = utterance.text
    for name, value in request.values.items():
        slot = request.service.slot(name)
        if slot and slot.sensitive and value.message == utterance.seq and value.message:
            text = text[: value.start] + "•" * (value.end - value.start) + text[value.end :]
    return text
