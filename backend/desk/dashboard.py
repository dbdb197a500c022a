"""The figures on the admin's first page. Every one is a query over the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from backend.conversations.models import Conversation, Event, Turn
from backend.conversations.services import operators_online

from .access import may_operate
from .pages import attention, socket_data


@dataclass(frozen=True)
class Figure:
    """One card: what is counted, the number, and where the counted things are listed."""

    label: str
    value: int
    note: str = ""
    url: str = ""
    tone: str = ""


def add_figures(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's dashboard callback."""
    if not may_operate(request.user):
        return context
    return context | {
        "title": _("Overview"),
        "figures": figures(),
        "rows": attention(request.user),
        "desk": socket_data(request),
    }


def figures() -> list[Figure]:
    conversations = Conversation.objects
    waiting = conversations.waiting().count()
    alone, answered = bot_answered_today()
    return [
        Figure(
            _("Waiting now"),
            waiting,
            _("for a person"),
            _list("waiting"),
            "amber" if waiting else "",
        ),
        Figure(_("Live now"), conversations.live().count(), _("with the bot"), _list("bot")),
        Figure(
            _("Unread"),
            conversations.filter(status=Conversation.Status.OPEN).unread().count(),
            _("open, with something new"),
            _list("unread"),
        ),
        Figure(_("Operators online"), operators_online(), _("with a desk open")),
        Figure(
            _("By the bot alone today"),
            alone,
            _("of %(all)d that it answered") % {"all": answered},
        ),
    ]


def bot_answered_today() -> tuple[int, int]:
    """Conversations that the bot answered today: those no person was ever asked into, and all."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    answer = Turn.objects.filter(
        conversation=OuterRef("pk"), state=Turn.State.DONE, finished_at__gte=midnight
    )
    person = Event.objects.filter(
        conversation=OuterRef("pk"), kind="owner", body__owner__in=["queue", "operator"]
    )
    answered = Conversation.objects.filter(Exists(answer))
    return answered.exclude(Exists(person)).count(), answered.count()


def _list(state: str) -> str:
    return reverse("admin:conversations_conversation_changelist") + f"?state={state}"
