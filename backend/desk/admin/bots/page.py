"""What every page of a bot is rendered with: its tabs, links and who may do what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from backend.desk.access import may_edit_bots, may_publish_bots, may_view_bots
from backend.schemas.models import Bot, Draft, Service


class Tab(NamedTuple):
    label: str
    url: str
    active: bool
    number: int | None = None


class Crumb(NamedTuple):
    title: str
    url: str = ""


def require_view(request: HttpRequest) -> None:
    """Raises PermissionDenied, which is answered with 403."""
    if not may_view_bots(request.user):
        raise PermissionDenied(_("To look at bots, you need to be in the group “Operators”."))


def require_edit(request: HttpRequest) -> None:
    if not may_edit_bots(request.user):
        raise PermissionDenied(_("To change bots, you need to be in the group “Bot editors”."))


def require_publish(request: HttpRequest) -> None:
    if not may_publish_bots(request.user):
        raise PermissionDenied(
            _("To publish bots, you need the permission that the group “Bot editors” carries.")
        )


def respond(
    request: HttpRequest,
    template: str,
    bot: Bot,
    *,
    heading: str,
    tab: str = "",
    crumbs: Sequence[Crumb] = (),
    links: dict[str, str] | None = None,
    data: dict[str, Any] | None = None,
    status: int = 200,
    **more: Any,
) -> TemplateResponse:
    """A page of the bot. ``data`` is for its scripts, ``more`` for its template."""
    own = bot_links(bot) | (links or {})
    context = {
        **admin.site.each_context(request),
        "title": heading,
        "heading": heading,
        "bot": bot,
        "tabs": _tabs(bot, tab),
        "crumbs": crumbs,
        "links": own,
        "page": {
            "bot": bot.pk,
            "revision": bot.revision,
            "languages": bot.languages,
            "links": own,
            "may_change": may_edit_bots(request.user),
            **(data or {}),
        },
        "may_change": may_edit_bots(request.user),
        "may_publish": may_publish_bots(request.user),
        "try": True,
    }
    return TemplateResponse(request, template, context | more, status=status)


def bot_links(bot: Bot) -> dict[str, str]:
    """Where the bot's own pages are."""
    names = ("try", "publish", "settings", "secrets", "export", "import", "versions", "preview")
    links = {name: reverse(f"admin:desk_bot_{name}", args=[bot.pk]) for name in names}
    return links | {
        "bot": reverse("admin:schemas_bot_change", args=[bot.pk]),
        "tests": reverse("admin:desk_bot_tests", args=[bot.pk]),
        "say": f"/desk/try/{bot.pk}/",
    }


def add_link(kind: str, service: Service) -> str:
    return reverse(f"admin:schemas_{kind}_add") + f"?service={service.pk}"


def link(piece: Draft) -> str:
    """The page of a piece of a draft."""
    return reverse(f"admin:schemas_{piece._meta.model_name}_change", args=[piece.pk])


def _tabs(bot: Bot, active: str) -> list[Tab]:
    links = bot_links(bot)
    shown = (
        ("bot", _("What it can do"), None),
        ("tests", _("Tests"), bot.tests.count()),
        ("versions", _("Versions"), bot.versions.count()),
        ("settings", _("Settings"), None),
    )
    return [Tab(label, links[name], name == active, count) for name, label, count in shown]
