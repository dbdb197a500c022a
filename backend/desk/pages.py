"""What the desk's two pages are rendered with: the list, and one conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from backend.conversations.models import Conversation, Site, display_name

from . import listing
from .access import operators
from .filters import StateFilter

ATTENTION = 8  # rows on the overview
EARLIER = 10  # of the visitor's other conversations, listed beside this one
MARKS = re.compile(r"\[([^\[\]]+)\]\([^()\s]*\)?|\*\*|`+|(?m:^\s*[-*+•]\s+)")
NO_MESSAGE = UUID(int=0)  # stands in the address where the page puts a message's id


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    count: int
    active: bool
    name: str


@dataclass(frozen=True)
class Row:
    """One conversation of the list, as its line shows it."""

    conversation: Conversation
    url: str
    state: str
    state_label: str
    unread: bool
    preview: str


def list_context(request: HttpRequest, changes: ChangeList) -> dict[str, Any]:
    """The tabs with their counts, the sites to choose from, and the rows of this page."""
    active = next((one.tab for one in changes.filter_specs if isinstance(one, StateFilter)), "open")
    site = request.GET.get("site") or None
    changes.full_result_count = changes.result_count  # the tabs tell how many there are besides
    return {
        "tabs": _tabs(request, changes, active, site),
        "sites": list(Site.objects.order_by("name").values("key", "name")),
        "chosen_site": site or "",
        "rows": [_row(conversation, request.user) for conversation in changes.result_list],
        "desk": socket_data(request),
    }


def attention(user: Any) -> list[Row]:
    """What needs somebody now: who waits for a person, and what is new in your own."""
    mine = listing.UNREAD & listing.WITH_PERSON & Q(operator=user)
    found = listing.rows(user).filter(listing.WAITING | mine).order_by(*listing.ORDER)
    return [_row(one, user) for one in found[:ATTENTION]]


def conversation_context(request: HttpRequest, conversation: Conversation) -> dict[str, Any]:
    """One conversation's page; what is said in it comes over the socket."""
    others = listing.rows(request.user).filter(visitor=conversation.visitor_id)
    earlier = others.exclude(pk=conversation.pk).order_by("-created_at")[:EARLIER]
    desk = socket_data(request)
    return {
        "title": str(conversation.visitor),
        "subtitle": None,
        "conversation": conversation,
        "earlier": [_row(one, request.user) for one in earlier],
        "list_url": desk["list"],
        "desk": desk
        | {
            "conversation": str(conversation.pk),
            "operators": [{"id": one.pk, "name": display_name(one)} for one in operators()],
            "analysis": reverse("admin:desk_analysis", args=[conversation.pk, NO_MESSAGE]),
            "max_text": min(conversation.site.max_text, settings.KEFU_MAX_TEXT),
        },
    }


def socket_data(request: HttpRequest) -> dict[str, Any]:
    """What every page of the desk needs for its socket."""
    return {
        "socket": "/ws/desk/",
        "operator": {"id": request.user.pk, "name": display_name(request.user)},
        "login": reverse("admin:login"),
        "list": reverse("admin:conversations_conversation_changelist"),
        "waiting": _waiting_ids(),
    }


def _waiting_ids() -> list[str]:
    """Whose wait is no news: the page rings only for the ones that come after."""
    return [str(pk) for pk in Conversation.objects.waiting().values_list("pk", flat=True)[:500]]


def _tabs(request: HttpRequest, changes: ChangeList, active: str, site: str | None) -> list[Tab]:
    counts: Mapping[str, int] = listing.counts(request.user, site)
    return [
        Tab(
            str(label),
            changes.get_query_string({"state": name}, [PAGE_VAR]),
            counts[name],
            name == active,
            name,
        )
        for name, (label, _rule) in listing.TABS.items()
    ]


def _row(conversation: Any, user: Any) -> Row:
    state, label = listing.state_of(conversation, user)
    url = reverse("admin:conversations_conversation_change", args=[conversation.pk])
    preview = plain(conversation.preview)
    return Row(conversation, url, state, label, bool(conversation.is_unread), preview)


def plain(text: str) -> str:
    """A message on one line, without its Markdown marks."""
    return " ".join(MARKS.sub(r"\1", text).split())
