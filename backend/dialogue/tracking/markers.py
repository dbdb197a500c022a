"""Words by which people correct themselves, do not care, or mean “the same”.

English and Chinese; data and pure text functions only. Adding a language means adding its words.
Texts are folded (``parsers.common.fold``). Patterns look at a bounded stretch, so that reading
stays linear.
"""

from __future__ import annotations

import re

from .reading import Span
from .refusals import RULES_OUT, SMALL

_I = re.IGNORECASE
_END = r"(?![A-Za-z0-9])"
_LOOK = 60  # characters looked at before and after a value

# Between two values: the first one gives way to the second.
_REPAIR = re.compile(
    r"^[\s,，.。…—–\-;；!！(（]*(?:(?:oh|er|erm|uh|um|hmm|ah|啊|哦|呃|嗯)[\s,，.。…]*)*"
    r"(?:(?:no|nope|sorry|actually|wait|hang on|hold on|i mean|i meant|or rather|rather|"
    r"make (?:that|it)|scratch that|oops|whoops|correction|my mistake|my bad|apologies|"
    r"excuse me|i should say|but (?:now )?(?:i |we )?(?:need|want)|typo|that should be|should be|"
    r"is wrong|let'?s (?:say|make it))\b|"
    r"不对|不是|错了|说错了|写错了|打错了|弄错了|搞错了|不好意思|抱歉|应该是|我是说|我的意思是|"
    r"更正|改成|改为|换成|还是|哦不|不[,，])"
    r"[^\n]{0,30}$",
    _I,
)
# Between two values: “change the 12th to the 14th”.
_REPLACED = re.compile(
    rf"^[\s\"“'”]*(?:(?:to|with|for|by|into|→|->|=>){_END}|改[成为到]|换[成到]|变成|调[成到整为]+)"
    rf"[\s\"“'”]*(?:{SMALL}\s*){{0,4}}[\"“'”]*$",
    _I,
)
_CHANGES = re.compile(
    r"\b(?:chang|mov|switch|swap|replac|reschedul|shift|updat|correct|amend|push|bring|put|edit)"
    r"(?:e|es|ed|ing)?\b|[改换][成为到]|[改换调挪]",
    _I,
)
# “Sunday, 2 adults”: the number is no day of the month.
_THEN_COUNTED = re.compile(
    r"(?<=day),(?= ?[0-9]{1,2} (?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|of |"
    r"at )[a-z]{3})"
)
_MOVES = re.compile(rf"{_CHANGES.pattern}|(?:推迟|提前)[到至]|把", _I)
# At the beginning of a message or of a sentence: what follows corrects.
_CORRECTS = re.compile(
    r"^[\s,，.。…—–\-!！]*(?:(?:oh|er|erm|uh|um|hmm|ah|and|but|so|well|ok|okay|啊|哦|呃|嗯|"
    r"那)[\s,，.。…]*)*"
    r"(?:\*(?=\w)|(?:no|nope|nah|sorry|actually|wait|hang on|hold on|apologies|oops|whoops|"
    r"correction|"
    r"i (?:mean|meant|said)|(?:can|could) (?:you|we) (?:change|make|correct)|please (?:change|"
    r"correct)|"
    r"(?:let'?s |i'?d like to |i want to |i need to |can i |could i |to )?"
    r"(?:change|correct|make|move|switch|update|amend)\b[^,.;!?\n]{0,40}?\b(?:to|it|that|as)|"
    r"(?:it|that|this)(?:'s| is)? (?:should|ought to|supposed to|actually|meant)(?: be| to be)?|"
    r"(?:it|that)(?:'s| is| was) (?:not|wrong)|it'?s not|not|on second thoughts?|rather|"
    r"my mistake|"
    r"scratch that|i (?:typed|wrote|gave|said|made) (?:it|that|the|you|"
    r"a)\b[^,.;\n]{0,30}(?:wrong|mistake|typo)|"
    r"(?:that|it) was (?:wrong|a (?:typo|mistake)))\b[\s,，:：.!—–\-]*|"
    r"(?:不对|不是|不，|不,|错了|说错了|写错了|打错了|弄错了|搞错了|不好意思|抱歉|应该是|我是说|"
    r"我说的是|我的意思是|更正|其实|"
    r"还是|改成|改为|改到|换成|换到|请改|帮我改|(?:我)?(?:想|要)(?:改|换)|算了|等等|"
    r"等一下)[\s,，:：是]*)+",
    _I,
)
_CORRECTS_INSIDE = re.compile(
    r"\b(?:instead|i meant|make it|make that|chang(?:e|ed|ing) (?:it|that|my|the)|should (?:be|"
    r"have been)|"
    r"supposed to be|not|misspel[a-z]+|mistyped)\b|改[成为到]|换[成到]|应该是|而是|不是|写错|"
    r"说错|搞错|弄错|打错",
    _I,
)

