"""Chinese addresses and towns: “上海市浦东新区世纪大道100号5楼”, “在杭州”.

An address is told by the levels in it (省, 市, 区, 路, 号 and so on), the largest first. No space
sets it off from the words before it, so that those that lead to an address are cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from backend.words import HAN

Span = tuple[int, int, float]  # start, end, confidence

# Levels, but not where they are parts of other words: 城市, 市场, 区别, 路过.
_LARGE = (
    r"省|自治区|特别行政区|(?<![城超门夜股菜])市(?![场民口政])|区(?![域别分间])|县|镇|乡|街道|大道|"
    r"大街|路(?![过线由程口边])|街|胡同|巷"
)
_SMALL = "号楼|号院|号|弄|栋|幢|座|塔|单元|室|户|楼|层"
_LEVEL = re.compile(
    rf"{_LARGE}|{_SMALL}|新区|州|旗|村|小区|花园|公寓|大厦|广场|大楼|中心|学校|大学"
)
_NUMBER = "[A-Za-z0-9一二三四五六七八九十-]{1,6}"
_ADDRESS = re.compile(
    rf"(?:[{HAN}]{{2,9}}?(?:{_LARGE}))"
    rf"(?:[{HAN}]{{1,8}}?(?:{_LEVEL.pattern})|{_NUMBER}(?:{_SMALL})|[ ,]){{0,14}}"
    r"(?:[0-9]{1,5}(?:室|号)?)?(?:[ ,]{0,2}邮政?编码?(?:是|为|:)? ?[0-9]{6}(?![0-9]))?"
)
_CUE = re.compile(
    r".*(?:[寄送发改换][到去往成为]|地址是?|住在|地点是|位于|在|到|去|从|是|为|往|给|:|,| )"
)
_CITIES = (
    "北京|上海|天津|重庆|广州|深圳|杭州|南京|成都|武汉|西安|苏州|香港|澳门|台北|青岛|大连|厦门|"
    "长沙|宁波|郑州|沈阳|济南|合肥|福州|昆明|哈尔滨|无锡|佛山|东莞"
)
_CITY = re.compile(
    rf"(?<=[在到去往从])(?:{_CITIES})(?=[^{HAN}]|$|[的了这那吧啊呢有买取要想到至去和与出])"
)


def chinese_places(folded: str) -> Iterator[Span]:
    """The places of a folded text."""
    for match in _ADDRESS.finditer(folded):
        start, end = match.span()
        cue = _CUE.match(folded, start, min(start + 10, end))
        start = cue.end() if cue else start
        levels = sum(1 for _ in _LEVEL.finditer(folded, start, end))
        if levels > 1 or (levels and cue):
            yield start, end, 0.9 if levels > 2 else 0.6
    for match in _CITY.finditer(folded):
        yield *match.span(), 0.7
