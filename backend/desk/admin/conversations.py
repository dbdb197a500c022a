"""Conversations, as a list that keeps itself up to date and one live page each; and visitors.

Reads the record. What an operator does goes over the desk's socket to
:mod:`backend.conversations.services`, never through a form here.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from backend.conversations.models import Conversation, Visitor
from backend.desk import listing, pages, saved_tests, views
from backend.desk.access import may_operate
from backend.desk.filters import SiteFilter, StateFilter

from .common import Private, ReadOnly, pretty

LATEST = 20  # conversations listed on a visitor's page


def address_of(conversation: Conversation) -> str:
    return reverse("admin:conversations_conversation_change", args=[conversation.pk])


@admin.register(Conversation)
class ConversationAdmin(Private, ReadOnly, ModelAdmin):
    list_display = ("visitor", "preview", "site", "operator", "updated_at")
    list_filter = (StateFilter, SiteFilter)
    search_fields = ("visitor__name",)  # shows the box; what it searches is in get_search_results
    search_help_text = _("Search in messages, names and e-mail addresses")
    list_per_page = 50
    list_fullwidth = True
    show_full_result_count = False
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_operate(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_operate(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        return listing.rows(request.user)

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        return listing.ORDER

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip().replace("\x00", "")
        return (listing.search(queryset, term) if term else queryset), False

    def get_urls(self) -> list[Any]:
        analysis = self.admin_site.admin_view(views.analysis)
        save = self.admin_site.admin_view(saved_tests.save_as_test)
        return [
            path("<uuid:conversation>/analysis/<uuid:message>/", analysis, name="desk_analysis"),
            path("<uuid:conversation>/test/", save, name="desk_save_test"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = {"title": _("Conversations")} | (extra_context or {})
        response = super().changelist_view(request, shown)
        context = getattr(response, "context_data", None)
        if context and "cl" in context:
            context |= pages.list_context(request, context["cl"])
        return response

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not may_operate(request.user):
            raise PermissionDenied
        conversation = self.get_object(request, unquote(object_id))
        if conversation is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            **pages.conversation_context(request, conversation),
            "opts": self.opts,
            "can_delete": self.has_delete_permission(request, conversation),
            "can_save_test": saved_tests.bot_for(request, conversation) is not None,
        }
        return TemplateResponse(request, "desk/conversation.html", context)


@admin.register(Visitor)
class VisitorAdmin(Private, ReadOnly, ModelAdmin):
    list_display = ("who", "email", "site", "locale", "how_many", "created_at")
    list_filter = ("site",)
    search_fields = ("name", "email", "subject")
    search_help_text = _("Search in names, e-mail addresses and your own ids")
    list_select_related = ("site",)
    list_per_page = 50
    fields = ("name", "email", "subject", "site", "locale", "shown_profile", "talks", "created_at")
    readonly_fields = fields
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Visitor]:
        return super().get_queryset(request).annotate(talk_count=Count("conversations"))

    @admin.display(description=_("Visitor"), ordering="name")
    def who(self, visitor: Visitor) -> str:
        return str(visitor)

    @admin.display(description=_("Conversations"), ordering="talk_count")
    def how_many(self, visitor: Any) -> int:
        return int(visitor.talk_count)

    @admin.display(description=_("Profile"))
    def shown_profile(self, visitor: Visitor) -> str:
        return pretty(visitor.profile)

    @admin.display(description=_("Latest conversations"))
    def talks(self, visitor: Visitor) -> str:
        latest = visitor.conversations.order_by("-created_at")[:LATEST]
        links = ((address_of(one), pages.plain(one.preview) or "–") for one in latest)
        return format_html_join(mark_safe("<br>"), '<a href="{}" class="text-link">{}</a>', links)
