"""What all parsers share: folding a text, the answer inside a message, choosing among candidates.

Knows how answers are wrapped in politeness in English and Chinese, and nothing of types of values.
Every expression here and in the parsers repeats a bounded number of times, so that a text is read
in time linear in its length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from backend.words import HAN

from ..values import Bad, Found

_MARKS = {
    **dict.fromkeys("‘’ʼ`´", "'"),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‐‑‒–—−―", "-"),
    **dict.fromkeys("〜∼", "~"),
    "。": ".",
    "、": ",",
}
# Traditional forms of the characters that parsers know, and the simplified ones.
_TRADITIONAL = dict(
    zip(
        "後週點號兩個這萬塊錢鐘從們對沒問換選擇過來時間禮開幾億預訂購買電話郵區縣鎮鄉東聖誕節國慶勞動樓條歐鎊願於確認應該謝請麻煩後還給將當",
        "后周点号两个这万块钱钟从们对没问换选择过来时间礼开几亿预订购买电话邮区县镇乡东圣诞节国庆劳动楼条欧镑愿于确认应该谢请麻烦后还给将当",
        strict=True,
    )
)


def _folded(char: str, lower: bool) -> str:
    if unicodedata.category(char) in ("Cf", "Cc", "Zs", "Zl", "Zp"):
        return " "
    if unicodedata.category(char) == "Cs":
        return "\ufffd"
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    char = _MARKS.get(char, char)
    plain = unicodedata.normalize("NFKC", char)
    if lower:
        plain = _TRADITIONAL.get(plain, plain).lower()
    return plain if len(plain) == 1 else char


class _Table(dict[int, str]):
    """Fills itself as characters are met."""

    def __init__(self, lower: bool) -> None:
        self._lower = lower

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code), self._lower)
        return self[code]


_LOWER, _PLAIN = _Table(True), _Table(False)


def fold(text: str) -> str:
    """Lower case, half-width, plain digits, dashes and spaces, simplified Han. Same length."""
    return text.translate(_LOWER)


def plain(text: str) -> str:
    """As :func:`fold`, but letters keep their case and Han characters their form."""
    return text.translate(_PLAIN)


_HAN = re.compile(f"[{HAN}]")


def has_han(text: str) -> bool:
    return bool(_HAN.search(text))


def apart(found: Iterable[Found | Bad], text: str = "") -> list[Found | Bad]:
    """In order and without overlaps: of overlapping ones the longest stays, then the first.

    What the folded ``text`` rules out (“not the 14th”) is left out.
    """
    kept: list[Found | Bad] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        places = range(one.start, one.end)
        if one.start < one.end and taken.isdisjoint(places):
            taken.update(places)
            kept.append(one)
    meant = [one for one in kept if not negated(text, one.start)]
    return sorted(meant, key=lambda each: each.start)


_SPEAKING = (
    r"um+|uh+|erm?|hmm+|well|oh|ah|ok|okay|right|sure|alright|all right|so|hi|hello|hey|please|"
    r"sorry|actually|maybe|perhaps|probably|just|only|no|yes|yeah|yep|i think|i guess|i believe|"
    r"i suppose|of course|then|and"
)
_SAYING = (
    r"it'?s|it is|it was|it'?ll be|it (?:would|will|should) be|that'?s|that is|that (?:would|will) "
    r"be|that'd be|they'?re|they are|there'?s|there (?:is|are)|"
    r"(?:i'?d|i would|we'?d|we would) (?:like|prefer|say|rather have|go for|go with)(?: it)?|"
    r"(?:i|we) (?:want|need|prefer|choose|pick|bought|have|meant|mean)|"
    r"(?:i'?ll|i will|we'?ll) (?:take|have|go for|go with|need|say)|"
    r"let'?s (?:say|do|go for|go with|make it)|make (?:it|that)|how about|what about|"
    r"(?:can|could|may) (?:we|i|you) (?:do|have|get|say|make it|take)|(?:you can )?use|put|give me|"
    r"the answer is|(?:the|my|our|his|her|their) (?:[a-z-]{1,15} ){0,3}[a-z-]{1,15} "
    r"(?:is|was|are|would be|will be|number is)"
)
_LEAD_EN = re.compile(rf"(?:{_SAYING}|{_SPEAKING})(?![a-z0-9'@])(?![.-][a-z0-9])")
_LEAD_ZH = re.compile(
    r"嗯+|呃+|额|哦+|噢|啊|那就|那么|那|就是|就|应该是|应该|大概是|大概|可能是|是的|是|好的|"
    r"好吧|好|"
    r"您好|你好|请问|请|麻烦|我想要?|我要|我选择?|我的?[^\s,.是]{1,8}是|给我|换成|改成|改到|改为"
)
_TAIL_EN = re.compile(
    r"(?:^|(?<=[^a-z0-9]))(?:please|pls|plz|thanks?(?: you)?(?: (?:a lot|very much|so much|"
    r"again))?|"
    r"many thanks|thx|cheers|ta|if (?:that'?s |it'?s |at all )?(?:possible|ok|okay|alright|free)|"
    r"(?:would be|is|are|sounds|works|should be|will be|would work|will do)?(?: ?(?:just|really|"
    r"absolutely))?(?: ?(?:great|good|fine|perfect|best|lovely|nice|ok|okay|ideal))"
    r"(?: (?:for|with|by) me)?|works(?: for me)?|will do|would do|would work|i think|i guess|"
    r"for me|mate|then|instead|actually|sorry|lol)$"
)
_TAIL_ZH = re.compile(
    r"(?:谢谢(?:你|您|啦|了)?|多谢|谢了|感谢|吧|就(?:行|好|可以)了?|可以[吗么]|行[吗么]|好[吗么]|"
    r"[哦啊呢呀哈啦])$"
)
# What stands before a number that names something instead of counting.
CODE = re.compile(
    r"(?:(?<![a-z])(?:order|#|nr|ref|reference|invoice|code|id|sku|model|room|flat|unit|apt|"
    r"version|"
    r"tracking|parcel)|订单|单号|编号|尾号|型号|版本|快递|第)(?: ?(?:is|no\.?|number|号|号码|"
    r"s))*[ :#是为]{0,3}$"
)
_EDGES = " .,;:!?\"'()~-…*"
_PEELS = 8


def answer(text: str) -> tuple[int, int]:
    """Where the answer stands in a folded message: between lead-ins, politeness and marks."""
    start, end = _strip(text, 0, len(text))
    for _ in range(_PEELS):
        lead = _LEAD_EN.match(text, start, end) or _LEAD_ZH.match(text, start, end)
        if lead is None or lead.end() >= end:
            break
        inner = _strip(text, lead.end(), end)
        if inner[0] >= inner[1]:
            break
        start = inner[0]
    for _ in range(_PEELS):
        since = max(start, end - 60)
        cut = text[since:end]
        tail = _TAIL_EN.search(cut) or _TAIL_ZH.search(cut)
        if tail is None or not tail.group() or since + tail.start() <= start:
            break
        inner = _strip(text, start, since + tail.start())
        if inner[0] >= inner[1]:
            break
        end = inner[1]
    return start, end


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


_NEGATED = re.compile(
    r"(?:(?:^|[^a-z])(?:(?<!why )not|isn'?t|wasn'?t|(?:don'?t|do not) (?:want|like|need)|"
    r"instead of|rather than|except|without|no longer|anything but|other than|apart from|can'?t do|"
    r"can'?t make|cannot)(?: (?:to|the|a|an|on|at|in|for|it|my|any)){0,2}"
    r"|(?<!是)不是|(?<!要)不要|不想要?|(?<![特分区个级性类])别|除了|不选|而不是)\s*$"
)
_ASKING = re.compile(
    r"\s*(?:(?:and|but|so|sorry|wait|ok|hm+|um+),? )?(?:why|what (?!about)|what's|how (?!about)|"
    r"when |where |who |which )|(?:为什么|为何|怎么|什么|哪|谁|多少|干嘛|干什么)"
)
# Between two values: either may be meant; both are, as ends; or the second takes the first's place.
_EITHER = re.compile(r"[\s,]*(?:or|or else|或者?是?|还是|要么)[\s,]*(?:on |at |the |a |an )*")
_UNTIL = re.compile(r"[\s,]*(?:-|~|to|until|till|and|through|到|至|和)[\s,]*(?:the )?")
_BETWEEN = re.compile(r"(?:between|from|从|在)[ ,]*(?:the )?$")
_CORRECTS = re.compile(
    r"\b(?:no|sorry|actually|wait|i mean|i meant|rather|make that|change|instead|move|switch)\b|"
    r"不对|不是|改|换|应该|哦不|错了"
)
# In the middle of an answer: what was said so far is taken back.
_TAKES_BACK = re.compile(
    r"(?<=[a-z0-9.,!;-])[\s,.;!-]+(?:(?:oh|or|er|um|hm+|but|and|well)[ ,.]+)*(?:no|actually|wait|"
    r"hang on|hold on|sorry|rather|scratch that|on second thoughts?)(?![a-z'])[\s,.;!-]*(?=\w)|"
    r"[,.;!\s](?:哦|啊|呃|嗯|还是)*(?:不对|不|算了|等等|等一下|说错了)[,.;!\s]+(?=\w)"
)
_NEAR = 100  # characters that are looked at for what relates two values
_MOVES = re.compile(
    r"\b(?:change|move|switch|push|bring|swap|shift|reschedule|postpone|update)\w*\b|改|换|推迟|"
    r"提前|挪"
)


def negated(text: str, start: int) -> bool:
    """Whether what begins at ``start`` of a folded text is named to be ruled out."""
    return negation(text, start) < start


def negation(text: str, start: int) -> int:
    """Where the words begin that rule out what begins at ``start``; that place where none do."""
    since = max(start - 30, 0)
    found = _NEGATED.search(text[since:start])
    return since + found.start() if found else start


def last_word(folded: str) -> int:
    """Where what is said last begins, behind “… or no,”; 0 where nothing is taken back."""
    return max((match.end() for match in _TAKES_BACK.finditer(folded)), default=0)


def asks(text: str) -> bool:
    """Whether a folded message asks for something rather than telling it (“why do you …?”)."""
    opening = text[:60].lstrip()
    return bool(_ASKING.match(opening)) or bool(_ASKING.search(opening) and has_han(opening))


def moves(folded: str, start: int, end: int) -> bool:
    """Whether a value is put in another's place (“change it from 2 to 4”).

    ``start`` and ``end`` are those of the one value and of the other in a folded message.
    """
    return bool(_MOVES.search(folded, max(start - _NEAR, 0), min(end, start + _NEAR)))


def pick(candidates: Sequence[Found | Bad], text: str) -> Found | Bad | None:
    """The one that a message, meant as an answer, gives; None where it gives none.

    What is ruled out (“not the 14th”) does not count; two joined by “or” or “to” are ambiguous,
    unless one is to take the other's place; of several others that correct each other the last
    holds, else the first.
    """
    folded = fold(text)
    meant = [one for one in candidates if not negated(folded, one.start)]
    found = [one for one in meant if isinstance(one, Found)]
    if not found:
        return meant[0] if meant else None
    for one, other in pairwise(found):
        if one.value != other.value and _open_between(folded, one, other):
            names = {"one": text[one.start : one.end], "other": text[other.start : other.end]}
            return Bad("ambiguous", one.start, other.end, names)
    chosen = found[-1] if _corrects(found, folded) else found[0]
    return replace(chosen, confidence=chosen.confidence * 0.4) if asks(folded) else chosen


def _open_between(folded: str, one: Found, other: Found) -> bool:
    if _EITHER.fullmatch(folded, one.end, other.start):
        return True
    between = folded[one.end : other.start]
    if not _UNTIL.fullmatch(between) or moves(folded, one.start, other.end):
        return False
    ranged = "and" not in between and "和" not in between
    return ranged or bool(_BETWEEN.search(folded[max(one.start - 12, 0) : one.start]))


def _corrects(found: Sequence[Found], folded: str) -> bool:
    first, last = found[0], found[-1]
    between = folded[first.end : last.start][:_NEAR]
    told = _CORRECTS.search(between) or (
        _UNTIL.search(between) and moves(folded, first.start, last.end)
    )
    return first is not last and bool(told)
