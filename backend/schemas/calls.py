"""Sends an action's call to the customer's system, and says what became of it.

Whatever that system does is an :class:`ActionResult`: nothing is raised, a slow or endless answer
is cut off, no redirect is followed, no cookie is kept. An attempt that failed for a reason that may
pass is repeated under the same ``Idempotency-Key``. Private networks are not shut out: the systems
that a company's bot calls stand in them as a rule, and only its operators write addresses.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import random
import re
import socket
import ssl
import time
from asyncio import sleep
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from weakref import WeakKeyDictionary

import httpx

from backend.dialogue.responding.masking import masked
from backend.dialogue.types import ActionResult, HttpRequest
from backend.sealing import CannotOpen, unseal

from .answers import MOST_BYTES, PASSING, failure, result_of, wait_asked_for
from .models import Secret

log = logging.getLogger("kefu.actions")

MOST_WAIT = 5.0  # seconds that a Retry-After may ask for
MOST_SECONDS = 60.0  # that one call may take with its repetitions
_PLACE = re.compile(r"\{\{ secret\.([a-z][a-z0-9_]*) \}\}")
_OURS = {"accept": "application/json", "accept-encoding": "identity", "user-agent": "Kefu"}

_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, httpx.AsyncClient] = WeakKeyDictionary()


class _NotSent(Exception):
    """The call cannot be made; the message says why and what mends it."""


@dataclass(frozen=True)
class _Tried:
    """One attempt; ``again``: another one may do better, ``after`` that many seconds."""

    result: ActionResult
    again: bool = False
    after: float = 0.0


async def send(
    request: HttpRequest,
    *,
    idempotency_key: str,
    secrets: Mapping[str, str],
    backoff_s: float = 0.25,
) -> ActionResult:
    """Make the call, and repeat it as often as the request allows. Never raises for what the other
    system does. ``backoff_s`` is about how long the first pause is; each is twice the last."""
    started = time.monotonic()
    hidden = sorted(secrets.values(), key=len, reverse=True)
    tried = _Tried(failure("The call was not made."))
    try:
        made = _made(request, idempotency_key, secrets)
        for number in itertools.count(1):
            tried = await _try(made, request.timeout_s, hidden)
            pause = max(tried.after, backoff_s * 2 ** (number - 1) * random.uniform(0.5, 1.5))
            spent = time.monotonic() - started
            if not tried.again or number > request.retries or spent + pause > MOST_SECONDS:
                break
            if tried.after > MOST_WAIT:
                break
            await sleep(pause)
    except _NotSent as error:
        tried = _Tried(failure(str(error)))
    text = masked(tried.result.error, (*hidden, *request.sensitive))
    result = replace(tried.result, error=text, ms=(time.monotonic() - started) * 1000)
    if result.outcome == "failure":
        log.warning("A call to a customer's system failed: %s", result.error)
    return result


def secrets_of(bot_id: int) -> dict[str, str]:
    """The bot's secrets by name, but for those that cannot be opened any more."""
    found = {}
    for secret in Secret.objects.filter(bot=bot_id):
        try:
            found[secret.name] = unseal(secret.sealed)
        except CannotOpen as error:
            log.warning("The secret “%s” of bot %s: %s", secret.name, bot_id, error)
    return found


async def aclose() -> None:
    """Close the connections of this event loop."""
    client = _clients.pop(asyncio.get_running_loop(), None)
    if client is not None:
        await client.aclose()


def _client() -> httpx.AsyncClient:
    loop = asyncio.get_running_loop()
    if loop not in _clients:
        # What one visitor's answer sets must not go along with another's call.
        no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
        # The whole attempt has one deadline, so that no single phase needs its own.
        _clients[loop] = httpx.AsyncClient(timeout=None, cookies=no_cookies)  # noqa: S113
    return _clients[loop]


def _made(request: HttpRequest, key: str, secrets: Mapping[str, str]) -> httpx.Request:
    headers = _OURS | {
        name.lower(): _filled(value, secrets) for name, value in request.headers.items()
    }
    if request.method != "GET":
        headers["idempotency-key"] = key
    content = None
    if request.body is not None:
        headers["content-type"] = "application/json"
        content = json.dumps(request.body).encode()
    try:
        encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
        return _client().build_request(
            request.method, request.url, headers=encoded, content=content
        )
    except (httpx.InvalidURL, ValueError) as error:
        raise _NotSent(
            "The action's address or one of its headers cannot be sent; check them."
        ) from error


def _filled(value: str, secrets: Mapping[str, str]) -> str:
    def secret(match: re.Match[str]) -> str:
        name = match[1]
        if name not in secrets:
            raise _NotSent(
                f"The secret “{name}” is missing or cannot be opened; enter it again under the "
                "bot's secrets."
            )
        if not secrets[name].isprintable():
            raise _NotSent(
                f"The secret “{name}” has a character that no header can have; enter it again."
            )
        return secrets[name]

    return _PLACE.sub(secret, value)


async def _try(made: httpx.Request, timeout_s: float, hidden: Sequence[str]) -> _Tried:
    try:
        async with asyncio.timeout(timeout_s):
            response = await _client().send(made, stream=True)
            try:
                body = await _read(response)
            finally:
                await response.aclose()
    except TimeoutError:
        return _Tried(
            failure(
                f"The system did not answer within {timeout_s:g} s. Let it answer sooner, or give "
                "the action more time."
            ),
            again=True,
        )
    except httpx.HTTPError as error:
        return _unreachable(error, made)
    result = result_of(response.status_code, response.headers, body, hidden)
    if response.status_code not in PASSING:
        return _Tried(result)
    return _Tried(result, True, wait_asked_for(response.headers, datetime.now(UTC)))


async def _read(response: httpx.Response) -> bytes | None:
    """The body, or None as soon as it is larger than MOST_BYTES."""
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length[:18]) > MOST_BYTES:
        return None
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _unreachable(error: httpx.HTTPError, made: httpx.Request) -> _Tried:
    where = made.url.netloc.decode()
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        text = f"{where} has no certificate that this server trusts. Check the address, or mend it."
        return _Tried(failure(text))
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return _Tried(failure(f"{where} does not speak HTTPS. Is its address one with http://?"))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        text = f"The host of {where} is not known. Check the address, and this server's DNS."
    elif isinstance(error, httpx.ConnectError):
        text = f"Nothing answers at {where}. Check the address, and that the system runs."
    elif isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol):
        text = "The action's address or one of its headers cannot be sent; check them."
        return _Tried(failure(text))
    else:
        text = f"{where} broke off before its answer was complete. Look into its log."
    return _Tried(failure(text), again=True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
