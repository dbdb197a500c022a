"""How addresses are written in Britain, America and China: postcodes, numbers, streets, towns.

Knows which part of an address is which, not which addresses exist. Texts are folded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from backend.words import STOP_WORDS

from ...schema import Slot
from .common import fold, has_han

UK = r"[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][abd-hjlnp-uw-z]{2}"
STATES = (
    "al|ak|az|ar|ca|co|ct|de|fl|ga|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|"
    "ny|nc|nd|oh|ok|or|pa|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy|dc|pr"
)
ZIP = "[0-9]{5}(?:-[0-9]{4})?"
POSTCODE = rf"(?<![a-z0-9])(?:{UK}|(?:{STATES}),? {ZIP})(?![a-z0-9])"
# What a postcode is called, with the words around that lead to it.
LABEL = (
    r"(?:(?:and |with )?(?:the |my |its |our )?(?<![a-z])(?:post ?code|postal code|"
    r"zip(?: ?code)?)(?:'s| is| =|:)?|邮政?编码?(?:是|为|:)?)"
)
STREET = (
    r"(?:street|st|road|rd|lane|ln|avenue|ave|drive|dr|close|way|court|ct|place|pl|square|sq|"
    r"terrace|crescent|gardens|boulevard|blvd|hill|row|mews|grove|park|walk|green|yard|quay|"
    r"wharf|parade|view|rise|gate)"
)
HOUSE = (
    r"(?<![a-z0-9£$€#-])(?<![0-9][.,:])(?:(?:flat|apt|apartment|unit|suite) [0-9]{1,4}[a-z]?,? )?"
    rf"(?P<number>[0-9]{{1,5}}[a-z]?),? (?P<street>(?:[a-z'.-]{{1,20}} ){{1,4}}{STREET})"
    r"(?![a-z])\.?"
)
_HOUSE = re.compile(HOUSE)
_HOUSE_ZH = re.compile(r"(?P<street>[^0-9,]{0,12}?)(?P<number>[0-9]{1,5})号(?!楼)")
# Of a known address, which may be misspelt.
_CODE = re.compile(
    rf"{POSTCODE}|(?<![a-z0-9])[a-z]{{1,2}}[0-9][0-9a-z]? ?[0-9][a-z]{{2}}(?![a-z0-9])|"
    r"(?<![0-9])[0-9]{6}(?![0-9])"
)
_LABELLED = re.compile(rf"[,.;]? ?{LABEL} ?(?={POSTCODE})")
_ENDS_IN_LABEL = re.compile(rf"[ ,.;:]*{LABEL} *$")
_SEGMENT = re.compile("[^,]+")
_ADDRESSES = re.compile(
    r"\b(?:addresses|address|street|postcode|post code|zip|deliver|delivery|shipping|ship)\b|"
    r"地址|住址|街道|门牌|邮编|收货|寄到|送到"
)
_FLAT = re.compile(r"(?<![a-z])(?:flat|apartment|apt\.?|unit|suite) (?P<flat>[0-9]{1,4}[a-z]?)")
# Houses that have a name, and streets as other languages write them.
BUILDING = (
    r"(?:annexe?|cottages?|house|lodge|barn|farm|mill|hall|court|buildings?|tower|block|studios?|"
    r"villa|manor|grange|flat|apartments?|rectory|vicarage|mansions?|castle|estate|hotel|hostel)"
)
_SHAPED = re.compile(
    rf"(?<![a-z])[a-z'.-]+ (?:{STREET}|{BUILDING})(?![a-z])|"
    r"[a-z]{3,}(?:gate|way|street|road|stra(?:ss|ß)e|weg|platz|gasse|straat|gatan)(?![a-z])|"
    r"(?<![a-z])(?:rue|via|calle|avenida|rua|avenue|plaza|piazza|place|po box|p\.o\. box) [a-z0-9]|"
    r"(?<![0-9])[0-9]{1,5}[a-z]?(?:[-/][0-9]{1,4}[a-z]?)?,? [a-z]{3,}|[a-z]{3,} "
    r"[0-9]{1,5}[a-z]?(?![0-9])"
)
_TALK = frozenset(
    [
        "am",
        "asap",
        "call",
        "cancel",
        "contact",
        "email",
        "forget",
        "help",
        "later",
        "leave",
        "mail",
        "message",
        "mind",
        "minutes",
        "never",
        "no",
        "none",
        "nope",
        "ok",
        "okay",
        "phone",
        "please",
        "pm",
        "prefer",
        "private",
        "rather",
        "refuse",
        "ring",
        "say",
        "secret",
        "skip",
        "sorry",
        "sure",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "hour",
        "hours",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "tell",
        "text",
        "thanks",
        "tomorrow",
        "today",
        "whatever",
        "whatsapp",
        "yes",
        "number",
        "order",
    ]
)
_OF_NAMES = frozenset(["the", "of", "on", "upon", "in", "at", "by", "and", "to"])
_SHAPED_ZH = re.compile(
    r"[路街道巷弄村镇乡县区市省](?![上过由])[^,. ]{0,20}[0-9一二三四五六七八九十]+|[0-9]+(?:号|"
    r"弄|栋|幢|"
    r"室|单元|座|楼)|[^在的到,. ]{2}(?:路|街|巷|村|镇|乡|小区|花园|公寓|大厦|广场|大楼|中心|"
    r"大学|学校)$"
)
_TALK_ZH = re.compile("[我你您吗呢别没]|不[想要说能告方]|电话|稍后|再说|保密")

Span = tuple[int, int]


@dataclass(frozen=True)
class Parts:
    """Where the parts of a folded address stand."""

    number: Span | None = None
    street: Span | None = None
    town: Span | None = None
    code: Span | None = None
    flat: Span | None = None


def parts(folded: str) -> Parts:
    """The town is what stands between commas, behind the street and before the postcode."""
    house = _HOUSE.search(folded) or _HOUSE_ZH.search(folded)
    codes = [match.span() for match in _CODE.finditer(folded)]
    code = codes[-1] if codes and (not house or codes[-1][0] >= house.end()) else None
    after = house.end() if house else folded.find(",") + 1
    towns = [
        _stripped(folded, *match.span())
        for match in _SEGMENT.finditer(folded, after, code[0] if code else len(folded))
    ]
    flat = _FLAT.search(folded)
    named = [town for town in towns if town and not re.search("[0-9]", folded[slice(*town)])]
    return Parts(
        number=house.span("number") if house else None,
        street=_stripped(folded, *house.span("street")) if house else None,
        town=named[0] if named and after else None,
        code=code,
        flat=flat.span("flat") if flat else None,
    )


def has_house(folded: str) -> bool:
    """Whether a house's number stands before its street."""
    return bool(_HOUSE.search(folded))


