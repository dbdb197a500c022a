"""What every chat prompt needs before a model's own template is applied.

Knows prompt messages. Knows no template: those come with the models.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from .types import PromptMessage

ChatDicts = list[dict[str, str]]


def well_formed(text: str) -> str:
    """The text without lone surrogates, which no tokenizer and no encoding takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


class Neutraliser:
    """Replaces a model's control tokens in texts that people wrote.

    A visitor who types ``<|im_end|>`` would otherwise end their own message and could go on as
    the system.
    """

    def __init__(self, control_tokens: Iterable[str]) -> None:
        tokens = sorted({token for token in control_tokens if token.strip()}, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, tokens))) if tokens else None

    def __call__(self, text: str) -> str:
        text = well_formed(text)
        return self._pattern.sub(" ", text) if self._pattern else text


def as_dicts(messages: Sequence[PromptMessage], clean: Callable[[str], str]) -> ChatDicts:
    return [{"role": message.role, "content": clean(message.content)} for message in messages]


def without_system(chat: ChatDicts) -> ChatDicts:
    """The same chat for a template that refuses the system role: it opens the user's message."""
    system = "\n\n".join(turn["content"] for turn in chat if turn["role"] == "system")
    rest = [dict(turn) for turn in chat if turn["role"] != "system"]
    first = next((turn for turn in rest if turn["role"] == "user"), None)
    if first is None:
        return [{"role": "user", "content": system}, *rest]
    first["content"] = f"{system}\n\n{first['content']}" if system else first["content"]
    return rest


def plain_text(chat: ChatDicts) -> str:
    """The chat as plain paragraphs, for a model that has no template."""
    return "\n\n".join(turn["content"] for turn in chat)
