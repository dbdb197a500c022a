"""Finding where in a text a value was said."""

from __future__ import annotations


def find(text: str, value: str) -> tuple[int, int] | None:
    """Start and end, in characters, of the last place where the value stands as whole words.

    The last, because people correct themselves (“for two, no, for three”). Case doesn't count. A
    side of the value that is a Chinese character need not end a word, since none is marked there.
    """
    value, said = value.strip(), text.lower()
    if len(said) == len(text):
        value = value.lower()
    else:  # a few capitals become two small letters; places would shift
        said = text
    at = said.rfind(value) if value else -1
    while at >= 0:
        end = at + len(value)
        if not _joined(said[at - 1 : at], value[0]) and not _joined(value[-1], said[end : end + 1]):
            return at, end
        at = said.rfind(value, 0, end - 1)
    return None


def _joined(one: str, other: str) -> bool:
    """Whether two neighbouring characters may belong to one word."""
    return bool(one and other) and _in_word(one) and _in_word(other)


def _in_word(character: str) -> bool:
    """Whether it is a letter or digit of a script that sets words apart by spaces."""
    return character.isalnum() and not "\u3040" <= character <= "\u9fff"
