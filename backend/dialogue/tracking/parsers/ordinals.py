"""Places in a list: “the second one”, “option 3”, “the last one”, “第二个”, “最后一个”."""

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
_STRICT = re.compile(
    rf"(?<![a-z0-9])(?:the )?(?:very )?(?P<nth>{_NTH}|[0-9]{{1,2}}(?:st|nd|rd|th)|last|top|bottom) "
    rf"(?:one|option|choice|item|entry|answer)(?![a-z])"
    rf"|(?<![a-z0-9])(?:option|choice|number|no\.|item|answer|"
    rf"#) ?#?(?P<number>{_NUMBER})(?![a-z0-9])"
    rf"|第(?P<zh>{CHINESE}|[0-9]{{1,2}})(?:个|项|种|款|件|双|条|样)|(?P<last>最后(?:一|"
    rf"那)?(?:个|项|种|款|件|双|条|样))"
    rf"|(?P<former>(?<![a-z])the former(?![a-z])|前者)|(?P<latter>(?<![a-z])the latter(?![a-z])|"
    rf"后者)"
)
_LENIENT = re.compile(
    rf"(?:the )?(?:(?P<nth>{_NTH}|[0-9]{{1,2}}(?:st|nd|rd|th)|last|top|bottom)(?: one)?"
    rf"|(?P<number>{_NUMBER}))[.)]?|第?(?P<zh>{CHINESE}|[0-9]{{1,2}})[号个]?|(?P<last>最后)"
)


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


def _index(match: re.Match[str], count: int) -> int | None:
    said = match.groupdict()
    if said.get("former") or said.get("latter"):
        return None if count != 2 else 0 if said["former"] else 1
    if said.get("last") or said["nth"] in ("last", "bottom"):
        return count - 1
    number = _number(said)
    return number - 1 if 1 <= number <= count else None


def _number(said: dict[str, str | None]) -> int:
    nth, number = said["nth"], said["number"]
    if nth:
        return ORDINALS.get(nth) or (1 if nth == "top" else int(nth[:-2]))
    if number:
        return _COUNT.get(number) or int(number)
    return int(chinese(said["zh"] or "") or 0)
