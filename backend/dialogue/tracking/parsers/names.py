"""Names where names stand: beside an email address or a telephone number, behind “for”.

“Ann Lee, ann@example.com”, “a table for Ann Lee”, “李雷，13812345678”. Knows common Chinese
surnames, since a Chinese name has no capitals and no spaces to be told by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from backend.words import HAN, STOP_WORDS

from ..values import Found
from .postal import STREET

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇魏呂盧鍾譚陸範賈韋鄒龍陶顧龔萬錢嚴溫閻"
)
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|歐陽|司馬|諸葛"
# What follows a name, not what it ends in.
_AFTER = "想要来在的是和与吗呢啊，我你您他们请问电话手机地址订单退换买下先女小不没有可以"
HAN_NAME = (
    rf"(?:(?:{_COMPOUND})[{HAN}]|[{SURNAMES}])(?:[{HAN}](?:(?![{_AFTER}])[{HAN}])?)?"
    r"(?:先生|女士|小姐|太太|同学|老师)?"
)
_NEVER_WORDS = """
i you he she they we it this that these those what why how when where who which is are am was
were do does did don't doesn't can can't could would should won't have haven't has had want need
like know think mine the my your our their yes no not ok okay thanks thank please help sorry hello
hi hey nothing none sure maybe of for and but because if to from with order return refund cancel
wait hang hold moment moments minute minutes second seconds sec secs later claim idk me myself name
question same last first next hmm hm um uh er huh skip pass nobody anyone someone friend one email
care cares misspelt misspelled misspelling wrong incorrect typo spelt spelled
phone address contact booking appointment
"""
NEVER = frozenset(_NEVER_WORDS.split())
_SURE = 0.9
_UPPER = r"[A-Z\u00c0-\u00de][^\W\d_]{0,25}(?:['’-][^\W\d_]{1,25})?\.?"
_PARTICLES = r"(?:van|von|de|der|den|da|di|del|della|la|le|bin|al|el|ter)"
_NAME = rf"{_UPPER}(?: (?:{_PARTICLES} ){{0,2}}{_UPPER}){{1,3}}"
_MAIL = r"[^\s@,;:<>()]{1,64}@[^\s@]{1,80}\.[^\s@]"
_CONTACT = (
    r"(?:(?:and |or )?(?:on |at )?(?:(?:my |the |her |his )?(?:[Ee]-?mail|[Mm]ail|[Pp]hone|[Tt]el|"
    r"[Tt]elephone|[Mm]obile|"
    r"[Nn]umber|[Cc]ontact)(?: (?:address|number))?(?: is)?:? ?)?[<(]?"
    rf"(?:(?P<mail>{_MAIL})|\+?[0-9(][0-9 ().-]{{7,18}}[0-9]))"
)
_BEFORE = re.compile(
    rf"(?<![\w@.'-])(?P<name>{_NAME}|{_UPPER})(?: here| speaking)?(?: ?[,;/|–-])? {{0,2}}{_CONTACT}"
)
_BEHIND = re.compile(rf"(?P<mail>{_MAIL}[^\s,;]*)[,;]? {{1,2}}(?P<name>{_NAME})(?=[\s.!]*$|[,;])")
_RELATIVES = (
    "wife|husband|son|daughter|mother|mum|mom|father|dad|friend|colleague|boss|partner|child|"
    "sister|"
    "brother|girlfriend|boyfriend|aunt|uncle|nan|gran"
)
_FOR = re.compile(
    r"(?:^\W*(?:(?:it'?s|this is) )?for|(?<![a-z])(?:book|reserv|appointment|table|room|seat|"
    r"place|slot|fitting|visit|ticket|spot|it|"
    rf"this|one|name)[a-z]{{0,9}} for|(?:my|our) (?:{_RELATIVES}),?(?: called| named)?),? "
    rf"(?P<name>(?-i:{_NAME}))(?=\W*$|[,.;!?(]| (?:on|at|in|this|next|please|and|with|from|to|"
    r"tomorrow|today|who|phone|tel|mobile|e-?mail|her|his)(?![a-z])| \S+@)",
    re.I,
)
_HAN_BESIDE = re.compile(
    rf"(?:^|[,，。;；、\s:：]|客人|联系人|收件人)(?P<name>{HAN_NAME})[,，、;；\s]*"
    r"(?:(?:我的?|他的?|她的?)?(?:邮箱|电话|手机号?码?|联系方式)(?:是|为|[:：])?\s*)?"
    r"(?=[A-Za-z0-9._+-]{1,64}@|\+?[0-9]{8,})"
)
_HAN_FOR = re.compile(
    r"(?:妈妈|爸爸|老婆|老公|太太|妻子|丈夫|儿子|女儿|朋友|同事|哥哥|弟弟|姐姐|妹妹|[帮给替为])"
    rf"(?P<name>{HAN_NAME})(?=[订约预挂报登买])"
)
_NO_NAME_HAN = re.compile(
    "周[一二三四五六日天末]|马上|方便|金额|高兴|江苏|温州|安排|汤|万一|石家庄|郑州|苏州|江西|徐州|"
    "常州|"
    "方式|马路|于是|孔|龙|金色|白色|黄色|夏天|夏季"
)
_NO_PERSON_WORDS = """
black new easter christmas boxing good bank holiday monday tuesday wednesday thursday friday
saturday sunday january february march april june july august september october november december
north south east west regards kind best wishes team sales support service customer office hotel
store shop street road company ltd
"""
_NO_PERSON = frozenset(_NO_PERSON_WORDS.split())
_TIME_WORDS = """
monday tuesday wednesday thursday friday saturday sunday today tomorrow tonight morning afternoon
evening night noon week weekend this next on
"""
TIMES = frozenset(_TIME_WORDS.split())
_STREET = re.compile(rf"(?:.* )?{STREET}")


def placed(said: str) -> Iterator[Found]:
    """The names of a text that keeps its capitals."""
    for match in _BEFORE.finditer(said):
        yield from _kept(said, match, alone=match["mail"] or "")
    for match in _BEHIND.finditer(said):
        if _shared(match["name"], match["mail"]):
            yield from _kept(said, match)
    for match in _FOR.finditer(said):
        yield from _kept(said, match)
    for match in (*_HAN_BESIDE.finditer(said), *_HAN_FOR.finditer(said)):
        if len(match["name"]) > 1 and not _NO_NAME_HAN.match(match["name"]):
            yield Found(match["name"], *match.span("name"), _SURE)


def _kept(said: str, match: re.Match[str], alone: str = "") -> Iterator[Found]:
    """The name without words that lead to it; a single word only where the address has it."""
    start, end = match.span("name")
    words = list(re.finditer(r"\S+", said[start:end]))
    while words and words[0].group().lower().strip(".,'") in STOP_WORDS | NEVER:
        words.pop(0)
    if not words or re.search(r"[0-9][a-z]? ?$", said[max(start - 3, 0) : start]):
        return
    start += words[0].start()
    name = said[start:end]
    lower = [word.group().lower().strip(".,") for word in words]
    if any(word in NEVER | _NO_PERSON for word in lower) or _STREET.fullmatch(name.lower()):
        return
    if name[0].isupper() and (len(words) > 1 or _shared(name, alone)):
        yield Found(name.rstrip("."), start, start + len(name.rstrip(".")), _SURE)


def _shared(name: str, mail: str) -> bool:
    """Whether an address has a part of the name: “ann” in ann.lee@example.com."""
    local = mail.partition("@")[0].lower()
    return any(len(word) > 2 and word in local for word in name.lower().split())
