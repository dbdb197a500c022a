"""What counts as the same value on MultiWOZ.

Its annotators wrote the same thing in many ways (“center”, “centre of town”; “17:45”, “5:45 pm”),
so published figures rest on values that were put into one form first. There is no official form;
ours takes the kinds of rules that the scripts in common use have, and applies them alike to what is
right and to what is predicted:

- the five domains and 30 slots that TRADE evaluates (jasonwu0731/trade-dst);
- several accepted values in one label (``a|b``), as annotated since 2.1;
- unfilled: “none”, “not mentioned”; no preference: “dont care”, “any” (TRADE, ``fix_label.py``);
- times as ``HH:MM`` of 24 hours without “after” or “by” (TripPy, ``dataset_multiwoz21.py``);
- other words for a listed area, price, kind or number, and yes for “free” (TripPy's label maps,
  ``multiwoz21.json``; ``fix_label.py``);
- names and foods without “the” before them, with “and” for “&”, no apostrophes, one spelling of
  guest house, theatre, centre and saint (TripPy; ``normalization.py`` of
  Tomiinek/MultiWOZ_Evaluation).

Two things that those scripts do are not done: labels that annotators cut short (“mus”, “cen”) or
put into the wrong slot are not mended, and a value is not right for being part of another one, as
with TripPy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..dialogues import DONTCARE

_TRACKED = {
    "attraction": "area name type",
    "hotel": "area bookday bookpeople bookstay internet name parking pricerange stars type",
    "restaurant": "area bookday bookpeople booktime food name pricerange",
    "taxi": "arriveby departure destination leaveat",
    "train": "arriveby bookpeople day departure destination leaveat",
}
SLOTS = tuple(f"{domain}-{slot}" for domain, slots in _TRACKED.items() for slot in slots.split())
_UNFILLED = {"", "none", "not mentioned", "not given"}
_NO_PREFERENCE = re.compile(r"(dont|do not|does not|doesnt) ?care|any")
_TIMES = {"leaveat", "arriveby", "booktime"}
_NUMBERS = {"stars", "bookpeople", "bookstay"}
_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_SPELLINGS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r" ?['’`]", ""),
        (r" ?& ?", " and "),
        (r"[-.,;]+", " "),
        (r"\bguest ?houses?\b", "guest house"),
        (r"\btheater", "theatre"),
        (r"\bcenter\b", "centre"),
        (r"\barchaelogy\b", "archaeology"),
        (r"\bb and b\b", "bed and breakfast"),
        (r"\bsaint\b", "st"),
        (r"^ *the ", ""),
        (r" +", " "),
    )
)
# By slot, or by what slots of several domains are called: the form, and other words for it.
_VARIANTS: dict[str, dict[str, str]] = {
    "area": {
        "centre": "central|city centre|town centre|centre of town|centre of cambridge|downtown",
        "north": "northern|north side|northside|north part of town|in the north",
        "south": "southern|south side|southside|south part of town|in the south",
        "east": "eastern|east side|eastside|east part of town|in the east|east area",
        "west": "western|west side|westside|west part of town|in the west",
    },
    "pricerange": {
        "cheap": "inexpensive|cheaply|cheaper|low priced|affordable",
        "moderate": "moderately|moderately priced|moderately price|medium|mid range|reasonable",
        "expensive": "upscale|high end|pricey",
    },
    "internet": {"yes": "free|y|true|free wifi|free internet", "no": "n|false"},
    "parking": {"yes": "free|y|true|free parking", "no": "n|false"},
    "hotel-type": {"hotel": "hotels"},
    "attraction-type": {
        "architecture": "architectural",
        "boat": "boats|boating",
        "church": "churches",
        "cinema": "cinemas",
        "college": "colleges",
        "concert hall": "concerthall|concerthalls|concert halls|concert",
        "museum": "museums|musuem",
        "multiple sports": "sports|mutiple sports|mutliple sports",
        "nightclub": "night club|nightclubs|night clubs",
        "park": "parks",
        "swimming pool": "swimmingpool|swimmingpools|swimming pools|pool",
        "theatre": "theatres",
    },
    "food": {
        "asian oriental": "asian or oriental",
        "barbeque": "barbecue|bbq",
        "gastropub": "gastro pub",
        "portuguese": "portugese",
        "seafood": "sea food",
    },
}
_FORMS = {
    slot: {variant: form for form, others in forms.items() for variant in others.split("|")}
    for slot, forms in _VARIANTS.items()
}
_BEFORE_TIME = re.compile(r"^(?:(?:at|after|before|by|around|about|from|until) )+")
_TIME = re.compile(r"(\d{1,2})(?: ?[:;.,] ?(\d\d))? ?(?:([ap]) ?\.? ?m)?")
_BARE_TIME = re.compile(r"(\d{1,2})(\d\d)()")


def same(slot: str, spellings: Sequence[str], predicted: str) -> bool:
    """Whether the predicted value is one of the accepted ones, once all are in one form."""
    form = normalised(slot, predicted)
    parts = (part for spelling in spellings for part in re.split(r"[|<>]", spelling))
    return any(form == normalised(slot, part) for part in parts)


@lru_cache(maxsize=50_000)
def normalised(slot: str, value: str) -> str:
    """The value in the one form of its slot; "" where it says that the slot is not filled."""
    plain = " ".join(value.lower().split())
    if plain in _UNFILLED:
        return ""
    if plain == DONTCARE or _NO_PREFERENCE.fullmatch(plain.replace(" n't", "nt").replace("'", "")):
        return DONTCARE
    name = slot.partition("-")[2]
    if name in _TIMES:
        return _time(plain)
    for pattern, instead in _SPELLINGS:
        plain = pattern.sub(instead, plain)
    plain = plain.strip()
    if name in _NUMBERS:
        word = plain.partition(" ")[0]  # of “four stars”, “2 people”
        return str(_WORDS.index(word)) if word in _WORDS else word
    return (_FORMS.get(slot) or _FORMS.get(name) or {}).get(plain, plain)


def _time(plain: str) -> str:
    """``17:45`` for “5:45 pm”, “after 17:45”, “1745”; what is no time stays as it is."""
    bare = _BEFORE_TIME.sub("", plain).rstrip(" .,;?!")
    found = _BARE_TIME.fullmatch(bare) or _TIME.fullmatch(bare)
    if not found:
        return plain
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour % 24:02}:{minute:02}" if hour <= 24 and minute < 60 else plain
