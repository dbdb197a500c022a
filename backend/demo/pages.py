"""The demo company's web pages: the storefront and the help centre, under a strict policy.

The Content-Security-Policy is the one that docs/demo.md recommends to a site which carries the
widget: scripts and styles from the own host alone, nothing inline, no eval.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from . import help
from .shop.catalogue import SHOWN
from .shop.company import STORES
from .texts import TEXTS

View = Callable[..., HttpResponse]


def policy(host: str) -> str:
    """The policy for pages on ``host``; a socket to that host alone is allowed.

    The socket is named with its host, because older browsers do not count ``ws:`` as ``'self'``.
    """
    return "; ".join(
        [
            "default-src 'self'",
            f"connect-src 'self' ws://{host} wss://{host}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def under_policy(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Content-Security-Policy"] = policy(request.get_host())
        return response

    return guarded


@require_safe
@under_policy
def storefront(request: HttpRequest) -> HttpResponse:
    stores = [{"facts": facts, "hours": _hours(facts.hours)} for facts in STORES]
    return render(request, "demo/storefront.html", {"products": SHOWN, "stores": stores})


def _hours(hours: tuple) -> list[str]:
    """Monday, Thursday and Sunday say it all: the other days are like Monday."""
    names = ("Mon–Sat", "Sun")
    lines = [f"{names[0]} {_span(hours[0])}", f"{names[1]} {_span(hours[6])}"]
    return lines if hours[3] == hours[0] else [lines[0], f"Thu {_span(hours[3])}", lines[1]]


def _span(hours: tuple) -> str:
    return f"{hours[0]:%H:%M}–{hours[1]:%H:%M}"


@require_safe
def help_start(request: HttpRequest) -> HttpResponse:
    chinese = get_language_from_request(request).startswith("zh")
    language = "zh" if chinese else "en"
    response = HttpResponseRedirect(reverse("help_index", args=[language]))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
@under_policy
def help_index(request: HttpRequest, language: str) -> HttpResponse:
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    own = help.matching(help.articles(language), query)
    english = help.matching(help.without_translation(language), query)
    context = {
        "query": query,
        "topics": help.by_topic(own, language),
        "english": help.by_topic(english, language),
        "switch": _switch(language, ["en", "zh"], lambda code: reverse("help_index", args=[code])),
    }
    return _page(request, "demo/help_index.html", language, context)


@require_safe
@under_policy
def help_article(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    languages = help.translations(slug)
    if language not in languages:
        return _elsewhere(request, language, slug, languages)
    article = help.articles(language).get(slug=slug)
    context = {
        "article": article,
        "body": help.as_html(article.body),
        "switch": _switch(
            language, languages, lambda code: reverse("help_article", args=[code, slug])
        ),
    }
    return _page(request, "demo/help_article.html", language, context)


def _elsewhere(
    request: HttpRequest, language: str, slug: str, languages: list[str]
) -> HttpResponse:
    """To the English article where there is one, else a page that says so and lists all."""
    if "en" in languages:
        return HttpResponseRedirect(reverse("help_article", args=["en", slug]))
    context = {
        "missing": True,
        "topics": help.by_topic(help.articles(language), language),
        "switch": _switch(language, ["en", "zh"], lambda code: reverse("help_index", args=[code])),
    }
    return _page(request, "demo/help_index.html", language, context, status=404)


def _page(
    request: HttpRequest, template: str, language: str, context: dict, status: int = 200
) -> HttpResponse:
    shared = {"language": language, "t": TEXTS[language]}
    response = render(request, template, {**shared, **context}, status=status)
    response["Content-Language"] = TEXTS[language]["html"]
    return response


def _switch(current: str, languages: list[str], address: Callable[[str], str]) -> list[dict]:
    return [
        {"code": TEXTS[code]["html"], "name": TEXTS[code]["name"], "url": address(code)}
        for code in languages
        if code != current and code in TEXTS
    ]
