"""Who changed what and when, of a whole bot or of one piece: Django's log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from backend.conversations.models import display_name
from backend.desk.bot_forms.titles import title_of
from backend.schemas.models import Bot, BotTest

from .page import Crumb, link, require_view, respond

MOST = 300  # entries on a page


class Entry(NamedTuple):
    at: Any
    who: str
    what: str
    title: str = ""  # of the piece that it is about
    url: str = ""


def page(request: HttpRequest, bot: Bot, piece: Any = None) -> HttpResponse:
    """The latest first. What was deleted is told by the bot's own entries."""
    require_view(request)
    language = (bot.languages or ["en"])[0]
    about = [piece] if piece else [bot, *_pieces(bot)]
    crumbs = [Crumb(_title(piece, language), link(piece))] if piece else []
    return respond(
        request,
        "desk/bot/history.html",
        bot,
        heading=_("History"),
        tab="tests" if isinstance(piece, BotTest) else "bot",
        crumbs=[*crumbs, Crumb(_("History"))],
        entries=_entries(about, language, named=piece is None),
        most=MOST,
    )


def log(request: HttpRequest, bot: Bot, what: str) -> None:
    """Into Django's log, as an entry of the bot."""
    LogEntry.objects.log_actions(request.user.pk or 0, [bot], CHANGE, what, single_object=True)


def _pieces(bot: Bot) -> Iterable[Any]:
    yield from bot.tests.all()
    for service in bot.services.prefetch_related("intents", "slots", "actions"):
        yield service
        for kind in (service.intents, service.slots, service.actions):
            yield from kind.all()


def _entries(about: Sequence[Any], language: str, *, named: bool) -> list[Entry]:
    by_key = {(ContentType.objects.get_for_model(one).pk, str(one.pk)): one for one in about}
    wanted = Q()
    for kind in {key[0] for key in by_key}:
        ids = [pk for one, pk in by_key if one == kind]
        wanted |= Q(content_type=kind, object_id__in=ids)
    rows = LogEntry.objects.filter(wanted).select_related("user").order_by("-action_time", "-pk")
    found = []
    for row in rows[:MOST]:
        piece = by_key[row.content_type_id or 0, row.object_id or ""]
        who = display_name(row.user) if row.user_id else ""
        what = _("Added.") if row.action_flag == ADDITION else row.get_change_message()
        entry = Entry(row.action_time, who, what)
        if named and not isinstance(piece, Bot):
            entry = entry._replace(title=_title(piece, language), url=link(piece))
        found.append(entry)
    return found


def _title(piece: Any, language: str) -> str:
    return str(piece.name) if isinstance(piece, BotTest) else title_of(piece, language)
