"""Which operators are at their desks, and where a visitor stands in the queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from ..models import Conversation, Presence

FRESH = timedelta(seconds=45)  # the desk says that it is there every 15 s


def touch_operator(operator: Any, *, here: bool = True) -> None:
    now = timezone.now()
    Presence.objects.update_or_create(
        operator=operator, defaults={"seen_at": now if here else now - FRESH}
    )


def operators_online() -> int:
    return Presence.objects.filter(seen_at__gt=timezone.now() - FRESH).count()


def queue_position(conversation_id: UUID) -> int | None:
    """1 is next; None if the conversation does not wait."""
    me = Conversation.objects.waiting().filter(pk=conversation_id).first()
    if me is None:
        return None
    ahead = Conversation.objects.waiting().filter(site=me.site_id, queued_at__lt=me.queued_at)
    return ahead.count() + 1
