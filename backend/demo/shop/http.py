"""The HTTP side of the shop's API: who may call, what a request may hold, and what is said twice.

Knows keys, methods, bodies and idempotency. Knows nothing of orders.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from ..models import ApiKey, IdempotencyKey
from .fields import Fields
from .problems import CONTENT_TYPE, Problem

logger = logging.getLogger("kefu.demo")

MOST_BYTES = 64 * 1024
KEEP_ANSWERS = timedelta(days=7)
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True)
class Answer:
    body: dict[str, Any]
    status: int = 200


Handler = Callable[..., Answer]
View = Callable[..., HttpResponse]


def endpoint(*, get: Handler | None = None, post: Handler | None = None) -> View:
    """A view that calls ``get(fields, **path)`` or ``post(fields, **path)`` with what was sent.

    Fields of a GET come from the query. The key is checked before anything else is said.
    """
    handlers = {name: handler for name, handler in (("GET", get), ("POST", post)) if handler}

    @csrf_exempt  # no cookie is used here
    def view(request: HttpRequest, **path: str) -> HttpResponse:
        try:
            response = _answer(request, handlers, path)
        except Problem as problem:
            response = problem.response()
        except OperationalError:
            logger.exception("the shop's database did not answer")
            response = _UNAVAILABLE.response()
        response["Cache-Control"] = "no-store"
        return response

    return view


def not_found(request: HttpRequest) -> HttpResponse:
    """Any other address below the API."""
    hint = "See docs/demo.md for the addresses. They all end with a slash."
    detail = f"The API has no address {request.path}."
    return Problem(404, "no_such_address", detail, hint).response()


_UNAVAILABLE = Problem(
    503,
    "store_unavailable",
    "The shop's records cannot be reached just now.",
    "Nothing was changed. Send the request again, with the same Idempotency-Key.",
    headers={"Retry-After": "5"},
)


def _answer(
    request: HttpRequest, handlers: dict[str, Handler], path: dict[str, str]
) -> HttpResponse:
    api_key = _authenticate(request)
    method = "GET" if request.method == "HEAD" else str(request.method)
    handler = handlers.get(method)
    if handler is None:
        allowed = ", ".join(handlers)
        raise Problem(
            405,
            "method_not_allowed",
            f"{method} is not possible here.",
            f"Use {allowed}.",
            headers={"Allow": allowed},
        )
    if method == "GET":
        return _respond(handler(Fields(request.GET.dict()), **path))
    return _write(request, api_key, handler, path)


def _authenticate(request: HttpRequest) -> ApiKey:
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    shown = shown.strip()
    if scheme.lower() == "bearer" and shown:
        for api_key in ApiKey.objects.all():
            if secrets.compare_digest(api_key.key.encode(), shown.encode()):
                return api_key
    detail = "The bearer key is not known." if shown else "The request carries no bearer key."
    raise Problem(
        401,
        "unauthorised",
        detail,
        "Send the header Authorization: Bearer KEY; python manage.py loaddemo --key prints it.",
        headers={"WWW-Authenticate": 'Bearer realm="Northwind Trail"'},
    )


def _write(
    request: HttpRequest, api_key: ApiKey, handler: Handler, path: dict[str, str]
) -> HttpResponse:
    body = _body(request)
    key = request.headers.get("Idempotency-Key")
    if key is None:
        with transaction.atomic():
            return _respond(handler(Fields(body), **path))
    if not _IDEMPOTENCY_KEY.fullmatch(key):
        raise Problem(
            400,
            "bad_idempotency_key",
            "The Idempotency-Key is empty, too long or holds spaces.",
            "Use 1 to 255 visible ASCII characters, such as a UUID.",
        )
    return _once(request, api_key, key, body, lambda: handler(Fields(body), **path))


def _once(
    request: HttpRequest, api_key: ApiKey, key: str, body: dict[str, Any], act: Callable[[], Answer]
) -> HttpResponse:
    """Act and keep the answer in one transaction; the same key again gives the kept answer.

    Refusals are kept too, so that a retry cannot succeed where the first answer said no.
    """
    content = json.dumps([request.method, request.path, body], sort_keys=True)
    fingerprint = hashlib.sha256(content.encode()).hexdigest()
    with transaction.atomic():
        IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEEP_ANSWERS).delete()
        row, fresh = IdempotencyKey.objects.get_or_create(
            api_key=api_key, key=key, defaults={"fingerprint": fingerprint}
        )
        if row.fingerprint != fingerprint:
            raise Problem(
                422,
                "idempotency_key_reused",
                "This Idempotency-Key was used before for another request.",
                "Use a new key for a new request; repeat the old one unchanged to retry it.",
            )
        if fresh:
            answer = _attempt(act)
            row.status, row.answer = answer.status, answer.body
            row.save()
    response = _respond(Answer(row.answer, row.status))
    if not fresh:
        response["Idempotent-Replayed"] = "true"
    return response


def _attempt(act: Callable[[], Answer]) -> Answer:
    try:
        with transaction.atomic():
            return act()
    except Problem as problem:
        return Answer(problem.as_json(), problem.status)


def _respond(answer: Answer) -> JsonResponse:
    content_type = CONTENT_TYPE if answer.status >= 400 else "application/json"
    return JsonResponse(answer.body, status=answer.status, content_type=content_type)


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise Problem(
            415,
            "not_json",
            f"The body is declared as {request.content_type or 'nothing'}.",
            "Send JSON with the header Content-Type: application/json.",
        )
    return _parse(_bytes(request))


def _bytes(request: HttpRequest) -> bytes:
    too_large = Problem(
        413,
        "too_large",
        f"The body is larger than {MOST_BYTES // 1024} KiB.",
        "Send less; photos go by e-mail to help@northwindtrail.example.",
    )
    declared = request.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > MOST_BYTES:
        raise too_large
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise too_large from error
    if len(body) > MOST_BYTES:
        raise too_large
    return body


def _parse(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(
            body.decode(), object_pairs_hook=_object_without_doubles, parse_constant=_no_constant
        )
        json.dumps(value, ensure_ascii=False).encode()  # finds lone surrogates
    except (ValueError, RecursionError) as error:
        raise Problem(
            400,
            "bad_json",
            "The body is not valid JSON in UTF-8, or names a field twice.",
            'Send one JSON object such as {"email": "sam@example.com"}.',
        ) from error
    if not isinstance(value, dict):
        raise Problem(
            400, "not_an_object", "The body is not a JSON object.", "Put the fields in { and }."
        )
    return value


def _object_without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a field stands twice")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
