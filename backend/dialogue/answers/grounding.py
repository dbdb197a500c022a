"""Whether a drafted sentence stands in the passages: its figures, its names and what it says.

The check is of words and figures, so it holds whatever the visitor or an article told the model:
nothing that is not in the passages passes. ``supported`` gives the reason against a sentence.
Knows nothing of models.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from backend.words import HAN, alike, normalise, raw_tokens, terms

from .sentences import plain

# The share of a sentence's content words that must stand in the passage sentence(s) behind it; all
# of them where it has figures, since one other word (“express” for “standard”) makes it untrue.
ENOUGH = 0.8
# The share that must stand in the sentence itself rather than in its heading, and the share at
# which another sentence speaks of the same thing, so that it must not say the opposite.
_ENOUGH_ITSELF, _SAME_THING = 0.6, 0.5

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_URL = re.compile(r"(?:https?://|www\.)[^\s)\]>，。]+|(?<![\w/])/[\w\-./]+/", re.I)
_LINK_TARGET = re.compile(r"\]\(([^)\s]*)[^)]*\)")
_DOMAIN = re.compile(
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|co|uk|shop|example|info|eu|cn)\b", re.I
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-Z][A-Za-z0-9]+(?:['’-]\w+)*")
_CURRENCY = re.compile(
    r"[$£€¥￥]|\b(?:usd|gbp|eur|pounds?|dollars?|euros?|yuan|rmb|cny)\b|元|英镑|欧元|美元", re.I
)
_COUNTING = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
)
_NUMBER_WORDS = {word: str(value) for value, word in enumerate(_COUNTING.split())} | {
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "ninety": "90",
    "hundred": "100",
    "thousand": "1000",
    "dozen": "12",
}
_UNCOUNTED = frozenset({"one"})  # seldom a figure
_HAN_NUMBER = re.compile(
    r"[零一二两三四五六七八九十百千]+(?=个?(?:工作日|小时|分钟|天|日|周|月|年|元"
    r"|英镑|折|次|件|岁))"
)
_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}

# Words that turn a sentence's meaning: a sentence must have those of its source, and no others.
_TURNS: dict[str, re.Pattern[str]] = {
    "negation": re.compile(
        r"\b(?:not|no|never|none|nor|neither|nothing|nobody|cannot|without|unable|unavailable|"
        r"refuse[sd]?|excluded?|impossible)\b|n't\b|不|没|无法|未|勿|除外|非"
    ),
    "free": re.compile(
        r"\bfree\b(?! to)|\bno (?:extra )?(?:charge|cost|fee)\b|\bwithout charge\b|免费|免运费|包邮"
    ),
}
_LIMITS = re.compile(
    r"\b(?:only|unless|except|excluding|apart from|other than|provided|as long as|if)\b"
    r"|仅|只|除非|除了|如果|须"
)


@dataclass(frozen=True)
class Source:
    """A sentence of a passage, ready to be compared."""

    text: str
    terms: frozenset[str]
    numbers: frozenset[str]
    passage: str = ""
    own: frozenset[str] = frozenset()  # terms of the sentence itself, without its context


@lru_cache(maxsize=4096)
def source(text: str, context: str = "", passage: str = "") -> Source:
    """``context`` is what stands above the sentence: its article's title, heading, lead-in."""
    said = plain(text)
    # Numbers of the context do not count: “Orders before 2020” is no figure of a sentence below.
    return Source(
        said,
        frozenset(terms(f"{said} {plain(context)}")),
        frozenset(numbers(said)),
        passage,
        frozenset(terms(said)),
    )


def numbers(text: str) -> set[str]:
    """Every figure, spelt alike: ``1,000`` is ``1000``, ``£4.50`` ``4.5``, ``三十天`` ``30``."""
    text = normalise(text)
    found = {_canonical(match) for match in _NUMBER.findall(text)}
    found |= {
        _NUMBER_WORDS[w] for w in raw_tokens(text) if w in _NUMBER_WORDS and w not in _UNCOUNTED
    }
    found |= {str(_han_value(match)) for match in _HAN_NUMBER.findall(text)}
    return found


