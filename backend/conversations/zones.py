"""Which time zone a conversation's dates are read in."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .models import Conversation


def zone(row: Conversation) -> ZoneInfo:
    """The visitor's time zone: the browser's, the profile's (``zoneinfo``), else the site's."""
    return zone_named(
        row.page.get("time_zone"), row.visitor.profile.get("zoneinfo"), row.site.time_zone
    )


def zone_named(*names: object) -> ZoneInfo:
    """The first of these IANA names that is one; else UTC."""
    for name in names:
        if isinstance(name, str) and name:
            try:
                return ZoneInfo(name)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                continue
    return ZoneInfo("UTC")
