"""Stores what a form holds, as one change: the piece, and what was made along with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from pydantic import ValidationError as Invalid

from backend.conversations.models import display_name
from backend.dialogue import schema as values
from backend.schemas import services
from backend.schemas.errors import EditConflict
from backend.schemas.wording import by_field

from .action_form import ActionForm
from .intent_form import IntentForm
from .piece_form import Piece, PieceForm
from .problems import Problem, anchor
from .service_form import ServiceForm
from .slot_form import SlotForm

VALUES: dict[type[PieceForm], Any] = {
    IntentForm: values.Intent,
    SlotForm: values.Slot,
    ActionForm: values.Action,
    ServiceForm: values.Service,
}


class Conflict(Exception):
    """Somebody changed the piece meanwhile. Its text says who and when; ``revision`` is what the
    piece has now, None where it is gone."""

    def __init__(self, error: EditConflict, revision: int | None) -> None:
        self.revision = revision
        super().__init__(conflict_words(error))


class NotSaved(Exception):
    """``problems`` say why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.text for problem in problems))


def save(form: PieceForm, by: Any, revision: int | None) -> Any:
    """Store a valid form; nothing is stored where any part of it is refused.

    Raises Conflict and NotSaved.
    """
    try:
        with transaction.atomic():
            return _save(form, by, revision)
    except EditConflict as error:
        raise Conflict(error, _present_revision(form.piece)) from error
    except Invalid as invalid:
        raise NotSaved(_problems(form, by_field(invalid))) from invalid
    except ValidationError as error:
        wrong = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        raise NotSaved(_problems(form, wrong)) from error


def remove(piece: Piece, by: Any, revision: int | None) -> None:
    """Raises Conflict."""
    try:
        services.delete_piece(piece, by, revision)
    except EditConflict as error:
        raise Conflict(error, _present_revision(piece)) from error


def conflict_words(error: EditConflict) -> str:
    """“Mia changed this on 23 November at 10:04.”"""
    if error.at is None:
        return _("This was deleted since you opened it.")
    who = display_name(error.by) if error.by else _("Somebody")
    when = date_format(timezone.localtime(error.at), "j F, H:i")
    return _("%(who)s changed this after you opened it (%(when)s).") % {"who": who, "when": when}


def _save(form: PieceForm, by: Any, revision: int | None) -> Any:
    service = form.service
    if isinstance(form, IntentForm):
        for slot in form.uses.new_slots():
            services.save_piece(service, values.Slot(**slot), by)
        if form.makes_action:
            services.save_piece(service, values.Action(**form.new_action.values()), by)
    value = VALUES[type(form)](**form.values())
    parent = service.bot if isinstance(form, ServiceForm) else service
    saved: Any = services.save_piece(parent, value, by, piece=form.piece, revision=revision)
    return saved


def _present_revision(piece: Piece | None) -> int | None:
    if piece is None:
        return None
    rows = type(piece)._default_manager.filter(pk=piece.pk)
    return rows.values_list("revision", flat=True).first()


def _problems(form: forms.Form, wrong: Mapping[str, list[str]]) -> list[Problem]:
    """Refusals of the services, at the form's fields where it has one of that name."""
    found = []
    for name, texts in wrong.items():
        field = form[name] if name in form.fields else None
        label, url = (str(field.label), f"#{anchor(field)}") if field else ("", "")
        found += [Problem(label, text, url) for text in texts]
    return found
