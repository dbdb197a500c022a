"""Short signs that steer a task: stop it, yes, no, rather something else, a question.

Pure text functions, English and Chinese; words only, no model.
"""

from __future__ import annotations

import re

from backend.words import normalise

from . import phrases
from .questions import asks

_POLITE_WORDS = (
    r"please|pls|sorry|thanks|thank you|now|then|just|actually|oh|well|no|ok|okay|hmm|wait"
    r"|谢谢|请|吧|了|啊|那|先"
)
_POLITE = rf"(?:\W|{_POLITE_WORDS})*"
_STOP = (
    r"cancel(?: (?:it|that|this|everything|all(?: of (?:it|that))?))?|stop(?: (?:it|this|that))?"
    r"|never ?mind|forget (?:it|that|about it|about that|this)|abort|quit|exit|leave it|drop it"
    r"|(?:i )?(?:changed|have changed|'ve changed) my mind|i(?:'d| would) rather not"
    r"|(?:i )?(?:do not|don't|dont) want (?:to(?: do (?:it|this|that))?|it|this|that)"
    r"(?: any ?more)?"
    r"|(?:let's |lets )?(?:not|don't) do (?:it|this|that)|scrap (?:it|that)|don't bother"
    r"|no longer needed|取消|算了|不(?:办|弄|做|要|用|需要|想)了|停|停止|放弃"
    r"|不(?:想|要)?(?:办|弄|做|退|换|改|订|约|预约|申请|订阅)了"
    r"|先不(?:办|弄|做|用|要|退|换|改|订)?了?"
    r"|我改(?:主意|变主意)了?"
)
# “forget it, I'll keep them”: what comes after the stop gives the reason.
_CANCELS = re.compile(rf"^{_POLITE}(?:{_STOP})(?:{_POLITE}$|\s*[,.;!，。；！—-])")
_INSTEAD = re.compile(
    r"\b(?:instead|rather|actually|changed my mind|on second thoughts?|forget (?:it|that)|"
    r"never ?mind)\b|还是(?!有)|改成|换成|算了|不如|其实"
)
_YES_WORDS = (
    r"yes|yeah|yep|yup|yea|sure|ok|okay|correct|right|that's right|thats right|that is right"
    r"|confirm|confirmed|i confirm|go ahead|please do|do it|absolutely|exactly|of course|definitely"
    r"|perfect"
    r"|fine|good|great|agreed|sounds good|looks good|looks right|all good|all correct"
    r"|that's correct|that is correct|that works|works for me|book it|send it|submit"
    r"|是|是的|对|对的|没错|正确|确认"
    r"|确定|好|好的|可以|行|嗯|嗯嗯|没问题|同意|就这样|麻烦了|要|需要|提交|办吧|退吧|订吧|取消吧|改吧"
)
_PRAISE = (
    r"great|good|fine|perfect|lovely|brilliant|wonderful|excellent|ok|okay|cool|nice|alright"
    r"|all right"
)
_YES_WORDS += (
    rf"|(?:that|it|this)(?:'s| is| would be| sounds| looks)(?: all)? (?:{_PRAISE})|{_PRAISE}|go on"
    r"|太好了|很好|不错|没错"
)
_NO_WORDS = (
    r"no|nope|nah|not (?:quite|right|correct|really)|wrong|incorrect|that's wrong|that is wrong"
    r"|that's not right|that is not right|don't|do not|no way|not yet"
    r"|不|不是|不对|错了|不行|不可以"
    r"|不用|不要|有误|不正确|没有|先别|别"
)
_TAIL_WORDS = (
    r"please|thanks|thank you|it is|all|is fine|the details|you|sir|mate"
    r"|吧|的|了|啊|呀|哦|谢谢|麻烦|请"
)
_TAIL = rf"(?:[\s,.!，。！、]*(?:{_TAIL_WORDS}))*"
_LEADS_YES = re.compile(rf"^[\W]*(?:{_YES_WORDS})(?![a-z0-9']){_TAIL}")
_LEADS_NO = re.compile(rf"^[\W]*(?:{_NO_WORDS})(?![a-z0-9']){_TAIL}")
_REQUESTS = re.compile(
    r"^\W*(?:and |so |then |but |ok |no |well )*(?:can|could|may|might|would|will|shall|"
    r"is it possible|"
    r"how about|what about|please|i)\b|能|可以|可不可以|帮我|我想|我要"
)
_LONGEST = 200  # characters; a longer message is never only a sign


def cancels(text: str) -> bool:
    """Whether the message says that the task is to be dropped, and at most why."""
    return len(text) <= _LONGEST and bool(_CANCELS.match(normalise(text)))


def instead(text: str) -> bool:
    """Whether what is asked for takes the place of what was being done."""
    return bool(_INSTEAD.search(normalise(text[:_LONGEST])))


def yes_or_no(text: str) -> tuple[bool | None, str]:
    """Whether the message begins with a yes or a no, and what it says besides."""
    plain = phrases.peel(text)[0]
    if len(plain) > _LONGEST:
        return None, plain
    lower = normalise(plain)
    if len(lower) != len(plain):  # a width or case change moved the characters
        plain = lower
    for answer, pattern in ((False, _LEADS_NO), (True, _LEADS_YES)):
        match = pattern.match(lower)
        if match:
            rest = plain[match.end() :].strip(" ,.!;:，。！；、\n")
            more, left = yes_or_no(rest) if rest else (None, "")
            # “ok, no” is a no, “no, that's right” is a yes: the last word holds
            return (answer, rest) if more is None else (more, left)
    return None, plain


def is_question(text: str) -> bool:
    return asks(text)


def is_request(text: str) -> bool:
    """Whether a question asks for something to be done: “can you do Friday?”."""
    return bool(_REQUESTS.search(normalise(text[:_LONGEST])))
