"""The demo company's help articles, as its pages show them.

They are the very articles from which the bot answers (``knowledge.Article`` of the site
``demo``), so an article that an operator edits changes here too. Knows nothing of HTTP.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import nh3
from django.db.models import Q, QuerySet
from markdown_it import MarkdownIt

from backend.knowledge.models import Article

from .texts import TOPICS

SITE_KEY = "demo"
_TAGS = "p h2 h3 h4 ul ol li strong em a code pre blockquote br table thead tbody tr th td"
TAGS = frozenset(_TAGS.split())


@dataclass(frozen=True)
class Topic:
    title: str
    articles: tuple[Article, ...]


def articles(language: str) -> QuerySet[Article]:
    return Article.objects.for_site(SITE_KEY).published().filter(language=language)


def matching(found: QuerySet[Article], query: str) -> QuerySet[Article]:
    """Those that hold every word of the query, case ignored."""
    for word in query.split()[:10]:
        found = found.filter(Q(title__icontains=word) | Q(body__icontains=word))
    return found


def by_topic(found: Iterable[Article], language: str) -> list[Topic]:
    """Grouped by the first tag, in the order of the index; topics without articles are left out."""
    groups: dict[str, list[Article]] = {name: [] for name in TOPICS}
    for article in found:
        first = article.tags[0] if article.tags else "other"
        groups[first if first in groups else "other"].append(article)
    return [
        Topic(TOPICS[name][language], tuple(sorted(group, key=lambda item: item.title)))
        for name, group in groups.items()
        if group
    ]


def without_translation(language: str) -> QuerySet[Article]:
    """English articles that the language does not have."""
    have = articles(language).values("slug")
    return articles("en").exclude(slug__in=have) if language != "en" else articles("en").none()


def translations(slug: str) -> list[str]:
    """The languages in which an article can be read."""
    rows = Article.objects.for_site(SITE_KEY).published().filter(slug=slug)
    return sorted(rows.values_list("language", flat=True))


def as_html(body: str) -> str:
    """The article's Markdown as safe HTML: no scripts, styles, images or foreign tags."""
    return nh3.clean(
        _markdown().render(body), tags=set(TAGS), attributes={"a": {"href"}}, link_rel="noopener"
    )


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
