"""A bot's settings and its secrets."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from backend.desk.bot_forms.bot_form import BotForm, SecretForm
from backend.desk.bot_forms.problems import problems_of
from backend.desk.bot_forms.saving import conflict_words
from backend.schemas import services
from backend.schemas.errors import EditConflict
from backend.schemas.models import Action, Bot

from .history import log
from .page import Crumb, bot_links, link, require_edit, require_view, respond


def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, languages, and what a failed test does."""
    require_view(request)
    bot = get_object_or_404(Bot, pk=pk)
    if request.method != "POST":
        return _settings_page(request, bot, BotForm(bot=bot))
    require_edit(request)
    form = BotForm(request.POST, bot=bot)
    if not form.is_valid():
        return _settings_page(request, bot, form)
    try:
        services.save_bot(form.changed_bot(), request.user, form.read_revision(request.POST))
    except EditConflict as error:
        bot.refresh_from_db()
        return _settings_page(request, bot, form, conflict=error)
    except ValidationError as error:
        form.refuse(error)
        return _settings_page(request, bot, form)
    log(request, bot, "Changed the settings.")
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(bot_links(bot)["settings"])


def _settings_page(
    request: HttpRequest, bot: Bot, form: BotForm, conflict: EditConflict | None = None
) -> HttpResponse:
    problems = problems_of(form) if form.is_bound else []
    shown: dict[str, Any] | None = None
    if conflict:
        address = bot_links(bot)["settings"]
        words = conflict_words(conflict)
        shown = {"words": words, "theirs": address, "revision": bot.own_revision}
    return respond(
        request,
        "desk/bot/settings.html",
        bot,
        heading=_("Settings"),
        tab="settings",
        crumbs=[Crumb(_("Settings"))],
        form=form,
        problems=problems,
        conflict=shown,
        status=409 if conflict else 422 if problems else 200,
    )


def secrets(request: HttpRequest, pk: int) -> HttpResponse:
    """Names and dates; the values are never shown again."""
    require_edit(request)
    bot = get_object_or_404(Bot, pk=pk)
    if request.method != "POST":
        return _secrets_page(request, bot, SecretForm())
    if "delete" in request.POST:
        if "sure" not in request.POST:
            return _secrets_page(request, bot, SecretForm(), asked=request.POST["delete"])
        return _delete(request, bot, request.POST["delete"])
    form = SecretForm(request.POST)
    if not form.is_valid() or not form.store(bot):
        return _secrets_page(request, bot, form)
    log(request, bot, f"Set the secret {form.cleaned_data['name']}.")
    words = _("The secret is kept, encrypted. Headers get it as {{ secret.%s }}.")
    messages.success(request, words % form.cleaned_data["name"])
    return HttpResponseRedirect(bot_links(bot)["secrets"])


def _delete(request: HttpRequest, bot: Bot, name: str) -> HttpResponse:
    services.delete_secret(bot, name)
    log(request, bot, f"Deleted the secret {name[:60]}.")
    messages.success(request, _("The secret is deleted. Actions that name it will fail."))
    return HttpResponseRedirect(bot_links(bot)["secrets"])


def _secrets_page(
    request: HttpRequest, bot: Bot, form: SecretForm, asked: str = ""
) -> HttpResponse:
    """``asked``: the secret that is to be deleted, if somebody agrees."""
    problems = problems_of(form) if form.is_bound else []
    links = bot_links(bot)
    return respond(
        request,
        "desk/bot/secrets.html",
        bot,
        heading=_("Secrets"),
        tab="settings",
        crumbs=[Crumb(_("Settings"), links["settings"]), Crumb(_("Secrets"))],
        form=form,
        problems=problems,
        secrets=bot.secrets.all(),
        asked=bot.secrets.filter(name=asked).first(),
        senders=[Crumb(one.name, link(one)) for one in _senders(bot, asked)],
        status=422 if problems else 200,
    )


def _senders(bot: Bot, secret: str) -> list[Action]:
    """The draft's actions whose headers carry the secret."""
    pattern = re.compile(rf"\bsecret\.{re.escape(secret)}\b")
    actions = Action.objects.filter(service__bot=bot).select_related("service")
    return [one for one in actions if any(map(pattern.search, one.headers.values()))]
