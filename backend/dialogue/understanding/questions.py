"""Splits what a visitor wrote into questions, and gives each the context that it leans on.

“How long is delivery and what does it cost?” is two questions, the second about delivery; “And to
Ireland?” is about what was asked before. Pure text; knows nothing of models or articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.words import normalise, terms

MOST_QUESTIONS = 3
_LONGEST_QUERY = 400  # characters that are searched for; a question further down is kept

_WH = (
    r"(?:what|how|when|where|who|whom|which|why|whats|can|could|do|does|did|is|are|am|will|would|"
    r"should|may|shall|has|have|was|were|may|if)"
)
_ASKS = re.compile(rf"^\W*(?:and\s+|but\s+|or\s+|so\s+|also,?\s+|please\s+)*{_WH}\b", re.I)
_ASKS_INSIDE = re.compile(
    r"\b(?:tell me|wondering|want to know|like to know|need to know|question is|any idea|"
    r"what about|how about|do you|can i|can you|could you|how (?:do|can|much|many|long)|"
    r"what (?:is|are))\b",
    re.I,
)
_ASKS_ZH = re.compile(
    r"[吗呢么？?]|怎么|怎样|如何|多少|多久|多长|什么|哪|几|谁|为什么|能不能|可不可以|是不是|有没有|"
    r"可否|能否|是否|请问|想知道|想问"
)
_STOPS = re.compile(r"(?<=[?？!！。])\s*|(?<=[.;；])\s+|\n+")
_JOINED = re.compile(
    rf"(?:,|;|\s)\s*(?:and(?:\s+also|\s+then)?|also|plus|or)\s*,?\s+(?={_WH}\s+\w+\s+\w+)|,\s+(?={_WH}\s+\w+\s+\w+)",
    re.I,
)
_JOINED_ZH = re.compile(
    r"[，,；;、\s](?:(?:还有|另外|以及|顺便(?:问一下)?|再问一下|然后|并且|而且|同时)[，,:：]?)?"
)
_LEANS = re.compile(
    r"^\W*(?:and|or|but|so|also|then|what about|how about|what if|to|for|from|in|with|within|by|"
    r"on|at|even|only|same|also for)\b",
    re.I,
)
_LEANS_ZH = re.compile(r"^(?:那|那么|还有|如果|要是|换成|这个|那个|它)|呢[？?。!！]*$")
_POINTS = re.compile(r"\b(?:it|that|this|they|them|those|these|one|there|he|she)\b", re.I)
_POINTS_ZH = re.compile(r"它|这个|那个|这些|那些|这样|那样|这种|那种")


@dataclass(frozen=True)
class Question:
    """``text`` is what was said; ``query`` what to search for; ``context`` a wider query, or ''.

    ``leans`` says that the question means little alone, so that ``context`` is tried first.
    """

    text: str
    query: str
    context: str = ""
    leans: bool = False


def split(messages: Sequence[str], before: Sequence[str] = ()) -> tuple[Question, ...]:
    """At most ``MOST_QUESTIONS`` questions; ``before`` are earlier messages, oldest first."""
    groups = _groups([part for message in messages for part in _parts(message)])
    if len(groups) > MOST_QUESTIONS:
        groups = [*groups[: MOST_QUESTIONS - 1], "\n".join(groups[MOST_QUESTIONS - 1 :])]
    made: list[Question] = []
    earlier = _root(before)
    for text in groups:
        question = _question(text, made[-1].query if made else earlier, own=bool(made))
        made.append(question)
    return tuple(made)


def _root(before: Sequence[str]) -> str:
    """The last message that stands alone, with what was asked of it since."""
    tail: list[str] = []
    for text in reversed(before[-3:]):
        tail.insert(0, _short(text))
        if not _leaning(text):
            break
    return " ".join(tail)


def _question(text: str, previous: str, *, own: bool) -> Question:
    query = _short(text)
    if not previous:
        return Question(text, query)
    leans = _leaning(text)
    brief = len(terms(text)) <= 2
    # Two questions in one message share their topic oftener than two messages do.
    if leans or brief or (own and len(terms(text)) <= 3):
        return Question(text, query, _short(f"{previous} {query}"), leans)
    return Question(text, query)


def _leaning(text: str) -> bool:
    count = len(terms(text))
    plain = normalise(text)
    points = (bool(_POINTS.search(plain)) and count <= 3) or (
        bool(_POINTS_ZH.search(plain)) and count <= 6
    )
    opens = (count <= 3 and bool(_LEANS.match(plain))) or (
        count <= 5 and bool(_LEANS_ZH.search(plain))
    )
    return count == 0 or points or opens


def _short(text: str) -> str:
    """The text as a query: whole if short, else its beginning and its end."""
    text = " ".join(text.split())
    if len(text) <= _LONGEST_QUERY:
        return text
    half = _LONGEST_QUERY // 2
    return f"{text[:half]} {text[-half:]}"


def _parts(message: str) -> Iterator[str]:
    """Sentences, cut further where one joins two questions."""
    for sentence in _STOPS.split(message[:8000]):
        if not sentence or not re.search(r"\w", sentence):
            continue
        yield from _unjoined(sentence.strip())


def _unjoined(sentence: str) -> list[str]:
    for joint, asks in ((_JOINED, _is_asked), (_JOINED_ZH, _is_asked_zh)):
        pieces = [piece for piece in joint.split(sentence) if piece and piece.strip()]
        if len(pieces) > 1 and all(asks(piece) and _whole(piece) for piece in pieces):
            return pieces
    return [sentence]


def _is_asked(text: str) -> bool:
    return bool(_ASKS.match(text) or _ASKS_INSIDE.search(text))


def _is_asked_zh(text: str) -> bool:
    return bool(_ASKS_ZH.search(text))


def _whole(piece: str) -> bool:
    return len(terms(piece)) >= 1


def _groups(parts: Sequence[str]) -> list[str]:
    """One text a question, with the statements around it; all in one where fewer than two ask."""
    asked = [asks(part) for part in parts]
    if sum(asked) < 2:
        return [" ".join(parts)] if parts else []
    groups: list[str] = []
    waiting: list[str] = []
    for part, is_asked in zip(parts, asked, strict=True):
        waiting.append(part)
        if is_asked:
            groups.append(" ".join(waiting))
            waiting = []
    if waiting:
        groups[-1] = " ".join([groups[-1], *waiting])
    return groups


def asks(part: str) -> bool:
    stops = part.rstrip().endswith(("?", "？"))
    return bool(terms(part)) and (stops or bool(_ASKS.match(part)) or _is_asked_zh(part))