_INSTEAD = re.compile(
    r"[^.,;!?]{0,25}?\b(?:instead(?! of)|would be better|suits? (?:me|us) better|is better)\b|更好|"
    r"更方便",
)
_FILLER = (
    r"(?:great|perfect|lovely|nice|wonderful|brilliant|cool|awesome|excellent|sounds|that'?s|"
    r"it'?s|"
    r"oh|well|um|hmm|really|honestly|i|i'?m|me|you|we|us|it|that|is|are|to|for|at|all|just|"
    r"please|"
    r"thanks|thank you|sorry|ok|okay|fine|good|with|by|will|would|do|be|works?|then|so|the|my|as|"
    r"any|one|whatever|when|where|who|how|which|really|don'?t|not|no|and|what|which|there|of|"
    r"them|have|either|s|"
    r"guess|think|suppose|choose|pick|decide|happy|easy|flexible)"
)
_ANY_NOUN = re.compile(
    r"\b(?:any|any of the|whichever|whatever)(?: kind of| sort of| type of)? "
    r"(?P<noun>[a-z][a-z'\- ]{0,40}?)"
    r"(?=\s*(?:$|[,.;!?]| (?:is|are|will|would|works?|that|you|at|please|on|in|for|and|but)\b))",
    _I,
)
_CAREFREE = re.compile(
    r"(?:do(?:es)?n'?t|do(?:es)? not|wouldn'?t|won'?t|didn'?t) (?:really |much |at all )?(?:mind|"
    r"matter|care|bother)|"
    r"no (?:real |particular |strong )?preferences?|not (?:fussed|bothered|fussy|picky|"
    r"important)|"
    r"(?:it'?s |it is |entirely |totally )*up to you|"
    r"whatever|whichever|whenever|wherever|whoever|"
    r"any(?:thing|one|time|where|body| time| one| day| of (?:them|those|these))?(?= (?:is|will|"
    r"would|works?|s\b)|'s|[ ,.!?]*$)|"
    r"(?:either|all|both)(?: one| of (?:them|those|these)| way)? (?:(?:is|are|would be|will be|"
    r"'s) )?"
    r"(?:fine|ok|okay|good|works?|great|all right|alright|will do)|"
    r"(?<=\b)either(?: one| way)?(?=[ ,.!?]*$)|"
    r"you (?:can )?(?:choose|pick|decide)|surprise me|"
    r"随便|随意|无所谓|都可以|都行|都好|都没问题|都没关系|皆可|不限|没(?:有)?(?:要求|所谓|偏好)|"
    r"不挑|不在乎|不介意|"
    r"看(?:你|您|着办)|(?:你|您)(?:来|们)?(?:定|决定|选|看着办)|任意|怎么都",
    _I,
)
_FREE_REST = re.compile(
    rf"^(?:(?:{_FILLER})(?![a-z])|[\s\W_]|"
    rf"[我你您的了吧啊呢哦嘛就是可以那对来说哪个什么几都行好怎样么号点天时候任何这些]|谢谢)*$",
    _I,
)
# Question words that name a kind of slot by themselves.
KINDS = (
    (
        re.compile(r"\bwhen(?:ever)?\b|\bany ?time\b|什么时[候间]|几点|任何时[候间]", _I),
        ("time", "date"),
    ),
    (re.compile(r"\bwhenever\b|\bany (?:day|date)\b|哪天|几号|哪一天|什么时候", _I), ("date",)),
    (re.compile(r"\b(?:where|wherever|anywhere)\b|哪里|哪儿|什么地方", _I), ("location",)),
    (re.compile(r"\b(?:whoever|anyone|anybody)\b|谁", _I), ("person",)),
)

_SAME = re.compile(
    r"\b(?:the )?same\b|\bas (?:before|above|last time|usual)\b|\b(?:my|the) usual\b|"
    r"\b(?:you|u) (?:already )?(?:have|got|know) (?:it|my|that|the)\b|"
    r"\bi(?:'ve| have)? (?:already |just )(?:gave|given|told|said|sent|provided)\b|"
    r"\b(?:the one|what) i(?:'ve)? (?:already )?(?:gave|given|told|used|sent|said)\b|"
    r"同上|[跟和与](?:之前|以前|上次|刚才|上面|前面)?[^，。,.\n]{0,12}(?:一样|相同|一致)|"
    r"还是(?:之前|以前|上次|原来|刚才|老|那个|同一个)|(?:之前|上次|刚才|前面|上面)(?:的|那个|说的|"
    r"给的|写的|用的|留的)|"
    r"(?:已经|刚才|刚刚)(?:给|说|发|告诉)过?|老(?:地址|号码|邮箱|样子)|不变",
    _I,
)
_THAT_ONE = re.compile(
    r"^\W*(?:(?:yes|yeah|yep|ok|okay|sure|right|please|just|use|take|i'?ll take|"
    r"let'?s (?:go with|take|use)|go with|it'?s|好的?|是的?|对|嗯|就|用|要|选)[\s,，]*)*"
    r"(?:that(?: one| works?| is fine|'?s (?:fine|it|right|correct|good))?|this(?: one)?|the one|"
    r"that'?s the one|it|same|这个|那个|它|这)"
    r"(?:[\s,.!，。！]*(?:please|thanks|thank you|吧|谢谢|就行|就好|可以))*\W*$",
    _I,
)

