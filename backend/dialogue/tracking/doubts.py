"""What a message is like that is hardly an answer: a question, a wish to wait, not knowing …

Free text, names and places are the visitor's own words, so that nothing else tells an answer from
what is said besides. Pure text functions, English and Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from backend.words import terms

from ..understanding import phrases, signals
from . import markers
from .parsers.common import asks, fold
from .parsers.ordinals import named_place
from .reading import Reading, Span

_LONGEST = 60  # characters; a longer message says more than that
ASKED = 0.35  # how surely a question is an answer
_LEAD = (
    r"^\W*(?:(?:sorry|h+m+|um+|uh+|well|oh|ok|okay|no|ah|so|please|but|actually)(?![a-z])[\s,.]*)*"
)
_UNKNOWN = re.compile(
    rf"{_LEAD}(?:i )?(?:do not|don'?t|dunno|can'?t|cannot|not|no)\s*"
    r"(?:really )?(?:know|remember|recall|sure|idea|clue|certain|have (?:it|one|that)|find it|"
    r"decided)\b|"
    rf"{_LEAD}(?:idk|dunno|haven'?t decided|i haven'?t (?:decided|thought)|search me)\b|"
    r"^\W*(?:我)?(?:还)?(?:也)?(?:不(?:太)?(?:知道|清楚|记得|确定|晓得|好说)|没想好|没决定|"
    r"说不(?:清|好)|忘了|忘记了|"
    r"没有(?=\W*$)|找不到|记不)"
)
_PAUSE = (
    r"wait|hang on|hold on|hold up|bear with me|brb|not now|later|one thing|"
    r"(?:just )?(?:give me )?(?:one|a|two|a few|half a) (?:quick )?"
    r"(?:secs?|seconds?|moments?|minutes?|mins?|mo|ticks?)|in a (?:minute|moment|second|bit)"
)
_LOOK = (
    r"let me (?:just )?(?:check|see|look|think|find|get|ask|grab|fetch|have a look)|"
    r"i(?:'?ll| will| need to| have to)? (?:just )?(?:check|go and look|have a look|look it up)"
)
_PAUSE_ZH = (
    r"(?:那|请|先|麻烦|不好意思|您|你|再)*(?:等(?:一?下|等|会儿?|一会儿?|我|一?等)|稍等|稍候|慢着|"
    r"马上(?:回来|就好)|回头再说|待会儿?)(?:吧|哦|啊|呀|哈|我|下|一下)*"
)
_LOOK_ZH = (
    r"我(?:先|再)?(?:去)?(?:看看|找找|想想|查查|问问|[看找想查问]一?下)[^,.，。]{0,8}|"
    r"让我(?:先)?[看想找查问][^,.，。]{0,8}"
)
_WAITS = re.compile(
    rf"(?:{_LEAD}(?:(?:{_PAUSE})(?: (?:please|pls|a|for|one|me|just|secs?|seconds?|moments?|"
    rf"minutes?|mins?|bit|ok|there|here|thanks|now|(?:{_LOOK})(?: [a-z']+){{0,6}}))*|"
    rf"(?:{_LOOK})(?: [a-z']+){{0,6}})|^\W*(?:{_PAUSE_ZH}(?:{_LOOK_ZH})?|{_LOOK_ZH}))"
    r"(?=\W*$|[,.;:!\n，。；：！-])"
)
# “Wait, the zip broke”: what comes behind the word for waiting is an answer.
_GOES_ON = re.compile(r"[,.;:!\n，。；：！]\s*(?P<rest>.+)$", re.DOTALL)
_TOLD_YOU = (
    r"(?:i'?(?:ve| have)? )?(?:already|just) (?:told|said|gave|sent|wrote|explained)|"
    r"i (?:told|said)|(?:as|like) i (?:already )?(?:said|told|wrote|explained)|"
    r"(?:see|read|look at) (?:above|my (?:first|last|other|e-?mail|message)|"
    r"the (?:photo|picture|image)|photo|picture|attached|attachment)|you (?:tell me|should know)|"
    r"guess"
)
_THE_SAME = (
    r"(?:the |my )?(?:same|usual)(?: (?:address|name|number|e-?mail|phone|one|place|thing|again))?"
    r"(?: as (?:before|above|last time|always|usual|ever))?|as (?:above|before)"
)
_THE_SAME_ZH = (
    r"(?:还是|就|跟|和|同|与)*(?:之前|上次|以前|原来|刚才|老)(?:的|那个)?(?:地址|名字|姓名|电话|邮箱)?"
    r"(?:一样|相同)?(?:的)?"
)
_ELSEWHERE = re.compile(
    rf"{_LEAD}(?:{_TOLD_YOU}|{_THE_SAME})(?:[ ,]*(?:you|that|it|this|so|guys|before|above|already|"
    r"messages?|one|now|attached|photos?|below|in|my|first|last))*\W*$"
    r"|^\W*(?:我|你|您)?(?:都|已经|刚才?|刚刚|前面|之前|上面|不是)?(?:都|已经)?"
    r"(?:说|讲|告诉|发|写)过?(?:你|您|你们)?了(?:吗)?\W*$|"
    rf"^\W*(?:见|看)(?:图|照片|上面|附件)\W*$|^\W*你猜|^\W*(?:{_THE_SAME_ZH})\W*$"
)
_NONE = re.compile(r"\W*(?:no|none|without|没有?|无|不)(?![a-z])")
# A request that wants to know something, not to have it done.
_INFORMS = re.compile(
    r"(?<![a-z])(?:how (?!about)|what(?:'s)? (?!about)|when |where |which |why |costs?|prices?|"
    r"fees?|"
    r"differences?|tell me|know|explain|mean)(?![a-z])|多少|多久|多长|几|费|价|要钱|区别|怎么|"
    r"什么|哪|为什么"
)
_EMPTY = re.compile(
    r"^\W*(?:h+m+|u+h*m*|e+r+m*|a+h+|o+h+|huh|eh|help(?: me)?|pls|please|test|testing|嗯+|呃+|"
    r"额+|[啊哈呵嘿呀哼唉]+|"
    r"哦+|"
    r"救命|帮帮我|帮忙|测试)\W*$"
)

# Letters that lie side by side on the keys, which words of a language hardly have in a row.
_ROW = re.compile(
    r"asd(?:fg?h?j?k?l?)?|sdf(?:g?h?)|dfgh?j?|fghj?k?|ghjk?l?|hjkl?|jkl|lkjh?|kjhg?|jhgf?|hgfd?|"
    r"gfds?a?|fdsa?|qwert?y?|ytrew?q?|ewq|uiop|poiuy?|zxcv?b?n?m?|xcvb?|cvbn?|vbnm?|mnbv?|nbvc?"
)
_ONE_KEY = re.compile(r"^(.)\1{3,}$|^(.{2,4})\2{2,}$")


def doubts(text: str) -> tuple[float, str]:
    """How surely a message is an answer at all, from 0 to 1, and what it is like otherwise."""
    folded = fold(text)
    if signals.cancels(text):
        return 0.2, "reads like a wish to stop"
    if phrases.wants_human(text):
        return 0.3, "reads like a wish for a person"
    if (unknown := _UNKNOWN.match(folded)) and not _told_after(folded, unknown.end()):
        return 0.3, "reads like not knowing"
    if why := says_nothing(folded):
        return 0.3, why
    if signals.is_question(text):
        return ASKED, "reads like a question"
    if markers.requests(folded):
        return 0.6, "reads like a wish"
    return 0.95, ""


def says_nothing(folded: str, named: Collection[str] = ()) -> str:
    """What a short folded message is like that has no answer in it, or ''.

    ``named`` are the terms of what the visitor is asked and of what is done with it: who says only
    those (“a warranty claim”) tells nothing new.
    """
    if len(folded) > _LONGEST:
        return ""
    if waits(folded):
        return "reads like a wish to wait"
    if _ELSEWHERE.match(folded):
        return "says that it was said"
    if _EMPTY.match(folded):
        return "says nothing"
    if keyboard(folded):
        return "is no words"
    if named_place(folded):
        return "is a place in a list, and there is none"
    told = set(terms(folded))
    if told and told <= set(named) and not _NONE.match(folded):
        return "only names what is asked"
    return ""


def keyboard(folded: str) -> bool:
    """Whether keys were struck at random: “asdkjh”, “sdfsdf”, “xxxx”."""
    told = re.findall(r"[^\W_]+", folded)
    return bool(told) and all(_at_random(word) for word in told)


def _at_random(word: str) -> bool:
    if not word.isascii() or not word.isalpha() or len(word) < 3:
        return False
    runs = sum(len(run) for run in _ROW.findall(word))
    unsaid = len(word) > 4 and not re.search("[aeiouy]", word)
    return unsaid or bool(_ONE_KEY.search(word)) or runs * 3 >= len(word) * 2


def _told_after(folded: str, end: int) -> bool:
    """Whether something is told behind the next pause: “no idea, it just broke”."""
    further = _GOES_ON.search(folded, end)
    told = further["rest"] if further else ""
    nothing = _UNKNOWN.match(told) or says_nothing(told) or markers.is_filler(told)
    return bool(terms(told)) and not nothing


def waits(folded: str) -> bool:
    """Whether a folded message asks to wait and says nothing else."""
    found = _WAITS.match(folded)
    if found is None:
        return False
    further = _GOES_ON.search(folded, found.end())
    return further is None or waits(further["rest"]) or bool(_EMPTY.match(further["rest"]))


def only_asked(reading: Reading, span: Span) -> bool:
    """Whether a value is only a word of a question: “what does a pickup cost?” chooses none.

    What is asked for (“can you pick it up?”) or named alone (“by post?”) is meant.
    """
    first, last = reading.sentence(span[0])
    opens = asks(reading.folded[first:last]) and reading.folded.startswith("?", last)
    start, end = (first, last) if opens else reading.clause(span[0])
    said = reading.text[start : end + 1]
    if not signals.is_question(said):
        return False
    rest = f"{reading.folded[start : span[0]]} {reading.folded[span[1] : end]}"
    if markers.is_filler(rest) and not opens:
        return False
    return bool(_INFORMS.search(rest)) or not signals.is_request(said)
