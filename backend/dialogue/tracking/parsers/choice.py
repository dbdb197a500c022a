"""One of a slot's choices, or of the options that the bot listed.

A choice is said by its value, a label or a synonym, in any case, width, number (“refunds”) and, in
words of five letters or more, with a slip of the finger; the longest phrase wins. It is also
singled out by some words of its label (“the boots” for “Fell Mid Boots, size 8”) and by its place
in the list (“the second one”, “最后一个”).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from backend.words import HAN, STOP_WORDS, stem, terms

from ...schema import Slot, in_language
from ..values import Bad, Context, Found
from . import slips as slips_of
from .common import apart, asks, fold, has_han, pick
from .ordinals import places

_WORD = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:'[^\W_{HAN}]+)?|[+#&%°]+")
_OR = re.compile(r"[\s,]*(?:(?:or|或者?|还是)[\s,]*)(?:the |a |an )?")
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9])?")
_SIZE = re.compile(r"(?:(?<![a-z])sizes? ?|尺?码(?:是|为)?)([0-9]{1,3}(?:\.[0-9])?)(?![0-9a-z])")
_ALONE = re.compile(
    r"^\W*(?:(?:an?|the|size|uk|eu|us|just|换成?|要|是) ?){0,3}([0-9]{1,3}(?:\.[0-9])?)"
    r"(?: ?(?:please|thanks|码|号|的|吧|谢谢))*\W*$"
)
_SLIPS = 400  # words of a message among which slips are looked for
_SURE = 0.8  # above it all the words of a label were said
_GAP = 4  # words that may stand between two words of one label


@dataclass(frozen=True)
class Word:
    text: str  # the stem, or one Han character
    start: int
    end: int
    whole: str  # as written


@dataclass(frozen=True)
class Candidate:
    """Something that can be chosen: how it is called, its words, and the words of its label."""

    value: Any
    label: str
    phrases: tuple[tuple[str, ...], ...]
    content: frozenset[str]


def words(text: str) -> list[Word]:
    """The words of a folded text; Han characters count one by one."""
    return [
        Word(stem(match.group().replace("'", "")), match.start(), match.end(), match.group())
        for match in _WORD.finditer(text)
    ]


class ChoiceParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        folded, candidates = fold(text), _candidates(slot, context)
        said, slips = _mended(words(folded), candidates)
        listed = [one.value for one in candidates] if context.options else []
        found = _named(said, slips, candidates)
        found += [
            one
            for one in places(folded, listed, strict=True)
            if not any(one.start < each.end and each.start < one.end for each in found)
            or (one.end - one.start) > 2 * max(each.end - each.start for each in found)
        ]
        found += _numbered(folded, candidates, _SIZE)
        for one in _singled_out(said, candidates):
            if isinstance(one, Found) and (context.options or one.confidence > _SURE):
                found.append(one)
        return _either(apart(found, folded), folded, candidates)

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        """Also by place in the list alone (“2”), and ambiguous where some words fit several."""
        folded, candidates = fold(text), _candidates(slot, context)
        chosen = pick(self.find(text, slot, context), text)
        if chosen:
            return chosen
        numbered = list(_numbered(folded, candidates, _ALONE))
        if numbered:
            return numbered[0]
        listed = [one.value for one in candidates]
        by_place = [one for strict in (True, False) for one in places(folded, listed, strict)]
        said, _ = _mended(words(folded), candidates)
        partly = [] if asks(folded) else list(_singled_out(said, candidates))
        return pick(by_place or partly, text) or Bad("not_a_choice", 0, len(text))


def _numbered(
    folded: str, candidates: Sequence[Candidate], said: re.Pattern[str]
) -> Iterator[Found]:
    """By the number in which alone their labels differ: “a 9” of “UK 8”, “UK 9”, “UK 10”."""
    match = said.search(folded)
    if match and len({_FIGURE.sub("", fold(one.label)) for one in candidates}) == 1:
        fitting = [one for one in candidates if match[1] in _FIGURE.findall(fold(one.label))]
        if len(fitting) == 1:
            yield Found(fitting[0].value, *match.span(), 0.9)


def _candidates(slot: Slot, context: Context) -> list[Candidate]:
    """The options in their order, then the choices that were not among them."""
    made: list[Candidate] = []
    for option in context.options:
        choice = next((one for one in slot.choices if one.value == option.value), None)
        names = [option.label, *(_names(slot, option.value) if choice else [])]
        named = [*names, *_telling(option.value)]
        made.append(_candidate(option.value, option.label, named, [option.label]))
    told = [one.value for one in made]
    for choice in slot.choices:
        if choice.value not in told:
            label = str(in_language(choice.labels, context.language) or choice.value)
            names = _names(slot, choice.value)
            made.append(_candidate(choice.value, label, names, choice.labels.values()))
    return made


def _telling(value: Any) -> list[str]:
    """The value itself where people may say it instead of its label: it is no bare number."""
    return [value] if isinstance(value, str) and any(char.isalpha() for char in value) else []


def _names(slot: Slot, value: Any) -> list[str]:
    choice = next(one for one in slot.choices if one.value == value)
    synonyms = [phrase for phrases in choice.synonyms.values() for phrase in phrases]
    return [choice.value, choice.value.replace("_", " "), *choice.labels.values(), *synonyms]


def _candidate(value: Any, label: str, names: Iterable[str], labels: Iterable[str]) -> Candidate:
    phrases = {tuple(word.text for word in words(fold(name))) for name in names}
    phrases |= {("".join(phrase),) for phrase in phrases if len(phrase) == 2}  # “pickup”
    content = frozenset(term for name in labels for term in terms(fold(name)))
    return Candidate(value, label, tuple(sorted(phrases - {()})), content)


def _named(
    said: Sequence[Word], slips: set[int], candidates: Sequence[Candidate]
) -> list[Found | Bad]:
    """Candidates that are called by a whole phrase, the longest at each place."""
    by_first: dict[str, list[tuple[tuple[str, ...], Candidate]]] = {}
    for candidate in candidates:
        for phrase in candidate.phrases:
            by_first.setdefault(phrase[0], []).append((phrase, candidate))
    read = [word.text for word in said]
    found: list[Found | Bad] = []
    for place, word in enumerate(read):
        pair = "".join(read[place : place + 2])
        fitting = [
            (len(phrase), candidate)
            for phrase, candidate in by_first.get(word, ())
            if tuple(read[place : place + len(phrase)]) == phrase
        ]
        fitting += [(2, one) for phrase, one in by_first.get(pair, ()) if phrase == (pair,)]
        if fitting:
            most = min(max(length for length, _ in fitting), len(said) - place)
            called = {repr(one.value): one for length, one in fitting if length >= most}
            span = range(place, place + most)
            sure = 0.8 if slips.intersection(span) else 1.0
            found.append(_one(list(called.values()), said[place], said[span[-1]], sure))
    return found


def _one(called: Sequence[Candidate], first: Word, last: Word, sure: float) -> Found | Bad:
    if len(called) == 1:
        return Found(called[0].value, first.start, last.end, sure)
    labels = {"one": called[0].label, "other": called[1].label}
    return Bad("ambiguous", first.start, last.end, labels)


def _mended(said: Sequence[Word], candidates: Sequence[Candidate]) -> tuple[list[Word], set[int]]:
    """What was said with slips in spelling put right, and the places of the slips."""
    vocabulary = {word for one in candidates for phrase in one.phrases for word in phrase}
    vocabulary.update(word for one in candidates for word in one.content)
    read, slips = list(said), set()
    for place, word in enumerate(said[:_SLIPS]):
        near = "" if word.text in vocabulary else slips_of.meant(word.whole, word.text, vocabulary)
        if near:
            read[place] = replace(word, text=near)
            slips.add(place)
    return read, slips


def _singled_out(said: Sequence[Word], candidates: Sequence[Candidate]) -> Iterator[Found | Bad]:
    """Runs of words that stand in the labels of some candidates, and in one's alone if Found."""
    run: list[tuple[int, str]] = []
    left: list[Candidate] = []
    for place, term in [*_terms(said), (10**9, "")]:
        fitting = [one for one in candidates if term in one.content]
        both = [one for one in left if one in fitting]
        if run and (not both or place - run[-1][0] > _GAP) and (fitting or not term):
            yield from _closed(run, left, said)
            run, both = [], fitting
        if fitting:
            left = both if run else fitting
            run.append((place, term))


