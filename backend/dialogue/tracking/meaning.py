"""Which of a slot's choices an answer means that has none of their words, by the encoder.

“it slips at the heel” is not written in any list of synonyms. The answer is compared with all that
the choices are called, and with what people say instead of an answer; it counts where one choice is
clearly the likest of all. Only for the slot that was asked for, and for short answers that nothing
else explains.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..language import DEFAULT, detect
from ..likeness import Likeness
from ..memory import Option
from ..schema import Slot
from ..understanding import signals
from . import agreement
from .reading import Reading
from .tracker import Mention

SURE = 0.6  # of a value that is found so
_LONGEST = 200  # characters of an answer
_MOST_PHRASES = 200
# On the scale of ``likeness``: by how much the likest choice is ahead of the next one, and of what
# is no answer. With smaller leads one answer in twenty was taken wrongly.
_AHEAD, _OF_NONE = 0.08, 0.05
_NO_ANSWERS = (
    "I don't know",
    "I am not sure yet",
    "wait a moment please",
    "let me check first",
    "what does that mean?",
    "can you explain?",
    "why do you need that?",
    "I have a question",
    "that is not what I asked",
    "none of these",
    "something else",
    "how long does it take?",
    "what does it cost?",
    "hello",
    "thank you",
    "okay",
    "who are you?",
    "tell me more",
    "不知道",
    "还没想好",
    "稍等",
    "我看一下",
    "这是什么意思",
    "为什么要问这个",
    "我有个问题",
    "都不是",
    "其他",
    "要多久",
    "多少钱",
    "你好",
    "谢谢",
    "哦",
    "你是谁",
    "说详细点",
)


async def meant(
    reading: Reading, slot: Slot, options: Sequence[Option], likeness: Likeness | None
) -> Mention | None:
    """The choice that the whole message means; None where it is none, or not clearly one."""
    text = reading.text.strip()
    phrases = _phrases(slot, options)
    if likeness is None or not phrases or not _is_answer(text):
        return None
    best = await _likest(text, phrases, likeness)
    if best is None:
        return None
    place = (text, reading.seq, 0, len(reading.text))
    return Mention(slot.name, phrases[best][0], *place, SURE, how="the likest in meaning")


def _is_answer(text: str) -> bool:
    if len(text) > _LONGEST or len(re.findall(r"[^\W\d_]", text)) < 2 or "@" in text:
        return False
    if signals.cancels(text) or agreement.yes_or_no(text)[0] is not None:
        return False
    return signals.is_request(text) or not signals.is_question(text)


def _phrases(slot: Slot, options: Sequence[Option]) -> list[tuple[Any, str]]:
    """All that can be chosen, each with what it is called."""
    if slot.offer or options:
        named: list[tuple[Any, str]] = [(option.value, option.label) for option in options]
    else:
        named = [
            (choice.value, phrase)
            for choice in slot.choices
            for phrase in (
                *choice.labels.values(),
                *(one for phrases in choice.synonyms.values() for one in phrases),
            )
        ]
    return named[:_MOST_PHRASES]


async def _likest(text: str, phrases: Sequence[tuple[Any, str]], likeness: Likeness) -> int | None:
    """The place of the phrase whose value is clearly ahead."""
    said = await likeness.vectors([text], "query")
    known = await likeness.vectors([phrase for _, phrase in phrases], "query")
    none = await likeness.vectors(_NO_ANSWERS, "query")
    language = detect(text) or DEFAULT
    scale = await likeness.scale(language, language)
    if said is None or known is None or none is None or scale is None or scale.blind:
        return None
    alike = [scale.of(cosine) for cosine in (known @ said[0]).tolist()]
    best = max(range(len(alike)), key=lambda place: alike[place])
    others = [a for a, (value, _) in zip(alike, phrases, strict=True) if value != phrases[best][0]]
    if others and alike[best] - max(others) < _AHEAD:
        return None
    none_of_them = scale.of(float((none @ said[0]).max()))
    return best if alike[best] - none_of_them >= _OF_NONE else None
