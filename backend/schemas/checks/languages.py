"""Texts for people: in all the bot's languages, and in no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from backend.dialogue.language import NAMES
from backend.dialogue.schema import Schema, Service

from ..languages import language_name
from .finding import Finding, Place, error, of, of_service, warning


def check(schema: Schema) -> Iterator[Finding]:
    if not schema.languages:
        yield error(
            Place("bot", field="languages"),
            "The bot speaks no language.",
            "Name one, such as “en”.",
        )
    if len(set(schema.languages)) < len(schema.languages):
        yield error(
            Place("bot", field="languages"), "A language is there twice.", "Name each of them once."
        )
    for language in schema.languages:
        if language not in NAMES:
            yield warning(
                Place("bot", field="languages"),
                f"What the bot says in words of its own is not there in {language_name(language)}.",
                f"Visitors will read some of it in English; {_names(NAMES)} are whole.",
            )
    for service in schema.services:
        for place, texts in _texts(service):
            yield from _missing(schema, place, texts)


def _texts(service: Service) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    yield of_service(service).at("title"), service.title
    for slot in service.slots:
        place = of("slot", service, slot)
        yield place.at("title"), slot.title
        yield place.at("refusal"), slot.refusal
        yield place.at("unit"), slot.unit
        for choice in slot.choices:
            yield place.at(f"choices.{choice.value}.labels"), choice.labels
    for intent in service.intents:
        place = of("intent", service, intent)
        yield place.at("title"), intent.title
        for occasion, texts in intent.replies.items():
            yield place.at(f"replies.{occasion}"), texts
    for action in service.actions:
        for outcome, texts in action.replies.items():
            yield of("action", service, action).at(f"replies.{outcome}"), texts


def _missing(schema: Schema, place: Place, texts: Mapping[str, str]) -> Iterator[Finding]:
    """A text that is there in one language is missing in the others."""
    there = {language for language, text in texts.items() if text.strip()}
    for language in schema.languages:
        if there and language not in there:
            yield warning(
                place.at(f"{place.field}.{language}"),
                f"The text is not there in {language_name(language)}.",
                f"Write it; until then visitors read it in {_names(there)}.",
            )
    for language in sorted(set(texts) - set(schema.languages)):
        yield warning(
            place.at(f"{place.field}.{language}"),
            f"There is a text in {language_name(language)}, which is none of the bot's languages.",
            f"Add “{language}” to the bot's languages, or remove the text.",
        )


def _names(languages: Iterable[str]) -> str:
    return ", ".join(map(language_name, sorted(languages)))
