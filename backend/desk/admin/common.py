"""What the desk's admin classes share: rows that only services write, and their deletion."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html


class ReadOnly:
    """Nobody adds or changes these rows in a form: they are written by the record's services."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Private:
    """A person may ask for what is kept of them to be deleted; only superusers do it."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        user = request.user
        return bool(user.is_active and user.is_superuser)


def pretty(value: Any) -> str:
    """JSON as indented text; a dash where there is nothing."""
    if not value:
        return "–"
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return format_html('<pre class="desk-json">{}</pre>', text)
