"""Sizes told by the one before: “one size bigger”, “next size up”, “大一码”.

Counted from the slot's own value, or from what the label of another chosen value says: of “Fell Mid
Boots, UK 8” the next size up is UK 9. Where neither is known nothing is claimed. Knows parsers by
their contract only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..memory import Option, Value
from ..schema import Slot
from .claims import Claim, claim
from .parsers.numerals import chinese, english
from .surroundings import Surroundings
from .values import Bad, Found

_SURE = 0.9
_SIZED = re.compile(r"\bsizes?\b|尺码|尺寸|码数|鞋码|大小")
_COUNT = r"(?P<count>one|two|three|a|an|the next|next|1|2|3)"
_STEP = re.compile(
    rf"(?<![a-z]){_COUNT} (?:whole |full )?sizes? (?P<way>up|bigger|larger|down|smaller)(?![a-z])|"
    r"(?<![a-z])(?:the next|a|one) (?P<less>bigger|larger|smaller) size(?![a-z])|"
    r"(?P<zh>[大小])(?P<steps>[一两二三])(?:个)?[号码]|(?P<zh_next>[加减])(?P<few>[一两二三])?码"
)
_FOR_A = re.compile(
    r"(?<![a-z])(?:exchang|swap|chang|switch|replac|trad)[a-z]*(?![a-z])[^.;!?\n]{0,60}?(?<![a-z])"
    r"(?:for|to|into|with) (?:an? |the )?(?P<size>(?:[0-9]{1,2}(?:\.5)?|xxs|xs|s|m|l|xl|xxl))"
    r"(?= *(?:$|[,;!?)]|\.(?![0-9])|(?:please|pls|instead|and|but|order|from|thanks|if|in|as|then|"
    r"because|since)(?![a-z])))"
)
_UP = frozenset({"up", "bigger", "larger", "大", "加"})
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9])?")


def stepped(
    around: Surroundings,
    filled: Mapping[str, Value],
    options: Mapping[str, Sequence[Option]],
) -> list[Claim]:
    """Claims on slots of sizes whose value is told as steps from a known one."""
    found = _exchanged(around)
    match = _STEP.search(around.reading.folded)
    if match is None:
        return found
    for slot in around.cues.slots.values():
        if _is_sized(slot):
            known = list(_known(around, slot, filled, options))
            told = _told(slot, known[0], match, options) if known else None
            if told:
                found.append(claim(slot, told, 0, len(around.reading.text), "label", _SURE))
    return found


def _exchanged(around: Surroundings) -> list[Claim]:
    """“exchange my boots for a 10”: what a thing is changed for, where that is one of its sizes."""
    text, found = around.reading.text, []
    for slot in around.cues.slots.values():
        for match in _FOR_A.finditer(around.reading.folded) if _is_sized(slot) else ():
            read = around.finder.read(text[match.start("size") : match.end()], slot)
            if isinstance(read, Found):
                found.append(claim(slot, read, match.start("size"), len(text), "label", _SURE))
    return found


def _is_sized(slot: Slot) -> bool:
    named = " ".join([slot.name.replace("_", " "), *slot.title.values(), slot.description])
    return slot.type in ("number", "choice") and bool(_SIZED.search(named.lower()))


def _steps(match: re.Match[str]) -> int:
    said = match["count"] or match["steps"] or match["few"] or "one"
    count = int(said) if said.isdecimal() else english(said) or chinese(said) or 1
    way = match["way"] or match["less"] or match["zh"] or match["zh_next"]
    return count if way in _UP else -count


def _known(
    around: Surroundings,
    slot: Slot,
    filled: Mapping[str, Value],
    options: Mapping[str, Sequence[Option]],
) -> Iterable[Any]:
    """The slot's value so far, then those that the labels of other chosen options name."""
    if slot.name in filled:
        yield filled[slot.name].value
    for name, value in filled.items():
        labels = [one.label for one in options.get(name, ()) if one.value == value.value]
        for label in labels if name != slot.name else ():
            for one in around.finder.find(label, slot):
                if isinstance(one, Found):
                    yield one.value


def _told(
    slot: Slot, known: Any, match: re.Match[str], options: Mapping[str, Sequence[Option]]
) -> Found | Bad | None:
    """The value so many steps away, or Bad where there is none; None where steps mean nothing."""
    steps, place = _steps(match), match.span()
    if slot.type == "number" and isinstance(known, int | float):
        limit = slot.maximum if steps > 0 else slot.minimum
        passed = limit is not None and (known + steps - limit) * steps > 0
        reason = "too_large" if steps > 0 else "too_small"
        if passed:
            return Bad(reason, *place, {"limit": f"{limit:g}"})
        return Found(known + steps, *place, 0.8)
    listed = [one.value for one in options.get(slot.name, ())] or [c.value for c in slot.choices]
    if known not in listed:
        return None
    numbers = [_NUMBER.search(str(listed[place])) for place in (0, -1)]
    if numbers[0] and numbers[1] and float(numbers[0][0]) > float(numbers[1][0]):
        listed.reverse()
    at = listed.index(known) + steps
    fits = 0 <= at < len(listed)
    return Found(listed[at], *place, 0.8) if fits else Bad("not_offered", *place)
