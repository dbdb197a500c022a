"""Who a visitor is, from signatures alone: the token we signed and the JWT the customer signed.

Knows nothing of the database. A visitor's token carries the ids minted for them, so that someone
who only looks leaves no row.
"""

from __future__ import annotations

import math
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.core import signing

from backend.protocol.fields import UNSTORABLE

TOKEN_DAYS = 30
SALT = "kefu.visitor"


class BadToken(Exception):
    """Forged, expired, or made for another site."""


class BadIdentity(Exception):
    """The identity JWT is not one that the customer's server signed, or it has expired."""


@dataclass(frozen=True)
class Token:
    """A visitor and the conversation minted for them; both may have no row yet."""

    site: str
    visitor: uuid.UUID
    conversation: uuid.UUID

    @classmethod
    def mint(cls, site: str) -> Token:
        return cls(site, uuid.uuid4(), uuid.uuid4())

    def sign(self) -> tuple[str, str]:
        """The signed token and when it expires, in ISO 8601."""
        body = {"s": self.site, "v": self.visitor.hex, "c": self.conversation.hex}
        expires = datetime.now(UTC) + timedelta(days=TOKEN_DAYS)
        signed = signing.dumps(body, salt=SALT, compress=False)
        return signed, expires.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @classmethod
    def read(cls, signed: str, site: str) -> Token:
        """Raises BadToken."""
        try:
            body = signing.loads(signed, salt=SALT, max_age=timedelta(days=TOKEN_DAYS))
            token = cls(body["s"], uuid.UUID(body["v"]), uuid.UUID(body["c"]))
        except (signing.BadSignature, ValueError, KeyError, TypeError) as error:
            raise BadToken("the visitor's token is forged or has expired") from error
        if token.site != site:
            raise BadToken("the visitor's token is another site's")
        return token


@dataclass(frozen=True)
class Identity:
    """What the customer's own server says of a visitor."""

    subject: str
    name: str = ""
    email: str = ""
    profile: Mapping[str, Any] = field(default_factory=dict)


REGISTERED = {"sub", "name", "email", "exp", "iat", "nbf", "iss", "aud", "jti"}


def read_identity(signed: str, secret: str) -> Identity:
    """Check an identity JWT (HS256, ``sub`` and ``exp`` required). Raises BadIdentity."""
    try:
        claims = jwt.decode(
            signed,
            secret,
            algorithms=["HS256"],
            options={"require": ["sub", "exp"], "verify_aud": False},
            leeway=30,
        )
    except (jwt.PyJWTError, ValueError) as error:
        raise BadIdentity("the identity is not validly signed or has expired") from error
    claims = storable(claims)
    subject = str(claims["sub"])
    if not 1 <= len(subject) <= 200:
        raise BadIdentity("sub must have 1 to 200 characters")
    return Identity(
        subject,
        _text(claims.get("name"))[:200],
        _text(claims.get("email"))[:254],
        {key: value for key, value in claims.items() if key not in REGISTERED},
    )


def storable(value: Any) -> Any:
    """The JSON value without what no database takes: NUL, half surrogate pairs, NaN, infinity."""
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, dict):
        return {storable(key): storable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [storable(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def new_secret() -> str:
    return secrets.token_urlsafe(32)
