"""Parts of a known address put right: “the postcode is …”, “number 14, not 12”, “not Bath, York”.

What is said of a part alone takes its place in the address; the rest stays. Works from the
addresses that are filled already, since a part says little by itself. Knows how addresses are made
from ``parsers.postal``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from backend.words import HAN

from ..memory import Value
from ..schema import Slot
from . import markers, rewording
from .claims import Claim, claim
from .parsers import postal
from .parsers.common import answer, fold, has_han
from .reading import Span, overlaps, tokens, trim
from .surroundings import Surroundings
from .values import Found

_SURE = 0.85
_LONGEST = 40  # characters of a part
_IS = r"(?: should be| has to be| is|'s|=|:)*(?: now)? ?"
_IS_ZH = "(?:应该)?(?:是|为|改成|改为|:)+ ?"
_HOUSE_NUMBER = r"(?<![a-z])(?:house|door|street) (?:number|no\.?)"
_NUMBER = (
    r"(?:(?:^|[,.;!]|(?<![a-z'])(?:it'?s|be|at|"
    r"to|no|that|sorry|meant?|not)) ?(?:the )?(?:number|no\.))"
)
_A_NUMBER = r"(?P<new>[0-9]{1,4}[a-z]?)(?![0-9a-z])"
# What names a part of an address, with what it is to be.
_NAMED = tuple(
    (part, re.compile(pattern))
    for part, pattern in (
        ("number", rf"{_HOUSE_NUMBER}{_IS}{_A_NUMBER}"),
        ("", rf"{_NUMBER}{_IS}{_A_NUMBER}"),  # a number that is put right
        ("number", rf"门牌号?码?{_IS_ZH}(?P<new>[0-9]{{1,5}})"),
        ("town", rf"(?<![a-z])(?:town|city|village){_IS}(?P<new>[a-z][a-z' -]{{2,30}})"),
        ("town", rf"城市{_IS_ZH}(?P<new>[{HAN}]{{2,8}})"),
        ("code", rf"{postal.LABEL}(?: should be| has to be)? ?(?P<new>{postal.POSTCODE})"),
        ("code", r"邮政?编码?(?:应该)?(?:是|为|改成|改为|:)? ?(?P<new>[0-9]{6})(?![0-9])"),
    )
)
_LEAD = re.compile(
    r"(?:the )?(?:house |door )?(?:number|no\.?) (?=[0-9])|门牌号?码?[是为:]?|"
    rf"{postal.LABEL}(?: should be)? ?"
)
_BARE_NUMBER = re.compile(r"(?:(?:house )?(?:number|no\.?) )?(?P<new>[0-9]{1,5}[a-z]?)号?")
# Nothing but a number that is called one: “the number is 81”.
_ALL = re.compile(
    rf"\W*(?:(?:sorry|no|oops|actually|wait|oh|and)[ ,.]+)*(?:it'?s )?(?:the |my )?(?:number|no\.?)"
    rf"{_IS}{_A_NUMBER}\W*"
)
_FLAT = re.compile(
    r"(?:(?:sorry|no|oops|actually|wait|oh|and|it'?s|it is|it should be|make (?:it|that)|in) )*"
    r"(?:the |my |our )?(?:flat|apartment|apt|unit|suite)(?: (?:number|no\.?))?"
    rf"{_IS}{_A_NUMBER}(?: please)?"
)
_CODE = re.compile(rf"(?:{postal.LABEL} ?)?(?P<new>{postal.POSTCODE})")


def corrected(
    around: Surroundings, asked: str, filled: Mapping[str, Value], claims: Sequence[Claim]
) -> list[Claim]:
    """Claims on known addresses with the parts that the message puts right."""
    found: list[Claim] = []
    for slot in around.cues.slots.values():
        known = str(filled[slot.name].value or "") if slot.name in filled else ""
        if slot.type == "location" and known:
            others = {n: value for n, value in filled.items() if n != slot.name}
            alone = asked in ("", slot.name)
            ways = _parts(around, slot, known, others, claims, alone)
            first = next((one for one in ways if one), None)
            found += [first] if first else []
    return found


def shapeless(one: Claim, around: Surroundings, filled: Mapping[str, Value]) -> bool:
    """Whether a place is too little for the whole address that a slot wants: “send it to Bob”."""
    slot = around.cues.slots[one.slot]
    whole = slot.type == "location" and slot.name not in filled and postal.wants_address(slot)
    return whole and not one.bad and not postal.shaped(str(one.value))


def _parts(
    around: Surroundings,
    slot: Slot,
    known: str,
    others: Mapping[str, Value],
    claims: Sequence[Claim],
    alone: bool,
) -> Iterator[Claim | None]:
    for old, new in _renamed(around, known):
        if not _elsewhere(known[slice(*old)], others):
            yield _claimed(around, slot, known[: old[0]], new, known[old[1] :])
    text = around.reading.folded
    for part, pattern in _NAMED:
        for match in pattern.finditer(text):
            if part or markers.corrects(text, 0, match.start("new")):
                yield _put(around, slot, known, part or "number", match.span("new"), claims)
    number = _ALL.fullmatch(text) if alone else None
    if number and postal.parts(fold(known)).number:
        yield _put(around, slot, known, "number", number.span("new"), claims)
    for clause in around.reading.clauses():
        flat = None if postal.has_house(text) else _FLAT.fullmatch(text, *clause)
        yield _put(around, slot, known, "flat", flat.span("new"), claims) if flat else None
        first, last = answer(text[slice(*clause)])
        code = _CODE.fullmatch(text, clause[0] + first, clause[0] + last)
        yield _put(around, slot, known, "code", code.span("new"), claims) if code else None


def _elsewhere(old: str, others: Mapping[str, Value]) -> bool:
    """Whether a number is that of another slot: “not 12, 24” of “12 months”."""
    said = rf"(?<![0-9]){re.escape(old)}(?![0-9])"
    told = (f"{one.value} {one.text}" for one in others.values())
    return old.isdecimal() and any(re.search(said, one) for one in told)


def _renamed(around: Surroundings, known: str) -> Iterable[tuple[Span, Span]]:
    """Words of the address that the message takes back, the most first, and what is said instead.

    The first span is one of the address.
    """
    text, told = around.reading.folded, tokens(known)
    if not (markers.corrects(text, 0, len(text)) or markers.moves(text)):
        return
    for size in range(len(told), 0, -1):
        for first in range(len(told) - size + 1):
            old = (told[first].start, told[first + size - 1].end)
            words = fold(known[slice(*old)])
            said = rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])(?:号(?=\W))?"
            for match in re.finditer(said, text) if words in text else ():
                new = rewording.new_words(around, match.span())
                piece = new and _bare(around, *new)
                if piece and text[piece[1] - 1] == "号" and "号" not in known:
                    piece = piece[0], piece[1] - 1
                if piece and _alike(known[slice(*old)], text[slice(*piece)]):
                    yield old, piece


def _bare(around: Surroundings, start: int, end: int) -> Span | None:
    """The part itself, without what leads to it and behind the next pause."""
    text = around.reading.folded
    piece = trim(text, start + markers.correction(text[start:end]), end)
    if piece is None:
        return None
    first, last = answer(text[slice(*piece)])
    begin = piece[0] + first
    lead = _LEAD.match(text, begin, piece[0] + last)
    begin = lead.end() if lead else begin
    return trim(text, begin, min(piece[0] + last, around.reading.clause(begin)[1]))


def _alike(old: str, new: str) -> bool:
    """Whether one may stand for the other: a number for a number, a name for a name."""
    numbers = [bool(re.match("[0-9]", said)) for said in (old, new)]
    return len(new) <= _LONGEST and numbers[0] == numbers[1] and fold(old) != new


def _put(
    around: Surroundings,
    slot: Slot,
    known: str,
    part: str,
    said: Span,
    claims: Sequence[Claim],
) -> Claim | None:
    """The address with the part as it is said here, unless that belongs to another slot."""
    if part == "town":
        said = (said[0], min(said[1], around.reading.clause(said[0])[1]))
    others = (one for one in claims if one.type != "location" and not one.bad)
    if any(overlaps(one.span, said) and one.type in ("pattern", "phone") for one in others):
        return None
    at = getattr(postal.parts(fold(known)), part)
    before, after = (known[: at[0]], known[at[1] :]) if at else _room(known, part)
    return _claimed(around, slot, before, said, after) if before or after else None


def _room(known: str, part: str) -> tuple[str, str]:
    """The address before and behind a part that it lacks; twice '' where it has no place for it."""
    code = postal.parts(fold(known)).code
    gap = ", "
    if part == "flat" and not has_han(known):
        return "Flat ", gap + known
    if part == "code":
        return known + ("，邮编" if has_han(known) else gap), ""
    if part == "town" and not has_han(known):
        head, tail = (known[: code[0]], known[code[0] :]) if code else (known, "")
        return head.rstrip(" ,") + gap, gap + tail if tail else ""
    return "", ""


def _claimed(around: Surroundings, slot: Slot, before: str, said: Span, after: str) -> Claim | None:
    piece = trim(around.reading.text, *said)
    if piece is None:
        return None
    new = around.reading.text[slice(*piece)]
    whole = f"{before}{new.upper() if _CODE.fullmatch(fold(new)) else new}{after}"
    read = around.finder.read(whole, slot)
    if not isinstance(read, Found):
        return None
    found = Found(whole, 0, piece[1] - piece[0])
    return claim(slot, found, piece[0], len(around.reading.text), "reworded", _SURE)


def merged(one: Claim, asked: str, filled: Mapping[str, Value]) -> Claim | None:
    """A chosen place with the parts of the known address that it leaves unsaid.

    None where it names only a town, without a word that puts the address right.
    """
    known = str(filled[one.slot].value or "") if one.slot in filled else ""
    put_in = one.by == "reworded" and one.cue >= _SURE
    if one.type != "location" or put_in or one.slot == asked or not isinstance(one.found, Found):
        return one
    said = str(one.value)
    number = _BARE_NUMBER.fullmatch(fold(said))
    old, new = postal.parts(fold(known)), postal.parts(fold(said))
    whole: str | None = said
    if new.code == (0, len(said)) and (old.code or old.street):
        whole = _with(known, old.code, said) if old.code else f"{known}, {said}"
    elif old.number and number:
        whole = _with(known, old.number, number["new"])
    elif old.number and new.number and not new.town and _same_street(known, said):
        whole = _with(known, old.number, said[slice(*new.number)])
    elif old.number and not re.search("[0-9号]", said):
        whole = _with(known, old.town, said) if old.town and _corrects(one) else None
    return replace(one, found=replace(one.found, value=whole)) if whole else None


def _with(known: str, part: Span, new: str) -> str:
    return known[: part[0]] + new + known[part[1] :]


def _corrects(one: Claim) -> bool:
    return one.corrects > 0.5 or one.by == "reworded"


def _same_street(known: str, said: str) -> bool:
    streets = [postal.parts(fold(text)).street for text in (known, said)]
    names = [fold(text)[slice(*at)] for text, at in zip((known, said), streets, strict=True) if at]
    return len(names) == 2 and (names[0].endswith(names[1]) or names[1].endswith(names[0]))
