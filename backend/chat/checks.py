"""System checks of the chat's set-up, each with the command that mends it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def models_are_there(**options: Any) -> list[CheckMessage]:
    """The models that the settings name can be loaded; cheap, since nothing is loaded."""
    from backend.inference.factory import check_weights

    found: list[CheckMessage] = []
    for name in ("KEFU_GENERATOR", "KEFU_ENCODER"):
        spec = getattr(settings, name)
        for problem in check_weights(spec):
            found.append(Error(f"{name}={spec}: {problem.what}", hint=problem.hint, id="kefu.E001"))
    return found
