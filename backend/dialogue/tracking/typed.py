"""The tracker that needs no training: typed parsers, the schema's words, and marked examples.

Every message is read in its order. Parsers find candidates for all slots; words and contexts of
the schema say whose they are; corrections, offers, “any” and “the same” are understood by phrases.
The encoder is asked only where two slots are equally likely.

Confidence: a value that answers the question has the parser's own, mostly 1; one beside a cue or
in a marked context 0.75 to 0.98; one that only its looks speak for 0.55 to 0.9 by how telling
they are; below 0.5 is doubtful, such as a number nobody asked for, a value for a slot that has
one, or free text that reads like a question. At most 5,000 characters of a message are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..likeness import Likeness
from ..memory import Value
from ..schema import Slot, SlotType
from . import accepting, addresses, counting, meaning, polarity, replying, rewording, ties
from .assigning import Situation, assign, confidence, evidence, target
from .claims import Claim, Finder, claim, with_cues
from .compiled import Compiled
from .contexts import in_context
from .corrections import instead, named_slots, with_corrections
from .cues import Cues
from .doubts import ASKED, only_asked
from .following import in_order
from .labelled import in_clauses, named
from .parsers import PARSERS
from .reading import Reading, overlaps
from .splitting import split
from .surroundings import LOOSE, Surroundings
from .tracker import Mention, TrackRequest
from .values import Bad, Found, Parser

_TAKEN = 0.5  # confidence from which a value counts as said
_FEW = 4  # tokens of a message that says one thing only
MOST_MESSAGES = 40  # the latest of them are read


class TypedTracker:
    """Reads any schema. ``likeness`` may lack an encoder; ties then go by order alone."""

    def __init__(
        self, likeness: Likeness | None = None, parsers: Mapping[SlotType, Parser] = PARSERS
    ) -> None:
        self._likeness = likeness
        self._parsers = parsers
        self._compiled = Compiled()

    @property
    def name(self) -> str:
        return "typed:1"

    async def track(self, request: TrackRequest) -> list[Mention]:
        cues = self._compiled.cues(request.service, request.slots)
        contexts = {
            name: replace(request.context, options=request.options.get(name, ()))
            for name in cues.slots
        }
        if request.asked not in cues.slots:
            request = replace(request, asked="")
        listener = _Listener(request, cues, Finder(self._parsers, contexts), request.asked)
        for utterance in request.said[-MOST_MESSAGES:]:
            reading = Reading(utterance)
            if reading.tokens:
                await listener.hear(reading, self._likeness)
        return listener.mentions()


@dataclass
class _Listener:
    """What has been understood so far in one request."""

    request: TrackRequest
    cues: Cues
    finder: Finder
    asked: str
    held: dict[str, Mention] = field(default_factory=dict)

    def mentions(self) -> list[Mention]:
        """In the order of the slots in play."""
        return [self.held[name] for name in self.request.slots if name in self.held]

    async def hear(self, reading: Reading, likeness: Likeness | None) -> None:
        around = Surroundings(reading, self.cues, self.finder, self.cues.hits(reading))
        now = self._situation()
        claims, now = self._claims(around, now)
        claims = await ties.settle(claims, now, reading, self.cues, likeness)
        chosen = self._kept(around, assign(claims, now))
        if not chosen and not self.asked:
            chosen = rewording.meant(around, now.filled)
        chosen = in_order(chosen, around, now.filled)
        chosen = [addresses.merged(one, now.filled) for one in chosen]
        for one in chosen:
            sure, how = confidence(one, now, claims), evidence(one, now)
            if one.type == "choice" and one.slot == self.asked and only_asked(reading, one.span):
                sure, how = min(sure, ASKED), "reads like a question"
            self._hold(_mention(one, reading, sure, how))
        told = self._hear_the_rest(around, chosen)
        if not told:
            await self._hear_meaning(reading, likeness)
        answer = self.held.get(self.asked)
        if answer and answer.kind != "bad" and answer.confidence >= _TAKEN:
            self.asked = ""

    def _situation(self) -> Situation:
        filled = {name: v for name, v in self.request.values.items() if name in self.cues.slots}
        for name, mention in self.held.items():
            if mention.kind == "value":
                filled[name] = as_value(mention)
        types = {name: slot.type for name, slot in self.cues.slots.items()}
        return Situation(
            order={name: place for place, name in enumerate(self.cues.slots)},
            asked=self.asked,
            filled=filled,
            target=target(types, self.asked, filled),
        )

    def _claims(self, around: Surroundings, now: Situation) -> tuple[list[Claim], Situation]:
        """Everything that may be a value, weighed and told whether it stands."""
        reading, slots = around.reading, self.cues.slots
        claims = self._read(around)
        unsure = [one.span for one in claims if one.bad]  # “Friday or Saturday”
        claims += [
            one
            for one in self.finder.all(reading, slots.values())
            if one.slot != self.asked or not any(overlaps(one.span, span) for span in unsure)
        ]
        claims = split(claims, reading, self.finder, self.cues)
        claims += in_clauses(around, claims, now.filled)
        claims = [one for one in claims if not self._said_before(one, reading)]
        claims += counting.beside(around, claims)
        claims = with_cues(claims, reading, self.cues, around.hits)
        claims += named(around, claims)
        claims += polarity.stated(around, claims)
        claims += counting.counts(around, self.asked)
        claims += in_context(around, claims)
        claims += rewording.replaced(around, now.filled)
        claims += addresses.corrected(around, now.filled, claims)
        claims = with_corrections(claims, reading)
        short = len(reading.tokens) <= _FEW
        if not self.request.asked or (short and self.held):
            claims = instead(claims, now, short)
        claims = rewording.in_the_same_half(claims, around, now.filled)
        return claims, replace(now, named=named_slots(claims, now))

    def _read(self, around: Surroundings) -> list[Claim]:
        """What the parser of the asked slot takes as the answer."""
        slot = self.cues.slots.get(self.asked)
        offer = slot and accepting.offered(around.reading, slot, self.request, self.finder)
        if slot and offer:
            taken = Found(offer.value, offer.start, offer.end, offer.confidence)
            return [claim(slot, taken, 0, len(around.reading.text), "offer")]
        if slot is None or slot.type in LOOSE:
            return []
        found = self.finder.read(around.reading.text, slot)
        if isinstance(found, Bad) and found.reason != "ambiguous":
            return []
        return [claim(slot, found, 0, len(around.reading.text), "read")]

    def _said_before(self, one: Claim, reading: Reading) -> bool:
        """Whether an earlier turn gave these characters to another slot, or heard a later value."""
        for name, value in self.request.values.items():
            if value.source != "visitor" or not value.message:
                continue
            same = value.message == reading.seq and overlaps(one.span, (value.start, value.end))
            if name != one.slot and same and value.text:
                return True
            if name == one.slot and value.message > reading.seq > 0:
                return True
        return False

    def _kept(self, around: Surroundings, chosen: Sequence[tuple[Claim, float]]) -> list[Claim]:
        """Without chance finds inside the free text that was asked for, and bare yes and no."""
        slot = self.cues.slots.get(self.asked)
        claims = [one for one, _ in chosen]
        claims = [
            one
            for one in claims
            if one.type != "yes_no" or one.slot == self.asked or one.cue >= 0.5
        ]
        if slot is None or slot.type not in LOOSE or any(c.slot == self.asked for c in claims):
            return claims
        return [
            one
            for one in claims
            if one.cue >= 0.4
            or one.type in ("email", "phone")
            or one.corrects
            or replying.alone(around.reading, one)
        ]

    async def _hear_meaning(self, reading: Reading, likeness: Likeness | None) -> None:
        """The choice that an answer means which has none of its words."""
        asked, held = self.cues.slots.get(self.asked), self.held.get(self.asked)
        if asked is None or asked.type != "choice" or (held and held.kind != "bad"):
            return
        if held and held.reason != "not_a_choice":
            return
        options = self.request.options.get(asked.name, ())
        mention = await meaning.meant(reading, asked, options, likeness)
        if mention:
            self._hold(mention)

    def _hear_the_rest(self, around: Surroundings, chosen: Sequence[Claim]) -> bool:
        """What names no value: any value, the same as before, free answers. Whether there was a
        value of any slot."""
        reading, asked = around.reading, self.cues.slots.get(self.asked)
        filled = self._situation().filled
        given = {one.slot for one in chosen if not one.bad}
        open_ = [name for name in self.cues.slots if name not in filled]
        taken = accepting.free(reading, self.cues, self.asked, open_)
        if not taken:
            same = accepting.referred(
                reading, self.cues, around.hits, self.request, filled, self.finder
            )
            taken += [same] if same else []
        taken = [one for one in taken if one.slot not in given]
        for one in taken:
            self._hold(accepting.mention(one))
        if asked and asked.name not in given | {one.slot for one in taken}:
            self._hear_answer(around, asked, chosen, bool(taken))
        return bool(given or taken)

    def _hear_answer(
        self, around: Surroundings, asked: Slot, chosen: Sequence[Claim], told: bool
    ) -> None:
        """The words themselves as the answer, or why they are none."""
        if asked.type in LOOSE:
            answer = replying.loose(around, asked, chosen, self.request.intent)
        else:
            answer = None if chosen or told else replying.strict(around, asked)
        if answer:
            one = claim(asked, answer.found, 0, len(around.reading.text))
            one = replace(one, start=answer.start, end=answer.end)
            self._hold(_mention(one, around.reading, answer.confidence, answer.how))

    def _hold(self, mention: Mention) -> None:
        """The later mention holds, but not a doubtful one in place of a sure one."""
        before = self.held.get(mention.slot)
        worse = mention.kind == "bad" and mention.confidence < 0.7
        if (
            before is None
            or before.kind == "bad"
            or before.confidence < _TAKEN
            or (mention.confidence >= _TAKEN and not worse)
        ):
            self.held[mention.slot] = mention


def _mention(one: Claim, reading: Reading, sure: float, how: str) -> Mention:
    said = reading.text[one.start : one.end]
    place = (said, reading.seq, one.start, one.end, round(sure, 3))
    if isinstance(one.found, Found):
        return Mention(one.slot, one.found.value, *place, how=how)
    bad = one.found
    return Mention(
        one.slot, None, *place, kind="bad", how=how, reason=bad.reason, fields=bad.fields
    )


def as_value(mention: Mention) -> Value:
    return Value(
        value=mention.value,
        text=mention.text,
        confidence=mention.confidence,
        message=mention.message,
        start=mention.start,
        end=mention.end,
    )
