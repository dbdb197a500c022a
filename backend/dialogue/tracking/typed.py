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
from . import accepting, addresses, meaning, replying, rewording, ties, troubles
from .assigning import Situation, assign, confidence, evidence, target
from .claims import Claim, Finder, claim
from .compiled import Compiled
from .cues import Cues
from .doubts import ASKED, only_asked
from .following import in_order
from .gathering import gather
from .parsers import PARSERS
from .reading import Reading
from .surroundings import LOOSE, Surroundings
from .tracker import Mention, TrackRequest
from .values import Found, Parser

_TAKEN = 0.5  # confidence from which a value counts as said
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
        claims, now = gather(around, now, self.request, bool(self.held))
        claims = await ties.settle(claims, now, reading, self.cues, likeness)
        chosen = self._kept(around, assign(claims, now))
        if not chosen and not self.asked:
            chosen = rewording.meant(around, now.filled)
        chosen = in_order(chosen, around, now.filled)
        places = [addresses.merged(one, self.asked, now.filled) for one in chosen]
        chosen = [one for one in places if one]
        for one in chosen:
            sure, how = confidence(one, now, claims), evidence(one, now)
            if one.type == "choice" and one.slot == self.asked and only_asked(reading, one.span):
                sure, how = min(sure, ASKED), "reads like a question"
            self._hold(_mention(one, reading, sure, how))
        told = self._hear_the_rest(around, chosen)
        for one in troubles.told(around, self.asked, now.filled, chosen):
            self._hold(_mention(one, reading, troubles.SURE, "tells what is wrong"))
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
