"""What the bot may answer from: a site's help articles and the passages cut from them.

Knows nothing of how passages are cut, embedded or found: that is in ``splitting``, ``services``
and ``search``.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Max, Sum


@dataclass(frozen=True)
class Stamp:
    """Changes with every committed change of a site's articles, and is cheap to read."""

    articles: int
    revisions: int
    last_id: int


class ArticleQuerySet(models.QuerySet["Article"]):
    def for_site(self, site_key: str) -> ArticleQuerySet:
        return self.filter(site_key=site_key)

    def published(self) -> ArticleQuerySet:
        return self.filter(published=True)

    def stamp(self) -> Stamp:
        """A change raises ``revisions``, a removal lowers ``articles``, a new row raises the id."""
        row = self.aggregate(
            articles=Count("id"), revisions=Sum("revision", default=0), last=Max("id", default=0)
        )
        return Stamp(row["articles"], row["revisions"], row["last"])


class Article(models.Model):
    """One help article in one language; translations of it share the slug."""

    site_key = models.CharField("site", max_length=64)
    language = models.CharField(max_length=16, help_text="BCP 47, such as en or zh")
    slug = models.SlugField(max_length=200, allow_unicode=True)
    title = models.CharField(max_length=300)
    url = models.CharField(
        "URL", max_length=500, blank=True, help_text="Where visitors read it; shown under answers"
    )
    body = models.TextField(help_text="Markdown")
    tags = models.JSONField(default=list, blank=True)
    published = models.BooleanField(default=True, help_text="The bot answers from it")
    # Of the imported file, so that a second import leaves alone what did not change.
    checksum = models.CharField(max_length=64, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["site_key", "slug", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["site_key", "language", "slug"], name="knowledge_article_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Passage(models.Model):
    """A piece of an article, with the vectors of the encoder that is named beside it.

    ``embedding`` holds ``dimension`` little-endian float32, of length 1 together; ``sentences`` as
    many for its title and for each of its sentences. ``encoder`` is empty while nothing has
    embedded it. Vectors of different encoders are never compared.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=16)
    encoder = models.CharField(max_length=100, blank=True, default="")
    embedding = models.BinaryField(null=True, blank=True)
    sentences = models.BinaryField(null=True, blank=True)

    class Meta:
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="knowledge_passage_once")
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.position}"
