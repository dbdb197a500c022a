"""Everything in a message that may be a value, from all the ways in which one may be said.

The order matters: what later steps look at, earlier ones have found. Chooses nothing; that is for
:mod:`.assigning`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from . import accepting, addresses, counting, markers, polarity, relative, rewording, troubles
from .assigning import Situation
from .claims import Claim, claim, with_cues
from .contexts import in_context
from .corrections import instead, named_slots, with_corrections
from .doubts import only_asked
from .labelled import in_clauses, named
from .parsers.common import answer
from .reading import Reading, overlaps
from .splitting import split
from .surroundings import LOOSE, Surroundings
from .tracker import TrackRequest
from .values import Bad, Found

_FEW = 4  # tokens of a message that says one thing only


def gather(
    around: Surroundings, now: Situation, request: TrackRequest, told: bool
) -> tuple[list[Claim], Situation]:
    """The claims, weighed and told whether they stand, and the situation with what they correct.

    ``told`` says that an earlier message of the request gave a value.
    """
    reading, cues, finder = around.reading, around.cues, around.finder
    claims = _read(around, now.asked, request)
    unsure = [one.span for one in claims if one.bad]  # “Friday or Saturday”
    claims += [
        one
        for one in finder.all(reading, cues.slots.values())
        if one.slot != now.asked or not any(overlaps(one.span, span) for span in unsure)
    ]
    claims = [one for one in claims if not addresses.shapeless(one, around, now.filled)]
    claims = split(claims, reading, finder, cues)
    claims += in_clauses(around, claims, now.filled)
    claims = [one for one in claims if not _said_before(one, reading, request)]
    claims += counting.beside(around, claims)
    claims = with_cues(claims, reading, cues, around.hits)
    claims += named(around, claims)
    claims += polarity.stated(around, claims)
    claims += counting.counts(around, now.asked)
    claims += in_context(around, claims)
    claims += relative.stepped(around, {**request.values, **now.filled}, request.options)
    claims += rewording.replaced(around, now.filled)
    claims += addresses.corrected(around, now.asked, now.filled, claims)
    claims = with_corrections(claims, reading)
    short = len(reading.tokens) <= _FEW
    if not request.asked or (short and told):
        claims = instead(claims, now, short)
    elif now.asked in cues.slots and cues.slots[now.asked].type not in LOOSE:
        whole = [one for one in claims if _all_said(one, reading)]  # “ok then, a gift card”
        claims = [one for one in claims if one not in whole] + instead(claims, now, short, whole)
    claims = rewording.in_the_same_half(claims, around, now.filled)
    return claims, replace(now, named=named_slots(claims, now))


def _all_said(one: Claim, reading: Reading) -> bool:
    """Whether a choice is all that the message says, but for politeness."""
    start, end = answer(reading.folded)
    rest = f"{reading.folded[start : one.start]} {reading.folded[one.end : end]}"
    rest = re.sub(r"(?<![a-z])an?(?![a-z])", "", rest)
    told = one.type == "choice" and not one.bad and not only_asked(reading, one.span)
    return told and markers.is_filler(rest)


def _read(around: Surroundings, asked: str, request: TrackRequest) -> list[Claim]:
    """What the parser of the asked slot takes as the answer."""
    slot, text = around.cues.slots.get(asked), around.reading.text
    offer = slot and accepting.offered(around.reading, slot, request, around.finder)
    if slot and offer:
        taken = Found(offer.value, offer.start, offer.end, offer.confidence)
        return [claim(slot, taken, 0, len(text), "offer")]
    if slot is None or slot.type in LOOSE:
        return []
    found = around.finder.read(text, slot)
    if isinstance(found, Bad) and found.reason != "ambiguous":
        return []
    return [claim(slot, found, 0, len(text), "read")]


def _said_before(one: Claim, reading: Reading, request: TrackRequest) -> bool:
    """Whether an earlier turn gave these characters to another slot, or heard a later value.

    What is wrong is told of some thing, whose name is a value, too.
    """
    for name, value in request.values.items():
        if value.source != "visitor" or not value.message:
            continue
        if name == one.slot:
            if value.message > reading.seq > 0:
                return True
            continue
        same = value.message == reading.seq and overlaps(one.span, (value.start, value.end))
        slot = request.service.slot(name) if same and value.text else None
        if slot and not troubles.asks_for(slot):
            return True
    return False
