"""Words by which people say that a value is not the one, or that a thing is not wanted.

English and Chinese; data and pure text functions only. Texts are folded. Patterns look at a bounded
stretch, so that reading stays linear.
"""

from __future__ import annotations

import re

from .reading import Span

_I = re.IGNORECASE
_LOOK = 60  # characters looked at before and after a value
SMALL = (
    r"(?:on|at|for|the|in|a|an|my|to|from|it|be|is|was|as|of|by|size|this|that|those|these|order|"
    r"number|date|day|今天的?|选|订|定|要|在|去|用|到|的|那个?|这个?|号码?|尺码|我的?|上)"
)

_NOT = (
    r"(?:(?<![a-z])(?<!why )(?:not|isn'?t|wasn'?t|aren'?t|instead of|rather than|except|without|"
    r"no longer|anything but|other than|never said|(?:can'?t|cannot|can not) (?:do|make)|"
    r"(?:do not|don'?t|didn'?t|did not|never) (?:want|like|mean|need|say|said|order|ordered|book|"
    r"booked))(?![a-z])|而?不是|并非|并不是|不想?要|没说|除了|不选|不用|别)"
)
RULES_OUT = re.compile(_NOT, _I)
# Directly before a number or an address: the thing is not wanted, and this is the one.
_UNWANTED = re.compile(
    r"(?:(?:(?:do not|don'?t|didn'?t|did not|never) (?:want|like|need|order|ordered|book|booked)|"
    r"no longer (?:want|need))(?![a-z])|不想?要|不用|别)"
    rf"[\s\"“'”]*(?:{SMALL}\s*){{0,4}}[\"“'”#]*$",
    _I,
)
# Directly before a value: it is the one that is not meant.
_NOT_BEFORE = re.compile(rf"{_NOT}[\s\"“'”]*(?:{SMALL}\s*){{0,4}}[\"“'”]*$", _I)
# Directly after a value: the same.
_NOT_AFTER = re.compile(
    r"^[\s\"“'”]*(?:(?:is|was|are|were)(?:n'?t| not)? )?(?:\s*(?:wrong|incorrect|not right|"
    r"no good|"
    r"doesn'?t (?:work|suit)|does not (?:work|suit)|won'?t (?:work|do)|isn'?t (?:right|correct|"
    r"possible|good)|not (?:correct|good|possible)|was a (?:mistake|typo))\b|"
    r"(?:不行|不对|不可以|不方便|没空|有误|是错的|错了|写错|不合适))",
    _I,
)
# Directly after a number: its thing fails, and is the one that is meant.
_UNFIT = re.compile(
    r"^[\s\"“'”]*(?:(?:doesn'?t|does not|won'?t|isn'?t) (?:work|suit|fit)|不行|不能用|用不了)", _I
)
# Beside a number among several: its thing is to stay as it is.
_KEEP = re.compile(
    rf"(?:(?<![a-z])(?:keep|leave|keeping|leaving)(?![a-z])|保留|留下?)\s*(?:{SMALL}\s*){{0,4}}#?$",
    _I,
)
_KEPT = re.compile(
    r"^\s*(?:(?:can |should )?stays?(?![a-z])|(?:就|还是|先)?(?:留着|保留|不动|不变|不用动|"
    r"不要动))",
    _I,
)


def refused(text: str, span: Span) -> bool:
    """Whether the words beside the value say that it is not the one: “not the 12th”."""
    start, end = span
    before, after = text[max(start - _LOOK, 0) : start], text[end : end + _LOOK]
    return bool(_NOT_BEFORE.search(before) or _NOT_AFTER.match(after))


def unwanted(text: str, span: Span) -> bool:
    """Whether the words before the value say that something is not wanted: “I don't want …”."""
    return bool(_UNWANTED.search(text[max(span[0] - _LOOK, 0) : span[0]]))


def kept(text: str, span: Span) -> bool:
    """Whether the words say to leave a thing as it is: “keep 10235”, “10235留着”."""
    before, after = text[max(span[0] - _LOOK, 0) : span[0]], text[span[1] : span[1] + _LOOK]
    return bool(_KEEP.search(before) or _KEPT.match(after))


def unfit(text: str, span: Span) -> bool:
    """Whether the words after the value say that a thing fails: “code AB123 doesn't work”."""
    return bool(_UNFIT.match(text[span[1] : span[1] + _LOOK]))
