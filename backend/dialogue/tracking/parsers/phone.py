"""Phone numbers, by Google's metadata (phonenumbers), as local ones of the visitor's country.

A Chinese mobile number is also taken from a Chinese text of another country's visitor, and what is
no number there as one of the further countries in question.
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
# “07700 900123”, but not “0770-2821234”, which is how numbers of Chinese towns are written.
_BRITISH = re.compile(r"0?7[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{3}|0?7[0-9]{2} ?[0-9]{3} ?[0-9]{4}")
_MOBILE_GB = re.compile(r"\(?07")  # the beginning of one, whose length is known
_LOCAL_CN = re.compile(r"\(?0[0-9]{2,3}\)?[ -][0-9]{7,8}")
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
    """In E.164 and how sure, or '' where it is no number of any country in question.

    A mobile number outweighs a local one: people are called back on those. British ones are told
    by their look, too, since the metadata does not know all that are written.
    """
    written = "+" + digits[2:] if digits.startswith("00") else digits
    own = _own_regions(written, folded, context)
    read = [(region, _parsed(written, region)) for region in dict.fromkeys((*own, *context.also))]
    known = {region: number for region, number in read if number}
    valid = [number for number in known.values() if phonenumbers.is_valid_number(number)]
    if valid and "CN" in own and _LOCAL_CN.fullmatch(written):
        return _shown(valid[0]), 0.9
    mobile = next((number for number in valid if _is_mobile(number)), None)
    if mobile:
        return _shown(mobile), 0.9
    if "GB" in known and _BRITISH.fullmatch(written):
        return _shown(known["GB"]), _POSSIBLE
    if valid:
        return _shown(valid[0]), 0.9
    whole = sum(char.isdigit() for char in written) >= _ENOUGH
    for region, number in known.items():
        bare = number.italian_leading_zero or written[0] not in "+0"
        short = region == "GB" and bool(_MOBILE_GB.match(written))
        possible = phonenumbers.is_possible_number(number) and not (bare or short)
        if region in own and possible and whole:
            return _shown(number), _POSSIBLE
    return "", 0.0


def _own_regions(written: str, folded: str, context: Context) -> list[str]:
    """The visitor's country, and those that the text or the number's look speak for."""
    chinese = has_han(folded) or context.language == "zh" or _MOBILE_CN.fullmatch(written)
    american = _AMERICAN.fullmatch(written)
    return [context.region, *(["CN"] if chinese else []), *(["US"] if american else [])]


def _parsed(written: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(written, region or None)
    except NumberParseException:
        return None


def _is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    return phonenumbers.number_type(number) in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


def _shown(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
