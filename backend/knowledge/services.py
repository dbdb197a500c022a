"""The only writer of articles and passages: importing a folder, saving one, embedding passages.

Passages are cut when an article is saved and embedded later, by whoever has the encoder: the
import command at once, else the first search that finds some without a vector of its encoder.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from channels.db import database_sync_to_async
from django.db import transaction

from backend.dialogue.answers.sentences import views
from backend.inference.interfaces import Encoder

from .models import Article, Passage
from .reading import Draft, Problem, read_folder
from .splitting import split

logger = logging.getLogger("kefu.knowledge")

DEFAULT_URL_TEMPLATE = "/help/{language}/{slug}/"
_BATCH = 32
VECTOR = np.dtype("<f4")


class ImportRefused(Exception):
    """Nothing could be imported at all; the text says why and what mends it."""


@dataclass(frozen=True)
class ImportReport:
    """How many articles an import made and left, and the files that it had to leave out."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    problems: tuple[Problem, ...] = field(default_factory=tuple)

    @property
    def articles(self) -> int:
        return self.created + self.updated + self.unchanged


def import_folder(
    site_key: str,
    folder: Path,
    *,
    url_template: str = DEFAULT_URL_TEMPLATE,
    prune: bool = False,
) -> ImportReport:
    """Make the site's articles what the folder's Markdown files say, in one transaction.

    An article edited by hand is kept while its file stays the same. ``prune`` removes articles
    that no file makes any more, but only where every file could be read, so that a broken file
    does not cost its article. Raises ImportRefused where the folder or the template is wrong.
    """
    _check(folder, url_template)
    found = list(read_folder(folder, url_template))
    drafts = [entry for entry in found if isinstance(entry, Draft)]
    problems = [entry for entry in found if isinstance(entry, Problem)]
    if not found:
        raise ImportRefused(f"{folder} has no Markdown files (*.md) in it or below it")
    with transaction.atomic():
        results = [_store(site_key, draft) for draft in drafts]
        removed = 0
        if prune and problems:
            problems.append(
                Problem(".", "nothing was removed, because not every file could be read")
            )
        elif prune:
            removed = _prune(site_key, drafts)
    return ImportReport(
        created=results.count("created"),
        updated=results.count("updated"),
        unchanged=results.count("unchanged"),
        removed=removed,
        problems=tuple(problems),
    )


def _check(folder: Path, url_template: str) -> None:
    if not folder.is_dir():
        raise ImportRefused(
            f"{folder} is not a folder: name the folder that holds the Markdown files"
        )
    try:
        url_template.format(language="en", slug="slug")
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ImportRefused(
            f"the URL template {url_template!r} may use only {{language}} and {{slug}}, "
            "as in https://example.com/help/{language}/{slug}/"
        ) from error


def _store(site_key: str, draft: Draft) -> str:
    article = Article.objects.filter(
        site_key=site_key, language=draft.language, slug=draft.slug
    ).first()
    outcome = "updated" if article else "created"
    if article and article.checksum == draft.checksum:
        return "unchanged"
    article = article or Article(site_key=site_key, language=draft.language, slug=draft.slug)
    article.title, article.url, article.body = draft.title, draft.url, draft.body
    article.tags, article.checksum = list(draft.tags), draft.checksum
    save_article(article)
    return outcome


def _prune(site_key: str, drafts: Sequence[Draft]) -> int:
    kept = {(draft.language, draft.slug) for draft in drafts}
    gone = [
        article.pk
        for article in Article.objects.for_site(site_key).only("pk", "language", "slug")
        if (article.language, article.slug) not in kept
    ]
    Article.objects.filter(pk__in=gone).delete()
    return len(gone)


@transaction.atomic
def save_article(article: Article) -> None:
    """Store the article and cut its passages anew; passages whose words stay keep their vectors."""
    # The title is part of what is embedded.
    same_title = Article.objects.filter(pk=article.pk, title=article.title).exists()
    if article.pk:
        article.revision += 1
    article.save()
    old = {
        (passage.heading, passage.text): passage
        for passage in article.passages.all()
        if passage.encoder and same_title
    }
    article.passages.all().delete()
    Passage.objects.bulk_create(_passages(article, old))


def _passages(article: Article, old: dict[tuple[str, str], Passage]) -> list[Passage]:
    made = []
    for position, piece in enumerate(split(article.body)):
        heading = piece.heading[:500]
        same = old.get((heading, piece.text))
        made.append(
            Passage(
                article=article,
                position=position,
                heading=heading,
                text=piece.text,
                language=article.language,
                encoder=same.encoder if same else "",
                embedding=same.embedding if same else None,
                sentences=same.sentences if same else None,
            )
        )
    return made


def embedding_text(title: str, heading: str, text: str) -> str:
    """What stands for a passage before the encoder: its place in the article, then its words."""
    parts = [title, heading.replace(" › ", ". "), text] if heading != title else [title, text]
    return "\n".join(part for part in parts if part)


async def embed_missing(site_key: str, encoder: Encoder) -> int:
    """Embed the site's passages that have no vector of this encoder; returns how many.

    Raises InferenceError where the encoder cannot work; what is done by then stays done.
    """
    missing = await _missing(site_key, encoder.name)
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        texts = [embedding_text(p.article.title, p.heading, p.text) for p in batch]
        vectors = await encoder.embed(texts, "passage")
        sentences = [views(p.article.title, p.heading, p.text) for p in batch]
        theirs = await encoder.embed([text for own in sentences for text in own], "passage")
        for passage, vector, own in zip(batch, vectors, sentences, strict=True):
            passage.embedding = vector.astype(VECTOR).tobytes()
            passage.sentences, theirs = (
                theirs[: len(own)].astype(VECTOR).tobytes(),
                theirs[len(own) :],
            )
            passage.encoder = encoder.name
        await _write(batch)
    return len(missing)


@database_sync_to_async
def _missing(site_key: str, encoder: str) -> list[Passage]:
    return list(
        Passage.objects.filter(article__site_key=site_key, article__published=True)
        .exclude(encoder=encoder, sentences__isnull=False)
        .select_related("article")
    )


@database_sync_to_async
def _write(passages: list[Passage]) -> None:
    # A passage that was cut anew meanwhile is gone, and its row is simply not updated.
    Passage.objects.bulk_update(passages, ["embedding", "sentences", "encoder"])
