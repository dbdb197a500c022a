"""Examples: enough of them, unlike those of other intents, with marks that mean something."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from backend.dialogue.schema import Intent, Schema, Service, Slot
from backend.dialogue.tracking.patterns import compile_pattern
from backend.dialogue.understanding.marks import marks, plain
from backend.words import normalise, raw_tokens, stem, terms

from ..languages import language_name
from .finding import Finding, Place, choose, error, of, warning

# Given texts, the pairs of places in the list whose texts mean the same.
Likeness = Callable[[Sequence[str]], Iterable[tuple[int, int]]]
FEW = 3
_ALIKE = 0.8  # of two sets of words: what they share by all that they have
_SHOWN = 3  # pairs of examples in one finding
_LEFT_OVER = re.compile(r"\[[^\[\]]*\]\([^()]*\)|\]\s*\(")


@dataclass(frozen=True)
class Example:
    service: Service
    intent: Intent
    language: str
    text: str  # as visitors write it

    @property
    def place(self) -> Place:
        return of("intent", self.service, self.intent).at(f"examples.{self.language}")


def check(schema: Schema, likeness: Likeness | None = None) -> Iterator[Finding]:
    for service, intent in schema.intents():
        place = of("intent", service, intent)
        yield from _enough(schema, intent, place)
        for language, texts in intent.examples.items():
            for text in texts:
                yield from _marks(text, service, intent, place.at(f"examples.{language}"))
    once = {
        (example.place, _said(example.text)): example for example in _all(schema) if example.text
    }
    yield from _collisions(list(once.values()), likeness)


def _all(schema: Schema) -> Iterator[Example]:
    for service, intent in schema.intents():
        for language, texts in intent.examples.items():
            for text in texts:
                yield Example(service, intent, language, plain(text).strip())


def _enough(schema: Schema, intent: Intent, place: Place) -> Iterator[Finding]:
    counts = {
        language: len({_said(plain(text)) for text in texts} - {("",)})
        for language, texts in intent.examples.items()
    }
    if not any(counts.get(language) for language in schema.languages):
        yield error(
            place.at("examples"),
            "Nobody can reach this intent, since it has no examples.",
            "Write what visitors say when they want this, five ways or more.",
        )
        return
    for language in schema.languages:
        count = counts.get(language, 0)
        if count < FEW:
            yield warning(
                place.at(f"examples.{language}"),
                f"It has {count or 'no'} example{'s' * (count != 1)} in "
                f"{language_name(language)}, so that visitors will often not be understood.",
                "Write five or more, as different as visitors are.",
            )


def _marks(text: str, service: Service, intent: Intent, place: Place) -> Iterator[Finding]:
    if not text.strip():
        yield warning(place, "An example is empty.", "Write it, or remove it.")
    if _LEFT_OVER.search(plain(text)):
        yield error(
            place,
            f"The example “{text}” has a mark that cannot be read.",
            "Mark a value like this: return the [boots](item).",
        )
    used = {use.slot for use in intent.slots}
    for mark in marks(text):
        slot = service.slot(mark.slot)
        if slot is None or mark.slot not in used:
            yield error(
                place,
                f"The example “{text}” marks “{mark.value}” as “{mark.slot}”, which is no slot of "
                "this intent.",
                choose(mark.slot, used, "slot"),
            )
        elif not _possible(slot, mark.value):
            yield warning(
                place,
                f"The example “{text}” marks “{mark.value}”, which is no value of “{slot.name}”.",
                "Mark a value as visitors would write it, or mend the slot.",
            )


def _possible(slot: Slot, value: str) -> bool:
    if slot.type == "pattern":
        try:
            return compile_pattern(slot.pattern).search(value) is not None
        except ValueError:
            return True
    if slot.type == "email":
        return "@" in value
    if slot.type == "choice" and slot.choices and not slot.offer:
        return any(_touches(normalise(value), normalise(name)) for name in _called(slot))
    return True


def _touches(one: str, other: str) -> bool:
    """Whether two phrases share a word, or one stands in the other."""
    return one in other or other in one or bool(set(terms(one)) & set(terms(other)))


def _called(slot: Slot) -> Iterator[str]:
    for choice in slot.choices:
        yield choice.value
        yield from choice.labels.values()
        for synonyms in choice.synonyms.values():
            yield from synonyms


def _collisions(examples: list[Example], likeness: Likeness | None) -> Iterator[Finding]:
    """Pairs of intents that the same words, or nearly the same, would lead to."""
    same: dict[Any, list[tuple[Example, Example]]] = defaultdict(list)
    alike: dict[Any, list[tuple[Example, Example]]] = defaultdict(list)
    for one, other in _pairs(examples, likeness):
        equal = _said(one.text) == _said(other.text)
        if one.intent.name != other.intent.name or one.service.name != other.service.name:
            (same if equal else alike)[one.place, other.place].append((one, other))
    for found, equal in ((same, True), (alike, False)):
        for pairs in found.values():
            yield _collision(pairs, equal)


def _collision(pairs: list[tuple[Example, Example]], equal: bool) -> Finding:
    one, other = pairs[0]
    shown = "; ".join(
        f"“{a.text}”" if equal else f"“{a.text}” and “{b.text}”" for a, b in pairs[:_SHOWN]
    )
    more = f" and {len(pairs) - _SHOWN} more" if len(pairs) > _SHOWN else ""
    if equal:
        text = f"It has the same example as “{other.intent.name}”: {shown}{more}."
        return error(one.place, text, "Keep it with the intent that it means, and only there.")
    text = f"Its examples are much like those of “{other.intent.name}”: {shown}{more}."
    return warning(one.place, text, "Say in each what the other does not, or make them one intent.")


def _said(text: str) -> tuple[str, ...]:
    return tuple(raw_tokens(text)) or (normalise(text).strip(),)


def _pairs(examples: list[Example], likeness: Likeness | None) -> Iterator[tuple[Example, Example]]:
    found = set(_lexical([_words(example.text) for example in examples]))
    if likeness is not None and examples:
        found |= {(min(pair), max(pair)) for pair in likeness([one.text for one in examples])}
    for one, other in sorted(found):
        yield examples[one], examples[other]


def _words(text: str) -> frozenset[str]:
    """The telling words; all of them where only one is telling, such as “my order?”."""
    telling = frozenset(terms(text))
    return telling if len(telling) > 1 else frozenset(map(stem, _said(text)))


def _lexical(bags: list[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs whose Jaccard index is at least ``_ALIKE``.

    Two such bags share one of their rarest words (prefix filtering: Chaudhuri, Ganti and Kaushik
    2006), so only those that do are compared.
    """
    counts = Counter(word for bag in bags for word in bag)
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, bag in enumerate(bags):
        rarest = sorted(bag, key=lambda word: (counts[word], word))
        prefix = rarest[: len(bag) - ceil(_ALIKE * len(bag)) + 1]
        near = {other for word in prefix for other in by_word[word]}
        for other in near:
            if len(bag & bags[other]) >= _ALIKE * len(bag | bags[other]):
                yield other, number
        for word in prefix:
            by_word[word].append(number)
