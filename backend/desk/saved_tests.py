"""A conversation as a test of its site's bot. Reads the record; what is kept is the bot's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backend.conversations.models import Conversation, Event, Turn
from backend.conversations.zones import zone
from backend.schemas import services
from backend.schemas.models import Bot
from backend.schemas.recording import Recorded, has_masked, script_of
from backend.schemas.scripts import Script

from .access import may_edit_bots, require_operator

LONGEST = 60  # characters of a name made from what was said


@require_POST
def save_as_test(request: HttpRequest, conversation: Any) -> HttpResponse:
    """Keep the conversation as a test, and go to it."""
    require_operator(request)
    row = get_object_or_404(
        Conversation.objects.select_related("site__bot", "visitor"), pk=conversation
    )
    bot = bot_for(request, row)
    script = bot and recorded(row, bot)
    if not bot or not script or not script.turns:
        messages.error(request, _("There is nothing in it that the bot answered."))
        return HttpResponseRedirect(
            reverse("admin:conversations_conversation_change", args=[row.pk])
        )
    test = services.save_test(bot, script, request.user)
    if has_masked(script):
        words = _("Kept. Sensitive values are masked: write others in their place.")
        messages.warning(request, words)
    else:
        messages.success(request, _("Kept as a test: look over what it expects."))
    return HttpResponseRedirect(reverse("admin:schemas_bottest_change", args=[test.pk]))


def bot_for(request: HttpRequest, conversation: Conversation) -> Bot | None:
    """The bot whose test this user may make of it."""
    bot = Bot.objects.filter(site=conversation.site_id).first()
    return bot if bot and may_edit_bots(request.user) else None


def recorded(row: Conversation, bot: Bot) -> Script:
    """The script of everything that the bot answered in it."""
    turns = list(row.turns.filter(state=Turn.State.DONE, head__gt=0).order_by("head"))
    said = list(row.events.filter(kind="message", by_kind="visitor").order_by("seq"))
    found, before = [], 0
    for turn in turns:
        mine = [event for event in said if before < event.seq <= turn.head]
        before = turn.head
        if mine:
            found.append(_recorded(mine, turn))
    local = zone(row)
    began = turns[0].began_at or turns[0].created_at if turns else timezone.now()
    return script_of(
        found,
        name=_name(bot, found),
        locale=row.locale or row.visitor.locale,
        time_zone=str(local),
        now=began.astimezone(local).replace(tzinfo=None).isoformat(timespec="seconds"),
        profile=_profile(row),
    )


def _recorded(said: list[Event], turn: Turn) -> Recorded:
    """Messages that were answered together are one turn; a button is one only by itself."""
    pressed = len(said) == 1 and bool(said[0].body.get("reply_to"))
    return Recorded("\n".join(event.body["text"] for event in said), pressed, turn.analysis)


def _profile(row: Conversation) -> dict[str, Any]:
    """What the engine knew of the visitor: only what the customer's server signed."""
    visitor = row.visitor
    known = {"name": visitor.name, "email": visitor.email} if visitor.subject else {}
    return {**visitor.profile, **{name: value for name, value in known.items() if value}}


def _name(bot: Bot, turns: list[Recorded]) -> str:
    """Made from the first words, and of its own among the bot's tests."""
    first = " ".join(turns[0].said.split()) if turns else ""
    stem = first if len(first) <= LONGEST else first[: LONGEST - 1].rstrip() + "…"
    taken = set(bot.tests.values_list("name", flat=True))
    names = (stem if number == 1 else f"{stem} ({number})" for number in range(1, 10_000))
    return next(name for name in names if name not in taken)
