"""Templates: their grammar, and that what they name is there when they are filled in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from backend.dialogue.responding.templates import TemplateProblem, names, parts
from backend.dialogue.schema import Action, Intent, Schema, Service, Texts

from .finding import Finding, Place, choose, error, of, warning

_IN_REPLIES = frozenset({"profile", "company", "result", "problem", "language"})
_IN_CALLS = frozenset({"profile", "language"})
_SECRET = re.compile(r"\{\{-?\s*secret\.([a-z][a-z0-9_]*)\s*-?\}\}")


def check(schema: Schema) -> Iterator[Finding]:
    for service in schema.services:
        for slot in service.slots:
            place = of("slot", service, slot)
            for language, prompts in slot.prompts.items():
                for prompt in prompts:
                    yield from _reply(prompt, service, place.at(f"prompts.{language}"))
            yield from _replies(slot.refusal, service, place.at("refusal"))
        for intent in service.intents:
            yield from _of_intent(service, intent)
        for action in service.actions:
            yield from _of_action(service, action)


def _of_intent(service: Service, intent: Intent) -> Iterator[Finding]:
    """The results of its own action and of those that offer are there when it succeeds."""
    slots = [service.slot(use.slot) for use in intent.slots]
    called = [intent.action, *(slot.offer.action for slot in slots if slot and slot.offer)]
    results = {name for one in called if (action := service.action(one)) for name in action.results}
    for occasion, texts in intent.replies.items():
        place = of("intent", service, intent).at(f"replies.{occasion}")
        yield from _replies(texts, service, place, results if occasion == "success" else None)
        yield from _never_asked(texts, service, intent, place)


def _never_asked(texts: Texts, service: Service, intent: Intent, place: Place) -> Iterator[Finding]:
    others = {slot.name for slot in service.slots} - {use.slot for use in intent.slots}
    for language, text in texts.items():
        for name in sorted(named(text) & others):
            yield warning(
                place.at(f"{place.field}.{language}"),
                f"It shows the slot “{name}”, which this intent does not have.",
                "Add the slot to the intent, or take it out of the text.",
            )


def _of_action(service: Service, action: Action) -> Iterator[Finding]:
    place = of("action", service, action)
    results = {name for other in service.actions for name in other.results}
    for occasion, texts in action.replies.items():
        where = place.at(f"replies.{occasion}")
        yield from _replies(texts, service, where, results if occasion == "success" else None)
    known = {slot.name for slot in service.slots} | _IN_CALLS
    for field, template in fields_of(action):
        yield from _wrong(template, place.at(field), known)


def fields_of(action: Action) -> Iterator[tuple[str, str]]:
    """Every template of the call with its field: ``url``, ``query.email``, ``body.lines.0``.

    Without the secrets that headers hold.
    """
    yield "url", action.url
    yield from ((f"query.{name}", template) for name, template in action.query.items())
    for name, template in action.headers.items():
        yield f"headers.{name}", _SECRET.sub("", template)
    yield from _leaves("body", action.body)


def _leaves(field: str, body: object) -> Iterator[tuple[str, str]]:
    if isinstance(body, str):
        yield field, body
    elif isinstance(body, dict | list):
        children = body.items() if isinstance(body, dict) else enumerate(body)
        for key, child in children:
            yield from _leaves(f"{field}.{key}", child)


def named(template: str) -> set[str]:
    """The names in a template; none where it cannot be read."""
    try:
        return names(template)
    except TemplateProblem:
        return set()


def _replies(
    texts: Texts, service: Service, place: Place, results: Collection[str] | None = None
) -> Iterator[Finding]:
    for language, text in texts.items():
        yield from _reply(text, service, place.at(f"{place.field}.{language}"), results)


def _reply(
    text: str, service: Service, place: Place, results: Collection[str] | None = None
) -> Iterator[Finding]:
    """A text for visitors. ``results`` are those that it can have, None for none at all."""
    yield from _wrong(text, place, {slot.name for slot in service.slots} | _IN_REPLIES)
    if "result" not in named(text):
        return
    if results is None:
        yield error(
            place,
            "It names a result, and at this point no action has given one.",
            "Results can be named in the reply for success.",
        )
        return
    for part in sorted(parts(text, "result") - set(results)):
        yield error(
            place,
            f"It names the result “{part}”, which the action does not give.",
            choose(part, results, "result"),
        )


def _wrong(template: str, place: Place, known: Collection[str]) -> Iterator[Finding]:
    try:
        used = names(template)
    except TemplateProblem as problem:
        yield error(place, problem.text, problem.hint or "Write it another way.")
        return
    for name in sorted(used - set(known)):
        if name == "secret":
            yield error(
                place,
                "A secret can stand in the headers of an action only.",
                "Put it into a header as {{ secret.name }}, with nothing else in the braces.",
            )
        else:
            yield error(
                place, f"It names “{name}”, which is not known here.", choose(name, known, "slot")
            )
