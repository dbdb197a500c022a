"""Values that are named: “reason: too small”, “my reason is …”, “my mobile is 07700 900123”.

Labels come from slots' titles and names. Knows parsers by their contract only.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from ..schema import Slot
from . import markers
from .claims import Claim, claim
from .contexts import end_of, whole_place
from .cues import Cues, placed_terms
from .parsers.common import fold
from .reading import Span, overlaps, tokens, trim, without
from .surroundings import LOOSE, Surroundings
from .values import Found

_LEAST_NAMED = 0.45
_HEAD = re.compile(
    r"(?:^|(?<=[\n,，;；。.!！?？、\t]))[ \t\-*•]*(?P<head>[^\n:：=,，;；。!！?？、]{1,40}?)"
    r"[ \t]*(?:(?<![0-9])[:：=]|[:：=](?![0-9])|[ \t][-–—][ \t])[ \t]*(?!//)"
)
_IS = (
    r"\s*(?:is|are|was|will be|would be|should be|=|(?:has |have )?changed to|"
    r"to)(?![A-Za-z0-9])\s*"
)
_IS_ZH = r"(?:应该)?(?:是|为|叫|改成|改为|改到|换成|写成)\s*"
_WRITTEN = frozenset({"phone", "email", "pattern", "money"})
_AMOUNT = re.compile(r"(?<![\w.])[0-9][0-9.,]{0,11}(?![\w%])|(?<=[是为成到])[0-9]")
_LONGEST_CLAUSE = 80
_FIGURES = re.compile(r"\+?[0-9 ().-]{6,24}|[#№] ?[0-9][0-9 .-]{3,23}")
_WRITING = re.compile(r"[0-9]|@| at ")


def named(around: Surroundings, claims: Sequence[Claim]) -> list[Claim]:
    """Values behind a label: on lines of their own, after a colon, or after “is”."""
    found = list(_behind_heads(around, claims))
    for slot in around.cues.slots.values():
        if slot.type in LOOSE and all(one.slot != slot.name for one in found):
            found += _behind_is(around, slot, claims)
    return found


def _behind_heads(around: Surroundings, claims: Sequence[Claim]) -> Iterable[Claim]:
    text = around.reading.text
    heads = [(m, name) for m in _HEAD.finditer(text) if (name := _headed(m["head"], around.cues))]
    for at, (match, name) in enumerate(heads):
        limit = heads[at + 1][0].start("head") if at + 1 < len(heads) else len(text)
        piece = _line(text, match.end(), limit)
        if piece:
            slot = around.cues.slots[name]
            piece = _own_part(around, slot, piece, claims)
            read = around.finder.read(text[slice(*piece)], slot)
            yield claim(slot, read, piece[0], len(text), "label", 1.0)


def _own_part(around: Surroundings, slot: Slot, piece: Span, claims: Sequence[Claim]) -> Span:
    """A name without the telephone number behind it."""
    if slot.type not in LOOSE or slot.type == "text":
        return piece
    others = [one.span for one in claims if one.type in _WRITTEN and one.slot != slot.name]
    parts = [trim(around.reading.text, *part) for part in without(piece, others)]
    return next((part for part in parts if part), piece)


def _headed(head: str, cues: Cues) -> str:
    """The slot that a label names; '' where none or only a few of its words do."""
    plain = " ".join(fold(head).split())
    for slot, labels in cues.labels.items():
        if plain in labels:
            return slot
    weights = cues.named(head)
    best = max(weights, key=lambda slot: weights[slot], default="")
    told = [term for term, _, _ in placed_terms(tokens(head)) if " " not in term]
    own = [term for term in told if best in cues.named(term)]
    named = best and weights[best] >= _LEAST_NAMED and len(told) <= 4
    return best if named and len(own) * 2 >= len(told) else ""


def _line(text: str, start: int, limit: int) -> Span | None:
    """From ``start`` to the end of the line, or the next line where this one is empty."""
    while start < limit and text[start] in " \t\r\n":
        start += 1
    end = text.find("\n", start, limit)
    return trim(text, start, end if end >= 0 else limit)


def _behind_is(around: Surroundings, slot: Slot, claims: Sequence[Claim]) -> Iterable[Claim]:
    text = around.reading.text
    folded = around.reading.folded
    names = "|".join(re.escape(label) for label in around.cues.labels[slot.name])
    if not names:
        return
    said = rf"(?<![a-z0-9])(?:{names})(?:{_IS}|{_IS_ZH}|(?P<bare>\s*(?![a-z]*ly\b)))"
    for match in re.finditer(said, folded):
        if match["bare"] is not None and not _named_at(text, match.end(), slot):
            continue
        end = end_of(around, slot, match.end(), ())
        if slot.type == "person":
            end = min(end, around.reading.clause(match.end())[1])
        end = whole_place(slot, match.end(), end, claims)
        piece = trim(text, match.end(), end)
        if piece and not markers.is_filler(folded[slice(*piece)]):
            read = around.finder.read(text[slice(*piece)], slot)
            if slot.type == "person" and not isinstance(read, Found):
                continue  # “my name is misspelt”
            yield claim(slot, read, piece[0], len(text), "label", 0.9)
            return


def _named_at(text: str, start: int, slot: Slot) -> bool:
    """Whether a name of a person follows its label at once: “name Garcia”, “姓名张伟”."""
    following = text[start : start + 1]
    return slot.type == "person" and (following.isupper() or "\u4e00" <= following <= "\u9fff")


def in_clauses(
    around: Surroundings, claims: Sequence[Claim], filled: Container[str]
) -> list[Claim]:
    """Numbers and addresses that parsers take only as answers, where a clause is nearly one.

    “my mobile is 07700 900123”: no such number is in use, so it is not found in running text.
    “不是500，是800” are amounts where an amount is corrected.
    """
    text, found = around.reading.text, []
    for slot in around.cues.slots.values():
        for start, end in around.reading.clauses() if slot.type in _WRITTEN else ():
            taken = any(c.type == slot.type and overlaps(c.span, (start, end)) for c in claims)
            if taken or end - start > _LONGEST_CLAUSE:
                continue
            mended = slot.type == "money" and slot.name in filled
            if not _speaks_of(around, slot, (start, end), mended):
                continue
            read = around.finder.read(text[start:end], slot)
            if isinstance(read, Found) and read.confidence >= 0.5:
                found.append(claim(slot, read, start, len(text)))
    return found


def _speaks_of(around: Surroundings, slot: Slot, clause: Span, mended: bool) -> bool:
    """Whether the clause is figures alone, or names the slot, or corrects it."""
    said = around.reading.text[slice(*clause)]
    if mended and markers.corrects(around.reading.folded, 0, clause[1]):
        return bool(_AMOUNT.search(said))
    named = any(
        hit.slot == slot.name and hit.weight >= 0.3 and overlaps((hit.start, hit.end), clause)
        for hit in around.hits
    )
    return bool(_FIGURES.fullmatch(said)) or (named and bool(_WRITING.search(said)))
