"""Intents: what they do, what they say then, and the defaults of their slots."""

from __future__ import annotations

from collections.abc import Iterator

from backend.dialogue.schema import Intent, Schema, Service

from .finding import Finding, Place, error, of, warning
from .samples import fits

_OUTCOMES = ("success", "not_found", "refused", "failure")


def check(schema: Schema) -> Iterator[Finding]:
    for service, intent in schema.intents():
        place = of("intent", service, intent)
        yield from _fulfilment(service, intent, place)
        yield from _idle_replies(intent, place)
        yield from _defaults(service, intent, place)
        if intent.confirm and not _has(intent, "confirm"):
            yield warning(
                place.at("replies.confirm"),
                "It is confirmed, and there is no text that asks for it.",
                "Write one, or let the bot list the values in words of its own.",
            )


def _fulfilment(service: Service, intent: Intent, place: Place) -> Iterator[Finding]:
    if intent.does == "action":
        action = service.action(intent.action)
        if not intent.action:
            yield error(place.at("action"), "It calls no action.", "Choose the action it calls.")
        elif (
            action
            and not _has(intent, "success")
            and not any(text.strip() for text in action.replies.get("success", {}).values())
        ):
            yield warning(
                place.at("replies.success"),
                "There is no text for success, so that visitors only hear that it is done.",
                "Write what they should know then.",
            )
    elif intent.action:
        yield warning(
            place.at("action"),
            f"It names the action “{intent.action}”, which it does not call.",
            "Let it do “action”, or take the action out.",
        )
    if intent.does == "reply" and not _has(intent, "reply"):
        yield error(place.at("replies.reply"), "It has nothing to say.", "Write its reply.")


def _idle_replies(intent: Intent, place: Place) -> Iterator[Finding]:
    said = {"cancelled"} | ({"confirm"} if intent.confirm else set())
    said |= set(_OUTCOMES) if intent.does == "action" else set()
    said |= {"reply"} if intent.does in ("reply", "handoff") else set()
    for occasion in intent.replies:
        if occasion not in said:
            yield warning(
                place.at(f"replies.{occasion}"),
                f"The text for “{occasion}” is never said.",
                "Remove it, or change what the intent does.",
            )


def _defaults(service: Service, intent: Intent, place: Place) -> Iterator[Finding]:
    for use in intent.slots:
        slot = service.slot(use.slot)
        where = place.at(f"slots.{use.slot}.default")
        if use.default is None or slot is None:
            continue
        if use.required:
            yield warning(
                where,
                f"“{use.slot}” is required, so that its default is never used.",
                "Make it optional, or remove the default.",
            )
        elif not fits(slot, use.default):
            yield error(
                where,
                f"The default of “{use.slot}” is no value of the type {slot.type}.",
                "Choose one of its choices." if slot.choices else "Write one as actions get it.",
            )


def _has(intent: Intent, occasion: str) -> bool:
    return any(text.strip() for text in intent.replies.get(occasion, {}).values())  # type: ignore[call-overload]
