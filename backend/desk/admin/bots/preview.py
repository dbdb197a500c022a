"""Shows while one types: a reply with sample values, what expressions find, what a code matches.

Three questions, one address, nothing stored. Asked by the editor's scripts with JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.desk.bot_forms.expressions import find, show_reply
from backend.desk.bot_forms.json_errors import explain
from backend.dialogue.tracking.patterns import compile_pattern

from .page import require_view

MOST = 64 * 1024  # bytes of a question
LONGEST = 2000  # characters of what is shown


@require_POST
def preview(request: HttpRequest, pk: int) -> JsonResponse:
    """``{"templates": […], "values": {…}}``, ``{"answer": "…", "paths": {…}}`` or ``{"pattern",
    "text"}``; answers 400 with ``detail`` where it is none of them."""
    require_view(request)
    try:
        question = json.loads(request.body) if len(request.body) <= MOST else None
    except ValueError:
        question = None
    for key, answer in ANSWERS.items():
        if isinstance(question, dict) and key in question:
            try:
                return JsonResponse(answer(question))
            except (TypeError, KeyError, AttributeError):
                break
    return JsonResponse({"detail": _("This could not be shown.")}, status=400)


def _templates(question: dict[str, Any]) -> dict[str, Any]:
    values = dict(question["values"])
    return {"shown": [show_reply(str(text), values) for text in question["templates"][:40]]}


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    text = str(question["answer"])
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:
        return {"error": explain(text, error)}
    paths = dict(question["paths"])
    return {"found": {str(name): _find(str(path), answer) for name, path in paths.items()}}


def _find(path: str, answer: Any) -> dict[str, Any]:
    """``found``, and as a text that may be cut off ``value``; or ``error``."""
    try:
        found = find(path, answer)
    except ValidationError as error:
        return {"error": error.messages[0]}
    if found is None:
        return {"error": _("Nothing is there.")}
    return {"found": found, "value": json.dumps(found, ensure_ascii=False)[:LONGEST]}


def _pattern(question: dict[str, Any]) -> dict[str, Any]:
    try:
        match = compile_pattern(str(question["pattern"])).search(str(question["text"]))
    except (ValueError, UnicodeError) as error:
        return {"error": str(error)}
    return {"found": match.group() if match else None}


ANSWERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "templates": _templates,
    "answer": _answer,
    "pattern": _pattern,
}
