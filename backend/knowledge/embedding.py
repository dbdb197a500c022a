"""Embedding a site's new passages at once, from a command rather than at the first question.

Which encoder, the settings say: KEFU_ENCODER_PROVIDER names a callable that makes it, since the
model layer lies beside this app and not below it.
"""

from __future__ import annotations

from asgiref.sync import async_to_sync
from django.conf import settings
from django.utils.module_loading import import_string

from backend.inference.interfaces import Encoder

from . import services


def embed_site(site_key: str) -> None:
    """Raises InferenceError where the encoder cannot work."""
    async_to_sync(_embed)(site_key, import_string(settings.KEFU_ENCODER_PROVIDER)())


async def _embed(site_key: str, encoder: Encoder) -> None:
    try:
        await encoder.load()
        await services.embed_missing(site_key, encoder)
    finally:
        await encoder.aclose()
