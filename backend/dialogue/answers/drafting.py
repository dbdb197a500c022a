"""Lets the generator word an answer, and passes on only the sentences that the evidence supports.

Knows prompts and checks. What fails is dropped and noted; the caller quotes where nothing is left.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from backend.inference.errors import InferenceError
from backend.inference.interfaces import TextGenerator
from backend.inference.types import GenerationRequest, PromptMessage

from ..types import Passage
from . import grounding
from .evidence import Evidence
from .sentences import finished, plain, split

MOST_SENTENCES = 2
MOST_TOKENS = 80
_LONGEST_SENTENCE = 600
_CANDIDATES = 3  # source sentences that a drafted one is held against
_OPENING = re.compile(r"^(?:yes|no|sure|certainly|of course|absolutely)\s*[,!.:–—-]+\s*", re.I)


@dataclass
class Notes:
    """What became of a draft, for operators."""

    dropped: list[dict[str, str]] = field(default_factory=list)
    error: str = ""
    shown: list[str] = field(default_factory=list)
    behind: list[Passage] = field(default_factory=list)  # the passage of each sentence shown

    def report(self) -> dict[str, Any]:
        return {"shown": len(self.shown), "dropped": self.dropped, "error": self.error}


def request(evidence: Evidence, company: str) -> GenerationRequest:
    """A short prompt: small models lose their way in long ones."""
    system = (
        f"You are the help desk of {company or 'a company'}. Answer the customer's question in one "
        "or two short sentences. Use only the help text, in its own words."
    )
    user = f"Help text:\n{_facts(evidence)}\n\nQuestion: {plain(evidence.query)}"
    return GenerationRequest(
        messages=(PromptMessage("system", system), PromptMessage("user", user)),
        max_new_tokens=MOST_TOKENS,
        temperature=0.0,
        stop=("\n\n", "Question:", "Help text:"),
    )


def _facts(evidence: Evidence) -> str:
    """What would be quoted, below the headings that it stands under."""
    lines: list[str] = []
    for sentence in evidence.best():
        passage = sentence.passage
        place = passage.heading.split(" › ")[-1] or passage.title
        if f"{place}:" not in lines:
            lines.append(f"{place}:")
        lead = plain(sentence.unit.lead)
        if lead and lead not in lines:
            lines.append(lead)
        lines.append(f"- {sentence.unit.plain}" if sentence.unit.item else sentence.unit.plain)
    return "\n".join(lines)


async def draft(
    evidence: Evidence,
    generator: TextGenerator,
    notes: Notes,
    *,
    company: str,
    allowed: str,
    patience: float,
) -> AsyncGenerator[str, None]:
    """Yield supported sentences as they are finished. Never raises for the model's sake."""
    sources = _sources(evidence)
    seen: set[str] = set()
    async with aclosing(
        _written(request(evidence, company), generator, notes, patience)
    ) as written:
        async for sentence in written:
            sentence = _trimmed(sentence)
            key = " ".join(grounding.terms(plain(sentence)))
            if key in seen:
                break  # a model that repeats itself goes on repeating itself
            seen.add(key)
            reason, passage = _reason(sentence, sources, allowed)
            if passage is None:
                notes.dropped.append({"sentence": sentence, "reason": reason})
                break  # what follows is seldom better, and the quotation need not wait for it
            notes.shown.append(sentence)
            notes.behind.append(passage)
            yield sentence
            if len(notes.shown) >= MOST_SENTENCES:
                break


async def _written(
    asked: GenerationRequest, generator: TextGenerator, notes: Notes, patience: float
) -> AsyncGenerator[str, None]:
    """The model's sentences; an error or the time limit ends them and is noted."""
    rest = ""
    try:
        async with aclosing(generator.stream(asked)) as stream:
            while True:
                async with asyncio.timeout(patience):
                    piece = await anext(stream, None)
                if piece is None:
                    break
                if len(rest) > _LONGEST_SENTENCE:
                    break  # no sentence of an answer is as long
                done, rest = finished(rest + piece)
                for sentence in done:
                    yield sentence
    except TimeoutError:
        notes.error = f"no text for {patience:g} s"
        return
    except InferenceError as error:
        notes.error = f"{type(error).__name__}: {error}"
        return
    # A last piece without an end was cut off by the token limit and may lack its point.
    if re.search(r"[.!?。！？]\W*$", rest):
        for sentence in split(rest):
            yield sentence


def _trimmed(sentence: str) -> str:
    """Without a “Yes,” whose truth hangs on the question's wording, and without list marks."""
    sentence = re.sub(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+", "", sentence.strip())
    short = _OPENING.sub("", sentence)
    return short[:1].upper() + short[1:] if short != sentence else sentence


@dataclass(frozen=True)
class Sources:
    facts: tuple[grounding.Source, ...]
    passages: tuple[Passage, ...]


def _sources(evidence: Evidence) -> Sources:
    """Every sentence of the passages, and neighbours taken together for drafts that merge two."""
    made: list[grounding.Source] = []
    owners: list[Passage] = []
    for passage in evidence.passages[:3]:
        own = [s.unit for s in evidence.sentences if s.passage.id == passage.id]
        above = f"{passage.title} {passage.heading}"
        for first, second in zip(own, [*own[1:], None], strict=True):
            made.append(grounding.source(first.text, f"{above} {first.lead}", first.text))
            if second is not None:
                both = f"{first.text} {second.text}"
                made.append(grounding.source(both, f"{above} {first.lead}", both))
        owners.extend([passage] * (len(made) - len(owners)))
    return Sources(tuple(made), tuple(owners))


def _reason(sentence: str, sources: Sources, allowed: str) -> tuple[str, Passage | None]:
    """Why the sentence may not be shown, and None; or '' and the passage that says it."""
    if not sources.facts:
        return "no source", None
    reason = grounding.unsupported(sentence, sources.facts, allowed)
    if reason:
        return reason, None
    for number in _nearest(sentence, sources)[:_CANDIDATES]:
        against = grounding.meaning_unsupported(sentence, [sources.facts[number]], sources.facts)
        if not against:
            return "", sources.passages[number]
        reason = reason or against
    return reason, None


def _nearest(sentence: str, sources: Sources) -> Sequence[int]:
    """Sources from the one with most of the sentence's words on; the shorter of two first."""
    said = set(grounding.terms(plain(sentence)))
    shared = [(-len(said & one.terms), len(one.text)) for one in sources.facts]
    return sorted(range(len(shared)), key=lambda number: shared[number])
