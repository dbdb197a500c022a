"""What in a schema tells one slot's values from another's: its words, and where examples put it.

A slot's words are those of its name, title, description and prompts, weighed by how much they are
its own among the slots in play. Its contexts are the tokens before and after the values that
operators marked in examples (“from [10234](order)”), weighed by how often a value of the slot
stands there. Compiled once for a service and a choice of slots. Knows nothing of parsers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.words import STOP_WORDS

from ..schema import Service, Slot
from ..understanding.marks import marks, plain
from .parsers.common import fold
from .reading import Reading, Span, Token, tokens
from .roles import PEOPLE, counts_people, roles

Gram = tuple[str, ...]
LONGEST_GRAM = 4  # tokens; a Han character is one
_PERSONS = "位名口"
_COUNTED = frozenset("人位名口晚天月年件双张份间本瓶次岁斤")
_TIME = "minute hour day night week month year 天 晚 周 月 年"
_SPANS_OF_TIME = frozenset(_TIME.split())
REACH = 7  # tokens between a word and the value that it may tell of
_NAMED, _DESCRIBED, _PROMPTED = 1.0, 0.5, 0.35
_REASONS = frozenset({"because", "since", "about"})  # they tell, small as they are
_SMALL_TRUST = 0.75  # of one small word, such as “to”
_RIGHT = 0.7  # what follows a value tells less of it than what comes before
_HAN_STOP = frozenset(
    "的了吗呢吧啊我你您他它是在有和或就都也还很想要请问能会不把被给对从到这那个些么什怎哪"
)


@dataclass(frozen=True)
class Hit:
    """A word in ``start`` to ``end`` of a message that belongs to ``slot``."""

    slot: str
    term: str
    weight: float
    start: int
    end: int


@dataclass(frozen=True)
class Context:
    """Tables from tokens beside a value to slots, with the share of times that it is so.

    ``values`` are the tokens of the marked values, by slot.
    """

    left: dict[Gram, dict[str, float]]
    right: dict[Gram, dict[str, float]]
    values: dict[str, list[Gram]]


def placed_terms(found: Sequence[Token]) -> Iterable[tuple[str, int, int]]:
    """Stems of telling words, pairs of neighbouring words, and pairs of Han characters."""
    for token, following in zip(found, [*found[1:], None], strict=False):
        if _is_word(token):
            if token.norm not in STOP_WORDS:
                yield token.stem, token.start, token.end
            if following and _paired(token, following):
                yield f"{token.stem} {following.stem}", token.start, following.end
        elif following and following.start == token.end and not _is_word(following):
            pair = token.norm + following.norm
            if not set(pair) <= _HAN_STOP:
                yield pair, token.start, following.end


def _is_word(token: Token) -> bool:
    return token.norm.isascii() or len(token.norm) > 1


def _paired(one: Token, other: Token) -> bool:
    """“check in”, “check-out”; not “in the”."""
    small = one.norm in STOP_WORDS and other.norm in STOP_WORDS
    return other.start - one.end == 1 and _is_word(other) and not small


def _terms(text: str) -> set[str]:
    return {term for term, _, _ in placed_terms(tokens(text))}


def slot_terms(slot: Slot) -> dict[str, float]:
    """The slot's words, the more telling its place the heavier."""
    weights: dict[str, float] = {}
    prompts = [prompt for found in slot.prompts.values() for prompt in found]
    named = [*slot.title.values(), *slot.unit.values(), slot.name.replace("_", " ")]
    for weight, texts in ((_PROMPTED, prompts), (_DESCRIBED, [slot.description]), (_NAMED, named)):
        for text in texts:
            # Two words together tell only where they are a name, such as “check in”.
            terms = {term for term in _terms(text) if weight == _NAMED or " " not in term}
            weights |= dict.fromkeys(terms, weight)
    counted = dict.fromkeys(PEOPLE, _DESCRIBED) if counts_people(slot) else {}
    return counted | weights


