"""What a schema teaches about its intents: the operators' examples, titles and descriptions.

Texts only; what is learned from them is for ``heads``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.words import terms

from ..schema import Intent, Schema, Service
from .inquiries import after, asks_if_done
from .marks import plain
from .phrases import bare
from .values import masked

_ENOUGH = 5  # examples, beside which a description teaches nothing more
_MANY = 10  # examples, among which one that asks after something else tells nothing
_HOW_IT_STANDS = re.compile(
    r"^\W*(?:where|wheres|when|track|any (?:news|update))\b|\b(?:status|progress)\b"
    r"|到哪|在哪|进度|进展|状态|物流|查",
    re.I,
)


@dataclass(frozen=True)
class Lesson:
    """The texts that teach a schema's intents, with the number of the intent that owns each.

    ``spoken`` are what visitors say, the rest describes. Of each intent, ``answers`` says that all
    it does is to answer, so that who asks about it wants it; ``tells``, that it can say how things
    stand, so that “has it been done?” may mean it; ``after``, what its examples ask after; and
    ``words``, which telling words it has. ``known`` has the intents of which a text, bare of
    punctuation, is an example or a title, be it with other values.
    """

    intents: tuple[str, ...]
    texts: tuple[str, ...]
    owners: tuple[int, ...]
    spoken: tuple[bool, ...]
    answers: tuple[bool, ...]
    tells: tuple[bool, ...]
    after: tuple[frozenset[str], ...]
    words: tuple[frozenset[str], ...]
    known: dict[str, frozenset[int]] = field(compare=False)

    def answers_to(self, intent: str, sought: frozenset[str], deed: Sequence[str] | None) -> bool:
        """Whether a question after what is ``sought`` may mean the intent, and one whether that was
        done of which ``deed`` has the words: it can tell, and not only others speak of it."""
        number = self.intents.index(intent)
        if sought and self.after[number] and sought.isdisjoint(self.after[number]):
            return False
        if deed is None:
            return True
        speaking = [n for n, words in enumerate(self.words) if not words.isdisjoint(deed)]
        return self.tells[number] and (number in speaking or not speaking)

    @property
    def said_and_told(self) -> tuple[list[str], list[str]]:
        """The examples; titles and descriptions."""
        pairs = list(zip(self.texts, self.spoken, strict=True))
        return [t for t, spoken in pairs if spoken], [t for t, spoken in pairs if not spoken]


def lesson_of(schema: Schema) -> Lesson:
    pairs = list(schema.intents())
    intents = [intent for _, intent in pairs]
    rows: list[tuple[str, int, bool]] = []
    known: dict[str, set[int]] = {}
    for number, intent in enumerate(intents):
        said = _said(intent)
        rows += [(text, number, True) for text in said]
        rows += [(text, number, False) for text in _described(intent, said)]
        for text in _told(intent):
            for key in filter(None, {bare(text), bare(masked(text))}):
                known.setdefault(key, set()).add(number)
    return Lesson(
        tuple(intent.name for intent in intents),
        tuple(text for text, _, _ in rows),
        tuple(number for _, number, _ in rows),
        tuple(spoken for _, _, spoken in rows),
        tuple(_answers(intent) for intent in intents),
        tuple(_answers(intent) or _tells(service, intent) for service, intent in pairs),
        tuple(_after(_said(intent)) for intent in intents),
        tuple(frozenset(terms(" ".join(_told(intent)))) for intent in intents),
        {text: frozenset(numbers) for text, numbers in known.items()},
    )


def _said(intent: Intent) -> list[str]:
    """Languages in order of their names, so that equal schemas teach alike."""
    texts = [plain(e).strip() for _, found in sorted(intent.examples.items()) for e in found]
    return list(dict.fromkeys(filter(None, texts)))


def _described(intent: Intent, said: list[str]) -> list[str]:
    """Titles; with few examples the description; the name where nothing else tells anything."""
    texts = [title.strip() for _, title in sorted(intent.title.items())]
    if len(said) < _ENOUGH:
        texts.append(intent.description.strip())
    if not said and not any(texts):
        texts = [intent.name.replace("_", " ")]
    return list(dict.fromkeys(filter(None, texts)))


def _answers(intent: Intent) -> bool:
    return intent.does in ("reply", "knowledge") and not any(s.required for s in intent.slots)


def _told(intent: Intent) -> list[str]:
    return [*_said(intent), *intent.title.values()]


def _tells(service: Service, intent: Intent) -> bool:
    action = service.action(intent.action)
    return (action is not None and action.reads) or any(
        asks_if_done(text) or _HOW_IT_STANDS.search(text) for text in _told(intent)
    )


def _after(said: list[str]) -> frozenset[str]:
    """What the examples ask after, but for what one in many does."""
    met = Counter(kind for text in said for kind in after(text))
    return frozenset(kind for kind, count in met.items() if count * _MANY >= len(said))
