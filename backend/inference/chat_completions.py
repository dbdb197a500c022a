"""The OpenAI chat completions format: what is sent, what comes back, and what refusals mean.

Knows the format (https://platform.openai.com/docs/api-reference/chat) and how common servers stray
from it. Opens no connection.
"""

from __future__ import annotations

import json
from typing import Any

import httpx

from .errors import InferenceError, ModelFailed, ModelUnavailable, Overloaded, PromptTooLong
from .prompts import as_dicts, well_formed
from .types import GenerationRequest

MOST_STOPS = 4  # OpenAI refuses more; the rest are found by our own scanner
TOO_LONG = ("context length", "context size", "context_length", "maximum context", "too long")
BUSY = (429, 503)


class TryNext(Exception):
    """This server can't answer, but another may; ``error`` is for when there is none."""

    def __init__(self, error: InferenceError) -> None:
        super().__init__(str(error))
        self.error = error


def request_body(model: str, request: GenerationRequest) -> dict[str, Any]:
    """The JSON of a request; ``extra`` goes in as it stands (``top_p``, ``seed``, …)."""
    body: dict[str, Any] = {
        "model": model,
        "messages": as_dicts(request.messages, well_formed),
        "max_tokens": request.max_new_tokens,
        "temperature": request.temperature,
        "stream": True,
    }
    if request.stop:
        body["stop"] = list(request.stop[:MOST_STOPS])
    if request.json_schema is not None:
        schema = {"name": "answer", "schema": dict(request.json_schema), "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return body | dict(request.extra)


def read_chunk(data: str) -> tuple[str, bool]:
    """The text of one event, and whether it says that the answer is finished.

    Raises ValueError where it is no chunk of a chat completion.
    """
    chunk = json.loads(data)
    if not isinstance(chunk, dict):
        raise ValueError("an event is not a JSON object")
    if "error" in chunk:
        raise ValueError(f"the server reports: {str(chunk['error'])[:200]}")
    choices = chunk.get("choices")
    if not choices:  # a count of tokens at the end has none
        return "", False
    if not isinstance(choices, list) or not isinstance(choices[0], dict):
        raise ValueError("an event's choices are malformed")
    delta = choices[0].get("delta") or {}
    content = delta.get("content") if isinstance(delta, dict) else delta
    if not isinstance(content, str | None):
        raise ValueError("an event's content is not text")
    return content or "", choices[0].get("finish_reason") is not None


def refusal(url: str, response: httpx.Response) -> Exception:
    """What an answer other than 200 means."""
    status, said = response.status_code, response.text[:300]
    where = f"{url} answered {status}"
    if status in BUSY:
        return TryNext(Overloaded(where, retry_after=retry_after(response)))
    if status in (401, 403):
        return ModelUnavailable(where, hint="Give the server's API key (KEFU_GENERATOR_KEY).")
    if status == 404:
        return ModelUnavailable(
            f"{where}: {said}", hint="Check the address (it ends in /v1) and the model's name."
        )
    if status >= 500 or 300 <= status < 400:
        return TryNext(ModelFailed(f"{where}: {said}"))
    if any(words in said.lower() for words in TOO_LONG):
        return PromptTooLong(f"{where}: {said}", hint="Shorten the prompt.")
    return ModelFailed(f"{where}: {said}")


def retry_after(response: httpx.Response) -> float:
    """Seconds to wait: the Retry-After header where it is a number, else 2; from 0.5 to 60."""
    try:
        seconds = float(response.headers.get("retry-after", "2"))
    except ValueError:
        seconds = 2.0
    return min(max(seconds, 0.5), 60.0) if seconds == seconds else 2.0
