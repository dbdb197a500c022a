"""Sites: where the widget may run, what it says first, and the secret that signs identities."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from unfold.admin import ModelAdmin

from backend.conversations.models import Site
from backend.conversations.services.sites import rotate_identity_secret
from backend.desk.forms import SiteForm

from .common import Private


@admin.register(Site)
class SiteAdmin(Private, ModelAdmin):
    form = SiteForm
    list_display = ("name", "key", "where", "created_at")
    list_display_links = ("name", "key")
    search_fields = ("name", "key")
    change_form_outer_before_template = "desk/site_embed.html"
    change_form_outer_after_template = "desk/site_identity.html"
    fieldsets = (
        (None, {"fields": (("name", "key"), "origins", "greetings", "accent", "time_zone")}),
        (_("Limits"), {"fields": (("max_text", "reopens"),)}),
    )
    actions = None

    class Media:
        css = {"all": ("desk/desk.css",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # Pages in the world carry the key, so it cannot change once it was given out.
        return ("key",) if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return (
            (None, {"fields": (("name", "key"), "where", "time_zone", ("max_text", "reopens"))}),
        )

    @admin.display(description=_("Where it may run"))
    def where(self, site: Site) -> str:
        return ", ".join(site.allowed_origins) or "–"

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/secret/", wrap(self.secret), name="desk_site_secret"),
            path("<int:pk>/rotate/", wrap(self.rotate), name="desk_site_rotate"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        site = context.get("original")
        context["embed"] = embed_snippet(request, site) if site else ""
        context["may_change_site"] = self.has_change_permission(request, site)
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(never_cache)
    @sensitive_variables("site")
    def secret(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The identity secret, for whoever may change the site; it is in no page before that."""
        site = self._changeable(request, pk)
        if isinstance(site, HttpResponse):
            return site
        return JsonResponse({"secret": site.identity_secret})

    def rotate(self, request: HttpRequest, pk: int) -> HttpResponse:
        site = self._changeable(request, pk)
        if isinstance(site, HttpResponse):
            return site
        rotate_identity_secret(site)
        self.log_change(request, site, "Rotated the identity secret.")
        messages.success(
            request,
            _("A new secret is in force: put it on your server. The old one is refused."),
        )
        return HttpResponseRedirect(reverse("admin:conversations_site_change", args=[pk]))

    def _changeable(self, request: HttpRequest, pk: int) -> Site | HttpResponse:
        """The site, or the answer where it may not be changed, or not by this method."""
        if request.method != "POST":
            return JsonResponse({"detail": "Use POST."}, status=405, headers={"Allow": "POST"})
        site = get_object_or_404(Site, pk=pk)
        if not self.has_change_permission(request, site):
            return JsonResponse({"detail": "You may not change sites."}, status=403)
        return site


def embed_snippet(request: HttpRequest, site: Site) -> str:
    """The script tag for the site's pages, with the address that the admin was reached at."""
    source = request.build_absolute_uri("/widget/kefu.js")
    return format_html('<script src="{}" data-site="{}" async></script>', source, site.key)
