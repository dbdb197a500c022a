"""Making a site, and giving it a new secret."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError

from ..identity import new_secret
from ..models import Site
from ..origins import parse_pattern


def create_site(
    *,
    key: str,
    name: str,
    allowed_origins: Sequence[str],
    greeting: Mapping[str, str] | None = None,
    colours: Mapping[str, str] | None = None,
) -> Site:
    """Raises ValidationError, whose messages name the field and what is wrong."""
    try:
        origins = [parse_pattern(origin) for origin in allowed_origins]
    except ValueError as error:
        raise ValidationError({"allowed_origins": str(error)}) from error
    site = Site(
        key=key,
        name=name,
        allowed_origins=origins,
        greeting=dict(greeting or {}),
        colours=dict(colours or {}),
    )
    site.full_clean()
    site.save()
    return site


def rotate_identity_secret(site: Site) -> None:
    """Give the site a new secret; JWTs that were signed with the old one are refused from now."""
    site.identity_secret = new_secret()
    site.save(update_fields=["identity_secret"])
