"""Yes or no to something that the message itself names: “with breakfast”, “不要发票”.

A bare yes or no belongs to the question before it and is none of this module's affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..schema import Slot
from ..understanding import signals
from .claims import Claim
from .cues import placed_terms
from .reading import Span, tokens
from .surroundings import Surroundings
from .values import Found

_SURE = 0.75
_FEW = 30  # characters between the thing and the word that wants it or not
_NO_BEFORE = re.compile(
    r"(?<![a-z])(?:no|not|without|skip|exclud\w+|(?:do not|don'?t|won'?t|doesn'?t) "
    r"(?:need|want|require|like|have|include)|never|isn'?t|not (?:my|a|the))"
    r"(?: (?:a|an|any|the|my|for|to|have|be))*[\s\-]*$|"
    r"(?:不(?:需要|用|要|想要|含|带|加|是)|无需|没有|别|免|无)[^，。,.]{0,3}$",
    re.IGNORECASE,
)
_YES_BEFORE = re.compile(
    r"(?<![a-z])(?:with|includ\w+|plus|add|needs?|wants?|like|yes|please|ha(?:ve|s|ving)|offers?|"
    r"provides?|requires?|prefer|and|(?:it'?s|it is|this is|that is|that'?s|i'?m|i am)"
    r"(?: (?:my|a|the))?)(?: (?:a|an|the|my|some|it|to|be|have|fast|good|free|full))*[\s\-,]*$|"
    r"(?:需要|想要|要|含|带|加|有|是|包括)[^，。,.不没]{0,3}$",
    re.IGNORECASE,
)
_NO_FIRST = re.compile(r"\W*(no ?body|no one|none|nothing|没有?人?|无人?|未|并?不)")
_YES_FIRST = re.compile(r"\W*(someone|somebody|one of|both|all of|有|是)(?![没无])")
_NO_AFTER = re.compile(
    r"^[\s,:：，]*(?:no\b|not needed|不要|不用|不需要|就?不了|免了)", re.IGNORECASE
)
_YES_AFTER = re.compile(
    r"^[\s,:：，]*(?:yes\b|please\b|too\b|as well\b|included\b|needed\b|"
    r"(?:is|are|would be|sounds) (?:just |really |also |quite )?(?:ok|okay|fine|good|great|nice|"
    r"needed|required|important|preferred)\b|"
    r"要|需要|谢谢|也要)",
    re.IGNORECASE,
)


def leaning(text: str) -> Found | None:
    """What a folded answer begins with: “没有人受伤”, “nobody was hurt”. Less sure than a yes."""
    for value, pattern in ((False, _NO_FIRST), (True, _YES_FIRST)):
        if match := pattern.match(text):
            return Found(value, match.start(1), match.end(1), 0.65)
    return None


def stated(around: Surroundings, claims: Iterable[Claim]) -> list[Claim]:
    """Claims on yes/no slots whose title the message says, with what it says of it."""
    known = {one.slot for one in claims if one.by == "label"}
    slots = [s for s in around.cues.slots.values() if s.type == "yes_no" and s.name not in known]
    found = (_of_clause(around, slot, clause) for slot in slots for clause in _said(around, slot))
    return [one for one in found if one]


def _said(around: Surroundings, slot: Slot) -> Iterable[Span]:
    """The clauses that say all words of one of the slot's titles."""
    titles = [*slot.title.values(), slot.name.replace("_", " ")]
    told = [{term for term, _, _ in placed_terms(tokens(title))} for title in titles]
    wanted = [{term for term in terms if " " not in term} for terms in told]
    for start, end in around.reading.clauses():
        inside = {hit.term for hit in around.hits if start <= hit.start < end}
        if any(terms and terms <= inside for terms in wanted):
            yield start, end


def _of_clause(around: Surroundings, slot: Slot, clause: Span) -> Claim | None:
    text = around.reading.folded
    if signals.is_question(text[slice(*around.reading.sentence(clause[0]))]):
        return None
    own = [
        (hit.start, hit.end)
        for hit in around.hits
        if hit.slot == slot.name and hit.weight >= 0.3 and clause[0] <= hit.start < clause[1]
    ]
    if not own:
        return None
    start, end = min(own)[0], max(own, key=lambda span: span[1])[1]
    before = text[max(clause[0], start - _FEW) : start]
    value, place = _meant(before, text[end : min(clause[1] + _FEW, len(text))], (start, end))
    if value is None:
        return None
    found = Found(value, *place, _SURE)
    return Claim(slot.name, slot.type, found, *place, "label", _SURE)


def _meant(before: str, after: str, named: Span) -> tuple[bool | None, Span]:
    """Whether it is wanted, with the place of the words that say so; None where none do."""
    start, end = named
    for value, ahead, behind in ((False, _NO_BEFORE, _NO_AFTER), (True, _YES_BEFORE, _YES_AFTER)):
        if match := ahead.search(before):
            return value, (start - len(before) + match.start(), end)
        if match := behind.match(after):
            return value, (start, end + match.end())
    return None, named
