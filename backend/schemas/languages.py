"""What languages are called in their own words."""

from __future__ import annotations

from django.conf.locale import LANG_INFO

# What Django lists only with a script or a region.
MORE = {"zh": "中文", "no": "norsk"}


def language_name(code: str) -> str:
    """``zh`` → “中文”; the code itself where Django does not know it."""
    return MORE.get(code) or str(LANG_INFO.get(code, {}).get("name_local", code))
