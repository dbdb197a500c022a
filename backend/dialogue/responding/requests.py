"""An action's HTTP call, put together from its templates; and what its answer is read for.

What a visitor said can fill a part of the path, a query field, a header or a value of the body; it
can never change the host or the path around it, start another header, or name a secret. Sends
nothing: headers still hold ``{{ secret.name }}``, which the caller fills in.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import quote, unquote, urlencode, urlsplit

from ..memory import Value
from ..schema import Action, Service
from ..types import HttpRequest
from .answer import mapped, options
from .masking import MASK, texts_of
from .templates import TemplateProblem, left_out, parts, plain_names, prefix, render, tree, value

__all__ = ["build", "key", "mapped", "needs", "options", "secrets_named"]

T = TypeVar("T")
_MOST_URL, _MOST_HEADER = 8_000, 4_000  # characters
_ORIGIN = re.compile(r"(https?)://([^/?#@\s\\{}<>\"]+)(?=[/?#])", re.IGNORECASE)
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")
# Kefu writes these itself, or they say where a message ends.
_TECHNICAL = """
accept-encoding connection content-length content-type expect host idempotency-key te trailer
transfer-encoding upgrade
"""
_NOT_THEIRS = frozenset(_TECHNICAL.split())
_SECRET = re.compile(r"\{\{-?\s*secret\.([a-z][a-z0-9_]*)\s*-?\}\}")
# Two characters that nobody types stand for a secret's braces until all values are in.
_OPEN, _CLOSE = "\ue000", "\ue001"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def build(
    action: Action,
    service: Service,
    values: Mapping[str, Value],
    profile: Mapping[str, Any],
    *,
    language: str = "en",
    optional: Collection[str] = (),
    sensitive: Collection[str] = (),
) -> HttpRequest:
    """The call of ``action`` with these values, in a conversation of this ``language``.

    What plainly names an ``optional`` slot without a value, or one that the visitor does not care
    about, is left out. Raises TemplateProblem."""
    fields: dict[str, Any] = {slot.name: None for slot in service.slots}
    fields |= {name: found.value for name, found in values.items()}
    fields |= {"profile": dict(profile), "language": language}
    lacking = {*optional, *values} - {"profile", "language"}
    _require(action, service, fields, lacking)
    hidden = fields | {name: MASK for name in sensitive if fields.get(name) is not None}
    return HttpRequest(
        action.method,
        _url(action, fields, lacking),
        _headers(action, fields, lacking),
        tree(action.body, fields, lacking),
        action.timeout_s,
        action.retries,
        {
            "method": action.method,
            "url": _or_mask(lambda: unquote(_url(action, hidden, lacking))),
            "headers": _or_mask(lambda: _headers(action, hidden, lacking)),
            "body": _or_mask(lambda: tree(action.body, hidden, lacking)),
        },
        texts_of(values[name] for name in sensitive if name in values),
    )


def needs(action: Action, service: Service) -> tuple[str, ...]:
    """The slots that the action's templates name plainly, in the service's order. Those that the
    address names must have a value, the others unless their intent has them as optional."""
    named: set[str] = set()
    for template in _templates(action):
        try:
            named |= plain_names(template)
        except TemplateProblem:
            continue  # an unfinished draft; publishing says so
    return tuple(slot.name for slot in service.slots if slot.name in named)


def secrets_named(action: Action) -> set[str]:
    """The secrets that the action's headers hold. Raises TemplateProblem."""
    return set().union(*(parts(template, "secret") for template in action.headers.values()))


def key(task_id: int, action: Action, request: HttpRequest) -> str:
    """The same for the same call in a task of a conversation, and for no other."""
    call = [request.method, request.url, dict(request.headers), request.body]
    text = json.dumps(call, sort_keys=True, separators=(",", ":"))
    return f"{task_id}:{action.name}:{hashlib.sha256(text.encode()).hexdigest()}"


def _templates(action: Action) -> Iterator[str]:
    yield action.url.strip()
    yield from action.query.values()
    yield from action.headers.values()
    yield from _leaves(action.body)


def _leaves(body: Any) -> Iterator[str]:
    if isinstance(body, str):
        yield body
    elif isinstance(body, Mapping | list):
        for child in body.values() if isinstance(body, Mapping) else body:
            yield from _leaves(child)


