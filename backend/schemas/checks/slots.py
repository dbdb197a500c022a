"""Slots: what they are asked with, what can be chosen, limits, expressions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from backend.dialogue.responding.templates import RESERVED
from backend.dialogue.schema import Schema, Slot
from backend.dialogue.tracking.patterns import compile_pattern
from backend.words import normalise

from ..languages import language_name
from .finding import Finding, Place, error, of, warning
from .samples import is_date

# What visitors write about anything: an expression that matches these finds a value everywhere.
_ORDINARY = ("hello", "please", "return", "Thanks", "I", "please help me", "你好", "退货")
# Fields that only some types have; with another type they do nothing.
_OF_TYPES = {
    "choices": {"choice"},
    "minimum": {"number", "money"},
    "maximum": {"number", "money"},
    "unit": {"number"},
    "currency": {"money"},
    "pattern": {"pattern"},
    "earliest": {"date", "date_range"},
    "latest": {"date", "date_range"},
}


def check(schema: Schema) -> Iterator[Finding]:
    for service in schema.services:
        required = {use.slot for intent in service.intents for use in intent.slots if use.required}
        for slot in service.slots:
            place = of("slot", service, slot)
            if slot.name in RESERVED:
                yield error(
                    place.at("name"),
                    f"Templates use the name “{slot.name}” for something else.",
                    "Give the slot another name.",
                )
            if slot.name in required:
                yield from _prompts(schema, slot, place)
            yield from _choices(slot, place)
            yield from _limits(slot, place)
            yield from _pattern(slot, place)
            yield from _idle_fields(slot, place)


def _prompts(schema: Schema, slot: Slot, place: Place) -> Iterator[Finding]:
    """A required slot is asked for; an optional one never is."""
    asked = {language for language, prompts in slot.prompts.items() if any(map(str.strip, prompts))}
    if not asked:
        yield error(
            place.at("prompts"),
            "The bot has to ask for it, and there is no prompt.",
            "Write how the bot asks for it, such as “Which order is it about?”.",
        )
        return
    for language in schema.languages:
        if language not in asked:
            yield warning(
                place.at(f"prompts.{language}"),
                f"There is no prompt for visitors who write {language_name(language)}.",
                "Write one; until then they are asked in another language.",
            )


def _choices(slot: Slot, place: Place) -> Iterator[Finding]:
    if slot.type != "choice":
        return
    if not slot.choices and not slot.offer:
        yield error(
            place.at("choices"),
            "There is nothing to choose from.",
            "Add choices, or name the action that offers them.",
        )
    if slot.choices and slot.offer:
        yield warning(
            place.at("choices"),
            "It has choices of its own and an action that offers some; the action's are used.",
            "Remove one of the two.",
        )
    meanings: dict[str, str] = {}
    for value, count in Counter(choice.value for choice in slot.choices).items():
        if count > 1:
            yield error(
                place.at("choices"), f"The choice “{value}” is there {count} times.", "Remove it."
            )
    for choice in slot.choices:
        synonyms = [text for texts in choice.synonyms.values() for text in texts]
        for text in (choice.value, *choice.labels.values(), *synonyms):
            other = meanings.setdefault(normalise(text).strip(), choice.value)
            if other != choice.value:
                yield error(
                    place.at("choices"),
                    f"“{text}” stands for “{other}” and for “{choice.value}”.",
                    "Keep it with one of them.",
                )


def _limits(slot: Slot, place: Place) -> Iterator[Finding]:
    if slot.minimum is not None and slot.maximum is not None and slot.minimum > slot.maximum:
        yield error(
            place.at("minimum"),
            f"The least value, {slot.minimum:g}, is over the greatest, {slot.maximum:g}.",
            "Exchange the two.",
        )
    days = {"earliest": slot.earliest, "latest": slot.latest}
    for field, day in days.items():
        if len(day) == 10 and not is_date(day):
            yield error(
                place.at(field), f"“{day}” is no day of the calendar.", "Write one that is."
            )
    first, last = map(_comparable, days.values())
    if first and last and first[0] == last[0] and first > last:
        yield error(
            place.at("earliest"),
            f"The earliest day, {slot.earliest}, is after the latest, {slot.latest}.",
            "Exchange the two.",
        )


def _comparable(day: str) -> tuple[str, int] | None:
    """Days from today compare with each other, and so do dates."""
    if not day:
        return None
    return ("date", int(day.replace("-", ""))) if len(day) == 10 else ("days", int(day))


def _pattern(slot: Slot, place: Place) -> Iterator[Finding]:
    if slot.type != "pattern":
        return
    if not slot.pattern:
        yield error(
            place.at("pattern"),
            "It has no expression, so that nothing can be a value of it.",
            r"Write one, such as “NT-\d{5}”, or choose the type text.",
        )
        return
    try:
        compiled = compile_pattern(slot.pattern)
    except ValueError as refused:
        yield error(
            place.at("pattern"), f"The expression “{slot.pattern}” cannot be used.", str(refused)
        )
        return
    common = next((word for word in _ORDINARY if compiled.search(word)), None)
    if common:
        yield warning(
            place.at("pattern"),
            f"The expression finds a value in ordinary words, such as “{common}”.",
            r"Make it stricter: a digit that has to be there, or “\b” at both ends.",
        )


def _idle_fields(slot: Slot, place: Place) -> Iterator[Finding]:
    for field, types in _OF_TYPES.items():
        if getattr(slot, field) not in (None, "", [], {}) and slot.type not in types:
            yield warning(
                place.at(field),
                f"A slot of the type {slot.type} makes no use of “{field}”.",
                f"Remove it, or choose the type {' or '.join(sorted(types))}.",
            )
