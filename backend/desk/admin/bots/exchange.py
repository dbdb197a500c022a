"""A bot as a file: taking it out, and putting one in after seeing what it would change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _

from backend.schemas import services
from backend.schemas.differences import describe
from backend.schemas.document import (
    Document,
    DocumentError,
    Format,
    check_size,
    dump,
    load,
)
from backend.schemas.errors import EditConflict, NotStorable
from backend.schemas.models import Bot, Version
from backend.schemas.scripts import Script

from .findings import by_level, shown
from .history import log
from .page import Crumb, bot_links, require_edit, require_view, respond
from .publishing import grouped

TYPES = {"yaml": "application/yaml", "json": "application/json"}


def export_view(request: HttpRequest, pk: int) -> HttpResponse:
    """The choice of what to export; with ``format`` the file itself."""
    require_view(request)
    bot = get_object_or_404(Bot.objects.select_related("live"), pk=pk)
    if "format" not in request.GET:
        return respond(
            request,
            "desk/bot/export.html",
            bot,
            heading=_("Export"),
            tab="bot",
            crumbs=[Crumb(_("Export"))],
            versions=bot.versions.defer("schema"),
        )
    kind: Format = "json" if request.GET["format"] == "json" else "yaml"
    which = request.GET.get("version", "")
    text = dump(_document(bot, which, "tests" in request.GET), kind)
    name = f"{slugify(bot.name) or 'bot'}{f'-{which}' if which else '-draft'}.{kind}"
    return HttpResponse(
        text,
        content_type=f"{TYPES[kind]}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _document(bot: Bot, which: str, with_tests: bool) -> Document:
    if not which:
        schema = services.review(bot).schema
    elif which.isdecimal():
        schema = services.schema_of(get_object_or_404(Version, bot=bot, number=which))
    else:
        raise Http404
    scripts = tuple(Script.model_validate(test.script) for test in bot.tests.all())
    return Document(schema, scripts if with_tests else None)


def import_view(request: HttpRequest, pk: int) -> HttpResponse:
    """First what the file would change, then, once that is agreed to, the change."""
    require_edit(request)
    bot = get_object_or_404(Bot, pk=pk)
    if request.method != "POST":
        return _import_page(request, bot)
    upload: Any = request.FILES.get("file")
    content: Any = request.POST.get("content", "")
    try:
        if upload:
            check_size(upload.size)
            content = upload.read()
        if not content.strip():
            return _import_page(request, bot, wrong=[_("Choose a file, or paste its text.")])
        document = load(content)
        if "agreed" in request.POST:
            return _import(request, bot, document)
    except DocumentError as error:
        return _import_page(request, bot, wrong=error.problems, content=content)
    except NotStorable as refused:
        wrong = [str(one) for one in refused.findings]
        return _import_page(request, bot, wrong=wrong, content=content)
    return _import_page(request, bot, document=document)


def _import(request: HttpRequest, bot: Bot, document: Document) -> HttpResponse:
    given = request.POST.get("revision", "")
    try:
        services.import_document(
            bot, document, request.user, int(given) if given.isdecimal() else -1
        )
    except EditConflict:
        messages.warning(request, _("The draft was changed meanwhile: look at the changes again."))
        return _import_page(request, bot, document=document)
    log(request, bot, "Imported a file into the draft.")
    messages.success(request, _("The draft says what the file says. Nothing is published yet."))
    return HttpResponseRedirect(bot_links(bot)["bot"])


def _import_page(
    request: HttpRequest,
    bot: Bot,
    *,
    wrong: list[str] | None = None,
    content: bytes | str = "",
    document: Document | None = None,
) -> HttpResponse:
    seen = services.review(bot)
    findings = shown(bot, services.findings(bot, document.schema)) if document else []
    return respond(
        request,
        "desk/bot/import.html",
        bot,
        heading=_("Import"),
        tab="bot",
        crumbs=[Crumb(_("Import"))],
        wrong=wrong or [],
        content=dump(document) if document else _readable(content),
        document=document,
        **by_level(findings),
        groups=grouped(describe(seen.schema, document.schema)) if document else [],
        tests=None if document is None or document.tests is None else len(document.tests),
        revision=seen.revision,
        status=422 if wrong else 200,
    )


def _readable(content: bytes | str) -> str:
    """What the box keeps, to be mended there: of a file only what is a text as it stands."""
    try:
        return content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError:
        return ""
