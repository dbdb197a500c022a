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
    r"^[\s\"“'”]*(?:(?:is|was|are|were)(?:n'?t| not)? )?(?:\s*(?:"
    r"(?:wrong|incorrect)(?! (?!(?:and|but|it|i|so|should|sorry|that|my)(?![a-z]))[a-z])|not right|"
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

# Beside a day or a time: nobody can be there then.
_NOBODY = (
    r"(?:(?:not|n't|never|nobody(?:'s| is)?|no one(?:'s| is)?)(?: (?:be|going to be|gonna be))?"
    r"(?: at)? (?:home|in|around|there|here|available|free|able(?: to)?)|"
    r"(?:can'?t|cannot|can not|won'?t|unable to)(?: (?:do|make|manage|be|come|take|accept|receive|"
    r"it|that|in|home|there|here|around|anything|able|attend)){0,4}|"
    r"(?:'m|'re|'s|am|are|is|be) (?:away|out|busy|abroad|travelling|traveling|off|at work|"
    r"working|on holiday)(?: of town)?)"
)
_IMPOSSIBLE_BEFORE = re.compile(
    rf"(?<![a-z]){_NOBODY}(?: all day)?(?:,? (?:on|at|this|next|the|that))*\s*$|"
    rf"(?:{_NOBODY})(?: on| at| this| next| the)* $|(?:不在|没空|没时间|不方便)(?:在)?\s*$"
)
_IMPOSSIBLE_AFTER = re.compile(
    rf"^(?:,? (?:i|we|i'll|we'll|there's|there is|i am|we are|it))?(?: will| am| are| is)?\s*"
    rf"{_NOBODY}(?![a-z])|"
    r"^(?:,? (?:it|that))?(?:'s| is| was| would be)?(?: really| just)? ?(?:doesn'?t|does not|"
    r"won'?t|"
    r"wouldn'?t|never|(?:not going|isn'?t going) to) (?:work|suit|do|fit|be possible)(?![a-z])|"
    r"^(?:'s| is| would be)(?: really| just| too| a bit)? (?:out(?! for)|impossible|bad|difficult|"
    r"tricky|hard|full|early|late|soon|no use|not an option|no good)(?![a-z])|"
    r"^[,， ]*(?:上午|下午|晚上|白天|那天|全天)?(?:我|我们|家里)?(?:都|也|可能|恐怕|要|得)*"
    r"(?:不行|不可以|不方便|没空|没时间|不在|没人|有事|上班|出差|来不了|去不了|不合适|排不开|"
    r"安排不了|太早|太晚)(?:家)?(?![吗么?？])"
)


def impossible(text: str, span: Span) -> Span | None:
    """The words beside a day or a time by which it cannot be: “I'm not home on …”, “…没空”."""
    start, end = span
    since = max(start - _LOOK, 0)
    if before := _IMPOSSIBLE_BEFORE.search(text[since:start]):
        return since + before.start(), start
    after = _IMPOSSIBLE_AFTER.match(text[end : end + _LOOK])
    return (end, end + after.end()) if after else None


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
