"""What the desk reads: one conversation's card, one row of the list, who may operate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from .models import Conversation, Note, display_name

PERMISSION = "conversations.operate_conversation"


def operator_by_id(pk: int) -> Any | None:
    """The user, if they may (still) operate conversations."""
    user = get_user_model().objects.filter(pk=pk, is_active=True, is_staff=True).first()
    return user if user is not None and user.has_perm(PERMISSION) else None


def about(conversation_id: UUID) -> dict[str, Any]:
    """The card of one conversation, for ``joined``. Raises Conversation.DoesNotExist."""
    row = Conversation.objects.select_related("site", "visitor", "operator").get(pk=conversation_id)
    visitor = row.visitor
    return {
        "conversation": str(row.pk),
        "visitor": {
            "id": str(visitor.pk),
            "name": str(visitor),
            "email": visitor.email,
            "profile": visitor.profile,
            "locale": row.locale or visitor.locale,
        },
        "page": row.page,
        "site": row.site.name,
        "head": row.head,
        "epoch": row.epoch,
        "owner": row.owner,
        "operator": _operator(row),
        "status": row.status,
        "rating": row.rating,
        "visitor_seen": row.visitor_seen,
        "notes": [note_json(note) for note in row.notes.select_related("author")],
    }


def summary(conversation_id: UUID) -> dict[str, Any] | None:
    """The row of the list, for ``changed``."""
    row = (
        Conversation.objects.select_related("site", "visitor", "operator")
        .filter(pk=conversation_id)
        .first()
    )
    if row is None:
        return None
    return {
        "conversation": str(row.pk),
        "site": row.site.name,
        "visitor": str(row.visitor),
        "preview": row.preview,
        "owner": row.owner,
        "operator": _operator(row),
        "status": row.status,
        "unread": row.visitor_seq > row.operators_seen,
        "head": row.head,
        "updated_at": row.updated_at.isoformat(),
    }


def note_json(note: Note) -> dict[str, Any]:
    author = display_name(note.author) if note.author else ""
    return {"id": note.pk, "author": author, "text": note.text, "at": note.at.isoformat()}


def _operator(row: Conversation) -> dict[str, Any] | None:
    return {"id": row.operator.pk, "name": row.operator_name} if row.operator else None
