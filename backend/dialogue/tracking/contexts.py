"""Names, places and free text that stand where examples mark them: “because [reason]”.

This and a label are the only ways in which free text that was not asked for is found. Where such a
value ends is told by what follows it in examples, by other values, and by small words. Knows
parsers by their contract only.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from backend.words import HAN, STOP_WORDS

from ..schema import Slot
from .claims import TELLING, Claim, claim
from .cues import LONGEST_GRAM, Gram
from .parsers.common import fold
from .reading import Reading, Token, tokens, trim
from .surroundings import LOOSE, Surroundings, lead_in
from .values import Found

_LEAST_SHARE = 0.6  # of times that a value stands behind an opener
_LEAST_CLOSED = 0.4  # the same where the value is followed by what follows it in examples, too
_BRIEF = 4  # tokens of a marked value, up to which values end at small words
_JOINS = (
    "from because and with for on in at to but which that please as since by when or who where so "
    "it they i you he she we is was are am can could will would should do does did have has had "
    "my thanks 因 所 从 在 和 并 但 吗 请 谢"
)
_JOINING = frozenset(_JOINS.split())
_VERBS = (
    "leave travel fly book change return come take move arrive buy order pay send start stay visit "
    "cancel talk speak check find look search collect pick drop reserve rent hire try use add call"
)
_DOING = frozenset(_VERBS.split())
_MOST_TRIED = 5  # places where an example's context stands in a message
_SENTENCES = frozenset({"i", "i'm", "it", "it's", "they", "we", "is", "are", "was", "我", "了"})
_NOWHERE = re.compile(
    r"(?:a|an|some|any) |(?:the (?:area|place|same|city|town)|there|here)\b|那|这"
)
_REGION = re.compile(
    r",\s*(?:[A-Z]{2,3}\b|(?:[0-9]{1,4}[a-z]? )?[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})"
    r"(?=\s*(?:$|[.!?;,]|(?:and|with|for|please|on|by|at) ))"
)
_MOST_REGIONS = 3  # “Flat 2, 40 High Street, Leeds, England”
_ARTICLES = frozenset({"a", "an", "the", "my", "some", "our"})
_HAN_TAIL = re.compile(r"[吗呢吧啊呀了的嘛哦啦]+$")


def in_context(around: Surroundings, claims: Sequence[Claim]) -> list[Claim]:
    """Loose values that stand where examples mark them; they end before what others claim."""
    known = {one.slot for one in claims if one.by == "label"}
    slots = [s for s in around.cues.slots.values() if s.type in LOOSE and s.name not in known]
    return [one for slot in slots for one in _opened(around, slot, claims)]


def _opened(around: Surroundings, slot: Slot, claims: Sequence[Claim]) -> list[Claim]:
    least = _LEAST_CLOSED if slot.type == "text" else _LEAST_SHARE
    openers = {
        gram: share
        for gram, share in around.cues.openers(slot.name).items()
        if share >= least and any(token not in ("a", "the") for token in gram)
    }
    if slot.type != "text":
        roles = around.cues.roles(slot.name)
        openers = dict.fromkeys(((word,) for word in roles), _LEAST_SHARE) | openers
    places = range(1, len(around.reading.tokens))
    shares = [(_ending(around.reading, at, openers), -at) for at in places] if openers else []
    for share, at in sorted(shares, reverse=True)[:_MOST_TRIED]:
        first = around.reading.tokens[-at]
        named = share > _LEAST_SHARE + 0.02 or _capital(around.reading, first)
        known = any(_telling(one, slot) and one.start <= first.start < one.end for one in claims)
        named = named or _LEAST_CLOSED <= share < _LEAST_SHARE
        one = _value(around, slot, first, claims) if share and named and not known else None
        if one and (share >= _LEAST_SHARE or _closed(around, slot, one)):
            return [claim(slot, *one, len(around.reading.text), "context", share)]
    return []


def _closed(around: Surroundings, slot: Slot, one: tuple[Found, int]) -> bool:
    """Whether what follows the value in examples follows it here."""
    following = around.reading.after(one[1] + one[0].end, 1)
    closers = around.cues.closers(slot.name)
    return bool(following) and _closes(around.reading, following[0], closers)


def _capital(reading: Reading, token: Token) -> bool:
    """Whether the word looks like a name, which a role's small word alone asks for."""
    return not reading.text[token.start].islower() and not token.norm.isdecimal()


