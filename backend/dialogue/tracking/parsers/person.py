"""Names of persons: after “my name is …” in running text, beside contacts, or as an answer.

A name is kept as it was written.
"""

from __future__ import annotations

import re

from backend.words import HAN, STOP_WORDS

from ...schema import Slot
from ..values import Bad, Context, Found
from . import names
from .common import answer, apart, asks, fold, plain
from .names import HAN_NAME, NEVER, SURNAMES

MOST = 60  # characters of a name
_LETTERS = r"[^\W\d_]"
_WORD = rf"{_LETTERS}{{1,30}}(?:['’.-]{_LETTERS}{{1,30}}){{0,3}}\.?"
_LATIN = r"[A-Za-z\u00c0-\u024f]{1,30}"
_HAN_SURE = (
    rf"{HAN_NAME}|[小老阿][{HAN}]|[{HAN}]{{2,4}}(?![{HAN}])|"
    rf"[{HAN}]{{1,6}}(?:·[{HAN}]{{1,6}}){{1,3}}"
)
_CALLED_ZH = re.compile(
    r"(?:(?<![帮给替请])我叫|(?:我|免贵)姓|叫我|(?:名字|姓名|联系人|收件人|客人)(?:是|为|叫|:))[: "
    r"]*"
    rf"(?P<sure>{_HAN_SURE}|{_LATIN}(?: {_LATIN}){{0,3}})"
    rf"|(?:我|这)就?是(?P<maybe>{HAN_NAME})(?![{HAN}])"
)
# “My name is misspelt, it's Annika Roe”: the name that is right stands behind.
_MENDED = re.compile(
    r"(?:(?<![a-z])name(?:'s| is| was| has been)?[^,.;:!?]{0,15}(?:misspel[a-z]+|wrong[a-z]*|"
    r"incorrect|not right|a typo)[^,.;:!?]{0,12}|"
    r"(?<![a-z])(?:misspel[a-z]+|wrong|typo in)(?: my| the)? name|"
    r"(?:姓名|名字)(?:[写打拼弄搞填]?错了?|有误|不对))[,.;:!\s-]+"
    r"(?:(?:it|that)(?:'s| is| should be)(?: actually)? |it ought to be |should be |i'?m |"
    r"(?:my |the )?(?:right |correct |real )?name(?:'s| is) |actually )?(?:应该|其实)?我?(?:是|"
    r"叫|为)?"
)
_CUE = re.compile(
    r"(?<![a-z])(?:(?P<sure>"
    r"(?:(?:my|the|full|last|first|his|her)(?: full| first| last)? ?)?name(?:'s| is|:)|"
    r"i'?m called|calls? me|(?:under|in|by) the name(?: of)?|(?:put|book|booked|reserved?)(?: "
    r"(?:it|this|that|me|us))?(?: down)? "
    r"under(?! the name))|"
    r"i'?m|i am|this is|it'?s|it is|under(?! the name)) "
)
_LEAD_ZH = re.compile("(?:那?就)?(?:写|填|登记|记|用)(?:成|为|在)?(?=.{2})|姓(?!名)(?=.)")
_HERE = re.compile(r",? (?:here|speaking)$")
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,4}}")
_ENDING_WORDS = """
and but from with my i the order email e-mail phone thanks thank please pls for to at in on so
or not if you your speaking here by as who that it is was ok okay
"""
_ENDING = frozenset(_ENDING_WORDS.split())
# Names and words alike, so that they are names in small letters, too.
_ALSO_NAMES = frozenset({"will", "may", "mark", "grace", "rose", "hope", "dear", "or", "an", "don"})
_NEVER_HAN = re.compile(
    "[我你您他她它吗呢吧么不没什为怎谁哪请想要退换订单的了在是有，。？！]|知道|可以|等一?[下会等]|"
    "稍等|等等|第[一二三]|"
    "[写说打拼弄搞填]错|有误|本人|自己|随便|刚才|客服|保修"
)


class PersonParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        folded, said = fold(text), plain(text)
        found: list[Found | Bad] = []
        for cue in _CUE.finditer(folded):
            name = _named(said, cue.end(), bool(cue["sure"]))
            if name:
                found.append(
                    Found(name, cue.end(), cue.end() + len(name), 0.9 if cue["sure"] else 0.5)
                )
        for mended in _MENDED.finditer(folded):
            zh = re.compile(rf"(?:{HAN_NAME}|[{HAN}]{{2,4}})(?![{HAN}])").match(said, mended.end())
            name = zh.group() if zh else _named(said, mended.end(), True)
            if name:
                found.append(Found(name, mended.end(), mended.end() + len(name), 0.95))
        for match in _CALLED_ZH.finditer(said):
            group = "sure" if match["sure"] else "maybe"
            sure = 0.9 if match["sure"] else 0.6
            found.append(Found(match[group], *match.span(group), sure))
        return apart([*found, *names.placed(said)], folded)

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        folded, said = fold(text), plain(text)
        told = [one for one in self.find(text, slot, context) if isinstance(one, Found)]
        if told and told[0].confidence > 0.8:
            return told[0]
        start, end = answer(folded)
        if here := _HERE.search(folded, start, end):
            end = here.start()
        if lead := _LEAD_ZH.match(said, start, end):
            start = lead.end()
        if told and told[0].end == end:
            return told[0]
        if end - start > MOST or asks(folded) or "?" in folded[: MOST * 4]:
            return Bad("not_a_name", 0, len(text))
        for first, last in ((start, end), (0, len(said))):  # “那” leads in, and is a surname too
            if _is_name(said[first:last]):
                return Found(" ".join(said[first:last].split()), first, last)
        return told[0] if told else Bad("not_a_name", 0, len(text))


def _named(said: str, start: int, sure: bool) -> str:
    """The name that begins here: after a sure cue up to what ends one, else while capitalised."""
    match = _NAME.match(said, start, start + MOST)
    name: list[str] = []
    for word in match.group().split(" ") if match else ():
        low = word.lower()
        capital = word[0].isupper() and (len(word) == 1 or not word.isupper())
        if low in _ENDING or (low in NEVER and not name) or not (sure or capital):
            break
        name.append(word)
        if word.endswith(".") and len(word) > 3:
            break
    return " ".join(name[:4]).rstrip(".")


def _is_name(said: str) -> bool:
    words = said.split()
    if not words or len(words) > 6 or any(char.isdigit() for char in said):
        return False
    if re.search(f"[{HAN}]", said):
        return (
            len(said) <= 16
            and re.fullmatch(rf"(?:[{HAN}]{{2,8}}|{_LATIN}|[ ·.])+|[{SURNAMES}]", said) is not None
            and not _NEVER_HAN.search(said)
        )
    known = [word.lower().strip(".,") for word in words]
    if any(word in NEVER for word in known) or all(word in names.TIMES for word in known):
        return False
    if said.islower() and any(word in STOP_WORDS - _ALSO_NAMES for word in known):
        return False
    return all(re.fullmatch(rf"{_WORD},?", word) for word in words)
