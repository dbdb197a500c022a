"""What a customer's system answered to an action's call: status and body into a result.

Says for operators what went wrong and what mends it. Pure; sends nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, NoReturn

from backend.dialogue.responding.masking import masked
from backend.dialogue.schema import Outcome
from backend.dialogue.types import ActionResult

MOST_BYTES = 256 * 1024  # of a body
# May pass by themselves, so that the call is repeated; they say nothing about what was asked.
PASSING = frozenset((408, 425, 429, 502, 503, 504))
_DEEPEST = 50  # levels of lists and objects
_HINTS = {
    401: "Check the secret in the action's headers.",
    403: "Check the secret in the action's headers, and what it may do.",
    405: "Check the action's method.",
    406: "The action accepts JSON.",
    415: "The body is sent as JSON.",
    429: "It is called too often.",
}


def outcome_of(status: int) -> Outcome:
    """What an answer with this HTTP status means to the visitor."""
    if 200 <= status < 300:
        return "success"
    if status in (404, 410):
        return "not_found"
    if 400 <= status < 500 and status not in PASSING:
        return "refused"
    return "failure"


def failure(error: str, status: int = 0) -> ActionResult:
    return ActionResult("failure", status, error=error)


def result_of(
    status: int, headers: Mapping[str, str], body: bytes | None, secrets: Collection[str] = ()
) -> ActionResult:
    """The result of an answer; ``body`` is None where it was larger than MOST_BYTES.

    ``secrets`` are masked wherever the answer repeats them.
    """
    outcome = outcome_of(status)
    if outcome != "success":
        return ActionResult(outcome, status, _problem(body, secrets), _error(status, headers))
    if body is None:
        return failure(
            f"The answer is larger than {MOST_BYTES // 1024} KiB. Check the action's address, or "
            "let the system answer with less.",
            status,
        )
    if headers.get("content-encoding", "identity") != "identity":
        return failure(
            "The answer is compressed, though the call asks for “identity”. Let the system send it "
            "as it is.",
            status,
        )
    try:
        return ActionResult("success", status, read_json(body, secrets))
    except ValueError:
        what = "a web page (HTML)" if _is_html(body) else "something that is not JSON"
        return failure(
            f"The system answers {_phrase(status)} with {what}. Check the action's address; the "
            "answer has to be JSON or empty.",
            status,
        )


def read_json(body: bytes, secrets: Collection[str] = ()) -> Any:
    """The JSON value of a body, None of an empty one. Without what a database cannot keep: NUL,
    half characters. Raises ValueError for what is no JSON, or no sensible one."""
    if not body.strip():
        return None
    try:
        found = json.loads(
            body.decode("utf-8-sig"), parse_constant=_refuse_constant, parse_float=_finite
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return masked(_kept(found), secrets)


def wait_asked_for(headers: Mapping[str, str], now: datetime) -> float:
    """The seconds that a Retry-After names (RFC 9110, 10.2.3); 0 where there is none."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):  # TypeError: it names no time zone
        return 0.0


def _problem(body: bytes | None, secrets: Collection[str]) -> Any:
    try:
        return read_json(body or b"", secrets)
    except ValueError:
        return None


def _error(status: int, headers: Mapping[str, str]) -> str:
    if 300 <= status < 400 and headers.get("location"):
        where = headers["location"][:200]
        return (
            f"The system answers {_phrase(status)} with a redirect to {where}; put that address "
            "into the action."
        )
    hint = _HINTS.get(status, "Look into its log." if status >= 500 else "")
    return f"The system answers {_phrase(status)}. {hint}".strip()


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _is_html(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def _kept(value: Any, depth: int = 0) -> Any:
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_kept(key): _kept(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_kept(item, depth + 1) for item in value]
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number
