"""Whether a message agrees or refuses, and what it says not to do: answers to “shall I go ahead?”.

Pure text functions, English and Chinese, on the words of the yes/no parser. What comes after a
word of refusal is what is refused: “don't book it” is no booking, however much “book it” is a yes.
"""

from __future__ import annotations

import re

from ..understanding import phrases
from .parsers.common import fold
from .parsers.yes_no import at, opening

_LONGEST = 200  # characters; a longer message is never only a sign
# Yes to what was proposed, without a word for yes.
_GO_AHEAD = re.compile(
    r"(?:(?:(?:please|and|just|now|ok|okay|then|so) )*"
    r"(?:(?:book|send|submit|place|process|arrange|order|make|do) (?:it|that|this|them)|proceed|"
    r"carry on|let'?s (?:do (?:it|that|this)|go)|make it so|"
    r"(?:that|this|it) (?:works|would be (?:good|great|fine|lovely|perfect))|"
    r"(?:that|it|this)(?:'?s| is| sounds| looks)(?: all)? (?:good|great|fine|perfect|lovely|ok|"
    r"okay|alright|brilliant)|(?:looks|sounds) (?:good|right|great|fine|lovely)|"
    r"lovely|brilliant|excellent|cool|nice|sure)(?![a-z0-9'])"
    r"|(?:那?就|那|请|帮我|麻烦您?)*(?:办理?|提交|下单|预?订|预约|约|确认|寄|退货?|换货|处理|继续|登记|申请|"
    r"取消|改)吧|就这么(?:定|办)|就这样(?:定)?|(?:太|很|都)?好了(?!吗|没)|(?:办理?|提交|确认)(?=\W|$))"
)
_TAIL = re.compile(
    r"(?:[\s,.!，。！、~]|please\b|thanks?\b|thank you\b|it is\b|you\b|sir\b|mate\b|then\b|now\b|"
    r"yet\b|all\b|the details\b|is fine\b|吧|的|了|啊|呀|哦|呢|啦|谢谢|麻烦|您|你|请|那|\U0001f3fb|"
    r"\U0001f3fc|\U0001f3fd|\U0001f3fe|\U0001f3ff)*"
)
_STOPS = re.compile(r"[,.;:!\n，。；！、—-]")
# A yes after a no holds only where it says so in full: “no that's right”.
_IN_FULL = re.compile(r"(?:that|it|this|all|everything)\b")
# What is said after a yes that takes it back, at least in part.
_HEDGES = re.compile(
    r"\b(?:but|however|except|unless|if|wait|hold on|hang on|first|before|not|never|no|change|"
    r"instead|rather|different|another|wrong|cancel|stop)\b|n't\b|"
    r"但|不过|可是|除了|如果|要是|等|先|别|不(?!错)|改|换|只是|取消"
)
_OPENERS = (
    r"(?:\W|(?:no|well|oh|ok|okay|actually|sorry|please|pls|wait|hmm|then|so|now|i|i've|we|i'd|"
    r"you|do|can|could|let'?s|have|decided|would|just|我们?|还是|那|算|就|请|麻烦|抱歉|不好意思|您|你|"
    r"啊|哦|嗯)(?![a-z0-9']))*"
)
_NOT = re.compile(
    rf"^{_OPENERS}(?:(?:(?:do not|don'?t|dont|no longer)(?: (?:want|need|wish)(?: you)?)?|"
    r"never|not|no need|rather not|won'?t)"
    r"(?: to)?(?![a-z0-9'])|(?:先|暂时|我)?(?:不(?:用|要|需要|想要?|必|愿意)?|别|无需))"
)
_AFTER = re.compile(
    r"(?:\W|after all|any ?more|for now|now|yet|please|thanks?|thank you|then|for me|"
    r"了|吧|啊|呀|呢|啦|哦|谢谢|先|算)+$"
)
_ANYTHING = re.compile(
    r"(?:(?:do|go|book|send|submit|place|make|change|want|need|bother)(?: ahead)?"
    r"(?: (?:with )?(?:it|that|this|them|anything|the change))?|"
    r"go ahead(?: with (?:it|that|this))?|办理?|弄|做|订|预约|约|提交|寄|确认|继续|这样)?"
)


def yes_or_no(text: str) -> tuple[bool | None, str]:
    """Whether the message begins with a yes or a no, and what it says besides.

    “ok, no” is a no and “no, that's right” a yes: the last word holds.
    """
    plain = phrases.peel(text)[0]
    if len(plain) > _LONGEST:
        return None, plain
    folded = fold(plain)
    answer: bool | None = None
    place = 0
    while place < len(folded):
        found = _sign(folded, place)
        if found is None or (answer is False and found[0] and not _turns(folded, place, found[1])):
            break
        answer, place = found
        place = _after(folded, place)
    if answer is None and not_to_be_done(plain) == "":
        return False, ""
    return answer, plain[place:].strip(" ,.!;:，。！；、\n")


def _sign(folded: str, place: int) -> tuple[bool, int] | None:
    """The yes or no that begins here, after words that open a sentence, and where it ends."""
    for start in dict.fromkeys((opening(folded, place), place)):
        found = at(folded, start)
        ahead = _GO_AHEAD.match(folded, start)
        if ahead and (found is None or ahead.end() > found.end):
            return True, ahead.end()
        if found:
            return bool(found.value), found.end
    return None


def _after(folded: str, place: int) -> int:
    tail = _TAIL.match(folded, place)
    return tail.end() if tail else place


def _turns(folded: str, place: int, end: int) -> bool:
    """Whether a yes after a no stands for itself, and is not what the no refuses."""
    before = folded[:place].rstrip()
    return bool(_STOPS.search(before[-1:]) or _IN_FULL.match(folded, place))


def closing(text: str) -> bool | None:
    """The yes or no that is the whole of the message's last clause: “tomorrow then, yes”."""
    clauses = [clause for clause in _STOPS.split(text) if clause.strip()]
    if len(clauses) < 2 or text.rstrip().endswith(("?", "？")):
        return None
    answer, rest = yes_or_no(clauses[-1])
    return answer if not rest else None


def hedged(rest: str) -> bool:
    """Whether what is said besides a yes takes it back: “yes, but not to my house”."""
    return bool(_HEDGES.search(fold(rest)))


def plain_no(text: str) -> bool:
    """Whether the message says no, and not that something is not to be done."""
    return fold(text).strip(" .,!。，！") in ("no", "not", "never", "不")


def not_to_be_done(text: str) -> str | None:
    """What the message says is not to be done, without polite words: “cancel my order” of “please
    don't cancel my order”; None where it says no such thing, '' where it names nothing certain
    (“don't do it”)."""
    folded = fold(text.strip())
    found = _NOT.match(folded) if len(folded) <= _LONGEST else None
    if found is None or found.group().strip() == "no":
        return None
    rest = _AFTER.sub("", folded[found.end() :]).strip()
    return "" if _ANYTHING.fullmatch(rest) else rest
