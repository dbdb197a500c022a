"""Cuts a message where it goes on to ask for something else.

“Return the boots and change my address” asks for two things; “return the boots and the socks” for
one, and so does “my tent leaks, I want to return it”: a reason goes with what it is the reason
for. Where a message may be cut is a matter of punctuation and words and is decided here; where it
is cut, of what the pieces mean by themselves, which the caller finds out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from backend.words import HAN, STOP_WORDS, normalise, raw_tokens

Span = tuple[int, int]
MOST_PIECES = 8
_LONGEST = 2000  # characters of a message that may be cut

_MORE = (
    r"(?:and\s+also|also|plus|then|besides|additionally|another\s+thing|one\s+more\s+thing|"
    r"by\s+the\s+way|btw|on\s+top\s+of\s+that|还有|另外|此外|顺便|对了|同时|并且|而且|然后|接着)"
)
_JOINT = re.compile(
    rf"""
    \s*(?:
        [.!?;…]+(?=\s(?!\s*\d)|[{HAN}])     # a stop, but not that of “no. 10234”
      | [。！？；，,\n]+
      | \s(?=(?:and|&|plus|also|then)\s)
      | (?=(?:还有|另外|此外|顺便|并且|而且|然后|接着))
      | (?=(?:我?还(?:要|想|得|需要)|我?也(?:要|想)|再(?:帮|给)))
    )\s*
    (?:(?:and|&|but|oh|so)\s+)*
    (?P<more>{_MORE}(?:\s+(?=[a-z])|[,:，：]?\s*))?
    """,
    re.I | re.X,
)
_MORE_INSIDE = re.compile(
    r"^(?:[\w']+\s+){0,3}also\b|\b(?:as well|too)[\s.!?]*$"
    r"|^我?(?:还(?:要|想|得|需要)|也(?:要|想)|再(?:帮|给))",
    re.I,
)
# How a wish or a question begins, whatever it is about; imperatives come from the bot's examples.
_ASKS = re.compile(
    r"^(?:please|pls|plz|kindly|can|could|would|will|may|might|shall|is|are|am|do|does|did|has|have|"
    r"what|whats|when|where|wheres|who|how|which|why|let|let's|i'd|id|i'll|i\s+(?:also\s+)?(?:still\s+)?"
    r"(?:want|need|would|wanna|wish|have\s+to|must)|we\s+(?:also\s+)?(?:want|need|would)|"
    r"help|tell|give|get|send|show|make|put|check)\b",
    re.I,
)
_ASKS_ZH = re.compile(
    r"^(?:请|麻烦|帮|给我|我?[也还]?(?:想|要|需要)|能|可以|可否|能否|把|再|查|看看|怎么|什么|多|几|哪|有没有)"
    r"|[吗呢]\s*[？?]?$|一下|多少|多久|几点|什么时候|怎么"
)
_ARTICLE = r"(?:my|your|our|the|an?|this|these|that|some|any)"
_THING = re.compile(rf"\b{_ARTICLE}\s+([a-z]+)")
_DONE = re.compile(rf"\W*([a-z]+)\s+{_ARTICLE}\b")


@dataclass(frozen=True)
class Piece:
    """A stretch of a message that may ask for something of its own.

    ``more`` says that it is announced as one more thing; ``asks`` that it is put as a wish or a
    question. ``intent`` is what it surely means by itself, else ''; ``question`` says that it is
    surely a question that no intent means.
    """

    start: int
    end: int
    more: bool = False
    asks: bool = False
    intent: str = ""
    question: bool = False

    @property
    def own(self) -> str:
        """What it asks for, or '' where it only adds to what stands beside it."""
        return "?" if self.question else self.intent

    @property
    def begins(self) -> bool:
        return bool(self.own) and (self.asks or self.more)


def pieces(text: str, openers: Collection[str]) -> list[Piece]:
    """The message's pieces without what joins them; ``openers`` are words with which the bot's
    visitors begin to ask (:func:`opening_words`)."""
    found: list[Piece] = []
    start, more = 0, False
    head = text[:_LONGEST]
    for match in _JOINT.finditer(head):
        if len(found) == MOST_PIECES - 1:
            break
        found += _piece(text, (start, match.start() + _stop(match)), more, openers)
        start, more = match.end(), bool(match["more"])
    return found + _piece(text, (start, len(text)), more, openers)


def _stop(match: re.Match[str]) -> int:
    """How many characters of the joint belong to the piece before it: a question's mark."""
    joint = match.group()
    stops = len(joint) - len(joint.lstrip(" .!?…。！？"))
    return len(joint[:stops].rstrip())


def _piece(text: str, span: Span, more: bool, openers: Collection[str]) -> list[Piece]:
    start, end = trimmed(text, span)
    words = text[start:end]
    if not re.search(r"\w", words):
        return []
    return [Piece(start, end, more or bool(_MORE_INSIDE.search(words)), _asks(words, openers))]


def trimmed(text: str, span: Span) -> Span:
    start, end = span
    said = text[start:end]
    return start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())


def _asks(words: str, openers: Collection[str]) -> bool:
    plain = normalise(words)
    if _ASKS.search(plain) or plain.endswith("?") or _ASKS_ZH.search(plain):
        return True
    return _opener(plain) in openers


def opening_words(examples: Sequence[str], titles: Sequence[str]) -> frozenset[str]:
    """The words with which these texts begin to ask for something: “return”, “取消”.

    Not those that name a thing (“order 10234 has not come”), which elsewhere in the texts stand
    after an article, unless some text begins with them and goes on with an article. In Chinese,
    where that cannot be told, titles alone count.
    """
    plain = [normalise(text) for text in (*examples, *titles)]
    begun = {opener for text in plain if (opener := _opener(text)).isascii()}
    things = {word for text in plain for word in _THING.findall(text)}
    done = {match[1] for text in plain if (match := _DONE.match(text))}
    chinese = {opener for text in titles if not (opener := _opener(normalise(text))).isascii()}
    return frozenset(((begun - things) | (begun & done) | chinese) - {""})


def _opener(plain: str) -> str:
    """The first word, if it says something; of Chinese, the first two characters."""
    first = next(iter(raw_tokens(plain)), "")
    if re.match(f"[{HAN}]", first):
        return first[:2] if len(first) > 1 else ""
    return first if first.isalpha() and first not in STOP_WORDS else ""


def grouped(found: Sequence[Piece]) -> list[Span]:
    """The spans that ask for one thing each, in order; pieces that add to a wish go with it."""
    groups: list[list[Piece]] = []
    wish = ""
    for piece in found:
        if not groups or (wish and piece.begins and piece.own != wish):
            groups.append([*_lead(groups, piece), piece])
            wish = piece.own if piece.begins else ""
        else:
            groups[-1].append(piece)
            wish = wish or (piece.own if piece.begins else "")
    return [(group[0].start, group[-1].end) for group in groups]


def _lead(groups: list[list[Piece]], wish: Piece) -> list[Piece]:
    """Takes the reason for the wish, said just before it, from the group that has it so far."""
    lead: list[Piece] = []
    while groups and groups[-1][1:] and groups[-1][-1].own == wish.own:
        lead.insert(0, groups[-1].pop())
    return lead
