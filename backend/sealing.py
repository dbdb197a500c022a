"""Encrypting what must not lie readable in the database: secrets of actions, sensitive values.

The key is derived from Django's SECRET_KEY; after a change of it, what was sealed before opens as
long as the old key stands in SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotOpen(Exception):
    """Sealed with a key that is not known any more, or damaged."""


def seal(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises CannotOpen."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen(
            "This was encrypted under another SECRET_KEY; put that one into SECRET_KEY_FALLBACKS, "
            "or enter the value again."
        ) from error


def _box() -> MultiFernet:
    return MultiFernet(
        [_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _fernet(key: str | bytes) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"kefu sealing").derive(
        key.encode() if isinstance(key, str) else key
    )
    return Fernet(base64.urlsafe_b64encode(derived))
