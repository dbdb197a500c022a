"""Addresses as the API is given them: field by field, or as one text as people write them.

Knows the postcodes of the United Kingdom and of Ireland; an address elsewhere has to be given field
by field. Which address an order may have is for :mod:`.orders`.
"""

from __future__ import annotations

import re

from .fields import Fields

COUNTRIES = ("GB", "IE", "DE", "FR", "NL", "ES", "IT", "NO", "CH", "US", "CA", "AU", "NZ", "JP")
MOST = 300
_UK = r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
_IRELAND = r"(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W) ?[0-9AC-FHKNPRTV-Y]{4}"
_POSTCODE = re.compile(rf"\b(?:(?P<GB>{_UK})|(?P<IE>{_IRELAND}))\b", re.I | re.A)
_COUNTRY = re.compile(
    r"(?:the )?(?:uk|u\.k\.|gb|united kingdom|great britain|england|scotland|wales|ireland"
    r"|英国|爱尔兰|邮编|post ?code):?",
    re.I,
)
_BETWEEN = re.compile(r"[,;，；、\n]+")


def read(fields: Fields, name: str) -> dict[str, str]:
    """The address in the field ``name``: ``{line1, line2, city, postcode, country}``.

    Bad ones are reported by ``fields.finish``; a town that a text does not set apart is "".
    """
    if fields.holds_text(name):
        return _parse(fields, name, fields.text(name, MOST))
    given = fields.object(name)
    return {
        "line1": given.text("line1", 100),
        "line2": given.text("line2", 100, required=False),
        "city": given.text("city", 60),
        "postcode": given.text("postcode", 12).upper(),
        "country": given.choice("country", COUNTRIES, "GB"),
    }


def _parse(fields: Fields, name: str, text: str) -> dict[str, str]:
    found = list(_POSTCODE.finditer(text))
    if not found:
        return _bad(fields, name, text, "must hold a postcode such as LS6 1AN")
    postcode = found[-1]  # before it something else may look like one
    lines = [part.strip(" .。") for part in _BETWEEN.split(text.replace(postcode.group(), ","))]
    lines = [line for line in lines if line and not _COUNTRY.fullmatch(line)]
    if not any(len(line) > 2 for line in lines):
        return _bad(fields, name, text, "must name a street and a town as well")
    return {**_lines(lines), **_area(postcode)}


def _bad(fields: Fields, name: str, text: str, detail: str) -> dict[str, str]:
    if text:  # else it has been reported as empty
        fields.wrong(name, detail)
    return {}


def _lines(lines: list[str]) -> dict[str, str]:
    first, *middle = lines
    city = middle.pop() if middle else ""
    return {"line1": first, "line2": ", ".join(middle), "city": city}


def _area(postcode: re.Match[str]) -> dict[str, str]:
    plain = postcode.group().replace(" ", "").upper()
    country = str(postcode.lastgroup)
    split = 3 if country == "IE" else len(plain) - 3
    return {"postcode": f"{plain[:split]} {plain[split:]}", "country": country}
