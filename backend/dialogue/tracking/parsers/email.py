"""Email addresses; whether one is well formed is email-validator's to say. No DNS is asked."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email

from backend.words import HAN

from ...schema import Slot
from ..values import Bad, Context, Found
from .common import apart, fold, pick, plain

# Han characters around an address belong to the sentence; addresses with them are taken where the
# whole answer is one.
_ADDRESS = re.compile(
    rf"(?<![^\s{HAN},;:<>()\[\]\"'=/!?.])[^\s{HAN},;:<>()\[\]\"'=/!?@]{{1,64}}@"
    rf"[^\s{HAN},;:<>()\[\]\"'=/!?@]{{1,255}}"
)
_SPOKEN = (
    (re.compile(r"\s{0,3}(?:\(at\)|\[at\]|(?<=\s)at(?=\s))\s{0,3}|\s{1,3}@\s{0,3}|@\s{1,3}"), "@"),
    (re.compile(r"\s{0,3}(?:\(dot\)|\[dot\]|(?<=\s)dot(?=\s))\s{0,3}"), "."),
    (re.compile(r"\s{0,3}(?<=\s)(?:underscore)(?=\s)\s{0,3}"), "_"),
    (re.compile(r"\s{0,3}(?<=\s)(?:dash|hyphen)(?=\s)\s{0,3}"), "-"),
)
_LONGEST_SPOKEN = 400


class EmailParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        found: list[Found | Bad] = []
        for match in _ADDRESS.finditer(plain(text)):
            address = match.group().rstrip(".-_*")
            end = match.start() + len(address)
            value = _valid(address)
            found.append(
                Found(value, match.start(), end)
                if value
                else Bad("email_wrong", match.start(), end)
            )
        return apart(found, fold(text))

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        """Also “ana at example dot com”, and addresses in Chinese characters."""
        chosen = pick(self.find(text, slot, context), text)
        if isinstance(chosen, Found):
            return chosen
        said = plain(text)
        value = _valid(said.strip()) if said.strip().count("@") == 1 else ""
        start, end = len(said) - len(said.lstrip()), len(said.rstrip())
        if value and start < end:
            return Found(value, start, end)
        return _spoken(said, slot, context, self) or chosen or Bad("not_an_email", 0, len(text))


def _spoken(said: str, slot: Slot, context: Context, parser: EmailParser) -> Found | None:
    if len(said) > _LONGEST_SPOKEN:
        return None
    written = said
    for expression, mark in _SPOKEN:
        written = expression.sub(mark, written)
    if written == said:
        return None
    found = [one for one in parser.find(written, slot, context) if isinstance(one, Found)]
    return Found(found[0].value, 0, len(said), 0.8) if found else None


def _valid(address: str) -> str:
    """The address in its normal form, or '' where it is none."""
    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized
    except (EmailNotValidError, ValueError):
        return ""
