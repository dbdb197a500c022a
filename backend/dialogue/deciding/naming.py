"""Finds what a visitor names: a slot to change, one of the intents asked about, the last task.

Pure; by the words of titles and of button labels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from backend.words import HAN, STOP_WORDS, normalise, raw_tokens, stem, terms

from ..memory import Memory
from ..schema import Intent, Schema, Service
from ..tracking import agreement
from ..tracking.tracker import Mention
from ..understanding.values import without_values

_SHORT = 8  # words; a follow-up (“and order 10240?”) is no longer
_TELLING = 0.6
_HAN = re.compile(f"[{HAN}]")
# Characters that say nothing of what is done: particles, pronouns, “this order”, “help me”.
_EMPTY_HAN = frozenset(
    "的了吗呢吧啊呀哦我你您他她它们这那个些件份单把给帮请想要再就先还是去来一下掉"
)
_BACK = re.compile(
    r"\b(?:(?:go |get |come )?back to|return to|continue(?: with)?|carry on with|resume|"
    r"go on with)\b|继续|回到|接着|回来"
)


def slots(service: Service, intent: Intent, text: str) -> tuple[str, ...]:
    """The intent's slots that the text names by a word of their title or name that no other slot
    of the intent has; nothing in a long text."""
    said = terms(text)
    if not said or len(said) > _SHORT:
        return ()
    words = {use.slot: _words(service, use.slot) for use in intent.slots}
    shared = Counter(word for own in words.values() for word in own)
    return tuple(
        name
        for name, own in words.items()
        if any(
            shared[word] == 1 and _of_its_own(said, place, own) for place, word in _in(said, own)
        )
    )


def _in(said: Sequence[str], own: set[str]) -> list[tuple[int, str]]:
    return [(place, word) for place, word in enumerate(said) if word in own]


def _of_its_own(said: Sequence[str], place: int, own: set[str]) -> bool:
    """Whether the word is not the end of another thing's name: “house number” is no order
    number. Han terms overlap, so nothing can be told by the one before."""
    before = said[place - 1] if place else ""
    return not before or before in own or before in _WRONG or bool(_HAN.search(said[place]))


_WRONG = {
    stem(word)
    for word in (
        "wrong",
        "change",
        "edit",
        "correct",
        "incorrect",
        "different",
        "fix",
        "update",
        "new",
        "other",
        "another",
    )
}


def _words(service: Service, name: str) -> set[str]:
    slot = service.slot(name)
    titles = slot.title.values() if slot else ()
    return {word for text in (name.replace("_", " "), *titles) for word in terms(text)}


def repeats(intent: Intent, text: str) -> bool:
    """Whether the text says no more than the intent's title: “cancel it”, to cancel an order."""
    said = _content(text)
    return bool(said) and said <= _title(intent)


def in_words(intent: Intent) -> str:
    """The intent's name as words."""
    return intent.name.replace("_", " ")


def _title(intent: Intent) -> set[str]:
    names = (in_words(intent), *intent.title.values())
    return {word for name in names for word in _content(name)}


def touches(schema: Schema, name: str, text: str) -> bool:
    """Whether the text speaks of what the intent does, or of nothing but “it”."""
    found = schema.find(name)
    said = _content(text) - _DONE
    return bool(found and (not said or said & _title(found[1])))


_DONE = {
    stem(word)
    for word in ("done", "finished", "gone", "through", "work", "worked", "went", "already", "yet")
} | set("好完成办理已经没有不处")


def _content(text: str) -> set[str]:
    """Stems of the words, single Han characters; without those that say nothing."""
    found: set[str] = set()
    for token in raw_tokens(text):
        if _HAN.search(token):
            found.update(set(token) - _EMPTY_HAN)
        elif token not in STOP_WORDS:
            found.add(stem(token.removesuffix("'s")))
    return found


def forbids(schema: Schema, name: str, text: str) -> bool:
    """Whether the text says not to do what the intent does: “don't cancel my order”."""
    found = schema.find(name)
    what = agreement.not_to_be_done(text)
    return bool(found and what and repeats(found[1], what))


def gone_back_to(schema: Schema, memory: Memory, text: str) -> str:
    """The intent of a waiting task to which a short message wants to go back, or ''."""
    if len(memory.tasks) < 2 or len(terms(text)) > _SHORT or not _BACK.search(normalise(text)):
        return ""
    rest = _content(_BACK.sub(" ", normalise(text)))
    waiting = (task.intent for task in memory.tasks[1:])
    return next((n for n in waiting if (f := schema.find(n)) and rest & _title(f[1])), "")


def has_words(text: str) -> bool:
    """Whether the text is more than numbers and addresses: “10240 ann@example.com” is not."""
    return bool(terms(without_values(text))) or not re.search(r"\d|@", text)


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
    """The last task's intent, where a short message gives one of its slots a new value. What was
    refused is tried again only with another value than it was refused with."""
    last = memory.done[-1] if memory.done else None
    if last is None or last.status == "cancelled" or not schema.find(last.intent):
        return ""
    telling = [
        mention
        for mention in mentions
        if mention.kind == "value"
        and mention.confidence >= _TELLING
        and (last.status == "done" or mention.slot in last.values)
        and not (mention.slot in last.values and last.values[mention.slot].value == mention.value)
    ]
    return last.intent if telling and len(terms(text)) <= _SHORT else ""
