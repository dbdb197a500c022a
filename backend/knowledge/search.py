"""Hybrid search over a site's articles, as the dialogue engine asks for it.

Keeps one index a site in the process's memory and looks at the site's stamp in the database
before each search, so that an import by another process is seen at the next question.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from channels.db import database_sync_to_async
from numpy.typing import NDArray

from backend.dialogue import types
from backend.inference.errors import InferenceError
from backend.inference.interfaces import Encoder

from .index import Indexed, SiteIndex
from .models import Article, Passage, Stamp
from .services import VECTOR, embed_missing

logger = logging.getLogger("kefu.knowledge")
_MOST_SITES = 64  # indexes kept; the one that was used longest ago goes first
_BIG = 2_000  # passages; above it a search leaves the event loop


@dataclass
class _Kept:
    stamp: Stamp
    index: SiteIndex
    complete: bool  # every passage has a vector


class HybridSearch:
    """A :class:`backend.dialogue.types.Searcher` over the articles in the database."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}

    async def search(
        self, site: str, query: str, *, language: str, limit: int = 5
    ) -> Sequence[types.Passage]:
        """Best first. Where the encoder cannot work, words alone decide and likeness is 0."""
        index = await self._index(site)
        if not len(index):
            return []
        vector = await self._vector(query)
        if len(index) < _BIG:
            return index.search(query, vector, language, limit)
        return await asyncio.to_thread(index.search, query, vector, language, limit)

    async def warm_up(self, site: str) -> None:
        """Build the site's index before the first question comes."""
        await self._index(site)

    async def _vector(self, query: str) -> NDArray[np.float32] | None:
        try:
            return (await self._encoder.embed([query], "query"))[0]
        except InferenceError as error:
            logger.warning("searching by words alone: %s %s", error, error.hint)
            return None

    async def _index(self, site: str) -> SiteIndex:
        stamp = await _stamp(site)
        kept = self._kept.get(site)
        if kept and kept.stamp == stamp and kept.complete:
            self._kept.move_to_end(site)
            return kept.index
        lock = self._locks.setdefault(site, asyncio.Lock())
        if kept and lock.locked():
            return kept.index  # another turn is rebuilding it; what we have will do until then
        async with lock:
            return await self._refreshed(site)

    async def _refreshed(self, site: str) -> SiteIndex:
        stamp = await _stamp(site)
        kept = self._kept.get(site)
        if kept and kept.stamp == stamp and kept.complete:
            return kept.index
        complete = await self._embed(site)
        if kept and kept.stamp == stamp and not complete:
            return kept.index  # the encoder still cannot work and nothing else has changed
        # The stamp was read before the passages: a change in between is seen by the next search.
        entries = await _load(site, self._encoder.name)
        index = await asyncio.to_thread(SiteIndex, entries)
        self._kept[site] = _Kept(stamp, index, complete)
        self._kept.move_to_end(site)
        while len(self._kept) > _MOST_SITES:
            self._kept.popitem(last=False)
        return index

    async def _embed(self, site: str) -> bool:
        try:
            await embed_missing(site, self._encoder)
        except InferenceError as error:
            logger.warning("articles of %s are not embedded yet: %s %s", site, error, error.hint)
            return False
        return True


@database_sync_to_async
def _stamp(site: str) -> Stamp:
    return Article.objects.for_site(site).stamp()


@database_sync_to_async
def _load(site: str, encoder: str) -> list[Indexed]:
    rows = (
        Passage.objects.filter(article__site_key=site, article__published=True)
        .select_related("article")
        .order_by("article_id", "position")
    )
    return [_indexed(row, encoder) for row in rows]


def _indexed(row: Passage, encoder: str) -> Indexed:
    article = row.article
    vector = sentences = None
    if row.encoder == encoder and row.embedding is not None:
        vector = np.frombuffer(bytes(row.embedding), dtype=VECTOR).astype(np.float32)
        if row.sentences:
            sentences = np.frombuffer(bytes(row.sentences), dtype=VECTOR).astype(np.float32)
            sentences = sentences.reshape(-1, len(vector))
    passage = types.Passage(
        id=f"{article.pk}:{row.position}",
        article=str(article.pk),
        title=article.title,
        heading=row.heading,
        text=row.text,
        url=article.url,
        language=row.language,
        vectors=sentences,
    )
    return Indexed(passage, article.slug, vector)
