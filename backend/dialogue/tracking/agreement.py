"""Whether a message agrees or refuses, and what it says not to do: answers to “shall I go ahead?”.

Pure text functions, English and Chinese, on the words of the yes/no parser. What comes after a
word of refusal is what is refused: “don't book it” is no booking, however much “book it” is a yes.
"""

from __future__ import annotations

import re

from backend.words import HAN, raw_tokens, stem

from ..understanding import phrases
from .parsers.common import fold
from .parsers.yes_no import at, opening

_HAN = re.compile(f"[{HAN}]")
_LONGEST = 200  # characters; a longer message is never only a sign
# Yes to what was proposed, without a word for yes.
_GO_AHEAD = re.compile(
    r"(?:(?:(?:please|and|just|now|ok|okay|then|so) )*"
    r"(?:(?:book|send|submit|place|process|arrange|order|do) (?:it|that|this|them)|proceed|"
    r"carry on|let'?s (?:do (?:it|that|this)|go)|make it so|"
    r"(?:that|this|it) (?:works|would be (?:good|great|fine|lovely|perfect))|"
    r"(?:that|it|this)(?:'?s| is| sounds| looks)(?: all)? (?:good|great|fine|perfect|lovely|ok|"
    r"okay|alright|brilliant)|(?:looks|sounds) (?:good|right|great|fine|lovely)|"
    r"lovely|brilliant|excellent|cool|nice|sure)(?![a-z0-9'])"
    r"|(?:那?就|那|请|帮我|麻烦您?)*(?:办理?|提交|下单|预?订|预约|约|确认|寄|退货?|换货|处理|继续|登记|申请|"
    r"取消|改)吧|(?:确认|确定|同意|马上)(?:办理?|提交|下单|预?订|预约|发送|登记|申请)(?=\W|$)|就这么(?:定|办)|就这样(?:定)?|(?:太|很|都)?好了(?!吗|没)|(?:办理?|提交|确认)(?=\W|$))"
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
    r"you|do|can|could|let'?s|have|decided|would|just|yes|yeah|right|fine|great|nah|nope|我们?|还是|"
    r"那|算了?|就|请|麻烦|抱歉|不好意思|您|你|可以|能不能|能|啊|哦|嗯|好的?|不(?=\W))(?![a-z0-9']))*"
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
_ALSO = re.compile(
    r"(?:and|also|plus|another thing|next|by the way)\b|还有|另外|再|也|顺便|然后|对了"
)
_SENTENCES = re.compile(r"[.!?;\n。！？；…]+")
_APART = re.compile(r"了? ?[,:，：、]")  # “不要了，退订”: the no is for what came before
_ANYTHING = re.compile(
    r"(?:(?:do|go|book|send|submit|place|make|change|want|need|bother)(?: ahead)?"
    r"(?: (?:with )?(?:it|that|this|them|anything|the change))?|"
    r"go ahead(?: with (?:it|that|this))?|办理?|弄|做|订|预约|约|提交|寄|确认|继续|这样)?"
)


# Words that add nothing to a yes; Han ones by character.
_COURTEOUS = """
please pls thanks thank you so much very many a lot ta cheers i we it that this is are am the my
your for to and of all will would be do go ahead on confirm proceed yes yeah ok okay sure great
good perfect fine lovely correct right exactly agreed absolutely help helping kind nice sir madam
mate now then just really looks sounds what want
"""
_COURTESY = frozenset(_COURTEOUS.split()) | frozenset(
    "谢麻烦办理提交确认定没问题对是好行可以感辛苦尽快哈嗯哦的了吧啊呀呢我您你请帮就这那样给"
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


def goes_on(rest: str) -> bool:
    """Whether what comes after a yes is a matter of its own: “yes, and where is my other order?”"""
    return bool(_ALSO.match(fold(rest)))


def nothing_else(rest: str, known: str) -> bool:
    """Whether what is said besides a yes is courtesy, agreement, or in the ``known`` words, the
    task's own and its values. Everything else could take the yes back."""
    if hedged(rest):
        return False
    given = {stem(word) for word in _words(known)}
    return all(word in _COURTESY or stem(word) in given for word in _words(rest))


def _words(text: str) -> list[str]:
    """Words of scripts that have spaces, and single Han characters."""
    return [w for token in raw_tokens(text) for w in (token if _HAN.match(token) else (token,))]


def plain_no(text: str) -> bool:
    """Whether the message says no, and not that something is not to be done."""
    return fold(text).strip(" .,!。，！") in ("no", "not", "never", "不")


def not_to_be_done(text: str) -> str | None:
    """What the message says is not to be done, without polite words: “cancel my order” of “please
    don't cancel my order”; None where it says no such thing, '' where it names nothing certain
    (“don't do it”)."""
    if len(text) > _LONGEST:
        return None
    said = [_forbidden(sentence) for sentence in _SENTENCES.split(fold(text.strip()))]
    named = [what for what in said if what is not None]
    return next((what for what in named if what), named[0] if named else None)


def _forbidden(sentence: str) -> str | None:
    found = _NOT.match(sentence)
    if found is None or found.group().strip() == "no":
        return None
    rest = _AFTER.sub("", sentence[found.end() :]).strip()
    return "" if _ANYTHING.fullmatch(rest) or _APART.match(rest) else rest
