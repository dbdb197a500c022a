"""Phone numbers, by Google's metadata (phonenumbers), as local ones of the visitor's country.

A Chinese mobile number is also taken from a Chinese text of another country's visitor.
"""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from ...schema import Slot
from ..values import Bad, Context, Found
from .common import apart, fold, has_han, pick

# Digits with what is written between them; the library then says whether they are a number.
_DIGITS = re.compile(
    r"(?<![a-z0-9/#@-])(?<![0-9][.,:])(?:\+|00)?\(?[0-9](?:[ ().-]{0,3}[0-9]){5,16}(?![a-z0-9@])"
)
_DATE = re.compile(
    r"[0-9]{4}[-./ ][0-9]{1,2}[-./ ][0-9]{1,2}|[0-9]{1,2}[-./ ][0-9]{1,2}[-./ ](?:[0-9]{2}){1,2}"
)
_ORDER = re.compile(
    r"(?:order|ref|reference|invoice|tracking|parcel|订单|单号|编号|快递)[^,!?]{0,12}$"
)
_POSSIBLE = 0.7  # confidence in a number that the metadata does not know
_AMERICAN = re.compile(r"\([2-9][0-9]{2}\) ?[0-9]{3}[ .-][0-9]{4}|(?:[2-9][0-9]{2}[.-]){2}[0-9]{4}")
_MOBILE_CN = re.compile("1[3-9][0-9]{9}")
_FEWEST, _ENOUGH = 5, 9  # digits: of what may be meant as a number, and of a whole one


class PhoneParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        """Numbers that exist by the metadata, and others that are written like one (“07…”)."""
        folded = fold(text)
        found: list[Found | Bad] = []
        for match in _DIGITS.finditer(folded):
            before = folded[max(match.start() - 30, 0) : match.start()]
            if _DATE.fullmatch(match.group()) or _ORDER.search(before):
                continue
            value, sure = _number(match.group(), folded, context)
            if sure > _POSSIBLE or (value and match.group()[0] in "+0("):
                found.append(Found(value, *match.span(), sure))
        return apart(found, folded)

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        """Also any digits that may be a number, though the metadata knows none such."""
        folded = fold(text)
        chosen = pick(self.find(text, slot, context), text)
        if chosen:
            return chosen
        possible: list[Found | Bad] = []
        for match in _DIGITS.finditer(folded):
            value, sure = _number(match.group(), folded, context)
            if value and not _DATE.fullmatch(match.group()):
                possible.append(Found(value, *match.span(), sure))
        return pick(apart(possible), text) or _wrong(folded)


def _wrong(folded: str) -> Bad:
    digits = re.search(r"\+?[0-9](?:[ ().-]{0,3}[0-9]){2,}", folded)
    written = digits.group() if digits else ""
    if digits and sum(char.isdigit() for char in written) >= _FEWEST and not _DATE.match(written):
        return Bad("phone_wrong", *digits.span())
    return Bad("not_a_phone", 0, len(folded))


def _number(digits: str, folded: str, context: Context) -> tuple[str, float]:
    """In E.164 and how sure, or '' where it is no number of any country in question."""
    written = "+" + digits[2:] if digits.startswith("00") else digits
    chinese = has_han(folded) or context.language == "zh" or _MOBILE_CN.fullmatch(written)
    possible = ""
    regions = [context.region, *(["CN"] if chinese else [])]
    for region in [*regions, "US"] if _AMERICAN.fullmatch(written) else regions:
        try:
            number = phonenumbers.parse(written, region or None)
        except NumberParseException:
            continue
        shown = str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
        if phonenumbers.is_valid_number(number):
            return shown, 0.9
        whole = sum(char.isdigit() for char in written) >= _ENOUGH
        local = number.italian_leading_zero or written[0] not in "+0"
        if phonenumbers.is_possible_number(number) and whole and not local:
            possible = possible or shown
    return possible, _POSSIBLE if possible else 0.0
