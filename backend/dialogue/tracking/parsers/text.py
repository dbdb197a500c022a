"""Free text: the answer as it was written, without lead-ins. It cannot be found in running text."""

from __future__ import annotations

import re
from dataclasses import replace

from ...schema import Slot
from ..values import Bad, Context, Found
from .common import asks, fold

MOST = 1000  # characters of a text that is kept
_LEAD = re.compile(
    r"(?:(?:ok|okay|well|um+|hi|hello|yes|sure|so|please)[ ,.!]+){0,3}(?:(?:it'?s|it is|that'?s|"
    r"that is|because|just|the answer is|(?:the|my) (?P<named>(?:[a-z-]{1,15} "
    r"){0,2}[a-z-]{1,15}) (?:is|was)"
    r"(?: that| because)?)[ :,]+)?"
    r"(?:(?:嗯+|哦|那个)?[, ]*(?:是因为|因为|就是|是|原因是|理由是)[,: ]*)?"
)
_TELLING = frozenset(
    [
        "answer",
        "cause",
        "comment",
        "complaint",
        "fault",
        "issue",
        "matter",
        "message",
        "problem",
        "question",
        "reason",
        "request",
        "thing",
        "trouble",
    ]
)
_TAIL = re.compile(r"[,. ]*(?:please|thanks|thank you|谢谢(?:你|您)?|多谢)?[.! ]*$")


class TextParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        return []

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        """All of it; less surely where it asks something itself."""
        folded = fold(text)
        lead = _LEAD.match(folded.lstrip())
        own = lead is None or not lead["named"] or _calls(lead["named"], slot)
        start, end = between(folded, _LEAD if own else None, _TAIL)
        if not re.search(r"\w", text[start:end]):
            start, end = between(folded, None, None)
        told = kept(text, start, end)
        question = asks(folded) or folded.rstrip().endswith("?")
        return replace(told, confidence=0.4) if isinstance(told, Found) and question else told


def _calls(named: str, slot: Slot) -> bool:
    """Whether words call the slot, or what it tells: “the problem is …”, not “the zip is …”."""
    called = " ".join([slot.name.replace("_", " "), *slot.title.values()]).lower()
    return bool({*named.split()} & (_TELLING | {*called.split()}))


def between(
    folded: str, lead: re.Pattern[str] | None, tail: re.Pattern[str] | None
) -> tuple[int, int]:
    """The place of a folded text without white space, then without a lead-in and a tail."""
    start, end = len(folded) - len(folded.lstrip()), len(folded.rstrip())
    if lead and (match := lead.match(folded, start, max(start, end))):
        start = match.end()
    if tail and (match := tail.search(folded, max(start, end - 60), max(start, end))):
        end = match.start()
    return min(start, end), max(start, end)


def kept(text: str, start: int, end: int) -> Found | Bad:
    """The words between, white space made single; Bad where there are none or too many."""
    said = text[start:end]
    if not re.search(r"[^\W_]", said):
        return Bad("empty", 0, len(text))
    if len(said) > MOST:
        return Bad("too_long", start, end, {"limit": str(MOST)})
    return Found(" ".join(said.replace("\0", " ").split()), start, end)
