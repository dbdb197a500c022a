"""Settles whose value a candidate is where two slots are equally likely, by the encoder.

The clause around the candidate is compared with the slots' descriptions. Asked seldom: only where
neither type, question, cue nor correction tells the slots apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..language import DEFAULT, detect
from ..likeness import Likeness
from ..schema import Slot
from .assigning import Situation, weight
from .claims import Claim
from .cues import Cues
from .reading import Reading, Span

_NEAR = 0.06  # of weight, below which two slots are equally likely
_MOST = 4  # candidates of a message for which the encoder is asked
# On the scale of ``likeness``. With the bundled encoders smaller differences were right no oftener
# than the order of the form is.
_MARGIN = 0.18
_TRUST = 0.3  # the cue that the likest slot gets


async def settle(
    claims: Sequence[Claim],
    now: Situation,
    reading: Reading,
    cues: Cues,
    likeness: Likeness | None,
) -> list[Claim]:
    """The claims, those of the likelier slot with a stronger cue."""
    if likeness is None or not likeness.name:
        return list(claims)
    settled = list(claims)
    for span, names in _tied(claims, now)[:_MOST]:
        best = await _likest(span, names, reading, cues, likeness)
        settled = [
            replace(one, cue=max(one.cue, _TRUST)) if (one.span, one.slot) == (span, best) else one
            for one in settled
        ]
    return settled


def _tied(claims: Sequence[Claim], now: Situation) -> list[tuple[Span, list[str]]]:
    """Spans that several open slots claim with about the same weight.

    As many values as slots are told apart by their order, so one value alone is meant.
    """
    by_span: dict[Span, list[tuple[float, Claim]]] = {}
    for one in claims:
        if not one.old and not one.bad and one.slot not in now.filled:
            by_span.setdefault(one.span, []).append((weight(one, now), one))
    alike = [len({span for span, f in by_span.items() if f[0][1].type == found[0][1].type})
             for found in by_span.values()]  # fmt: skip
    tied = []
    for (span, found), count in zip(by_span.items(), alike, strict=True):
        top = max(heavy for heavy, _ in found)
        near = [one.slot for heavy, one in found if top - heavy < _NEAR]
        if len(near) > 1 and count < len(near):
            tied.append((span, near))
    return tied


async def _likest(
    span: Span, names: Sequence[str], reading: Reading, cues: Cues, likeness: Likeness
) -> str:
    clause = reading.text[slice(*reading.clause(span[0]))].strip()[:300]
    said = await likeness.vectors([clause], "query")
    meant = await likeness.vectors([_described(cues.slots[name]) for name in names], "passage")
    language = detect(clause) or DEFAULT
    scale = await likeness.scale(language, language)
    if said is None or meant is None or scale is None or scale.blind:
        return ""
    alike = [scale.of(cosine) for cosine in (meant @ said[0]).tolist()]
    first, second = sorted(alike, reverse=True)[:2]
    return names[alike.index(first)] if first - second >= _MARGIN else ""


def _described(slot: Slot) -> str:
    titles = "; ".join(slot.title.values())
    return f"{titles or slot.name.replace('_', ' ')}: {slot.description}"
