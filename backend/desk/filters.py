"""The list's two filters. They are shown as tabs and a menu, not in unfold's filter sheet."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from backend.conversations.models import Site

from . import listing


class StateFilter(SimpleListFilter):
    """One of :data:`listing.TABS`."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        self.searching = bool(request.GET.get(SEARCH_VAR, "").strip())
        return [(name, label) for name, (label, _rule) in listing.TABS.items()]

    @property
    def tab(self) -> str:
        return listing.tab_of(self.value(), self.searching)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(listing.TABS[self.tab][1](request.user))


class SiteFilter(SimpleListFilter):
    title = _("site")
    parameter_name = "site"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Site.objects.order_by("name").values_list("key", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(site__key=self.value()) if self.value() else queryset