def shaped(said: str) -> bool:
    """Whether words look like an address: a number beside a name, a street, a building.

    A town alone is none, and neither is a sentence.
    """
    folded = fold(said)
    if re.search(POSTCODE, folded) or has_house(folded):
        return True
    if has_han(folded):
        return bool(_SHAPED_ZH.search(folded)) and not _TALK_ZH.search(folded)
    told = re.findall(r"[^\W\d_]+(?:'[a-z]+)?", folded)
    talk = any(word in _TALK or word in STOP_WORDS - _OF_NAMES for word in told)
    return not talk and bool(_SHAPED.search(folded))


def _stripped(folded: str, start: int, end: int) -> Span | None:
    while start < end and folded[start] in " ,.;:":
        start += 1
    while end > start and folded[end - 1] in " ,.;:":
        end -= 1
    return (start, end) if start < end else None


def spelt(said: str, folded: str) -> str:
    """The address without the word “postcode”, its spaces made single."""
    while label := _LABELLED.search(folded):
        said = f"{said[: label.start()]}, {said[label.end() :]}"
        folded = f"{folded[: label.start()]}, {folded[label.end() :]}"
    return " ".join(said.split())


def without_label(folded: str, start: int, end: int) -> int:
    """The end of an address, before a “postcode” that it would end in."""
    label = _ENDS_IN_LABEL.search(folded, start, end)
    return label.start() if label else end


def wants_address(slot: Slot) -> bool:
    """Whether a slot asks for where post goes, which “my office” does not tell."""
    named = [slot.name.replace("_", " "), *slot.title.values(), slot.description]
    return bool(_ADDRESSES.search(" ".join(named).lower()))


_WHOSE = r"(?:my|our|your|the|a|an|his|her|their|another|some|any|one of my)"
_PEOPLE = (
    r"(?:parent|mum|mom|mother|dad|father|friend|neighbou?r|sister|brother|gran|nan|grandma|"
    r"grandparent|boss|boyfriend|girlfriend|partner|wife|husband|daughter|son|uncle|aunt|mate|"
    r"colleague)(?:s|'s|s')?"
)
_SORT = (
    r"(?:new|old|other|different|next|second|current|own|work|home|office|billing|holiday|usual|"
    rf"same|right|correct|delivery|{_PEOPLE})"
)
_HOME = (
    r"(?:flat|apartment|house|home|place|office|work ?place|work|school|uni(?:versity)?|"
    rf"address|building|one|somewhere(?: else)?|elsewhere|{_PEOPLE})"
)
_WHERE = (
    rf"(?:(?:to|at|in|it'?s|send it to|deliver it to) )?(?:{_WHOSE} )?(?:{_SORT} ){{0,3}}{_HOME}"
)
_WHERE_ZH = (
    r"(?:请?(?:改|寄|送|发|换|搬)?(?:到|去|往|成)?)?(?:我们?|咱们?|他|她|俺)?的?"
    r"(?:爸妈|父母|妈妈?|爸爸?|朋友|同事|男朋友|女朋友|老公|老婆|公婆|亲戚|邻居|新|旧|老|另外?|别|其他|原来|现在|一个|个|家|的){0,4}"
    r"(?:家里?|公司|单位|办公室|学校|宿舍|住处|住址|住所|地址|地方|房子|那儿|那里)(?:的?地址)?"
)
UNNAMED = re.compile(
    rf"(?:{_WHERE}|{_WHERE_ZH})(?:[ ,]*(?:now|instead(?: of .{{1,40}})?|rather than .{{1,40}}|"
    r"please|里|去|吧|了|谢谢))*[ .!]*|(?:我|已经|刚|要|们)*搬家了?|"
    r"(?:我?想|要|帮我|请)*[换改](?:一?个|一下)?(?:收货)?地址了?"
)
UNNAMED_BEFORE = re.compile(rf"(?!the )(?:{_WHERE}|{_WHERE_ZH})[,:;]+ ?(?=.{{0,60}}[0-9])")
