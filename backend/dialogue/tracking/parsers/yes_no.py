"""Yes and no, said politely, plainly or colloquially.

Looked for at the beginning of a message, and as the whole of its last clause (“used twice, yes”).
More may follow: of “no, the 14th” the no is ``no``, with less confidence than alone.
"""

from __future__ import annotations

import re

from ...schema import Slot
from ..values import Bad, Context, Found
from .common import fold

# Said alone or with more behind it.
_YES = (
    r"ye+s+|yeah+|yea|yep+|yup+|aye|sure(?: thing)?|of course|certainly|absolutely|definitely|"
    r"indeed|do it|do so|go ahead(?! and)|go for it|by all means|no (?:problem|worries)|why not|"
    r"you bet|i confirm|sounds (?:good|great|fine|right|perfect)|(?:that'?s|that is|this is|it'?s|"
    r"it is|all|looks|quite) (?:right|correct|fine|good|great|perfect|true|ok|okay)|correct|exactly"
)
_NO = (
    r"no way|no thanks?|no thank you|no need(?! to worry)|"
    r"no+(?! (?:idea|clue|one|more|longer|matter|later|earlier|need)\b)|nope|nah+|"
    r"not (?:really|at all|yet|now|needed|correct|right|true|quite|"
    r"necessary)|i'?d rather not|(?:i'?d )?rather not|better not|please don'?t|don'?t do (?:it|"
    r"that|"
    r"so)|(?:absolutely|definitely|certainly|of course|probably|maybe) not|forget it|never ?mind|"
    r"(?:that'?s|that is|this is|it'?s|it is) (?:not (?:right|correct|true|it)|wrong|incorrect)"
)
_YES_ZH = (
    r"是的|是呀|是啊|对(?!了)的?|对啊|对呀|没错|正确|好的?|好吧|好啊|好呀|好滴|行的?|"
    r"可以(?!的话)的?|嗯+|恩+|没有?问题|不错|"
    r"要的|需要|愿意|同意|确认|确定|当然(?:可以|要|是|好)?|就这样吧?|就这么办|麻烦(?:你|您)?了|"
    r"是这样"
)
_NO_ZH = (
    r"不(?:是的?|对|用(?!谢(?!谢))了?|要了?|需要了?|行|可以|好|想要?|愿意|同意|确认|确定|了|必了?|太行|"
    r"正确)?|没有?|没有过|"
    r"别了?|算了|错了|还没有?|并?没有|先不(?:了|要|用)?|暂时不(?:用|要|需要)?了?|当然不(?:是|要|"
    r"用)?|无需"
)
# Said alone only: with more behind them they mean something else.
_YES_ALONE = (
    r"y|ya|k|kk|ok|okay|okey|okie|oki|fine|alright|all right|right|true|affirmative|confirmed?|"
    r"agreed?|i agree|perfect|great|good|please|please do|go on(?: then)?|works for me|"
    r"that works|i (?:do|am|"
    r"have|did|would|will|can|was)|it (?:is|does|has|was|did)|they (?:are|have|do|were)|👍|✅|👌|"
    r"是|要|想要?|有的?|中|成|办吧|继续|来吧|收到了"
)
_NO_ALONE = (
    r"n|never|negative|wrong|incorrect|false|don'?t|do not|not|i (?:don'?t|do not|didn'?t|did not|"
    r"haven'?t|have not|won'?t|wouldn'?t|can'?t|am not|disagree|don'?t think so)|i'?m not|"
    r"it (?:isn'?t|"
    r"is not|hasn'?t|doesn'?t|wasn'?t|didn'?t)|(?:that|this|they) (?:isn'?t|is not|aren'?t|"
    r"haven'?t|don'?t|weren'?t)|👎|❌|否|错误|无"
)
_OPEN = re.compile(
    r"[ .,!\"'()~:;*-]{0,20}(?:(?:um+|uh+|erm?|hmm+|well|oh|ah|actually|hi|hello|thanks|sorry|so|"
    r"i think|i guess|i believe|不好意思|抱歉|您好|你好|哦+|啊|呃|那就|那|我觉得|应该|其实|"
    r"我)(?![a-z])[ ,.!]{0,5}){0,3}"
)
_CLAUSE = re.compile(r"[.,!?;:\n]+\s*")
# “No refund”: no such thing, not the answer no.
_OF_A_THING = re.compile(
    r"no (?!(?:i|it|its|it's|we|they|the|this|that|that's|not|but|my|there|you|just|thanks?|thank|"
    r"please|sorry|need|way|actually|don't|dont|do|problem|worries|sir|he|she|cancel|sure|make|"
    r"change|please|leave|keep|never|and|because|ok|okay|thx|ty|i'm|i've|i'd|what|why|mate)\b)[a-z]"
)
# The end of a phrase in each script: English words end, Han ones before what cannot belong to them.
_BREAK = (
    r"(?:(?<=[a-z0-9'])(?![a-z0-9'])|"
    r"(?<![a-z0-9'])(?=[\Wa-z0-9吧啊呀哦呢啦哈的了嘛谢麻请我就帮你您那但换改]|$))"
)
_ALONE = (
    r"(?=[ ]*(?:[^\w ']|$)|[ ]+(?:please|thanks|thank|cheers|by me|with me|then|for me|go ahead|"
    r"yes|mate|too)\b|[吧啊呀哦呢啦哈的了嘛]|谢)"
)
_FORMS = tuple(
    (value, re.compile(rf"(?:{words}){end}"))
    for value, words, end in (
        (True, f"{_YES}|{_YES_ZH}", _BREAK),
        (False, f"{_NO}|{_NO_ZH}", _BREAK),
        (True, _YES_ALONE, _ALONE),
        (False, _NO_ALONE, _ALONE),
    )
)
_POLITE = re.compile(
    r"(?:[^\w]|please|thanks?(?: you)?|very much|so much|a lot|cheers|then|mate|by me|with me|for "
    r"me|for now|that's|i do|i am|i have|yes|no|go ahead|correct|right|谢谢|多谢|您|你|了|吧|的|"
    r"啊|呀|哦|呢|啦)*"
)


class YesNoParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        folded = fold(text)
        found = _said(folded)
        return [found] if found and not _OF_A_THING.match(folded, found.start) else []

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        return _said(fold(text)) or Bad("not_yes_no", 0, len(text))


def _said(text: str) -> Found | None:
    start = opening(text)
    found = at(text, start)
    if found is None and start:
        found = at(text, len(text) - len(text.lstrip(" .,!\"'()~:;*-")))
    if found:
        alone = _POLITE.fullmatch(text[found.end : found.end + 60])
        return found if alone else Found(found.value, found.start, found.end, 0.7)
    clauses = list(_CLAUSE.finditer(text.rstrip(" .,!?;:\n")))
    last = at(text, clauses[-1].end()) if clauses and not text.rstrip().endswith("?") else None
    if last is None or not _POLITE.fullmatch(text[last.end : last.end + 60]):
        return None
    polite = text[last.start : last.end] in ("please", "good", "great", "perfect")
    return None if polite else Found(last.value, last.start, last.end, 0.6)


def opening(text: str, start: int = 0) -> int:
    """Where the sentence that begins here comes to its point: after “um, well, I think”."""
    found = _OPEN.match(text, start)
    return found.end() if found else start


def at(text: str, start: int) -> Found | None:
    """The longest yes or no of the folded text that begins exactly here."""
    best: Found | None = None
    for value, expression in _FORMS:
        match = expression.match(text, start)
        if match and match.group() and (best is None or match.end() > best.end):
            best = Found(value, start, match.end())
    return best
