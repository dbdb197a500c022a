"""Finds what a visitor names: a slot to change, one of the intents asked about, the last task.

Pure; by the words of titles and of button labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from backend.words import normalise, terms

from ..memory import Memory
from ..schema import Intent, Schema, Service
from ..tracking.tracker import Mention

_SHORT = 8  # words; a follow-up (“and order 10240?”) is no longer
_TELLING = 0.6


def slots(service: Service, intent: Intent, text: str) -> tuple[str, ...]:
    """The intent's slots that the text names by a word of their title or name that no other slot
    of the intent has; nothing in a long text."""
    said = set(terms(text))
    if not said or len(said) > _SHORT:
        return ()
    words = {use.slot: _words(service, use.slot) for use in intent.slots}
    shared = Counter(word for own in words.values() for word in own)
    return tuple(
        name for name, own in words.items() if any(shared[word] == 1 for word in own & said)
    )


def _words(service: Service, name: str) -> set[str]:
    slot = service.slot(name)
    titles = slot.title.values() if slot else ()
    return {word for text in (name.replace("_", " "), *titles) for word in terms(text)}


def repeats(intent: Intent, text: str) -> bool:
    """Whether the text says no more than the intent's title: “cancel it”, to cancel an order."""
    said = set(terms(text))
    names = (intent.name.replace("_", " "), *intent.title.values())
    return bool(said) and said <= {word for name in names for word in terms(name)}


def chosen(schema: Schema, intents: Sequence[str], text: str) -> str:
    """Which of the intents offered a moment ago the text names, by title, place or name; or ''."""
    said = set(terms(text))
    plain = normalise(text)
    by_place = [
        index
        for index, words in enumerate((("first", "1", "第一"), ("second", "2", "第二")))
        if any(word in plain for word in words)
    ]
    if len(by_place) == 1 and len(said) <= 3 and by_place[0] < len(intents):
        return intents[by_place[0]]
    shares = []
    for name in intents:
        found = schema.find(name)
        titles = [name.replace("_", " "), *(found[1].title.values() if found else ())]
        shares.append(max(len(set(terms(t)) & said) / max(len(set(terms(t))), 1) for t in titles))
    best = max(shares, default=0.0)
    return intents[shares.index(best)] if best >= 0.5 and shares.count(best) == 1 else ""


def meant_by_values(
    schema: Schema, intents: Sequence[str], mentions: Sequence[Mention], text: str
) -> str:
    """The first of the intents offered a moment ago, where a short message gives a value for it."""
    telling = [m for m in mentions if m.kind == "value" and m.confidence >= _TELLING]
    known = bool(intents) and schema.find(intents[0]) is not None
    return intents[0] if known and telling and len(terms(text)) <= _SHORT else ""


def follow_up(schema: Schema, memory: Memory, mentions: Sequence[Mention], text: str) -> str:
    """The last task's intent, where a short message gives one of its slots a new value."""
    last = memory.done[-1] if memory.done else None
    if last is None or last.status == "cancelled" or not schema.find(last.intent):
        return ""
    telling = [m for m in mentions if m.kind == "value" and m.confidence >= _TELLING]
    return last.intent if telling and len(terms(text)) <= _SHORT else ""
