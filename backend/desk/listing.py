"""The list of conversations: its tabs, their counts, its order and what a row shows.

Knows the record's querysets. Knows nothing of the admin's classes or of HTML.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from backend.conversations.models import Conversation

OPEN = Q(status=Conversation.Status.OPEN)
WAITING = OPEN & Q(owner=Conversation.Owner.QUEUE)
WITH_BOT = OPEN & Q(owner=Conversation.Owner.BOT)
WITH_PERSON = OPEN & Q(owner=Conversation.Owner.OPERATOR)
UNREAD = OPEN & Q(visitor_seq__gt=F("operators_seen"))

# In the order of the tabs: value in the address, label, and the rows it holds for a user.
Rows = Callable[[Any], Q]
TABS: dict[str, tuple[Any, Rows]] = {
    "open": (_("Open"), lambda user: OPEN),
    "waiting": (_("Waiting"), lambda user: WAITING),
    "mine": (_("Mine"), lambda user: WITH_PERSON & Q(operator=user)),
    "others": (_("With others"), lambda user: WITH_PERSON & ~Q(operator=user)),
    "bot": (_("With the bot"), lambda user: WITH_BOT),
    "unread": (_("Unread"), lambda user: UNREAD),
    "closed": (_("Closed"), lambda user: Q(status=Conversation.Status.CLOSED)),
    "all": (_("All"), lambda user: Q()),
}


def tab_of(state: str | None, searching: bool) -> str:
    """The tab that is shown: open conversations, or all while somebody searches."""
    if state in TABS:
        return str(state)
    return "all" if searching else "open"


def rows(user: Any) -> QuerySet[Conversation]:
    """Conversations as the list shows them: what needs somebody first, the longest wait on top."""
    return Conversation.objects.select_related("site", "visitor", "operator").annotate(
        rank=Case(
            When(WAITING, then=Value(0)),
            When(UNREAD & WITH_PERSON, then=Value(1)),
            When(UNREAD, then=Value(2)),
            default=Value(3),
        ),
        is_unread=ExpressionWrapper(UNREAD, output_field=BooleanField()),
    )


# Unread ones that a person has come before those that the bot answers.
ORDER = ("rank", F("queued_at").asc(nulls_last=True), "-updated_at")


def search(queryset: QuerySet[Conversation], text: str) -> QuerySet[Conversation]:
    """Those in which ``text`` was said, or whose visitor has it in their name or address."""
    said = Conversation.objects.mentioning(text).values("pk")
    return queryset.filter(
        Q(pk__in=said) | Q(visitor__name__icontains=text) | Q(visitor__email__icontains=text)
    )


def counts(user: Any, site: str | None = None) -> dict[str, int]:
    """How many conversations each tab holds, in one query."""
    base = Conversation.objects.filter(site__key=site) if site else Conversation.objects.all()
    tabs = {name: Count("pk", filter=rule(user)) for name, (_, rule) in TABS.items() if rule(user)}
    return base.aggregate(all=Count("pk"), **tabs)


def state_of(conversation: Conversation, user: Any) -> tuple[str, str]:
    """A conversation's state for ``user``: a code for its colour, and its words."""
    if conversation.status == Conversation.Status.CLOSED:
        return "closed", str(_("Closed"))
    if conversation.owner == Conversation.Owner.QUEUE:
        return "waiting", str(_("Waiting"))
    if conversation.owner == Conversation.Owner.BOT:
        return "bot", str(_("Bot"))
    if conversation.operator_id is not None and conversation.operator_id == user.pk:
        return "mine", str(_("You"))
    return "person", conversation.operator_name or str(_("A person"))
