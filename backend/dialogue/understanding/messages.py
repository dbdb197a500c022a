"""What the visitor's unanswered messages mean: small talk, a wish for a person, or questions.

Exact phrases decide first, the encoder's likeness to a few examples next. Knows nothing of
articles; whether a question can be answered is ``answers.answerability``'s affair.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backend.words import terms

from .. import language, texts
from ..likeness import Likeness
from ..types import State, Utterance
from . import phrases
from .examples import EXAMPLES
from .questions import Question, split

Kind = Literal["small_talk", "human", "declined", "unclear", "question"]
_LONGEST_TALK = 60  # characters; longer messages are never small talk by likeness alone
# How much nearer (on the scale of ``likeness``) an example must be than any question to a company
# or word on what is being settled, and how near at all.
_MARGIN, _NEAR = 0.12, 0.75


@dataclass(frozen=True)
class Understanding:
    """``what`` names the small talk; ``why`` is for operators."""

    kind: Kind
    language: str
    what: str = ""
    questions: tuple[Question, ...] = ()
    angry: bool = False
    refusals: int = 0  # in a row, just before these messages
    why: str = ""


async def understand(state: State, likeness: Likeness) -> Understanding:
    """Reads ``state.unanswered`` together, oldest first."""
    asked = state.unanswered
    said = [utterance.text for utterance in asked]
    spoken = language.choose(
        [u.text for u in reversed(state.history) if u.speaker == "visitor"], state.locale
    )
    angry = any(phrases.sounds_angry(text) for text in said)
    refusals = _refusals(state.history[: len(state.history) - len(asked)])

    def is_a(kind: Kind, why: str, what: str = "") -> Understanding:
        return Understanding(kind, spoken, what, (), angry, refusals, why)

    choice = _choice(state, asked)
    if choice:
        return is_a(*choice)
    if any(phrases.wants_human(text) for text in said):
        return is_a("human", "asked for a person")
    rest, taken = _without_talk(said)
    if not rest:
        return is_a("small_talk", "phrase", taken[-1]) if taken else is_a("unclear", "no words")
    if len(rest) == 1 and len(rest[0]) <= _LONGEST_TALK:
        talk = await _nearest(rest[0], likeness)
        if talk == "human":
            return is_a("human", "like an example of asking for a person")
        if talk:
            return is_a("small_talk", "like an example", talk)
    questions = split(rest, _before(state, len(asked)))
    if not questions:
        return is_a("unclear", "no words")
    return Understanding("question", spoken, "", questions, angry, refusals, "")


def _choice(state: State, asked: Sequence[Utterance]) -> tuple[Kind, str] | None:
    """A clicked button, or a typed yes or no to an offer of a person."""
    if not asked:
        return None
    clicked = asked[-1].reply_to
    if clicked == texts.HUMAN:
        return "human", "chose a person"
    if clicked == texts.NO:
        return "declined", "chose no"
    offered = _offered(state.history[: len(state.history) - len(asked)])
    meant = phrases.kinds(asked[-1].text) if offered and len(asked) == 1 else ()
    if "no" in meant or ("no" in _answer(asked[-1].text) and offered):
        return "declined", "said no to a person"
    if "yes" in meant:
        return "human", "said yes to a person"
    return None


def _answer(text: str) -> tuple[str, ...]:
    return phrases.kinds(phrases.peel(text)[0])


def _offered(before: Sequence[Utterance]) -> bool:
    """Whether a person was offered, and nothing else that a yes could mean."""
    last = before[-1] if before else None
    ids = {choice.id for choice in last.choices} if last and last.speaker == "bot" else set()
    return texts.HUMAN in ids and ids <= {texts.HUMAN, texts.NO}


def _refusals(before: Sequence[Utterance]) -> int:
    """How many of the bot's last messages in a row offered a person because nothing was found."""
    count = 0
    for utterance in reversed(before):
        if utterance.speaker == "operator":
            break
        if utterance.speaker == "bot":
            if not {texts.HUMAN, texts.NO} <= {choice.id for choice in utterance.choices}:
                break
            count += 1
    return count


def _without_talk(said: Sequence[str]) -> tuple[list[str], list[str]]:
    """The messages without small talk in them, and the kinds of small talk met, in order."""
    rest: list[str] = []
    taken: list[str] = []
    for text in said:
        whole = phrases.small_talk(text)
        if whole:
            taken.append(whole)
            continue
        left, kinds = phrases.peel(text)
        taken.extend(kinds)
        more = phrases.small_talk(left)
        if more:
            taken.append(more)
        elif re.search(r"\w", left):
            rest.append(left)
    return rest, taken


def _before(state: State, unanswered: int) -> tuple[str, ...]:
    """The visitor's earlier messages that asked something, oldest first."""
    earlier = state.history[: len(state.history) - unanswered]
    said = (phrases.peel(u.text)[0] for u in earlier if u.speaker == "visitor" and not u.reply_to)
    return tuple(text for text in said if terms(text) and not phrases.small_talk(text))


async def _nearest(text: str, likeness: Likeness) -> str:
    """The kind of the nearest example, where it is near and nothing else is as near; else ''.

    Small talk is made of few words: a text with others (“bike hire for a day?”) is none, however
    near an encoder puts it to “how is your day going?”. And who agrees and says what to do
    (“fine, sign me up”) asks for that.
    """
    if not phrases.of_talk(text):
        return ""
    examples = [(kind, example) for kind, found in EXAMPLES.items() for example in found]
    known = await likeness.vectors([example for _, example in examples], "query")
    mine = await likeness.vectors([text], "query")
    spoken = language.detect(text) or "en"
    scale = await likeness.scale(spoken, spoken)
    if known is None or mine is None or scale is None:
        return ""
    best: dict[str, float] = {}
    for (kind, _), cosine in zip(examples, known @ mine[0], strict=True):
        best[kind] = max(best.get(kind, -9.0), scale.of(float(cosine)))
    least = max(_NEAR, _MARGIN + max(best.pop("service"), best.pop("working")))
    kind = max(best, key=lambda name: best[name])
    mere = kind != "ack" or phrases.of_talk(text, 1)
    return kind if best[kind] >= least and mere else ""
