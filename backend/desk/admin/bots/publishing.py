"""Reviewing the draft and publishing it, or throwing it away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from backend.desk.bot_forms.saving import conflict_words
from backend.schemas import services
from backend.schemas.checks.finding import Finding
from backend.schemas.errors import EditConflict, NotPublishable, Unchanged
from backend.schemas.models import Bot, Version

from .findings import by_level, shown
from .history import log
from .page import Crumb, bot_links, require_edit, require_publish, respond


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What would change for visitors, what the checks say, and the button."""
    require_publish(request)
    bot = get_object_or_404(Bot.objects.select_related("live"), pk=pk)
    return _publish(request, bot) if request.method == "POST" else _show(request, bot)


def _publish(request: HttpRequest, bot: Bot) -> HttpResponse:
    try:
        version = _published(request, bot)
    except EditConflict as error:
        words = conflict_words(error) if error.at else _("The draft was changed.")
        return _show(request, bot, moved=words, status=409)
    except NotPublishable as refused:
        return _show(request, bot, refused=refused.findings, status=422)
    except Unchanged as same:
        return _show(request, bot, wrong=[str(same)], status=422)
    except ValidationError as error:
        return _show(request, bot, wrong=error.messages, status=422)
    log(request, bot, f"Published version {version.number}.")
    messages.success(
        request,
        _("Version %d is live. Conversations that are open go on with the one they began with.")
        % version.number,
    )
    return HttpResponseRedirect(bot_links(bot)["bot"])


def _published(request: HttpRequest, bot: Bot) -> Version:
    """Publish, if every warning was ticked. Which tests fail is known only once they ran, so the
    warnings are asked for first; what was ticked is then published without running them again."""
    note = request.POST.get("note", "").strip()
    given = request.POST.get("revision", "")
    revision = int(given) if given.isdecimal() else -1
    try:
        return services.publish(bot, request.user, revision, note)
    except NotPublishable as refused:
        if not _accepted(request, refused.findings):
            raise
    return services.publish(bot, request.user, revision, note, accept_warnings=True, untested=True)


def _accepted(request: HttpRequest, findings: Iterable[Finding]) -> bool:
    """Whether there are only warnings, and each stood on the page and was ticked there."""
    ticked, seen = set(request.POST.getlist("accept")), set(request.POST.getlist("shown"))
    return all(
        one.level == "warning" and f"{one.text} {one.mends}" in ticked and str(one) in seen
        for one in findings
    )


def _show(
    request: HttpRequest,
    bot: Bot,
    *,
    refused: Sequence[Finding] = (),
    status: int = 200,
    moved: str = "",
    wrong: Any = (),
) -> HttpResponse:
    seen = services.review(bot)
    more = [one for one in refused if one not in seen.findings]  # tests that failed just now
    found = shown(bot, [*seen.findings, *more], request.POST.getlist("accept"))
    return respond(
        request,
        "desk/bot/publish.html",
        bot,
        heading=_("Review and publish"),
        tab="bot",
        crumbs=[Crumb(_("Review and publish"))],
        status=status,
        review=seen,
        findings=found,
        **by_level(found),
        groups=grouped(seen.changes),
        changes=len(seen.changes),
        on_publish_page=True,
        tests=[(test, test.ran_on == seen.schema.checksum) for test in bot.tests.all()],
        moved=moved,
        refused=bool(refused),
        wrong=wrong,
        note=request.POST.get("note", ""),
    )


def grouped(changes: Any) -> list[tuple[str, list[str]]]:
    """The texts of changes under their place, in order."""
    found: dict[str, list[str]] = {}
    for change in changes:
        found.setdefault(change.place, []).append(change.text)
    return list(found.items())


def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then make the draft what is live again."""
    require_edit(request)
    bot = get_object_or_404(Bot.objects.select_related("live"), pk=pk)
    if request.method == "POST":
        given = request.POST.get("revision", "")
        try:
            services.discard_draft(bot, request.user, int(given) if given.isdecimal() else -1)
        except EditConflict:
            messages.error(request, _("Nothing was discarded: the draft was changed meanwhile."))
        else:
            log(request, bot, "Discarded the draft.")
            messages.success(request, _("The draft says what is live."))
        return HttpResponseRedirect(bot_links(bot)["bot"])
    seen = services.review(bot)
    return respond(
        request,
        "desk/bot/discard.html",
        bot,
        heading=_("Discard the draft?"),
        tab="bot",
        crumbs=[Crumb(_("Discard the draft"))],
        review=seen,
        groups=grouped(seen.changes),
    )
