"""The values that cross the model layer's boundary.

Knows what a prompt and a request are. Knows nothing of any model library, so that every layer
above may import it without loading one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True)
class PromptMessage:
    """One message of a chat prompt; the model's own chat template is applied below."""

    role: Role
    content: str


@dataclass(frozen=True)
class GenerationRequest:
    """What to generate.

    ``max_new_tokens`` counts the model's own tokens. ``temperature`` 0 is greedy decoding.
    Generation ends before the first of ``stop``, which is not part of the text.
    ``json_schema`` constrains the output to JSON of that schema, where the generator's
    ``supports_json_schema`` says that it can.
    """

    messages: tuple[PromptMessage, ...]
    max_new_tokens: int = 256
    temperature: float = 0.0
    stop: tuple[str, ...] = ()
    json_schema: Mapping[str, Any] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
