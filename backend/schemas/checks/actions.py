"""Actions: their address, headers and secrets, what is read from the answer, who may call them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urlsplit

from jmespath.functions import Functions

from backend.dialogue.memory import Value
from backend.dialogue.responding.answer import compiled
from backend.dialogue.responding.requests import build, secrets_named
from backend.dialogue.responding.templates import TemplateProblem, parts, prefix
from backend.dialogue.schema import Action, Schema, Service, Slot

from .finding import Finding, Place, choose, error, of, warning
from .samples import sample
from .templates import fields_of, named

_ADDRESS = re.compile(r"https?://[^/?#@\s\\{}<>\"]+[/?#]", re.IGNORECASE)
_LOCAL = {"localhost", "127.0.0.1", "::1"}


def check(schema: Schema, secrets: Collection[str] | None) -> Iterator[Finding]:
    if secrets is not None:
        yield from _unset(schema, secrets)
    for service in schema.services:
        for action in service.actions:
            place = of("action", service, action)
            address = list(_address(action, place))
            yield from address
            yield from _sent_openly(action, place)
            yield from _logged(action, service, place)
            if not address:
                yield from _trials(action, service, place)
            for name, path in action.results.items():
                yield from _path(path, place.at(f"results.{name}"))
        for slot in service.slots:
            yield from _offer(slot, service, of("slot", service, slot))


def _address(action: Action, place: Place) -> Iterator[Finding]:
    """The host stands in the template's own text, so that no value can change it."""
    template = action.url.strip()
    try:
        literal = prefix(template)
    except TemplateProblem:
        return  # said by the check of templates
    if not template:
        yield error(
            place.at("url"),
            "It has no address to call.",
            "Write one, such as https://shop.example/orders/{{ order }}.",
        )
    elif not _ADDRESS.match(literal if literal != template else f"{literal}/"):
        yield error(
            place.at("url"),
            f"“{template[:100]}” is no address that can be called.",
            "Begin with https:// or http:// and the host in plain text, such as "
            "https://shop.example/orders/{{ order }}.",
        )


def _unset(schema: Schema, known: Collection[str]) -> Iterator[Finding]:
    senders: dict[str, list[str]] = {}
    for service in schema.services:
        for action in service.actions:
            for name in sorted(_secrets(action)):
                senders.setdefault(name, []).append(f"“{action.name}”")
    for name, actions in senders.items():
        if name not in known:
            more = f" and {len(actions) - 3} more" if len(actions) > 3 else ""
            yield warning(
                Place("bot", field="secrets"),
                f"The secret “{name}” is not set; it is sent by {', '.join(actions[:3])}{more}.",
                "Set it among the bot's secrets, or these calls will be turned away.",
            )


def _secrets(action: Action) -> set[str]:
    try:
        return secrets_named(action)
    except TemplateProblem:
        return set()  # said by the check of templates


def _sent_openly(action: Action, place: Place) -> Iterator[Finding]:
    if _secrets(action) and _is_open(action.url.strip()):
        yield warning(
            place.at("url"),
            "The secret is sent without encryption, where others can read it.",
            "Use https:// in the address.",
        )


def _logged(action: Action, service: Service, place: Place) -> Iterator[Finding]:
    sensitive = {slot.name for slot in service.slots if slot.sensitive}
    for field, template in fields_of(action):
        for name in sorted(named(template) & sensitive):
            if field.startswith(("url", "query.")):
                yield warning(
                    place.at(field),
                    f"The sensitive slot “{name}” stands in the address, which servers on the way "
                    "write into their logs.",
                    "Put it into the body or a header.",
                )


def _is_open(url: str) -> bool:
    try:
        found = urlsplit(url)
        return found.scheme.lower() == "http" and found.hostname not in _LOCAL
    except ValueError:
        return False


def _trials(action: Action, service: Service, place: Place) -> Iterator[Finding]:
    """Each part of the call put together from sample values.

    What a template does with a value may go wrong with a sample only, so that is a warning.
    """
    try:
        literal = prefix(action.url.strip())
    except TemplateProblem:
        return  # said by the check of templates
    origin = (_ADDRESS.match(f"{literal}/") or [literal])[0]
    blank: dict[str, Any] = {"url": origin, "query": {}, "headers": {}, "body": None}
    pieces: list[tuple[str, dict[str, Any]]] = [("url", {"url": action.url})]
    pieces += [(f"query.{name}", {"query": {name: text}}) for name, text in action.query.items()]
    for name, text in action.headers.items():
        pieces += [(f"headers.{name}", {"headers": {name: one}}) for one in ("", text)]
    pieces.append(("body", {"body": action.body}))
    for field, piece in pieces:
        yield from _trial(action.model_copy(update=blank | piece), service, place.at(field))


def _trial(action: Action, service: Service, place: Place) -> Iterator[Finding]:
    used = {name for _field, template in fields_of(action) for name in named(template)}
    slots = {slot.name for slot in service.slots}
    if used - slots - {"profile", "language"}:
        return  # said by the check of templates
    profile = {part: "x1" for _field, text in fields_of(action) for part in _profile(text)}
    try:
        build(action, service, {s.name: Value(value=sample(s)) for s in service.slots}, profile)
    except TemplateProblem as problem:
        level = warning if used else error
        yield level(place, problem.text, problem.hint or "Write it another way.")


def _profile(template: str) -> set[str]:
    try:
        return parts(template, "profile")
    except TemplateProblem:
        return set()


def _path(path: str, place: Place) -> Iterator[Finding]:
    """A JMESPath expression: its grammar, and that its functions are there."""
    try:
        functions = set(_functions(compiled(path).parsed))
    except TemplateProblem as problem:
        yield error(place, problem.text, problem.hint or "Write it another way.")
        return
    except (ValueError, RecursionError):
        yield error(place, f"“{path[:100]}” cannot be read.", "Write it another way.")
        return
    for name in sorted(functions - set(Functions.FUNCTION_TABLE)):
        yield error(
            place,
            f"JMESPath has no function “{name}”.",
            choose(name, Functions.FUNCTION_TABLE, "function"),
        )


def _functions(parsed: Any) -> Iterator[str]:
    if isinstance(parsed, dict):
        if parsed.get("type") == "function_expression":
            yield parsed["value"]
        for child in parsed.get("children", ()):
            yield from _functions(child)


def _offer(slot: Slot, service: Service, place: Place) -> Iterator[Finding]:
    if not slot.offer:
        return
    for field in ("items", "value", "label"):
        yield from _path(getattr(slot.offer, field), place.at(f"offer.{field}"))
    action = service.action(slot.offer.action)
    if action and not action.reads:
        yield error(
            place.at("offer"),
            f"Its values are offered by “{action.name}”, which is called with {action.method} and "
            "may change something each time it is asked what there is.",
            "Name an action that is called with GET.",
        )