_REQUESTS = re.compile(
    r"^\W*(?:(?:no|ok|okay|and|also|but|actually|wait|sorry|hi|hello)[\s,]+)*(?:can|could|would|"
    r"will) (?:you|i|we)\b|"
    r"^\W*(?:(?:no|ok|okay|and|also|but|actually|wait|sorry|hi|hello)[\s,]+)*i(?:'d| would)? "
    r"(?:like|want|need|wish|have) to\b|"
    r"^\W*(?:我|我还|我也|顺便)?(?:想要?|要|需要|能|可以)(?:[^，。]{0,8})(?:吗|请|帮)|"
    r"^\W*(?:请|麻烦)?(?:你|您)?帮我|^\W*我(?:还|也)?想",
    _I,
)


def without_refusals(text: str, folded: str) -> str:
    """The text, as long as before, with the words that rule a value out made blank.

    Parsers leave out what is ruled out; to know which value is taken back, it has to be found.
    Commas between a day and a count are made semicolons.
    """
    text = _blank(text, folded, RULES_OUT)
    text = " " + text[1:] if folded[:1] == "*" else text  # “*amira@example.com” mends a slip
    for match in _THEN_COUNTED.finditer(folded):
        text = f"{text[: match.start()]};{text[match.end() :]}"
    return text


def without_changes(text: str, folded: str) -> str:
    """The same for the words that put one day in the place of another."""
    return _blank(text, folded, _MOVES)


def _blank(text: str, folded: str, pattern: re.Pattern[str]) -> str:
    pieces, at = [], 0
    for match in pattern.finditer(folded):
        pieces += [text[at : match.start()], " " * len(match.group())]
        at = match.end()
    return "".join([*pieces, text[at:]])


def gives_way(text: str, one: Span, other: Span) -> bool:
    """Whether the value at ``one`` is taken back for the one at ``other``, which follows."""
    between = text[one[1] : other[0]]
    return len(between) <= _LOOK and bool(_REPAIR.match(between))


def replaced(text: str, one: Span, other: Span) -> bool:
    """Whether the words say to put the second value in the place of the first."""
    between = text[one[1] : other[0]]
    if len(between) > _LOOK or not _REPLACED.match(between):
        return False
    around = text[max(one[0] - _LOOK, 0) : one[0]] + " " + between
    return bool(_CHANGES.search(around))


def moves(text: str) -> bool:
    """Whether words say that one thing takes the place of another: “change …”, “把…改成”."""
    return bool(_MOVES.search(text))


def corrects(text: str, start: int, end: int) -> bool:
    """Whether the stretch says that something was wrong before."""
    piece = text[start:end][:400]
    return bool(_CORRECTS.match(piece) or _CORRECTS_INSIDE.search(piece))


def corrects_after(text: str, end: int) -> bool:
    """Whether the words behind a value say that it takes another's place: “Tuesday instead”."""
    return bool(_INSTEAD.match(text[end : end + _LOOK]))


def correction(text: str) -> int:
    """How many characters at the beginning only say that something is corrected."""
    found = _CORRECTS.match(text[:_LOOK])
    return found.end() if found else 0


def carefree(text: str) -> Span | None:
    """Where the text says that any value will do; None where it does not."""
    found = _CAREFREE.search(text)
    return found.span() if found else None


def any_noun(text: str) -> re.Match[str] | None:
    """“any size”, with the group ``noun``."""
    return _ANY_NOUN.search(text)


def is_filler(text: str) -> bool:
    """Whether the text, short, has no word that tells anything."""
    return len(text) <= 120 and bool(_FREE_REST.match(text))


def same(text: str) -> Span | None:
    """Where the text points to a value that was given before."""
    found = _SAME.search(text)
    return found.span() if found else None


def that_one(text: str) -> bool:
    """Whether the text accepts what was shown: “yes, that one”."""
    return len(text) <= 80 and bool(_THAT_ONE.match(text))


def requests(text: str) -> bool:
    """Whether the text begins like a wish rather than like an answer."""
    return bool(_REQUESTS.match(text[:200]))
