"""What the API says when it cannot do what was asked: problem+json (RFC 9457).

Each problem says what is wrong (``detail``) and what mends it (``hint``); ``code`` is for programs,
and so are the facts that some problems add, such as ``until`` or ``free``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """An answer other than success. ``errors`` lists ``{field, detail}`` of a bad body; ``facts``
    are further members of the answer."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        hint: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.hint = status, code, detail, hint
        self.errors, self.headers = list(errors), dict(headers or {})
        self.facts = dict(facts or {})

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "type": f"urn:northwind-trail:problem:{self.code}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "hint": self.hint,
            **self.facts,
        }
        return {**body, "errors": self.errors} if self.errors else body

    def response(self) -> JsonResponse:
        return JsonResponse(
            self.as_json(), status=self.status, content_type=CONTENT_TYPE, headers=self.headers
        )


def refused(code: str, detail: str, hint: str, **facts: Any) -> Problem:
    """The shop's rules or the state of things forbid it (409)."""
    return Problem(409, code, detail, hint, facts=facts)


def unknown(what: str, hint: str) -> Problem:
    return Problem(404, "not_found", f"There is no such {what}.", hint)


def invalid(errors: Sequence[Mapping[str, str]]) -> Problem:
    """Fields that cannot be used (422), all of them at once."""
    names = ", ".join(error["field"] for error in errors)
    return Problem(
        422,
        "invalid_fields",
        f"These fields cannot be used: {names}.",
        "Mend the fields listed in errors and send the request again.",
        errors=errors,
    )
