"""Amounts of money: digits or words with a currency, such as “£12.50”, “fifty quid”, “三百块”.

Without a currency a number is an amount only as the answer to the question; then it is in the
slot's currency, or in that of the visitor's country. Limits hold for amounts in the slot's
currency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from ...responding.display import WITHOUT_CENTS
from ...schema import Slot
from ..values import Bad, Context, Found
from .common import CODE, apart, asks, fold, pick
from .numerals import CHINESE, ENGLISH, chinese, english

_ALL_CODES = """
GBP EUR USD CNY RMB JPY CAD AUD NZD CHF HKD SGD TWD KRW INR SEK NOK DKK PLN CZK HUF RON TRY ZAR
BRL MXN THB MYR IDR PHP VND AED SAR ILS UAH RUB ISK CLP
"""
_CODES = _ALL_CODES.split()
_SYMBOLS = {
    **{"£": "GBP", "€": "EUR", "us$": "USD", "ca$": "CAD", "c$": "CAD", "au$": "AUD", "a$": "AUD"},
    **{"nz$": "NZD", "hk$": "HKD", "s$": "SGD", "nt$": "TWD", "r$": "BRL", "₩": "KRW", "₹": "INR"},
    **{"jp¥": "JPY", "cn¥": "CNY", "$": "", "¥": ""},
}
_WORDS = {
    **dict.fromkeys(("pounds", "pound", "quid", "pounds sterling", "sterling", "英镑"), "GBP"),
    **dict.fromkeys(("euros", "euro", "欧元"), "EUR"),
    **dict.fromkeys(("us dollars", "us dollar", "美元", "美金"), "USD"),
    **dict.fromkeys(("dollars", "dollar", "bucks"), "$"),
    **dict.fromkeys(("yuan", "renminbi", "人民币", "块钱", "元", "块", "圆"), "CNY"),
    **dict.fromkeys(("yen", "日元", "日币"), "JPY"),
    **dict.fromkeys(("港币", "港元", "hong kong dollars"), "HKD"),
    **dict.fromkeys(("新台币", "台币"), "TWD"),
    **dict.fromkeys(("澳元",), "AUD"),
    **dict.fromkeys(("加元",), "CAD"),
}
_EURO = "DE FR IT ES NL BE AT IE PT FI GR LU SK SI EE LV LT MT CY HR"
_COUNTRIES = {
    **{"GB": "GBP", "US": "USD", "CN": "CNY", "JP": "JPY", "CA": "CAD", "AU": "AUD", "NZ": "NZD"},
    **{"CH": "CHF", "HK": "HKD", "SG": "SGD", "TW": "TWD", "KR": "KRW", "IN": "INR", "SE": "SEK"},
    **{"NO": "NOK", "DK": "DKK", "PL": "PLN", "CZ": "CZK", "BR": "BRL", "MX": "MXN", "ZA": "ZAR"},
    **dict.fromkeys(_EURO.split(), "EUR"),
}


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})(?:\.[0-9]{1,2})?(?![0-9]|\.[0-9])"
_AMOUNT = rf"{_DIGITS}(?:k(?![a-z])|千|万)?|(?:a couple of |a )?{ENGLISH}(?![a-z-])|{CHINESE}"
_CODE = _either(code.lower() for code in _CODES)
_NAMES = rf"(?:(?:{_either(_WORDS)}|{_CODE})(?![a-z])|[£€¥₩₹$])"
_BEFORE = (
    rf"(?P<symbol>{_either(_SYMBOLS)}|(?:{_CODE}) ?) ?(?P<after>{_AMOUNT})"
    rf"(?: ?(?:{_CODE})(?![a-z]))?"
)
_BEHIND = (
    rf"(?P<before>{_AMOUNT})(?P<half>半)? ?(?P<word>{_NAMES})"
    r"(?: ?(?:and )?(?P<cents>[0-9]{1,2}|[一二三四五六七八九半])(?![0-9a-z.])"
    r"(?P<unit>p|毛钱|毛|角)?)?"
)
_COINS = (
    r"(?P<small>[0-9]{1,3}) ?(?P<coin>pence|p|cents|cent)(?![a-z0-9])"
    rf"|(?P<coins>{CHINESE}|[0-9]{{1,2}})(?:毛钱|毛|角)"
)
_MONEY = re.compile(rf"(?<![a-z0-9])(?<![0-9][.,:])(?:{_BEFORE}|{_BEHIND}|{_COINS})")
_RANGE_BEFORE = re.compile(rf"(?<![0-9a-z])(?P<amount>{_DIGITS}) ?(?:-|~|到|至) ?$")
_RANGE_AFTER = re.compile(rf" ?(?:-|~) ?(?P<amount>{_DIGITS})(?![a-z])")
_BARE = re.compile(rf"(?<![a-z0-9/#-])(?<![0-9][.,:])(?:{_AMOUNT})(?![a-z0-9-])")


class MoneyParser:
    def find(self, text: str, slot: Slot, context: Context) -> list[Found | Bad]:
        folded = fold(text)
        found = [_read(match, slot, context) for match in _MONEY.finditer(folded)]
        return apart([one for one in found if one], folded)

    def read(self, text: str, slot: Slot, context: Context) -> Found | Bad:
        folded = fold(text)
        chosen = pick(self.find(text, slot, context), text)
        if chosen or asks(folded):
            return chosen or Bad("not_money", 0, len(text))
        bare: list[Found | Bad] = []
        for match in _BARE.finditer(folded):
            amount = _number(match.group())
            before = folded[max(match.start() - 30, 0) : match.start()]
            if amount is not None and not CODE.search(before):
                bare.append(_checked(amount, _default(slot, context), *match.span(), slot, 0.9))
        return pick(apart(bare), text) or Bad("not_money", 0, len(text))


def _read(match: re.Match[str], slot: Slot, context: Context) -> Found | Bad | None:
    if match["small"] or match["coins"]:
        said = match["small"] or match["coins"]
        coin = match["coin"] or ""
        currency = "CNY" if match["coins"] else "GBP" if coin[0] == "p" else _dollars(slot, context)
        number = _number(said)
        amount = None if number is None else number / (10 if match["coins"] else 100)
    else:
        amount = _number(match["after"] or match["before"])
        currency = _currency((match["symbol"] or match["word"]).strip(), slot, context)
        if amount is not None and match["word"]:
            amount += _cents(match)
    if amount is None:
        return None
    return _of_range(match) or _checked(amount, currency, *match.span(), slot)


def _of_range(match: re.Match[str]) -> Bad | None:
    """“£50-100”, “50到100元”: one of two amounts, and none says which."""
    text = match.string
    before = _RANGE_BEFORE.search(text[max(match.start() - 20, 0) : match.start()])
    after = _RANGE_AFTER.match(text, match.end())
    if before:
        start = match.start() - len(before.group())
        names = {"one": before["amount"], "other": match.group()}
        return Bad("ambiguous", start, match.end(), names)
    if after:
        names = {"one": match.group(), "other": after["amount"]}
        return Bad("ambiguous", match.start(), after.end(), names)
    return None


def _cents(match: re.Match[str]) -> Decimal:
    """The part of “三块五”, “12 pounds 50”, “两块半” after the currency."""
    if match["half"] or match["cents"] == "半":
        return Decimal("0.5")
    cents = match["cents"]
    if not cents:
        return Decimal(0)
    number = (
        Decimal(int(cents)) if cents.isdigit() and cents.isascii() else Decimal(chinese(cents) or 0)
    )
    tenths = match["unit"] not in (None, "p") or (len(cents) == 1 and match["word"] in ("块", "元"))
    return number / (10 if tenths else 100)


def _number(said: str) -> Decimal | None:
    said = said.strip()
    times = {"k": 1_000, "千": 1_000, "万": 10_000}.get(said[-1:], 1) if said[:1].isdigit() else 1
    if said[:1] in "0123456789":
        return Decimal(said.rstrip("k千万").replace(",", "")) * times
    if said.startswith("a couple of "):
        rest = english(said.removeprefix("a couple of "))
        return Decimal(2 * rest) if rest else None
    number = english(said) if said.isascii() else chinese(said)
    return None if number is None else Decimal(number)


def _currency(said: str, slot: Slot, context: Context) -> str:
    code = said.upper()
    if code in _CODES:
        return "CNY" if code == "RMB" else code
    known = _SYMBOLS.get(said) or _WORDS.get(said, "")
    if said == "¥":
        japan = slot.currency == "JPY" or (context.region == "JP" and slot.currency != "CNY")
        return "JPY" if japan else "CNY"
    return known if known not in ("", "$") else _dollars(slot, context)


def _dollars(slot: Slot, context: Context) -> str:
    """Which dollars are meant: the slot's, the country's, or those of the United States."""
    for code in (slot.currency, _COUNTRIES.get(context.region, "")):
        if code.endswith("D") and code not in ("AED", ""):
            return code
    return "USD"


def _default(slot: Slot, context: Context) -> str:
    if slot.currency:
        return slot.currency
    return "CNY" if context.language == "zh" else _COUNTRIES.get(context.region, "USD")


def _checked(
    amount: Decimal, currency: str, start: int, end: int, slot: Slot, sure: float = 1.0
) -> Found | Bad:
    if not slot.currency or currency == slot.currency:
        for limit, reason in ((slot.minimum, "too_small"), (slot.maximum, "too_large")):
            if limit is not None and (amount < limit if reason == "too_small" else amount > limit):
                fields = {"limit": _written(Decimal(str(limit)), currency), "currency": currency}
                return Bad(reason, start, end, fields)
    value = {"amount": _written(amount, currency), "currency": currency}
    return Found(value, start, end, sure)


def _written(amount: Decimal, currency: str) -> str:
    return f"{amount:.{0 if currency in WITHOUT_CENTS else 2}f}"