class Cues:
    """The compiled cues of ``slots`` of a service."""

    def __init__(self, service: Service, slots: Sequence[str], learnt: Context) -> None:
        self.slots = {slot.name: slot for slot in service.slots if slot.name in slots}
        self._words = _shares({name: slot_terms(slot) for name, slot in self.slots.items()})
        self._contexts = learnt
        self.labels = {name: _labels(slot) for name, slot in self.slots.items()}
        self._roles = {name: roles(slot) for name, slot in self.slots.items()}
        self._openers, self._closers = _by_slot(learnt.left), _by_slot(learnt.right)

    def hits(self, reading: Reading) -> list[Hit]:
        """The slots' words in a message, in order."""
        return [
            Hit(slot, term, weight, start, end)
            for term, start, end in placed_terms(reading.tokens)
            for slot, weight in self._words.get(term, {}).items()
        ]

    def named(self, text: str) -> dict[str, float]:
        """The slots that a few words name, with the best weight of a word for each."""
        found: dict[str, float] = {}
        for term in _terms(text):
            for slot, weight in self._words.get(term, {}).items():
                found[slot] = max(found.get(slot, 0.0), weight)
        return found

    def context(self, reading: Reading, span: Span, slot: str) -> float:
        """0 to 1: how surely tokens beside the span say that a value of the slot stands there."""
        before, after = self._beside(reading, span)
        left = _best(self._contexts.left, before, slot, last=True)
        right = _best(self._contexts.right, after, slot, last=False)
        return 1 - (1 - max(left, self._role(before, after, slot))) * (1 - _RIGHT * right)

    def counted(self, reading: Reading, span: Span, slot: str) -> float:
        """“4个人” for a number whose title or unit has 人: what is counted, of one character."""
        if self.slots[slot].type != "number":
            return 0.0
        named = "".join([*self.slots[slot].title.values(), *self.slots[slot].unit.values()])
        named += _PERSONS if "人" in named else ""
        around = [*reading.before(span[1], 1), *reading.after(span[1], 3)]
        close = [token for token in around if abs(token.start - span[1]) <= 2]
        before = [t for t in reading.before(span[0], 1) if t.end == span[0]]
        own = any(t.norm in named and not t.norm.isascii() for t in before)
        return 0.6 if own or any(t.norm in named and t.norm in _COUNTED for t in close) else 0.0

    def _beside(self, reading: Reading, span: Span) -> tuple[Gram, Gram]:
        start, end = span
        before = [t for t in reading.before(start, LONGEST_GRAM) if t.end <= start]
        before = [t for t in before if not reading.stops(t.end, start)]
        after = [t for t in reading.after(end, LONGEST_GRAM) if not reading.stops(end, t.start)]
        return tuple(t.norm for t in before), tuple(t.norm for t in after)

    def _role(self, before: Gram, after: Gram, slot: str) -> float:
        """“for 4” are people, “for 4 days” are not."""
        fits = bool(before) and before[-1] in self._roles[slot]
        return 0.6 if fits and not (after and after[0].rstrip("s") in _SPANS_OF_TIME) else 0.0

    def roles(self, slot: str) -> frozenset[str]:
        """The small words that come before its values in any schema: see :mod:`.roles`."""
        return self._roles[slot]

    def openers(self, slot: str) -> Mapping[Gram, float]:
        """What comes before the slot's values in examples, with the share of times."""
        return self._openers.get(slot, {})

    def closers(self, slot: str) -> Mapping[Gram, float]:
        """What comes after the slot's values in examples."""
        return self._closers.get(slot, {})

    def marked(self, slot: str) -> list[Gram]:
        """The tokens of the values that are marked in examples."""
        return self._contexts.values.get(slot, [])


def _by_slot(table: Mapping[Gram, Mapping[str, float]]) -> dict[str, dict[Gram, float]]:
    found: dict[str, dict[Gram, float]] = defaultdict(dict)
    for gram, shares in table.items():
        for slot, share in shares.items():
            found[slot][gram] = share
    return found


def _shares(weights: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """By term, each slot's weight times its share of the term's weight over all slots."""
    by_term: dict[str, dict[str, float]] = defaultdict(dict)
    for slot, terms in weights.items():
        for term, weight in terms.items():
            by_term[term][slot] = weight
    return {
        term: {slot: weight * weight / sum(found.values()) for slot, weight in found.items()}
        for term, found in by_term.items()
    }


def _labels(slot: Slot) -> tuple[str, ...]:
    """What the slot may be called, the longest first."""
    names = {fold(text).strip() for text in (*slot.title.values(), slot.name)}
    spaced = {" ".join(name.replace("_", " ").split()) for name in names}
    return tuple(sorted(spaced - {""}, key=len, reverse=True))


def _best(table: dict[Gram, dict[str, float]], beside: Gram, slot: str, *, last: bool) -> float:
    best = 0.0
    for size in range(1, len(beside) + 1):
        gram = beside[-size:] if last else beside[:size]
        best = max(best, table.get(gram, {}).get(slot, 0.0))
    return best


def contexts(service: Service) -> Context:
    """The tables of all examples of the service's intents."""
    counts: tuple[Counter[tuple[Gram, str]], ...] = (Counter(), Counter())
    totals: Counter[Gram] = Counter()
    values: dict[str, list[Gram]] = defaultdict(list)
    for intent in service.intents:
        for example in (text for texts in intent.examples.values() for text in texts):
            _count(example, counts, totals)
            for mark in marks(example):
                values[mark.slot].append(tuple(token.norm for token in tokens(mark.value)))
    return Context(_share(counts[0], totals), _share(counts[1], totals), dict(values))


def _count(
    example: str, counts: tuple[Counter[tuple[Gram, str]], ...], totals: Counter[Gram]
) -> None:
    reading = tokens(plain(example))
    norms = [token.norm for token in reading]
    for size in range(1, LONGEST_GRAM + 1):
        totals.update(tuple(norms[i : i + size]) for i in range(len(norms) - size + 1))
    for mark in marks(example):
        first = next((i for i, t in enumerate(reading) if t.start >= mark.start), len(reading))
        last = next((i for i, t in enumerate(reading) if t.start >= mark.end), len(reading))
        for size in range(1, LONGEST_GRAM + 1):
            if size <= first:
                counts[0][tuple(norms[first - size : first]), mark.slot] += 1
            if last + size <= len(norms):
                counts[1][tuple(norms[last : last + size]), mark.slot] += 1


def _share(count: Counter[tuple[Gram, str]], totals: Counter[Gram]) -> dict[Gram, dict[str, float]]:
    """Half an occurrence is added to every total, since one example proves little."""
    table: dict[Gram, dict[str, float]] = defaultdict(dict)
    for (gram, slot), seen in count.items():
        small = len(gram) == 1 and (gram[0] in STOP_WORDS - _REASONS or len(gram[0]) == 1)
        table[gram][slot] = (_SMALL_TRUST if small else 0.95) * seen / (totals[gram] + 0.5)
    return dict(table)
