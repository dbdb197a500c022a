"""What a schema teaches about its intents: the operators' examples, titles and descriptions.

Texts only; what is learned from them is for ``heads``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..schema import Intent, Schema
from .marks import plain
from .phrases import bare

_ENOUGH = 5  # examples, beside which a description teaches nothing more


@dataclass(frozen=True)
class Lesson:
    """The texts that teach a schema's intents, with the number of the intent that owns each.

    ``spoken`` are what visitors say, the rest describes. ``known`` has the intents of which a
    text, bare of punctuation, is an example or a title. ``answers`` says of each intent that all it
    does is to answer, so that who asks about it wants it.
    """

    intents: tuple[str, ...]
    texts: tuple[str, ...]
    owners: tuple[int, ...]
    spoken: tuple[bool, ...]
    answers: tuple[bool, ...]
    known: dict[str, frozenset[int]] = field(compare=False)

    @property
    def said_and_told(self) -> tuple[list[str], list[str]]:
        """The examples; titles and descriptions."""
        pairs = list(zip(self.texts, self.spoken, strict=True))
        return [t for t, spoken in pairs if spoken], [t for t, spoken in pairs if not spoken]


def lesson_of(schema: Schema) -> Lesson:
    intents = [intent for _, intent in schema.intents()]
    rows: list[tuple[str, int, bool]] = []
    known: dict[str, set[int]] = {}
    for number, intent in enumerate(intents):
        said = _said(intent)
        rows += [(text, number, True) for text in said]
        rows += [(text, number, False) for text in _described(intent, said)]
        for text in filter(None, map(bare, [*said, *intent.title.values()])):
            known.setdefault(text, set()).add(number)
    return Lesson(
        tuple(intent.name for intent in intents),
        tuple(text for text, _, _ in rows),
        tuple(number for _, number, _ in rows),
        tuple(spoken for _, _, spoken in rows),
        tuple(_answers(intent) for intent in intents),
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
