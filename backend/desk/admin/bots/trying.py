"""The page on which one talks to the draft; beside the editor it is a panel of the same."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from backend.schemas.models import Bot

from .page import Crumb, require_view, respond


def page(request: HttpRequest, pk: int) -> HttpResponse:
    require_view(request)
    bot = get_object_or_404(Bot.objects.select_related("live"), pk=pk)
    return respond(
        request,
        "desk/bot/try.html",
        bot,
        heading=_("Try it"),
        tab="bot",
        crumbs=[Crumb(_("Try it"))],
        on_try_page=True,
        data={"versions": list(bot.versions.values_list("number", flat=True)[:20])},
    )
