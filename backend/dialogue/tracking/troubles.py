"""What is wrong with a thing or a person, told before it was asked for: “the zip of my tent broke”.

Free text is found in running text only here and in marked contexts: a slot that asks what is wrong
takes the clauses that tell of damage, failure or pain. “It's broken” tells too little and is asked
about. Knows only the slots' own words; English and Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from backend.words import terms

from ..memory import Value
from ..schema import Slot
from ..understanding import signals
from . import markers
from .claims import Claim
from .parsers.common import fold, has_han
from .reading import Span, trim
from .surroundings import Surroundings, lead_in
from .values import Found

SURE = 0.65
_LONGEST = 500  # characters
_ASKS_FOR = re.compile(
    r"\b(?:faults?|problems?|issues?|defects?|damages?|symptoms?|complaints?|broken?|"
    r"(?:is|went|what's) wrong)\b|故障|症状|损坏|毛病|问题描述|哪里坏|什么问题|哪里不舒服|病情"
)
_IT = r"(?<!\bi )(?<!\bwe )(?<!\byou )"
_HAPPENS = (
    rf"{_IT}\b(?:won'?t|will not|doesn'?t|does not|don'?t|keeps?|no longer|stopped|can'?t be)(?! "
    rf"(?:"
    r"work|working|matter|want|need|know|mind|fit me)\b) [a-z]{3,}|"
    r"\b(?:crack|snap|split|tore|torn|rip|leak|peel|burst|jam|melt|fray|rust|bent|dent|scratch|"
    r"shatter|collaps|delaminat|overheat|smok|flicker|rattl|squeak|wobbl|shrunk|shrank|burnt|stuck|"
    r"frozen|ach|hurt|itch|swollen|swell|bleed|vomit|cough|sore|painful|dizzy|feverish|nause)"
    r"(?:s|es|ed|ing|ped|ping|med|ming|ned|ning|le|y)?\b|"
    r"\b(?:head|tooth|stomach|back|ear)[- ]?ache|\b(?:pain|fever|rash|cramps?|migraine)s?\b|"
    r"\b(?:came|come|coming|comes|fell|fall|falling|falls|broke|breaks|wore) "
    r"(?:off|apart|undone|loose|out|down)\b|\b(?:lets?|letting|takes?|taking) (?:in )?water\b|"
    r"\b(?:has|have|'s) (?:come )?(?:gone|undone|loose|worn|faded)\b|\bwon'?t (?:work|start) "
    r"(?:when|if|"
    r"after|in|on)\b"
)
_HAPPENS_ZH = (
    r"断|裂|漏[水气油电]|漏了|掉(?:了|下|色|漆|毛)|脱落|开胶|开线|脱线|破[了洞]|撕|卡[住死]|"
    r"[打开关合拉点充锁拧转按启][不](?:开|上|着|燃|亮|进|住|了机|动|起来)|不(?:亮|转|响|制冷|加热|"
    r"出[^来去现]|通电|吸)|"
    r"没反应|冒烟|异响|松[了动]|褪色|跑绒|进水|生锈|变形|起泡|烧[了坏]|死机|黑屏|闪退|"
    r"疼|痛|痒|发烧|咳嗽|头晕|呕吐|拉肚子|肿了|发炎"
)
_SPECIFIC = re.compile(rf"{_HAPPENS}|{_HAPPENS_ZH}")
# Words that say only that something is wrong.
_GENERAL = re.compile(
    r"\b(?:broke|broken|breaks|faulty|defective|damaged|fault|defect|not working|stopped working|"
    r"doesn'?t work|won'?t work|gave up|packed up|died)\b|坏了|有问题|出问题|故障|毛病|不好用|"
    r"不能用|用不了"
)
_SAYS_NOTHING = re.compile(
    r"\b(?:it|something|thing|stuff|product|item|order|order(?:ed)?|bought|got|purchased?|from you|"
    r"you|broke|broken|faulty|defective|damaged|fault|defect|not|working|stopped|work|gave|packed|"
    r"died|already|just|now|again|has|have|is|are|was)\b|"
    r"[0-9]+|订单号?|单号|我的?|你们?家?|这个|那个|买的?|东西|产品|商品|质量|坏了|有|出|了|问题|"
    r"故障|毛病|不好用|不能用|用不了|突然|已经|又|一个|的"
)
_DENIES = re.compile(
    r"\b(?:nothing|isn'?t|not|never) (?:is )?(?:broken|wrong|damaged)|没坏|没有坏|没问题"
)
_CUT_OFF = frozenset({"person", "email", "phone", "pattern"})
_JOINED = re.compile(r"\s*(?:and|but|,|，|;)\s*")
# The wish beside it: “because …” leads to what is wrong, “and I'd like …” away from it.
_LEADS = re.compile(r"^.{0,120}?\b(?:because|as|since|that)\s(?=.)|^.{0,60}?因为")
_WISHES = re.compile(
    r"\s(?:and|so|but|then|,)?\s?(?:i'?d?|we'?d?|please|can|could|is it|do you|what)\s(?:would |"
    r"'d )?"
    r"(?:like|want|need|wish|have to|am|you|i|we|under|claim|make|get|do)\b.*$|"
    r"\s(?:under|on|in) (?:the )?(?:warranty|guarantee).*$|"
    r"(?:所以)?(?:我)?(?:想|要|需要|能不能|可以|请|帮我|麻烦|申请|怎么办).*$"
)


def asks_for(slot: Slot) -> bool:
    """Whether a slot wants to know what is wrong."""
    named = [slot.name.replace("_", " "), *slot.title.values(), slot.description]
    return slot.type == "text" and bool(_ASKS_FOR.search(" ".join(named).lower()))


def told(
    around: Surroundings, asked: str, filled: Mapping[str, Value], chosen: Sequence[Claim]
) -> list[Claim]:
    """A claim on the slot that asks what is wrong, unless that is the one that was asked for.

    What is told further is added to what is known, or takes its place where it corrects that; in
    the middle of a form only the first that is told counts.
    """
    slot = next((slot for slot in around.cues.slots.values() if asks_for(slot)), None)
    given = {asked, *(one.slot for one in chosen)}
    span = _told(around, chosen) if slot and slot.name not in given else None
    if slot is None or span is None or (asked and slot.name in filled):
        return []
    said = " ".join(around.reading.text[slice(*span)].split())
    known = str(filled[slot.name].value or "") if slot.name in filled else ""
    if fold(said) in fold(known):
        return []
    corrects = markers.corrects(around.reading.folded, 0, span[1])
    whole = f"{known}{'；' if has_han(said) else '; '}{said}" if known and not corrects else said
    return [Claim(slot.name, slot.type, Found(whole, *span), *span, "context", 1.0)]


def _told(around: Surroundings, chosen: Sequence[Claim]) -> Span | None:
    """The clauses that tell what is wrong, where they follow one another."""
    telling: list[Span] = []
    for start, end in around.reading.clauses():
        span = _of_clause(around, *_without(around, chosen, start, end))
        if span:
            telling.append(span)
        elif telling:
            break
    whole = (telling[0][0], min(telling[-1][1], telling[0][0] + _LONGEST)) if telling else None
    return trim(around.reading.text, *whole) if whole else None


def _without(
    around: Surroundings, chosen: Sequence[Claim], start: int, end: int
) -> tuple[int, int]:
    """A clause without a name or a number at one of its ends: “I'm Ana and my knee hurts”."""
    for one in chosen:
        if one.type in _CUT_OFF and start <= one.start < one.end <= end:
            before = lead_in(around, one, start)
            joined = _JOINED.match(around.reading.folded, one.end)
            if before <= start and joined:
                start = joined.end()
            elif one.end >= end:
                end = before
    return start, end


def _of_clause(around: Surroundings, start: int, end: int) -> Span | None:
    """The part of a clause that tells what is wrong, where it tells enough."""
    said = around.reading.folded[start:end]
    if signals.is_question(said) or _DENIES.search(said):
        return None
    skipped = markers.correction(said)
    start, said = start + skipped, said[skipped:]
    lead, wish = _LEADS.match(said), _WISHES.search(said)
    if lead and _tells(said[lead.end() :]):
        start, said = start + lead.end(), said[lead.end() :]
        wish = _WISHES.search(said)
    if wish and _tells(said[: wish.start()]):
        end, said = start + wish.start(), said[: wish.start()]
    return trim(around.reading.text, start, end) if _tells(said) else None


def _tells(said: str) -> bool:
    if not (_SPECIFIC.search(said) or _GENERAL.search(said)):
        return False
    rest = _SAYS_NOTHING.sub(" ", said)
    if has_han(said):
        return len(re.sub(r"\W", "", rest)) >= (2 if _SPECIFIC.search(said) else 4)
    return len(terms(rest)) >= 2
