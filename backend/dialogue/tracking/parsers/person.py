"""Names of persons: after “my name is …” in running text, or as the whole of an answer.

Knows common Chinese surnames, since a Chinese name has no capitals and no spaces to be told by.
A name is kept as it was written.
"""

from __future__ import annotations

import re

from backend.words import HAN

from ...schema import Slot
from ..values import Bad, Context, Found
from .common import answer, apart, asks, fold, plain

MOST = 60  # characters of a name
_LETTERS = r"[^\W\d_]"
_WORD = rf"{_LETTERS}{{1,30}}(?:['’.-]{_LETTERS}{{1,30}}){{0,3}}\.?"
_LATIN = r"[A-Za-z\u00c0-\u024f]{1,30}"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇魏呂盧鍾譚陸範賈韋鄒龍陶顧龔萬錢嚴溫閻"
)
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|歐陽|司馬|諸葛"
# What follows a name, not what it ends in.
_AFTER = "想要来在的是和与吗呢啊，我你您他们请问电话手机地址订单退换买下先女小不没有可以"
_HAN_NAME = (
    rf"(?:(?:{_COMPOUND})[{HAN}]|[{_SURNAMES}])(?:[{HAN}](?:(?![{_AFTER}])[{HAN}])?)?"
    r"(?:先生|女士|小姐|太太|同学|老师)?"
)
_HAN_SURE = (
    rf"{_HAN_NAME}|[小老阿][{HAN}]|[{HAN}]{{2,4}}(?![{HAN}])|"
    rf"[{HAN}]{{1,6}}(?:·[{HAN}]{{1,6}}){{1,3}}"
)
_CALLED_ZH = re.compile(
    r"(?:(?<![帮给替请])我叫|我姓|叫我|(?:名字|姓名|联系人|收件人)(?:是|为|叫|:))[: ]*"
    rf"(?P<sure>{_HAN_SURE}|{_LATIN}(?: {_LATIN}){{0,3}})"
    rf"|(?:我|这)就?是(?P<maybe>{_HAN_NAME})(?![{HAN}])"
)
_CUE = re.compile(
    r"(?<![a-z])(?:(?P<sure>"
    r"(?:(?:my|the|full|last|first|his|her)(?: full| first| last)? ?)?name(?:'s| is|:)|"
    r"i'?m called|calls? me|(?:under|in|by) the name(?: of)?)|"
    r"i'?m|i am|this is|it'?s|it is|under(?! the name)) "
)
_HERE = re.compile(r",? (?:here|speaking)$")
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{0,4}}")
_ENDING_WORDS = """
and but from with my i the order email e-mail phone thanks thank please pls for to at in on so
or not if you your speaking here by as who that it is was ok okay
"""
_ENDING = frozenset(_ENDING_WORDS.split())
_NEVER_WORDS = """
i you he she they we it this that these those what why how when where who which is are am was
were do does did don't doesn't can can't could would should won't have haven't has had want need
like know think mine the my your our their yes no not ok okay thanks thank please help sorry hello
hi hey nothing none sure maybe of for and but because if to from with order return refund cancel
"""
_NEVER = frozenset(_NEVER_WORDS.split())
_NEVER_HAN = re.compile(
    "[我你您他她它吗呢吧么不没什为怎谁哪请想要退换订单的了在是有，。？！]|知道|可以"
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
        for match in _CALLED_ZH.finditer(said):
            group = "sure" if match["sure"] else "maybe"
            sure = 0.9 if match["sure"] else 0.6
            found.append(Found(match[group], *match.span(group), sure))
        return apart(found, folded)

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        folded, said = fold(text), plain(text)
        told = [one for one in self.find(text, slot, context) if isinstance(one, Found)]
        if told and told[0].confidence > 0.8:
            return told[0]
        start, end = answer(folded)
        if here := _HERE.search(folded, start, end):
            end = here.start()
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
        if low in _ENDING or (low in _NEVER and not name) or not (sure or capital):
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
            and re.fullmatch(rf"(?:[{HAN}]{{2,8}}|{_LATIN}|[ ·.])+", said) is not None
            and not _NEVER_HAN.search(said)
        )
    known = [word.lower().strip(".,") for word in words]
    if any(word in _NEVER for word in known):
        return False
    return all(re.fullmatch(rf"{_WORD},?", word) for word in words)
