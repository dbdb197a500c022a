"""Numbers written in words, English and Chinese, as parts of dates, times, amounts and counts.

Knows the grammar of numbers up to the millions; what a number means is for its callers.
"""

from __future__ import annotations

import re

_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES: dict[str, int] = {
    "zero": 0,
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    "fourty": 40,
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}

_ONE = "one|two|three|four|five|six|seven|eight|nine"
_TEEN = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TEN = "twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety"
# Longer words first: “six” begins “sixteen” and “sixty”.
_BELOW_100 = rf"(?:(?:{_TEN})(?:[ -]?(?:{_ONE}))?|{_TEEN}|{_ONE})(?![a-z])"
_BELOW_1000 = (
    rf"(?:(?:(?:{_TEEN}|{_ONE}|a) )?hundred(?![a-z])(?: (?:and )?{_BELOW_100})?|{_BELOW_100})"
)
_BELOW_MILLION = (
    rf"(?:(?:(?:{_BELOW_1000}|a) )?thousand(?![a-z])(?:,? (?:and )?{_BELOW_1000})?|{_BELOW_1000})"
)
# An English number in words, without boundaries at its ends.
ENGLISH = (
    rf"(?:(?:(?:{_BELOW_1000}|a) )million(?![a-z])(?:,? (?:and )?{_BELOW_MILLION})?"
    rf"|{_BELOW_MILLION}|zero)"
)
SMALL = _BELOW_100  # 1 to 99

CHINESE_DIGITS = "零〇一二三四五六七八九"
CHINESE = "[零〇一二两三四五六七八九十百千万亿]{1,12}"
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_BIG = {"万": 10_000, "亿": 100_000_000}

_ORDINAL_ONES = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
ORDINALS: dict[str, int] = {
    **{word: number for number, word in enumerate(_ORDINAL_ONES, 1)},
    **{
        f"twenty{mark}{word}": 20 + n
        for n, word in enumerate(_ORDINAL_ONES[:9], 1)
        for mark in "- "
    },
    **{"thirtieth": 30, "thirty-first": 31, "thirty first": 31},
}


_WORD = re.compile(rf"(?:{_TEN})(?=[a-z])|[a-z]+")


def english(words: str) -> int | None:
    """The number that lower-case words say (“a hundred and five”); None where they say none."""
    total = current = 0
    told = False
    for word in _WORD.findall(words):
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] > 100:
                total, current = total + current, 0
            told = True
        elif word in _VALUES:
            current, told = current + _VALUES[word], True
        elif word not in ("and", "a"):
            return None
    return total + current if told else None


def chinese(words: str) -> int | None:
    """The number that Chinese numerals say: “二十五” is 25, “二〇二六” 2026, “一百二” 120."""
    digits = words.replace("两", "二").replace("零", "〇")
    if not digits or not re.fullmatch("[〇一二三四五六七八九十百千万亿]+", digits):
        return None
    if re.fullmatch("[〇一二三四五六七八九]+", digits):
        return int("".join(str("〇一二三四五六七八九".index(char)) for char in digits))
    total = section = digit = 0
    last = 1  # the unit before, for “一百二”
    for char in digits:
        if char in _BIG:
            whole = total if char == "亿" else 0  # “一万亿” is ten thousand times it
            total += (whole + section + digit) * _BIG[char] - whole
            section, digit, last = 0, 0, _BIG[char]
        elif char in _UNITS:
            section, digit, last = section + (digit or 1) * _UNITS[char], 0, _UNITS[char]
        elif char == "〇":
            last = 1
        else:
            digit = "〇一二三四五六七八九".index(char)
    return total + section + digit * (last // 10 if last > 10 else 1)
