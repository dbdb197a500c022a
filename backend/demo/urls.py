"""The demo company's addresses, at the root of the server."""

from __future__ import annotations

from django.urls import include, path, register_converter

from . import pages


class HelpLanguage:
    regex = "en|zh"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(HelpLanguage, "help_language")

urlpatterns = [
    path("", pages.storefront, name="storefront"),
    path("help/", pages.help_start, name="help_start"),
    path("help/<help_language:language>/", pages.help_index, name="help_index"),
    path("help/<help_language:language>/<slug:slug>/", pages.help_article, name="help_article"),
    path("shop/api/", include("backend.demo.shop.api")),
]
