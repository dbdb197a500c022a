"""What an operator's regular expression matches, such as an order number.

The expression is searched at word boundaries, so that ``\\d{5}`` is not found in a longer number;
anchors at its ends are left out, since a message says more than the number. Written in other case,
in full width or with spaces it is taken too. Expressions come from ``patterns.compile_pattern``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

import re2

from ...schema import Slot
from ..patterns import compile_pattern
from ..values import Bad, Context, Found
from .common import answer, apart, asks, fold, pick, plain

_SHORT = 20  # characters of an answer that is meant as the code even without digits

_EDGE = "[^0-9A-Za-z_]"
_PARTS = re.compile(r"[A-Za-z]+|[0-9]+")
_GAP = re.compile(r"[ #_./-]{0,3}|,")
_MOST_PARTS, _MOST_JOINED = 80, 6  # pieces of words that are joined in search of one cut up
# Words that are written close to a number: “order10234”.
_GLUED = re.compile(
    r"(?i)(?<![a-z])(?:orders?|no|nr|number|ref|booking|ticket|invoice|case)(?=[0-9])"
)
# An expression of groups of a known length with marks between: “\d{4}-\d{4}”.
_GROUP = re.compile(r"(?:\\d|\[[^\]]+\])\{([0-9]{1,2})\}([-/ ]?)")
_LITERAL = re.compile(r"([A-Za-z]{1,8}[-_ /]?|#)(?=\\d|\[0-9)")  # before an expression's digits


@lru_cache(maxsize=512)
def _inner(pattern: str) -> str:
    """The expression without anchors at its ends, or '' where it is no expression."""
    inner = re.sub(r"^(\(\?i\))?(?:\^|\\A)+", r"\1", pattern)
    inner = re.sub(r"(?<!\\)((?:\\\\)*)(?:\$|\\z)+$", r"\1", inner)
    try:
        compile_pattern(inner)
    except ValueError:
        return ""
    return inner


@lru_cache(maxsize=512)
def _bounded(inner: str) -> re.Pattern[str]:
    """The expression between word boundaries, its match in group 1."""
    return re2.compile(rf"(?:^|\b|{_EDGE})({inner})(?:$|\b|{_EDGE})")


def only_capitals(pattern: str) -> bool:
    """Whether an expression asks for letters, and for capitals only."""
    bare = re.sub(r"\\.|\(\?P?<\w+>|\(\?[a-zA-Z:-]+|\[:\^?\w+:\]", "", pattern)
    letters = [char for char in bare if char.isalpha()]
    return bool(letters) and all(char.isupper() for char in letters)


class PatternParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        inner = _inner(slot.pattern)
        if not inner:
            return []
        said = plain(text)
        found = _matches(inner, said)
        if not found and "(?i)" not in inner:
            found = _matches(inner, _capitals(said))
        if not found and (glued := _GLUED.sub(lambda word: " " * len(word.group()), said)) != said:
            found = _matches(inner, glued)
        return apart(found, fold(text))

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        """Also with spaces or marks within, and without letters that every match begins with."""
        inner, said = _inner(slot.pattern), plain(text)
        chosen = pick(self.find(text, slot, context), text)
        if chosen or not inner:
            return chosen or Bad("not_matching", 0, len(text))
        joined = next(_joined(inner, said), None)
        if joined:
            return joined
        number = re.search(r"[0-9]", said)
        start, end = answer(fold(text))
        if (number or end - start <= _SHORT) and not asks(fold(text)) and start < end:
            return Bad("not_matching", start, end)
        return Bad("not_a_pattern", 0, len(text))


def _matches(inner: str, said: str) -> list[Found | Bad]:
    capitals = only_capitals(inner)
    return [
        Found(match[1].upper() if capitals else match[1], *match.span(1))
        for match in _bounded(inner).finditer(said)
    ]


def _capitals(said: str) -> str:
    """In capitals, as long as before."""
    return "".join(char.upper() if len(char.upper()) == 1 else char for char in said)


def _joined(inner: str, said: str) -> Iterator[Found]:
    """What matches once the pieces of “10 234”, “nw 10234” or “# 10234” are put together."""
    compiled, literal = compile_pattern(inner), _LITERAL.match(inner)
    prefix = literal[1] if literal else ""
    parts = list(itertools.islice(_PARTS.finditer(said), _MOST_PARTS))
    for first in range(len(parts)):
        for run in _runs(parts, first, said):
            digits = any(part[0].isdigit() for part in run)
            for whole in _wholes([part[0] for part in run], prefix, inner) if digits else ():
                if compiled.fullmatch(whole):
                    value = whole.upper() if only_capitals(inner) else whole
                    yield Found(value, run[0].start(), run[-1].end(), 0.8)


def _wholes(pieces: list[str], prefix: str, inner: str) -> Iterator[str]:
    """The ways in which the pieces may have been meant."""
    joined = "".join(pieces)
    for whole in (joined, "-".join(pieces), prefix + joined, _marked(joined, inner)):
        yield whole
        yield whole.upper()


def _marked(joined: str, inner: str) -> str:
    """“12345678” with the marks of an expression such as “\\d{4}-\\d{4}”."""
    groups = [(int(group[1]), group[2]) for group in _GROUP.finditer(inner)]
    if "".join(group[0] for group in _GROUP.finditer(inner)) != inner:
        return joined
    pieces, at = [], 0
    for length, mark in groups:
        pieces.append(joined[at : at + length] + mark)
        at += length
    return "".join(pieces) if at == len(joined) else joined


def _runs(parts: list[re.Match[str]], first: int, said: str) -> Iterator[list[re.Match[str]]]:
    """The longest first: pieces from ``first`` on with little between, whole words at both ends."""
    if _inside(said, parts[first].start()):
        return
    until = first + 1
    while until < min(len(parts), first + _MOST_JOINED) and _GAP.fullmatch(
        said, parts[until - 1].end(), parts[until].start()
    ):
        until += 1
    for last in range(until, first, -1):
        if not _inside(said, parts[last - 1].end()):
            yield parts[first:last]


def _inside(said: str, place: int) -> bool:
    """Whether a word goes on across this place."""
    around = said[max(place - 1, 0) : place + 1]
    return 0 < place < len(said) and around.isascii() and around.isalnum()