def _canonical(number: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
        number = number.replace(",", "")
    if re.fullmatch(r"\d+\.\d+", number):
        number = number.rstrip("0").rstrip(".")
    return number.lstrip("0") or "0"


def _han_value(word: str) -> int:
    total, digit = 0, 0
    for char in word:
        unit = {"十": 10, "百": 100, "千": 1000}.get(char)
        if unit:
            total, digit = total + (digit or 1) * unit, 0
        else:
            digit = _HAN_DIGITS[char]
    return total + digit


def unsupported(sentence: str, sources: Sequence[Source], allowed: str = "") -> str:
    """Why the sentence may not be shown, or '' where it stands in the sources.

    ``sources`` are the passages' sentences, those that mean most nearly the same first;
    ``allowed`` is other text whose names may be used (company, signed profile).
    """
    everything = " ".join(one.text for one in sources)
    return (
        _malformed(sentence)
        or _strange_address(sentence, sources)
        or _strange_number(sentence, sources)
        or _strange_name(sentence, f"{everything} {allowed}", sources)
        or _strange_currency(sentence, everything)
    )


def meaning_unsupported(
    sentence: str, candidates: Sequence[Source], sources: Sequence[Source]
) -> str:
    """Why no candidate says what the sentence says, or ''.

    ``sources`` are all sentences there are: a word that the candidate lacks and another one has is
    a mix of two things.
    """
    said = [term for term in dict.fromkeys(terms(plain(sentence))) if not term.isdigit()]
    if not said:
        return "says nothing"
    opposed = _opposed(sentence, said, sources)
    if opposed:
        return opposed
    held = frozenset().union(*(one.terms for one in sources))
    reasons = [_against(sentence, said, one, held) for one in candidates]
    return "" if "" in reasons else (reasons[0] if reasons else "no source")


def _opposed(sentence: str, said: Sequence[str], sources: Sequence[Source]) -> str:
    """A “Never use a stove in a tent” beside a drafted “Using a stove in a tent is safe”."""
    negation = _TURNS["negation"]
    if negation.search(normalise(plain(sentence))):
        return ""
    for one in sources:
        shared = sum(_stands(term, one.own) for term in said)
        if shared >= _SAME_THING * len(said) and negation.search(normalise(one.text)):
            return "a sentence of the source says that it is not so"
    return ""


def _against(sentence: str, said: Sequence[str], one: Source, held: frozenset[str]) -> str:
    lacking = [term for term in said if not _stands(term, one.terms)]
    share = 1 - len(lacking) / len(said)
    if share < (1.0 if numbers(plain(sentence)) else ENOUGH):
        return f"only {share:.0%} of its words stand in the source"
    itself = sum(_stands(term, one.own) for term in said) / len(said)
    if itself < _ENOUGH_ITSELF:
        return f"only {itself:.0%} of its words stand in the sentence itself"
    if any(term in held for term in lacking):
        return "mixes two sentences of the source"
    missing = numbers(plain(sentence)) - one.numbers
    if missing:
        return f"figures of another sentence: {', '.join(sorted(missing))}"
    crossed = _crossed(plain(sentence), one.text)
    if crossed:
        return crossed
    return _turned(plain(sentence), one.text)


def _stands(term: str, held: frozenset[str]) -> bool:
    return term in held or any(alike(term, other) > 0.8 for other in held)


def _turned(sentence: str, other: str) -> str:
    mine, theirs = normalise(sentence), normalise(other)
    for name, pattern in _TURNS.items():
        if bool(pattern.search(mine)) != bool(pattern.search(theirs)):
            return f"{name} differs from the source"
    if _LIMITS.search(theirs) and not _LIMITS.search(mine):
        return "leaves out a condition of the source"
    return ""


_CLAUSE = re.compile(
    r"[.!?](?=\s|$)|[,;:，；、：。！？()（）]|\b(?:and|or|but|while|whereas|plus)\b|和|或"
)


def _crossed(sentence: str, other: str) -> str:
    """A figure said of one thing that the source says of another: “express £4”, “standard £4”."""
    theirs = [(set(terms(c)), numbers(c)) for c in _CLAUSE.split(normalise(other))]
    if len(set().union(*(held for _, held in theirs))) < 2:
        return ""
    for clause in _CLAUSE.split(normalise(sentence)):
        said = set(terms(clause)) - numbers(clause)
        for number in numbers(clause):
            own = set().union(*(words for words, held in theirs if number in held))
            others = set().union(*(words for words, held in theirs if held and number not in held))
            if (said & others) - own:
                return f"{number} belongs to something else in the source"
    return ""


# A draft that speaks of its task, or answers under a label, as small models do.
_TASK_TALK = re.compile(
    r"^\W*(?:a|q|answer|question|customer|assistant|help ?desk|help text|note|summary)\s*:|"
    r"\b(?:the (?:customer'?s? )?question|help text|the prompt|the answer (?:is|to)|"
    r"(?:as|i am|i'm) an? (?:ai|assistant|language model|help desk))\b",
    re.I,
)


def _malformed(sentence: str) -> str:
    """Fragments, labels, questions and unbalanced quotes, which a reader would stumble over."""
    said = plain(sentence)
    begins = re.match(rf"[A-Z0-9£$€“\"({HAN}]", said)
    quotes = said.count('"') % 2 or said.count("“") != said.count("”") or '"' in said[:1]
    labelled = ": " in said and len(re.findall(r": ", said)) > 1
    asks = said.rstrip().endswith(("?", "？"))
    if not begins or quotes or labelled or asks or _TASK_TALK.search(said):
        return "not a sentence of an answer"
    return ""


def _strange_number(sentence: str, sources: Sequence[Source]) -> str:
    known = set().union(*(one.numbers for one in sources)) if sources else set()
    missing = numbers(plain(sentence)) - known
    return f"figures that no passage has: {', '.join(sorted(missing))}" if missing else ""


def _strange_address(sentence: str, sources: Sequence[Source]) -> str:
    text = " ".join(one.passage or one.text for one in sources).casefold()
    found = _URL.findall(sentence) + _EMAIL.findall(sentence) + _LINK_TARGET.findall(sentence)
    found += _DOMAIN.findall(sentence)
    missing = [address for address in found if address.rstrip(".,").casefold() not in text]
    return f"an address that no passage has: {missing[0]}" if missing else ""


def _strange_name(sentence: str, known: str, sources: Sequence[Source]) -> str:
    held = set(raw_tokens(known)).union(*(one.terms for one in sources))
    for name in _NAME.findall(plain(sentence)):
        if not set(raw_tokens(name)) <= held and not set(terms(name)) <= held:
            return f"a name that no passage has: {name}"
    if re.search(f"[{HAN}]", sentence):
        for word in re.findall(r"[A-Za-z]{2,}", plain(sentence)):
            if word.casefold() not in held:
                return f"a name that no passage has: {word}"
    return ""


def _strange_currency(sentence: str, known: str) -> str:
    """Pounds in place of euros make another price of the same figure."""
    missing = {m.casefold() for m in _CURRENCY.findall(sentence)} - {
        m.casefold() for m in _CURRENCY.findall(known)
    }
    return f"a currency that no passage has: {missing.pop()}" if missing else ""
