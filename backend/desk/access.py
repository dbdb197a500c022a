"""Who may work at the desk and edit its bots: permissions, and the groups that carry them.

Knows Django's users, groups and permissions. Knows nothing of conversations and bots but the
permissions' names.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth import get_user_model
from django.contrib.auth.management import create_permissions
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from backend.conversations.operators import PERMISSION as OPERATE

GROUP = "Operators"
# What the group is made with: to operate, and to look at what an answer depends on.
GRANTS = {
    "conversations": (
        "operate_conversation",
        "view_conversation",
        "view_visitor",
        "view_event",
        "view_turn",
        "view_note",
        "view_site",
    ),
    "knowledge": ("view_article",),
    "schemas": tuple(
        f"view_{model}"
        for model in ("bot", "version", "service", "intent", "slot", "action", "bottest")
    ),
}
EDITORS = "Bot editors"
EDITOR_GRANTS = {
    "conversations": ("view_site",),
    "knowledge": ("view_article",),
    "schemas": (
        "view_version",
        "add_version",
        *(
            f"{verb}_{model}"
            for model in ("bot", "service", "intent", "slot", "action", "secret", "bottest")
            for verb in ("view", "add", "change", "delete")
        ),
    ),
}


def may_operate(user: Any) -> bool:
    return bool(user.is_active and user.is_staff and user.has_perm(OPERATE))


def may_view_bots(user: Any) -> bool:
    return _staff(user) and any(user.has_perm(f"schemas.{verb}_bot") for verb in ("view", "change"))


def may_edit_bots(user: Any) -> bool:
    """Change drafts: intents, slots, actions, secrets and tests."""
    return _staff(user) and user.has_perm("schemas.change_bot")


def may_delete_bots(user: Any) -> bool:
    return may_edit_bots(user) and user.has_perm("schemas.delete_intent")


def may_publish_bots(user: Any) -> bool:
    """Decide what visitors talk to: publish a draft, or go back to a version."""
    return may_edit_bots(user) and user.has_perm("schemas.add_version")


def _staff(user: Any) -> bool:
    return bool(user.is_active and user.is_staff)


def require_operator(request: HttpRequest) -> None:
    """Raises PermissionDenied, which is answered with 403."""
    if not may_operate(request.user):
        raise PermissionDenied


def operators() -> QuerySet[Any]:
    """The active staff users that a conversation can be assigned to."""
    app, _, codename = OPERATE.partition(".")
    wanted = {"content_type__app_label": app, "codename": codename}
    direct = Q(**{f"user_permissions__{name}": value for name, value in wanted.items()})
    grouped = Q(**{f"groups__permissions__{name}": value for name, value in wanted.items()})
    users = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
    return users.filter(direct | grouped | Q(is_superuser=True)).distinct().order_by("username")


def ensure_groups(*, using: str, apps: Apps = installed, **_: Any) -> None:
    """Make the groups after a migration.

    A group that is there keeps what an administrator granted or took away, except for the
    permission that makes it the operators' group.
    """
    for label in {*GRANTS, *EDITOR_GRANTS}:
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
    for name, grants in ((GROUP, GRANTS), (EDITORS, EDITOR_GRANTS)):
        group, created = _model(apps, "Group", using).get_or_create(name=name)
        for app, codenames in grants.items():
            wanted = [one for one in codenames if created or f"{app}.{one}" == OPERATE]
            group.permissions.add(
                *_model(apps, "Permission", using).filter(
                    content_type__app_label=app, codename__in=wanted
                )
            )


def _model(apps: Apps, name: str, using: str) -> Any:
    return apps.get_model("auth", name)._default_manager.using(using)
