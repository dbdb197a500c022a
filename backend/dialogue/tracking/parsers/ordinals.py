"""Places in a list: “the second one”, “option 3”, “the middle one”, “第二个”, “最后一家”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..values import Found
from .common import answer
from .numerals import CHINESE, ORDINALS, chinese

_NTH = "|".join(sorted(ORDINALS, key=len, reverse=True))
_COUNT = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NUMBER = rf"[0-9]{{1,2}}|{'|'.join(_COUNT)}"
_NTH_OF = rf"(?P<nth>{_NTH}|[0-9]{{1,2}}(?:st|nd|rd|th)|last|top|bottom)"
_MIDDLE = r"(?P<middle>middle|central|centre)"
# Chinese words that count things; not 次 and 天: “第一次” is the first time, “第二天” the next day.
_OF = "[个项种款件双条样家间位辆本张场台套只班趟类号处所名把瓶箱盒支块]"
_AMONG = rf"(?:(?:[两二三四五六七八九十]|[0-9])?{_OF}?(?:中|里面?|当中|之中)的?)?"
_STRICT = re.compile(
    rf"(?<![a-z0-9])(?:the )?(?:very )?(?:{_NTH_OF}|{_MIDDLE}) "
    rf"(?:one|option|choice|item|entry|answer|product|article|suggestion)(?![a-z])"
    rf"|(?<![a-z0-9])(?:the )?one (?:in|at) the (?P<where>middle|top|bottom|end)(?![a-z])"
    rf"|(?<![a-z0-9])(?:option|choice|number|no\.|item|answer|"
    rf"#) ?#?(?P<number>{_NUMBER})(?![a-z0-9])"
    rf"|{_AMONG}(?:(?P<back>倒数)?第(?P<zh>{CHINESE}|[0-9]{{1,2}}){_OF}|"
    rf"(?P<last>最后(?:面|边)?的?[一那这]?{_OF}|最[下后][面边]?(?:的|那){_OF}?)|"
    rf"(?P<first>最[上前][面边]?(?:的|那){_OF}?|头一?{_OF})|"
    rf"(?P<center>(?:正|最)?中间(?:的?[一那这]?{_OF}|的)))"
    rf"|(?P<former>(?<![a-z])the former(?![a-z])|前者)|(?P<latter>(?<![a-z])the latter(?![a-z])|"
    rf"后者)"
)
# What follows “first” or “last” and is nothing that is listed.
_NO_NOUN = (
    r"(?!(?:floor|week|month|year|night|thing|hand|minute|class|name|day|person|try|half|few|time|"
    r"of|order|visit|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?![a-z]))"
)
_LENIENT = re.compile(
    rf"(?:the )?(?:(?:(?:very )?{_NTH_OF}|{_MIDDLE})(?: {_NO_NOUN}[a-z]{{3,14}}| time(?= ?$))?"
    rf"(?: (?:of|from|on) (?:the|those|these) [a-z0-9 ]{{3,12}})?"
    rf"|(?P<number>{_NUMBER}))[.)]?|(?P<back>倒数)?第?(?P<zh>{CHINESE}|[0-9]{{1,2}})[号个]?|"
    rf"(?P<last>最后)"
)


_BARE = re.compile(rf"(?:the )?(?:very )?{_NTH_OF}")
_ENDS = ("bottom", "end")


def places(text: str, listed: Sequence[Any], strict: bool) -> Iterator[Found]:
    """The values at the places that a folded text names; where not ``strict``, bare numbers too."""
    if not listed:
        return
    if not strict:
        match = _LENIENT.fullmatch(text, *answer(text))
        index = _index(match, len(listed)) if match else None
        if match and index is not None:
            yield Found(listed[index], match.start(), match.end(), 0.9)
        return
    for match in _STRICT.finditer(text):
        index = _index(match, len(listed))
        if index is not None:
            yield Found(listed[index], match.start(), match.end())


def named_place(text: str) -> bool:
    """Whether a folded answer says nothing but a place in a list: “the last one”, “第一个”."""
    span = answer(text)
    found = _STRICT.fullmatch(text, *span)
    return bool(found and not found["number"]) or bool(_BARE.fullmatch(text, *span))


def _index(match: re.Match[str], count: int) -> int | None:
    said = match.groupdict()
    if said.get("former") or said.get("latter"):
        return None if count != 2 else 0 if said["former"] else 1
    if said.get("last") or said["nth"] in ("last", "bottom") or said.get("where") in _ENDS:
        return count - 1
    if said.get("first") or said.get("where") == "top":
        return 0
    if said.get("middle") or said.get("center") or said.get("where"):
        return count // 2 if count % 2 else None
    number = _number(said)
    number = count + 1 - number if said.get("back") and number else number
    return number - 1 if 1 <= number <= count else None


def _number(said: dict[str, str | None]) -> int:
    nth, number = said["nth"], said["number"]
    if nth:
        return ORDINALS.get(nth) or (1 if nth == "top" else int(nth[:-2]))
    if number:
        return _COUNT.get(number) or int(number)
    return int(chinese(said["zh"] or "") or 0)