def _ending(reading: Reading, at: int, openers: dict[Gram, float]) -> float:
    """The best opener that ends just before token ``at``; longer ones are surer."""
    before = reading.tokens[max(at - LONGEST_GRAM, 0) : at]
    if reading.stops(before[-1].end, reading.tokens[at].start):
        return 0.0
    norms = tuple(token.norm for token in before)
    grams = [norms[-size:] for size in range(1, len(norms) + 1)]
    return max(
        (openers.get(g, 0.0) + 0.01 * len(g) for g in grams if g in openers and _firm(g)),
        default=0.0,
    )


def _firm(gram: Gram) -> bool:
    """One Han character is too little to go by."""
    return len(gram) > 1 or not re.fullmatch(f"[{HAN}]", gram[0])


def _value(
    around: Surroundings, slot: Slot, first: Token, claims: Sequence[Claim]
) -> tuple[Found, int] | None:
    text = around.reading.text
    end = end_of(around, slot, first.start, claims)
    piece = trim(text, first.start, whole_place(slot, first.start, end, claims))
    if piece and (tail := _HAN_TAIL.search(text[slice(*piece)])):
        piece = trim(text, piece[0], piece[0] + tail.start())
    if not piece or (piece[1] - piece[0] < 2):
        return None
    said = text[slice(*piece)]
    if (_brief(around, slot) or slot.type != "text") and not _a_thing(said):
        return None
    if slot.type != "text" and _NOWHERE.match(fold(said)):
        return None
    found = around.finder.read(text[slice(*piece)], slot)
    return (found, piece[0]) if isinstance(found, Found) else None


def end_of(around: Surroundings, slot: Slot, start: int, claims: Sequence[Claim]) -> int:
    """Where a loose value that begins at ``start`` ends."""
    reading = around.reading
    end = reading.sentence(start)[1]
    for one in claims:
        if _telling(one, slot) and start < one.start < end:
            end = max(lead_in(around, one, start), start)
    marked = around.cues.marked(slot.name)
    brief = _brief(around, slot) or slot.type != "text"
    if brief:
        end = min(end, _clause_end(reading, slot, start, end))
    own = {token for value in marked for token in value}
    closers = around.cues.closers(slot.name)
    for token in reading.after(start, 40)[1:]:
        if token.start >= end:
            break
        if _closes(reading, token, closers) or (brief and token.norm in _JOINING - own):
            return token.start
    return end


def whole_place(slot: Slot, start: int, end: int, claims: Sequence[Claim]) -> int:
    """The end of a place that begins at ``start``: as far as the address that a parser found."""
    own = [one for one in claims if one.slot == slot.name and one.by == "found" and not one.bad]
    return max((one.end for one in own if start <= one.start < end and one.sure > 0.7), default=end)


def _brief(around: Surroundings, slot: Slot) -> bool:
    """Whether the slot's values are a few words and no sentences, as far as examples show."""
    marked = around.cues.marked(slot.name)
    short = bool(marked) and max(len(value) for value in marked) <= _BRIEF
    return short and not any(token in _SENTENCES for value in marked for token in value)


def _a_thing(said: str) -> bool:
    """Whether the words begin like a name or a thing: “to go” leads to none."""
    first = [token.norm for token in tokens(said) if token.norm not in _ARTICLES][:1]
    return bool(first) and first[0] not in STOP_WORDS and first[0] not in _DOING


def _telling(one: Claim, slot: Slot) -> bool:
    """Whether the claim is no chance find, so that a loose value leaves it alone."""
    return one.type != slot.type and (one.cue >= 0.3 or TELLING[one.type] >= 0.7)


def _clause_end(reading: Reading, slot: Slot, start: int, limit: int) -> int:
    """The next pause; a place may go on behind it: “London, England”, “1 New Road, Leeds”."""
    end = max(reading.clause(start)[1], start)
    text = reading.text[:limit].rstrip(" ,")  # as if what others claim did not follow
    for _ in range(_MOST_REGIONS if slot.type == "location" else 0):
        more = _REGION.match(text, end)
        if more is None:
            break
        end = more.end()
    return end


def _closes(reading: Reading, token: Token, closers: Container[Gram]) -> bool:
    norms = tuple(t.norm for t in reading.after(token.start, LONGEST_GRAM))
    return any(norms[:size] in closers and _firm(norms[:size]) for size in range(1, len(norms) + 1))
