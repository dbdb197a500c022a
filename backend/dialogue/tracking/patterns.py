"""Compiling operators' regular expressions so that no text can make them slow.

RE2 matches in time linear in the text and knows no lookaround and no backreferences; what it does
not take is refused with words that say what to write instead. Knows nothing of slots.
"""

from __future__ import annotations

import re
from functools import lru_cache

import re2

MOST = 500  # characters of an expression
_ANYTHING = "a 1-b字"  # beginnings, ends and middles of words

_INSTEAD = (
    (r"^invalid perl operator: \(\?<?[=!]", "It looks ahead or behind with “{part}…)”, which is "
     "not possible here. Write out what may stand there instead, and put the value in plain form."),
    (r"^invalid perl operator: \(\?[P#>&|R+\-\d(]", "“{part}” is not possible here. Use plain "
     "groups: (…), (?:…) or (?P<name>…)."),
    (r"^invalid perl operator", "“{part}” is not possible here. Put a backslash before a “(” or "
     "“?” that is meant as a character."),
    (r"^invalid escape sequence: \\[1-9]", "It refers back to a group with “{part}”, which is not "
     "possible here. Write that part of the expression out again."),
    (r"^invalid escape sequence: \\[uU]", "Characters are written as they are or as "
     "“\\x{{4e00}}”, not with “{part}”."),
    (r"^invalid escape sequence: \\Z", "The end of the text is written “\\z” or “$”, not “\\Z”."),
    (r"^invalid escape sequence", "“{part}” means nothing here. Leave the backslash out, or write "
     "“\\\\” for a backslash."),
    (r"^bad repetition operator: .*\+$", "“{part}” is not possible here. Write a single “+” or "
     "“*”."),
    (r"^bad repetition operator", "“{part}” repeats a repetition. Leave one of them out."),
    (r"^no argument for repetition operator", "“{part}” has nothing before it to repeat. Put a "
     "backslash before it if it is meant as a character."),
    (r"^invalid repetition size", "“{part}” is no count of repetitions here: the smaller number "
     "comes first, and all counts together stay under 1,000."),
    (r"^missing \)", "A “(” is never closed. Add the “)”, or write “\\(” for the character."),
    (r"^unexpected \)", "A “)” was never opened. Remove it, or write “\\)” for the character."),
    (r"^missing \]", "A “[” is never closed. Add the “]”, or write “\\[” for the character."),
    (r"^invalid character class range", "“{part}” is no range or class of characters. The smaller "
     "character comes first, as in “[0-9]”."),
    (r"^invalid named capture group", "“{part}” is no name of a group, or it is there twice."),
    (r"^trailing \\", "It ends with a single backslash. Remove it, or write “\\\\”."),
    (r"^pattern too large", "It is too large once its repetitions are written out. Use smaller "
     "counts, or “+” in place of them."),
)  # fmt: skip


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """The RE2 pattern; it has the methods of ``re.Pattern``. Matches in linear time.

    Raises ValueError, a sentence for operators, where the expression is too long, is none that
    RE2 takes, or would match an empty text. Texts with lone surrogates cannot be matched.
    """
    if len(pattern) > MOST:
        raise ValueError(f"It has {len(pattern)} characters; at most {MOST} are possible.")
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        raise ValueError(_in_words(error.args[0])) from None
    except UnicodeEncodeError:
        raise ValueError("It holds half a character; type or paste it again.") from None
    if re.search(r"(?<!\\)(\\\\)*\\C", pattern):
        raise ValueError("“\\C” can match half a character. Write “.” for any character.")
    if any(
        match.end() == match.start()
        for text in ("", _ANYTHING)
        for match in compiled.finditer(text)
    ):
        raise ValueError("It matches an empty text. Let it need at least one character.")
    return compiled


def _in_words(error: bytes | str) -> str:
    said = error.decode(errors="replace") if isinstance(error, bytes) else error
    part = said.partition(": ")[2]
    for kind, words in _INSTEAD:
        if re.search(kind, said):
            return words.format(part=part)
    return f"It is no regular expression: {said}."
