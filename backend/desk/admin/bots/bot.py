"""The bots: which there are, making one, and what one can do. Their other pages hang below."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from backend.conversations.models import Site
from backend.dialogue.schema import Service as ServiceValue
from backend.schemas import services
from backend.schemas.models import Bot

from . import exchange, history, preview, publishing, settings, tests, trying, versions
from .findings import by_level, shown
from .overview import cards
from .page import bot_links, require_edit, require_view, respond
from .pieces import Viewed

FIRST_SERVICE = "general"
FIRST_TITLES = {"en": "General", "zh": "一般"}


@admin.register(Bot)
class BotAdmin(Viewed):
    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = {
            "settings": settings.settings,
            "secrets": settings.secrets,
            "versions": versions.index,
            "publish": publishing.review,
            "tests": tests.index,
            "run": tests.run,
            "try": trying.page,
            "export": exchange.export_view,
            "import": exchange.import_view,
            "preview": preview.preview,
        }
        return [
            path("make/<int:site>/", wrap(self.make_view), name="desk_bot_make"),
            path("<int:pk>/versions/compare/", wrap(versions.compare), name="desk_bot_compare"),
            path("<int:pk>/versions/<int:number>/", wrap(versions.show), name="desk_bot_version"),
            path(
                "<int:pk>/versions/<int:number>/back/",
                wrap(versions.back),
                name="desk_bot_back",
            ),
            path("<int:pk>/discard/", wrap(publishing.discard), name="desk_bot_discard"),
            *(
                path(f"<int:pk>/{name}/", wrap(view), name=f"desk_bot_{name}")
                for name, view in own.items()
            ),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """With a bot go all of its versions, so that is for superusers."""
        return bool(request.user.is_active and getattr(request.user, "is_superuser", False))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Which sites have a bot; with a single one, the bot itself."""
        require_view(request)
        sites = list(Site.objects.order_by("name").select_related("bot__live"))
        bots = [site.bot for site in sites if hasattr(site, "bot")]
        if len(sites) == 1 and bots:
            return HttpResponseRedirect(bot_links(bots[0])["bot"])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Bots"),
            "sites": [(site, getattr(site, "bot", None)) for site in sites],
            "may_change": self.has_add_permission(request),
        }
        return TemplateResponse(request, "desk/bot/index.html", context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        require_edit(request)
        return HttpResponseRedirect(reverse("admin:schemas_bot_changelist"))

    def make_view(self, request: HttpRequest, site: int) -> HttpResponse:
        """One button makes a site's bot, with a first service for its intents."""
        require_edit(request)
        owner = get_object_or_404(Site, pk=site)
        if request.method != "POST" or hasattr(owner, "bot"):
            return HttpResponseRedirect(reverse("admin:schemas_bot_changelist"))
        languages = [code for code in owner.greeting if code.isalpha()] or ["en"]
        bot = services.create_bot(owner, owner.name, languages, request.user)
        titles = {one: FIRST_TITLES[one] for one in languages if one in FIRST_TITLES}
        first = ServiceValue(name=FIRST_SERVICE, title=titles)
        services.save_piece(bot, first, request.user)
        self.log_addition(request, bot, [{"added": {}}])
        messages.success(request, _("The bot is made. Add what visitors may want of it."))
        return HttpResponseRedirect(bot_links(bot)["bot"])

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Of the bot and of everything in it."""
        require_view(request)
        bot = self.get_object(request, unquote(object_id))
        if bot is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return history.page(request, bot)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        require_view(request)
        bot = self.get_object(request, unquote(object_id))
        if bot is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        review = services.review(bot)
        findings = shown(bot, review.findings)
        return respond(
            request,
            "desk/bot/overview.html",
            bot,
            heading=bot.name,
            tab="bot",
            cards=cards(bot, findings),
            findings=findings,
            **by_level(findings),
            changes=len(review.changes),
            live=bot.live,
            failing=bot.tests.filter(passed=False).count(),
            links={
                "service": reverse("admin:schemas_service_add") + f"?bot={bot.pk}",
                "history": reverse("admin:schemas_bot_history", args=[bot.pk]),
                "discard": reverse("admin:desk_bot_discard", args=[bot.pk]),
            },
        )
