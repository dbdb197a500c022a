"""What a question is after: whether something has been done, when, where, who, how much.

“Have you cancelled it?” has the words of a wish and asks what became of one. “Is there parking at
the shop?” is about the same thing as “is the shop open?” and asks for something else, which an
encoder hardly tells. Words only, English and Chinese.
"""

from __future__ import annotations

import re

from backend.words import normalise

_LONGEST = 120  # characters; who asks this asks it briefly
_ON_THE_WAY = r"(?:(?:now|already|just|all|really|actually|been|being|yet|successfully)\s+)*"
_WHAT = r"(?:i|we|you|u|it|that|this|they|everything|(?:my|our|the|that|this)(?:\s+[a-z'-]+){1,3}?)"
_DONE = (
    r"(?:done|gone|sent|paid|made|put|taken|given|sold|set|got through|through|complete|"
    r"(?!need|allow|clos|includ|requir|cover|permitt|heat|interest|suppos|locat|limit|guarant|"
    r"licens|furnish|insur|charg|oblig|entitl)[a-z]{2,}ed)\b"
)
_BEGINS = (
    r"^\W*(?:(?:ok|okay|so|and|but|wait|sorry|hi|hello|hey|please|then|now)\W+)*"
    r"(?:[a-z' ]{0,30}\b(?:check|confirm|know|see|wondering|tell me|sure)"
    r"\s+(?P<if>if|whether|that)\s+)?"
)
# “Is the pool heated?” asks what it is like: of things that are not the visitor's, only what has
# been done to them counts.
_ENGLISH = re.compile(
    rf"{_BEGINS}(?:did\s+(?:you|u)\s+(?!know|say|mean|have|find|see|ever)[a-z]"
    rf"|did\s+(?!i\b|we\b|you\b|u\b){_WHAT}\s+[a-z]"
    rf"|(?:have|has)\s+{_WHAT}\s+{_ON_THE_WAY}{_DONE}"
    r"|(?:is|are|am|was|were)\s+(?:i|we|it|that|this|they|everything|(?:my|our)\s[a-z' -]{1,30}?)"
    rf"\s+{_ON_THE_WAY}{_DONE}"
    rf"|(?(if){_WHAT}\s+(?:has|have|is|are|was|were)\s+{_ON_THE_WAY}{_DONE}|(?!)))"
)
_CHINESE = re.compile(
    r"(?:了(?:吗|么|嘛|没有?)|[好完成功妥上]没有?)[?？。!！\s]*$"
    r"|(?:是不是|是否|有没有)(?:已经)?[^，。,]{0,6}(?:了|好|成功|上|提交|取消|处理)[吗?？\s]*$"
)
_KINDS = {
    "when": r"\bwhen\b|\bwhat (?:time|day)|\bhow (?:late|early|soon)\b"
    r"|\b(?:until|till|open|clos(?:e|es|ed)|opening|closing|hours)\b"
    r"|几点|几号|什么时候|何时|开门|关门|营业|打烊",
    "where": r"\bwhere|\bhow do i (?:get|find|come)\b|哪里|哪儿|在哪|怎么走|怎么去",
    "who": r"\bwho(?:'s|se|m)?\b|谁",
    "why": r"\bwhy\b|\bhow come\b|为什么|为啥",
    "price": r"\bhow (?:much|expensive)\b|\b(?:costs?|prices?|charges?|fees?|free)\b"
    r"|多少钱|收费|费用|要钱|免费|价格",
    "number": r"\bhow many\b|多少(?!钱)|几[个位次张件间人]",
    "length": r"\bhow long\b|多久|多长",
    "degree": r"\bhow (?:big|small|large|deep|high|tall|wide|heavy|old|fast|hot|warm|cold|safe"
    r"|good|strong|hard|spicy|loud)\b|多(?:大|高|深|重|宽|远)",
    "there": r"\b(?:is|are) there\b|\b(?:do|does) [a-z ]{1,30} (?:have|sell|offer)\b"
    r"|\bhave you got\b|有没有|有[^，。]{1,12}[吗么]",
}
_AFTER = {kind: re.compile(pattern) for kind, pattern in _KINDS.items()}
_MAY = re.compile(r"可以|可不可以|能不?能?|要不要|想|开门|关门|打烊")


def asks_if_done(text: str) -> bool:
    """Whether it asks that in few words, and not whether it may be done or what a thing is like."""
    if len(text) > _LONGEST:
        return False
    plain = " ".join(normalise(text).split())
    return bool(_ENGLISH.match(plain)) or bool(_CHINESE.search(plain) and not _MAY.search(plain))


def after(text: str) -> frozenset[str]:
    """The kinds of things that the text asks after; none where its words do not say."""
    plain = normalise(text[:_LONGEST])
    return frozenset(kind for kind, pattern in _AFTER.items() if pattern.search(plain))