def _closed(
    run: Sequence[tuple[int, str]], left: Sequence[Candidate], said: Sequence[Word]
) -> Iterator[Found | Bad]:
    first, last = said[run[0][0]], said[min(run[-1][0] + _width(run[-1][1]), len(said)) - 1]
    if all(term.isdigit() or len(term) < 2 for _, term in run):
        return
    whole = len(left) == 1 and left[0].content <= {term for _, term in run}
    yield _one(left, first, last, 0.9 if whole else 0.7)


def _width(term: str) -> int:
    return len(term) if has_han(term) else 1


def _terms(said: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """Words that tell something, with their places; Han characters in pairs."""
    for place, word in enumerate(said):
        if not has_han(word.text):
            if word.text and word.whole not in STOP_WORDS:
                yield place, word.text
            continue
        after = said[place + 1] if place + 1 < len(said) else None
        if after and after.start == word.end and has_han(after.text):
            yield place, word.text + after.text


def _either(
    found: Sequence[Found | Bad], text: str, candidates: Sequence[Candidate]
) -> list[Found | Bad]:
    """With two that are joined by “or” made one that is ambiguous."""
    made = list(found)
    for one, other in pairwise(found):
        if not isinstance(one, Found) or not isinstance(other, Found) or one.value == other.value:
            continue
        if _OR.fullmatch(text, one.end, other.start):
            labels = [c.label for f in (one, other) for c in candidates if c.value == f.value]
            names = {"one": labels[0], "other": labels[-1]}
            made = [each for each in made if each not in (one, other)]
            made.append(Bad("ambiguous", one.start, other.end, names))
    return sorted(apart(made), key=lambda each: each.start)
