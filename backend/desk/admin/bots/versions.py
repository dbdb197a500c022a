"""Published versions: the list, one of them, two compared, and going back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from backend.dialogue.schema import Schema
from backend.schemas import services
from backend.schemas.differences import describe
from backend.schemas.errors import Unchanged
from backend.schemas.models import Bot, Version

from .history import log
from .page import Crumb, bot_links, require_publish, require_view, respond
from .publishing import grouped

DRAFT = "draft"


def index(request: HttpRequest, pk: int) -> HttpResponse:
    require_view(request)
    bot = get_object_or_404(Bot.objects.select_related("live"), pk=pk)
    versions = bot.versions.select_related("published_by").defer("schema")
    return respond(
        request,
        "desk/bot/versions.html",
        bot,
        heading=_("Versions"),
        tab="versions",
        crumbs=[Crumb(_("Versions"))],
        versions=versions,
    )


def show(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What a version changed against the one before."""
    require_view(request)
    version = _version(pk, number)
    before = Version.objects.filter(bot=pk, number__lt=number).first()
    return _compared(request, version.bot, str(before.number) if before else None, str(number))


def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Any two, one of which may be the draft: ``?from=2&to=draft``."""
    require_view(request)
    bot = get_object_or_404(Bot.objects.select_related("live"), pk=pk)
    return _compared(request, bot, request.GET.get("from"), request.GET.get("to") or DRAFT)


def _compared(request: HttpRequest, bot: Bot, old: str | None, new: str) -> HttpResponse:
    before = _schema(bot, old) if old else None
    after = _schema(bot, new)
    words = [_words(old), _words(new)] if old else [_words(new)]
    heading = _("From %s to %s") % tuple(words) if old else _("%s, the first") % words[0]
    changes = describe(before, after)
    version = None if new == DRAFT else _version(bot.pk, int(new))
    return respond(
        request,
        "desk/bot/compare.html",
        bot,
        heading=heading,
        tab="versions",
        crumbs=[Crumb(_("Versions"), bot_links(bot)["versions"]), Crumb(heading)],
        groups=grouped(changes),
        version=version,
        is_live=version is not None and bot.live_id == version.pk,
        numbers=list(bot.versions.values_list("number", flat=True)),
        old=old or "",
        new=new,
    )


def _schema(bot: Bot, which: str) -> Schema:
    if which == DRAFT:
        return services.review(bot).schema
    if not which.isdecimal():
        raise Http404
    return services.schema_of(_version(bot.pk, int(which)))


def _words(which: Any) -> str:
    return _("the draft") if which == DRAFT else _("version %s") % which


def back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask, showing what changes for visitors; then make the old content live."""
    require_publish(request)
    version = _version(pk, number)
    bot = version.bot
    if request.method == "POST":
        try:
            made = services.roll_back(bot, version, request.user, draft_too="draft" in request.POST)
        except Unchanged as same:
            messages.error(request, str(same))
        else:
            log(request, bot, f"Went back to version {number}, as version {made.number}.")
            messages.success(
                request,
                _("Version %(made)d is live and says what version %(old)d said.")
                % {"made": made.number, "old": number},
            )
        return HttpResponseRedirect(bot_links(bot)["versions"])
    live = services.schema_of(bot.live) if bot.live else None
    return respond(
        request,
        "desk/bot/back.html",
        bot,
        heading=_("Go back to version %d?") % number,
        tab="versions",
        crumbs=[Crumb(_("Versions"), bot_links(bot)["versions"]), Crumb(_("Go back"))],
        version=version,
        groups=grouped(describe(live, services.schema_of(version))),
    )


def _version(bot: int, number: int) -> Version:
    rows = Version.objects.select_related("bot__live", "published_by")
    return get_object_or_404(rows, bot=bot, number=number)
