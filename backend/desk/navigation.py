"""What the sidebar shows to whom. Named by path in :mod:`backend.desk.unfold`."""

from __future__ import annotations

from django.http import HttpRequest

from backend.conversations.models import Conversation

from .access import may_operate, may_view_bots


def is_staff(request: HttpRequest) -> bool:
    return bool(request.user.is_active and getattr(request.user, "is_staff", False))


def operates(request: HttpRequest) -> bool:
    return may_operate(request.user)


def sees_visitors(request: HttpRequest) -> bool:
    return _may_view(request, "conversations", "visitor")


def sees_sites(request: HttpRequest) -> bool:
    return _may_view(request, "conversations", "site")


def sees_articles(request: HttpRequest) -> bool:
    return _may_view(request, "knowledge", "article")


def sees_bots(request: HttpRequest) -> bool:
    return may_view_bots(request.user)


def sees_users(request: HttpRequest) -> bool:
    return _may_view(request, "auth", "user")


def sees_groups(request: HttpRequest) -> bool:
    return _may_view(request, "auth", "group")


def waiting_badge(request: HttpRequest) -> str:
    """How many wait for a person; nothing where nobody does or it is none of their business."""
    if not may_operate(request.user):
        return ""
    return str(Conversation.objects.waiting().count() or "")


def _may_view(request: HttpRequest, app: str, model: str) -> bool:
    """Django's rule: whoever may change a thing may look at it."""
    return any(request.user.has_perm(f"{app}.{verb}_{model}") for verb in ("view", "change"))
