"""System checks of the chat's set-up, each with the command that mends it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from backend.inference.weights import check_weights


@register
def models_are_there(**options: Any) -> list[CheckMessage]:
    """The models that the settings name can be loaded; cheap, since nothing is loaded."""
    generator = check_weights(settings.KEFU_GENERATOR, "generator")
    encoder = check_weights(settings.KEFU_ENCODER, "encoder")
    return [
        Error(f"{name}={getattr(settings, name)}: {problem.message}", hint=problem.hint, id=number)
        for name, number, problems in (
            ("KEFU_GENERATOR", "kefu.E001", generator),
            ("KEFU_ENCODER", "kefu.E002", encoder),
        )
        for problem in problems
    ]


DUTIES = {"answers", "tracking", "wording"}


@register
def the_generator_has_duties_it_knows(**options: Any) -> list[CheckMessage]:
    """What ``KEFU_GENERATOR_DOES`` lists is known, so that a typo does not go unnoticed."""
    unknown = sorted(set(settings.KEFU_GENERATOR_DOES) - DUTIES)
    if not unknown:
        return []
    message = f"KEFU_GENERATOR_DOES names {', '.join(unknown)}, which no generator does."
    hint = "It is a list of answers, tracking and wording, such as answers,tracking."
    return [Error(message, hint=hint, id="kefu.E003")]
