"""Short signs that steer a task: stop it, rather something else, a question, a request.

Pure text functions, English and Chinese; words only, no model.
"""

from __future__ import annotations

import re

from backend.words import normalise

from .questions import asks

_POLITE_WORDS = (
    r"please|pls|sorry|thanks|thank you|now|then|just|actually|oh|well|no|ok|okay|hmm|wait|nah|nope"
    r"|yes|yeah|fine|great|right|good|nothing|hang on|hold on|go ahead|and|but|so|after all|instead"
    r"|(?:s?he|they|we) says?|谢谢|请|吧|了|啊|那|先|就|还是|对|行|好的?|嗯"
)
_POLITE = rf"(?:\W|(?:{_POLITE_WORDS})(?![a-z']))*"
# “Keep them”, where they were to be sent back: what there is stays as it is.
_KEEP = (
    r"(?:i(?:'ll| will|'d rather| would rather| want to| am going to|'m going to)? )?(?:just )?"
    r"(?:keep|leave) (?:it|them|this|that|those|these|everything|things)"
    r"(?: (?:as (?:it|they) (?:is|are)|alone|all))?|(?:我)?(?:还是|就|想|要)*(?:留着|保留)(?:它)?"
)
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
    r"|我改(?:主意|变主意)了?|i (?:didn't|did not|don't|do not) mean (?:that|it|to)|" + _KEEP
)
_CANCELS = re.compile(rf"{_POLITE}(?:{_STOP}){_POLITE}")
_COURTEOUS = re.compile(_POLITE)
_KEEPS = re.compile(rf"{_POLITE}(?:{_KEEP}){_POLITE}")
_CLAUSES = re.compile(r"[,.;!?\n，。；！？…—]+|\s-\s")
_CANCELS_WHAT = re.compile(
    rf"^{_POLITE}(?:(?:can you|could you|i want to|i'd like to|let's|我(?:想|要)|帮我|把) ?)*"
    r"(?:cancel|stop|drop|scrap|abort|取消|停止|撤销)(?![a-z]) ?(?P<what>[^,.;!?，。；！？]+)$"
)
_INSTEAD = re.compile(
    r"\b(?:instead|rather|actually|changed my mind|on second thoughts?|forget (?:it|that)|"
    r"never ?mind)\b|还是(?!有)|改成|换成|算了|不如|其实"
)
_REQUESTS = re.compile(
    r"^\W*(?:and |so |then |but |ok |no |well )*(?:can|could|may|might|would|will|shall|"
    r"is it possible|"
    r"how about|what about|please|i)\b|能|可以|可不可以|帮我|我想|我要"
)
# “I can't find it”, “no idea”, “我忘了”: the visitor has no answer.
_AT_A_LOSS = re.compile(
    r"^\W*(?:(?:sorry|hm+|um+|well|oh|but|i'm afraid)[\s,.]*)*(?:(?:i|we) )?(?:"
    r"(?:do not|don't|dont|can't|cannot|dunno|no longer|never)\s*(?:really |actually |even )?"
    r"(?:know|remember|recall|have|find|got|get|see|received?)\b|"
    r"(?:haven't|have not|didn't|did not|never) (?:got|get|receive)|"
    r"(?:have |i've )?(?:no idea|no clue|lost|forgot|forgotten|deleted)\b|(?:i'm )?not sure\b|"
    r"(?:i |we )?(?:have|got) no\b|(?:where|how) (?:do|can) i find)|"
    r"^\W*(?:我)?(?:也)?(?:不(?:太)?(?:知道|清楚|记得|确定)|忘了|忘记了|没有|没收到|找不到|记不|弄?丢了|删了|"
    r"哪里(?:能|可以)?(?:找|查))"
)
_LONGEST = 200  # characters; a longer message is never only a sign
_SHORT = 60


def stops(text: str) -> list[str]:
    """The clauses that say that what is being done is to be dropped."""
    if len(text) > _LONGEST:
        return []
    return [c for c in _CLAUSES.split(normalise(text)) if _CANCELS.fullmatch(c)]


def cancels(text: str) -> bool:
    """Whether a clause says that the task is to be dropped: “forget it, I'll keep them”."""
    return bool(stops(text))


def keeps(text: str) -> bool:
    """Whether all that the message says is that something stays as it is."""
    clauses = _CLAUSES.split(normalise(text[: _LONGEST + 1]))
    told = [c for c in clauses if not _COURTEOUS.fullmatch(c)]
    return len(text) <= _LONGEST and bool(told) and all(_KEEPS.fullmatch(c) for c in told)


def cancels_what(text: str) -> str:
    """What is to be cancelled or stopped, where that is all that the message says; or ''."""
    found = _CANCELS_WHAT.match(normalise(text)) if len(text) <= _SHORT else None
    return found.group("what") if found else ""


def instead(text: str) -> bool:
    """Whether what is asked for takes the place of what was being done."""
    return bool(_INSTEAD.search(normalise(text[:_LONGEST])))


def at_a_loss(text: str) -> bool:
    """Whether the visitor says that they have no answer to what was asked."""
    return len(text) <= _SHORT and bool(_AT_A_LOSS.match(normalise(text)))


def is_question(text: str) -> bool:
    return asks(text)


def is_request(text: str) -> bool:
    """Whether a question asks for something to be done: “can you do Friday?”."""
    return bool(_REQUESTS.search(normalise(text[:_LONGEST])))
