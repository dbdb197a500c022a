"""Addresses and places: after words such as “to” and “at”, by postcode or street, or as an answer.

Knows how addresses are written in Britain, America and China, not which of them exist. A place is
kept as it was written.
"""

from __future__ import annotations

import re

from backend.words import STOP_WORDS

from ...schema import Slot
from ..values import Bad, Context, Found
from . import postal
from .common import answer, apart, asks, fold, plain
from .location_zh import Span, chinese_places
from .postal import HOUSE, LABEL, POSTCODE, STATES, UK, ZIP

MOST = 300  # characters of an address
_SURE = 0.9  # confidence in a whole address
_SMALL_WORDS = (
    r"(?!(?:by|on|please|and|thanks?|thank|but|for|before|if|when|so|instead|in|is|i|not|sorry|it|"
    r"my|from|with|then|now|actually|phone|tel|mobile|e-?mail|call|post ?code|zip)(?![a-z]))"
)
_LINE = rf"{_SMALL_WORDS}[a-z'. -]{{2,30}}(?=,|$|\.| [a-z]{{0,2}} ?[0-9])"
_TOWN = rf"{_SMALL_WORDS}[a-z][a-z'-]{{1,20}}(?: {_SMALL_WORDS}[a-z][a-z'-]{{1,20}}){{0,2}}"
_ADDRESS = re.compile(
    rf"{HOUSE}(?:(?:,?(?: in)? {_LINE}){{0,4}}[,.]? {{0,2}}(?:{LABEL} )?{POSTCODE}|"
    rf"(?:, {_TOWN}){{0,3}})"
)
_CODE = re.compile(
    rf"(?P<label>{LABEL} ?)?(?<![a-z0-9])(?P<code>{UK}|(?P<state>{STATES}),? {ZIP})(?![a-z0-9])"
)
# A building before its street and number: “The Annex, 5 Mill Lane”, “Office 5, 2 Park Row”.
_BUILDING = re.compile(
    r"(?<![a-z0-9'])(?:[0-9]{1,2}(?:st|nd|rd|th) )?(?:the )?(?:(?!(?:to|at|in|it|from|is|and|my|"
    r"our|the)[ '])[a-z']{1,20} ){0,2}"
    r"(?:annexe?|cottage|house|lodge|barn|farm|mill|hall|court|building|tower|block|floor|room|"
    r"office|studio|villa|manor|grange|flat|apt|apartment|unit|suite)(?: [0-9]{1,4}[a-z]?)?, ?$|"
    r"(?<![a-z])(?:flat|apt\.?|apartment|unit|suite|studio|room) [0-9]{0,4}[a-z]?,? ?"
    r"(?:(?:the )?[a-z'][a-z' ]{1,25}, ?)?$|"
    r"(?<![a-z])c/o [a-z.' -]{2,30}, ?$"
)
# The town behind a street without a comma: “5 Elm Row in Leeds”, “22 Baker Street London”.
_TOWN_HERE = re.compile(r",?(?: in)? (?P<town>[A-Z][a-z'’-]{2,20}(?: [A-Z][a-z'’-]{2,20}){0,2})")
# Names before a postcode: “The Old Barn, Mill Lane, Keswick CA12 5AB”.
_NAMED_BEFORE = re.compile(
    r"(?:(?:[A-Z][\w'’.-]{0,20}|(?<= )(?:of|on|the|upon|under|le|de|in))(?: |, ?)){1,10}$"
)
_CUE = re.compile(r"(?<![a-z0-9])(?:to|at|in|is|near|into|address:?)(?: the)? (?=[a-z0-9])")
_PLACE = re.compile(
    r"[A-Z][\w'’-]{1,25}(?:[ -](?:(?:of|on|upon|the|le|la|de|under) )?[A-Z][\w'’-]{1,25}){0,3}"
)
_NO_PLACE = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)uary|march|april|may|june|july|august|"
    r"(?:septem|octo|novem|decem)ber|christmas|easter|english|chinese|i(?:'.*)?|ok|asap|pm|am|"
    r"today|tomorrow|size|order|paypal|visa|pdf|gbp|eur|euros?|dollars?|pounds?|usd"
)
_SHORT_NAMES = ("UK", "US", "USA", "EU", "UAE", "NYC", "LA", "DC", "HK", "NZ")
_BEFORE_CODE = 90  # characters between a cue and a postcode

_NO_ADDRESS = re.compile(
    r"(?:i|you|we|they|he|she)(?:'[a-z]{1,2})? (?!.*[0-9])|(?:no|yes|yeah|ok|okay|sure|none|nope|"
    r"nothing|thanks|never ?mind|thank you|please|hello|hi|help|cancel|stop|"
    r"不|没|好的?|是的?|对|嗯|谢谢|可以|行)$|"
    r".*(?:不知道|不清楚|不记得|不想|don't know|not sure)"
)


class LocationParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        folded, said = fold(text), plain(text)
        spans = [_address(said, match) for match in _ADDRESS.finditer(folded)]
        spans += [_with_code(folded, said, match) for match in _CODE.finditer(folded)]
        spans += [_named(said, cue.end()) for cue in _CUE.finditer(folded)]
        spans += chinese_places(folded)
        return apart([_kept(said, *span) for span in spans if span[0] < span[1]], folded)

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        """The whole answer but for its lead-in and politeness."""
        folded, said = fold(text), plain(text)
        start, end = _answered(folded)
        if end - start > MOST:
            return Bad("too_long", start, end, {"limit": str(MOST)})
        question = asks(folded) or folded.rstrip().endswith("?")
        words = re.search(r"[^\W_]", folded[start:end])
        if question or not words or _NO_ADDRESS.match(folded, start, end):
            return Bad("not_a_place", 0, len(text))
        if postal.wants_address(slot) and postal.UNNAMED.fullmatch(folded, start, end):
            return Bad("no_address", start, end)
        if postal.wants_address(slot) and not any(
            postal.shaped(said[one.start : one.end])
            for one in (_kept(said, start, end, 1.0), *self.find(text, slot, context))
        ):
            return Bad("no_address", start, end)
        for one in self.find(text, slot, context):
            if isinstance(one, Found) and one.confidence >= _SURE and start <= one.start:
                start = one.start if _LEADS.search(folded[start : one.start]) else start
                end = one.end if _TRAILS.match(folded, one.end, end) else end
        return _kept(said, start, end, 1.0)


_LEADS = re.compile(r"(?: to| at| in| is| now|it's|:|到|成|为|在|是)[: ]*$")
_TRAILS = re.compile(
    r" (?:by|on|before|please|and|instead|if|when|so|because|as|for)\b|[.!;,](?! ?[a-z0-9])"
)
_LEAD = re.compile(
    r"(?:(?:please )?(?:can you |could you )?(?:send|deliver|ship|post|change|move|redirect|"
    r"bring|take)(?: (?:it|them|that|this|everything|the [a-z]{1,15}))?(?: over)? (?:to|at)|"
    r"(?:i'?m|i am|we'?re|we are) (?:in|at|near|based in|located in)|(?:i|we) live (?:in|at|on)|"
    r"to|at|in|near|address:?|new address:?|the (?:one|store|shop) (?:in|at|on)) "
    r"|(?:请)?(?:帮我)?(?:寄|送|发|改|换)(?:到|往|去|成|为)|(?:新)?(?:的)?(?:收货)?地址(?:是|为|"
    r"改成|改为)?[: ]*|我?(?:住)?在"
)


def _answered(folded: str) -> tuple[int, int]:
    start, end = answer(folded)
    for _ in range(3):
        lead = _LEAD.match(folded, start, end)
        if lead is None or lead.end() >= end:
            break
        start = lead.end()
    return start, end


def _kept(said: str, start: int, end: int, sure: float) -> Found:
    folded = fold(said)
    if unnamed := postal.UNNAMED_BEFORE.match(folded, start, end):
        start = unnamed.end()
    start, end = _stripped(said, start, end)
    start, end = _stripped(said, start, postal.without_label(folded, start, end))
    return Found(postal.spelt(said[start:end], folded[start:end]), start, end, sure)


def _stripped(said: str, start: int, end: int) -> tuple[int, int]:
    while start < end and said[start] in " ,.;:":
        start += 1
    while end > start and said[end - 1] in " ,.;:":
        end -= 1
    return start, end


def _address(said: str, match: re.Match[str]) -> Span:
    """A house and its street, with its building, and a town that no comma sets off."""
    start, end = match.span()
    start = _building(fold(said), start)
    more = _TOWN_HERE.match(said, end) if end - match.end("street") < 2 else None
    for word in re.finditer("[^ ]+", more["town"]) if more else ():
        low = word.group().lower()
        if low in STOP_WORDS or _NO_PLACE.fullmatch(low):
            break
        end = (more.start("town") if more else 0) + word.end()
    return start, end, _SURE


def _building(folded: str, start: int) -> int:
    """Where an address begins with its building or who it is care of, before its house's number."""
    for _ in range(4):  # a flat of a building, on a floor of it
        since = max(start - 60, 0)
        found = _BUILDING.search(folded[since:start])
        if found is None:
            break
        start = since + found.start()
    return start


def _with_code(folded: str, said: str, match: re.Match[str]) -> Span:
    """A postcode with the address before it, as far as the last cue, the house's number or the
    first of its names; alone only where it is called one."""
    start, end = match.span()
    if match["state"] and match["state"].upper() != said[match.start("state") :][:2]:
        return start, start, 0.0  # “or 10234”
    since = max(start - _BEFORE_CODE, 0)
    before = folded[since:start]
    clause = max(before.rfind(mark) for mark in ("\n", "!", "?", ";"))
    cues = [cue.end() for cue in _CUE.finditer(before) if cue.end() > clause]
    house = re.search("(?<![a-z0-9])[0-9]{1,5}[a-z]? [a-z]", before[clause + 1 :])
    named = _NAMED_BEFORE.search(said[since:start])
    if cues:
        return since + cues[-1], end, _SURE
    if house:
        return _building(folded, since + clause + 1 + house.start()), end, 0.8
    if named:
        return since + named.start(), end, 0.8
    return match.start("code"), end if match["label"] else match.start("code"), 0.6


def _named(said: str, start: int) -> Span:
    """A capitalised name after a cue."""
    match = _PLACE.match(said, start, start + 110)
    first = match.group().split(" ")[0] if match else ""
    if match is None or _NO_PLACE.fullmatch(first.lower()):
        return start, start, 0.0
    if first.isupper() and first not in _SHORT_NAMES:
        return start, start, 0.0
    return start, match.end(), 0.5
