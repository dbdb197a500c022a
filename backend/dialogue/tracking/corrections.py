"""Which values are taken back, which take their place, and whose they are.

“not the 12th, the 14th” rules one value out and puts another in its place; the slot is the one that
is named, or whose old value is named. Knows claims and phrases, no parsers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from . import markers, refusals
from .assigning import Situation
from .claims import Claim
from .reading import Reading, Span, overlaps

_CORRECTS = 0.85  # how sure a correction is
_UNSAID = 0.5  # the same where no word says that it is one
_NAMES = 0.25  # a cue from which a correction names its slot
_MOST_SPANS = 60  # of a message, that are compared with one another
_VAGUE = frozenset({"number", "location", "person"})
_WHEN = frozenset({"date", "time", "date_range"})
_IDENTIFIES = frozenset({"pattern", "email", "phone"})


def with_corrections(claims: Sequence[Claim], reading: Reading) -> list[Claim]:
    """Each claim told whether its value is ruled out, taken back, or takes another's place."""
    text = reading.folded
    spans = sorted({one.span for one in claims})[:_MOST_SPANS]
    old = {span for span in spans if refusals.refused(text, span)} | _left_alone(claims, text)
    never = _impossible(claims, text)
    old |= never
    heirs: dict[Span, tuple[Span, ...]] = {}
    for one, other in _neighbours(spans):
        if other in old or not _alike(claims, one, other):
            continue
        if one in old or markers.gives_way(text, one, other) or markers.replaced(text, one, other):
            old.add(one)
            heirs[other] = (*heirs.get(one, ()), one)
    for one, other in _neighbours(spans):
        if other in old and one not in old and _alike(claims, one, other):
            heirs.setdefault(one, (other,))  # “the 14th, not the 12th”
    old -= _unwanted(claims, text, old.difference(*heirs.values()))
    return [_told(one, reading, old, heirs) for one in claims]


def _impossible(claims: Sequence[Claim], text: str) -> set[Span]:
    """Days and times that cannot be, and whatever else was read in the words that say so."""
    times = {one.span for one in claims if one.type in _WHEN}
    beside = {span: words for span in times if (words := refusals.impossible(text, span))}
    inside = {one.span for one in claims if any(overlaps(one.span, w) for w in beside.values())}
    return {*beside, *(inside - times)}


def _unwanted(claims: Sequence[Claim], text: str, ruled_out: set[Span]) -> set[Span]:
    """Those that say which thing is not wanted: “I don't want order 10234” is about 10234."""
    numbers = ruled_out.intersection(one.span for one in claims if one.type in _IDENTIFIES)
    return {one for one in numbers if refusals.unwanted(text, one) or refusals.unfit(text, one)}


def _left_alone(claims: Sequence[Claim], text: str) -> set[Span]:
    """Numbers beside others of which the words say to leave them: “not 10234, keep 10235”."""
    numbers = {one.span for one in claims if one.type == "pattern"}
    kept = {span for span in numbers if refusals.kept(text, span)}
    return kept if numbers - kept else set()


def _neighbours(spans: Sequence[Span]) -> Iterable[tuple[Span, Span]]:
    """Pairs that follow each other without another value between, near enough to be compared."""
    for at, one in enumerate(spans):
        after = [other for other in spans[at + 1 :] if other[0] >= one[1]]
        if after:
            first_end = min(end for _, end in after)
            yield from ((one, other) for other in after if other[0] < first_end)


def _alike(claims: Sequence[Claim], one: Span, other: Span) -> bool:
    mine = {claim.slot for claim in claims if claim.span == one}
    theirs = {claim.slot for claim in claims if claim.span == other}
    return bool(mine & theirs)


def _told(
    one: Claim, reading: Reading, old: set[Span], heirs: Mapping[Span, tuple[Span, ...]]
) -> Claim:
    inherits = heirs.get(one.span, ())
    start = reading.sentence(one.start)[0]
    text = reading.folded
    said = markers.corrects(text, start, one.start) or markers.corrects_after(text, one.end)
    corrects = _CORRECTS if said or inherits else 0.0
    return replace(one, old=one.span in old, corrects=corrects, inherits=inherits)


def instead(
    claims: Sequence[Claim], now: Situation, short: bool, among: Sequence[Claim] | None = None
) -> list[Claim]:
    """Where nothing was asked, a new value that only filled slots can take is a correction.

    Those ``among`` claims are given back, or all. Names, places and numbers are said
    for many reasons, so they have to stand alone or by a cue.
    """
    open_ = {one.span for one in claims if one.slot not in now.filled}
    return [
        replace(one, corrects=max(one.corrects, _UNSAID))
        if one.span not in open_
        and (one.type not in _VAGUE or one.cue >= _NAMES or short or _whole_address(one))
        else one
        for one in (claims if among is None else among)
    ]


def _whole_address(one: Claim) -> bool:
    """A house, its street and more is said for one reason only."""
    return one.type == "location" and one.sure >= _CORRECTS


def named_slots(claims: Sequence[Claim], now: Situation) -> dict[Span, str]:
    """By the span of a correction, the filled slot that it names or whose old value it names."""
    olds = {
        one.span: one.slot
        for one in claims
        if one.old and one.slot in now.filled and now.filled[one.slot].value == one.value
    }
    named = _only_fitting(claims, now)
    best: dict[Span, float] = {}
    for one in claims:
        for span in one.inherits:
            if span in olds:
                named[one.span], best[one.span] = olds[span], 2.0
        if one.slot in now.filled and one.cue > max(best.get(one.span, 0.0), _NAMES):
            named[one.span], best[one.span] = one.slot, one.cue
    return named


def _only_fitting(claims: Sequence[Claim], now: Situation) -> dict[Span, str]:
    """Corrections that no other slot could take: “a refund after all”, where a size was asked."""
    takers: dict[Span, set[str]] = {}
    for one in claims:
        takers.setdefault(one.span, set()).add(one.slot)
    return {
        one.span: one.slot
        for one in claims
        if one.corrects and one.slot in now.filled and takers[one.span] == {one.slot}
    }
