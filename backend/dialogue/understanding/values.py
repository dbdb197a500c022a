"""Numbers, addresses and days in a message: whom or what a wish is about, and nothing of the wish.

“Return 10234 ann@example.com” asks for what “return” asks for. An encoder puts such a message near
others with numbers and addresses; without them it shows what is wanted. Pure text; which slot a
value is for is ``tracking``'s affair.
"""

from __future__ import annotations

import re

from backend.words import HAN

_ADDRESS = r"(?:https?://|www\.)[!-~]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
# Order numbers, references, dates, telephones. Short numbers stay: “a table for 4” means them.
_CODE = (
    r"\+[0-9]{1,3}(?:[ ()-]{1,2}[0-9]{2,}){2,5}"
    r"|(?<![A-Za-z0-9])\#?(?=[A-Za-z./:_-]{0,12}[0-9])[A-Za-z0-9][A-Za-z0-9./:_-]{2,}[A-Za-z0-9]"
    r"(?:[ -][0-9]{3,}){0,4}"
)
_THING = r"(?:order|booking|reservation|customer|account|member|policy|parcel|tracking|contact)"
# “With order number”, “my e-mail is”, “订单号：”.
_LABEL = (
    rf"(?:\b(?:and|with|for|my|the|your|from)\s+)*(?:\b(?:{_THING}|e-?mail|phone|mobile)\s+)?"
    r"\b(?:number|no\.|no|ref(?:erence)?|code|id|e-?mail|mail|address|phone|mobile|tel)"
    r"(?:\s+(?:is|was)\s|\s*[:=]|\s|$)\s*"
    rf"|(?:[{HAN}]{{2}}号|单号|编号|号码|(?:电子)?邮[箱件](?:地址)?|手机号?码?|电话)[码是为：:]*\s*"
)
_ADDRESSES = re.compile(_ADDRESS)
_VALUES = re.compile(rf"(?:{_LABEL})?(?:{_ADDRESS}|{_CODE})", re.I)
_BARE_VALUES = re.compile(rf"(?:{_ADDRESS}|{_CODE})(?:[\s,，、;；]*(?:{_ADDRESS}|{_CODE}))*")
_LEFT = " \t\n,，、;；:："


def without_addresses(text: str) -> str:
    """The text without e-mail and web addresses."""
    return _tidy(_ADDRESSES.sub(" ", text))


def without_values(text: str) -> str:
    """The text without its values and the words that announce them: “return” of “return, order
    number 10234, my e-mail is ann@example.com”."""
    return _tidy(_VALUES.sub(" ", text))


def masked(text: str) -> str:
    """The text with one sign for each run of values, so that texts are alike which differ in
    nothing else; '' where it is nothing but values."""
    made = _BARE_VALUES.sub("0", text)
    return made if re.search(r"[^\W\d_]", made) else ""


def _tidy(text: str) -> str:
    return re.sub(r"\s*[,，、;；](?:\s*[,，、;；])*", ",", " ".join(text.split())).strip(_LEFT)
