"""Slips of the finger in the words of a choice: “refnud”, “edinbrugh”, “doubble”.

Letters swapped, left out or too many; in long words also a wrong one. A word that exists is no
slip of another: who writes “stove” does not mean “store”.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from backend.words import STOP_WORDS, edit_distance, stem

LEAST = 5  # letters of a word in which a slip can be told from another word
_SUBSTITUTED = 7  # letters of a word in which one may stand for another
_TWICE = 8  # letters of a word in which two slips are one word still
# Everyday words that are one slip away from what choices are often called, and their like.
_EVERYDAY = """
angel angle angles boost boosts borne border bread breath breathe bristle bristles broad brake
brakes breaks broke brow brows canal casual causal chart charts chose chosen choose clam clean
clear clearly closed closer closet cloth clothe clothes clover coast coasts colder colds coats
couch count county country course courses court cover covers crate create credits dairy desert
dessert diary diner dinner doubled doubles doubt doubts early earl eight eighty expect expects
expense expert exports express faced facet fault faults ferry field fields filed final finals
fiend finger first fist fixes flight floor flower folder forth found friend fries front frost
green greed greet guess guest hard harder heard heart hearth heat honest hose horse hotel hours
house inner large larger latter later leader leads least leather letter level lighter lights
limes lines lives loaned local locale loose loses lower manger manager marked market marry meter
midday middle minor mister model moral morale mouth moth north notch noted novel often older
order ordeal other outer packed packet paint pants paper parcel parties party past paste patch
peace person phase phrase piece place placed places plain plane planet plant plate plates played
plead please pleased point pound power press pressed price priced prices prince print private
prize prove quiet quite quote rage range ranges rather reach react ready real really rear refuse
refused refused relay relate repay replay reply report resort rest retain return right
rings river rode roads roast roses rough round route routes sadly sale sales salt scale school
score season second seconds sense series serve served server service seven sever severe shade
shape share sheet shell shift shirt shoes shoot shops short shorts shower simple single sister
sizes skirt sleep slight slip slips small smart smell snail snow socks solid sorry sound source
south space spare speak speed spend spoke sport spots spring staff stage stain stall stamp stand
staple start state stated station stay steal steam steel step stick still stock stole stone stood
stop stops store stored stores storey stories storm story stove stoves straight strange stray
stream street strip strong study stuff style sugar suite suits super sweet table tables taken
taste taxes teach tear tears terms thank their there these thick thing think third thirst those
though thought thorough three threw throw through tiger tight tired toast today touch tower track
trade trail trails train trains treat trees trend trial trials trick tried tries trip trips truck
truly trust truth twice twist under union united until untied upper upset urban usual value
video visit voice voted waist waste watch water waved weigh weight wheel where which while white
whole width woman women words world worry worse worth would wound write written wrong yield young
"""
_WORDS = frozenset(_EVERYDAY.split()) | STOP_WORDS
_STEMS = frozenset(stem(word) for word in _WORDS)


def meant(word: str, stemmed: str, known: Collection[str]) -> str:
    """The word of ``known`` (stems) that a lower-case one with its stem was to be, or ''."""
    if len(word) < LEAST or word in _WORDS or stemmed in _STEMS:
        return ""
    likely = (one for one in known if one[0] == word[0] and len(one) >= LEAST - 1)
    ranked = [(min(_slips(word, one), _slips(stemmed, one)), one) for one in likely]
    return next((one for slips, one in sorted(ranked) if slips <= 2), "")


@lru_cache(maxsize=100_000)
def _slips(said: str, known: str) -> int:
    """How many slips lie between two words; 9 where they are too far from each other."""
    if abs(len(said) - len(known)) > 2 or not said.isalpha():
        return 9
    edits = edit_distance(said, known)
    if edits == 2:
        return 2 if min(len(said), len(known)) >= _TWICE - 1 else 9
    swapped = sorted(said) == sorted(known) or _single(said) == _single(known)
    told = len(said) != len(known) and len(known) >= LEAST
    return edits if edits < 2 and (swapped or told or len(known) >= _SUBSTITUTED) else 9


def _single(word: str) -> str:
    """The word without doubled letters."""
    return "".join(char for char, before in zip(word, " " + word, strict=False) if char != before)