def _require(
    action: Action, service: Service, fields: Mapping[str, Any], lacking: Collection[str]
) -> None:
    address = plain_names(action.url.strip())
    for name in needs(action, service):
        if fields[name] is None and (name in address or name not in lacking):
            raise TemplateProblem(
                f"The action “{action.name}” needs “{name}”, which has no value.",
                "Make the slot required in the intent, or put it into {% if … %}.",
            )


def _or_mask(part: Callable[[], T]) -> T | str:
    """The part as operators may see it; a template that reckons with a masked value is masked."""
    try:
        return part()
    except TemplateProblem:
        return MASK


def _url(action: Action, fields: Mapping[str, Any], lacking: Collection[str]) -> str:
    template = action.url.strip()
    origin = _origin(template)
    url = render(template, fields, escape=_path_piece)
    query = urlencode(list(_query(action, fields, lacking)), quote_via=quote, safe="")
    if query:
        url += ("&" if "?" in url else "?") + query
    _check_url(url, origin)
    return url


def _origin(template: str) -> str:
    """The host of the template's own text. Raises TemplateProblem where a value could change it."""
    literal = prefix(template)
    found = _ORIGIN.match(literal if literal != template else literal + "/")
    try:
        good = found is not None and bool(urlsplit(found[0]).hostname)
        _ = urlsplit(found[0]).port if found else None
    except ValueError:
        good = False
    if not found or not good:
        raise TemplateProblem(
            "The address has to begin with https:// or http://, a host and “/”, in plain text.",
            "Write it as https://api.example.com/orders/{{ order }}.",
        )
    return found[2]


def _check_url(url: str, origin: str) -> None:
    found = urlsplit(url)
    if found.netloc != origin or "#" in url or re.search(r"[\s\\\x00-\x1f\x7f]", url):
        raise TemplateProblem("The address has a space, a “#” or a “\\”.", "Take it out.")
    if any(unquote(segment) in (".", "..") for segment in found.path.split("/")):
        raise TemplateProblem(
            "A part of the address's path is “.” or “..”, which would name another path.",
            "Write the path in full; no value can be “..”.",
        )
    if len(url) > _MOST_URL:
        raise TemplateProblem(
            f"The address gets longer than {_MOST_URL:,} characters.", "Put the text into the body."
        )


def _path_piece(text: str) -> str:
    if not text:
        raise TemplateProblem(
            "A value in the address is empty, so that it would name something else.",
            "Put what may be empty into the query or the body.",
        )
    return quote(text, safe="")


def _query(
    action: Action, fields: Mapping[str, Any], lacking: Collection[str]
) -> Iterator[tuple[str, str]]:
    for name, template in action.query.items():
        if left_out(template, fields, lacking):
            continue
        found = value(template, fields)
        for one in found if isinstance(found, list) else [found]:
            if one is not None:
                yield name, render("{{ value }}", {"value": one})


def _headers(action: Action, fields: Mapping[str, Any], lacking: Collection[str]) -> dict[str, str]:
    return {
        name: _header(name, template, fields)
        for name, template in action.headers.items()
        if not left_out(template, fields, lacking)
    }


def _header(name: str, template: str, fields: Mapping[str, Any]) -> str:
    if not _HEADER_NAME.fullmatch(name) or name.lower() in _NOT_THEIRS:
        raise TemplateProblem(
            f"“{name[:100]}” cannot be set as a header.",
            "A header's name has letters, digits and “-”; Kefu sets the technical ones itself.",
        )
    marked = _SECRET.sub(rf"{_OPEN}\1{_CLOSE}", template)
    text = render(marked, fields, escape=_header_piece)
    text = _CONTROLS.sub(" ", text).strip().replace("{{", "{ {")
    if len(text) > _MOST_HEADER:
        raise TemplateProblem(
            f"The header “{name}” gets longer than {_MOST_HEADER:,} characters.",
            "Put the text into the body.",
        )
    return text.replace(_OPEN, "{{ secret.").replace(_CLOSE, " }}")


def _header_piece(text: str) -> str:
    return text.replace(_OPEN, "").replace(_CLOSE, "")
