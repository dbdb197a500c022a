"""Small changes to the shop's schema, and what the checks say of them."""

from __future__ import annotations

from copy import deepcopy

from backend.dialogue.schema import Schema
from backend.schemas.checks import check

from ..conftest import SHOP

ORDER, ITEM, KIND = range(3)


def found(change, **options):
    """The findings on the shop after a change to its only service."""
    new = deepcopy(SHOP)
    change(new["services"][0])
    options = {"secrets": {"shop_key"}, **options}
    return check(Schema.model_validate(new), **options)


def intent(**fields):
    """A second intent, with nothing wrong but what is given."""
    texts = ["when do you open", "opening times today", "are you open on sundays"]
    return {
        "name": "hours",
        "title": {"en": "Hours"},
        "examples": {"en": texts},
        "does": "knowledge",
    } | fields


def add(**fields):
    return lambda s: s["intents"].append(intent(**fields))


def use(number, **fields):
    return lambda s: s["intents"][0]["slots"][number].update(fields)


def slot(number, **fields):
    return lambda s: s["slots"][number].update(fields)


def action(number, **fields):
    return lambda s: s["actions"][number].update(fields)


def first(**fields):
    return lambda s: s["intents"][0].update(fields)


def confirm(text):
    return lambda s: s["intents"][0]["replies"]["confirm"].update(en=text)


def examples(*texts):
    return lambda s: s["intents"][0]["examples"].update(en=list(texts))


def two(*changes):
    def change(service):
        for one in changes:
            one(service)

    return change


def says(change, field, text, mends, level):
    """Whether the change leads to a finding at this field with these words."""
    findings = found(change)
    assert [
        finding
        for finding in findings
        if (finding.level, finding.place.field) == (level, field)
        and text in finding.text
        and mends in finding.mends
    ], "\n".join(map(str, findings))
    assert level == "error" or {finding.level for finding in findings} == {"warning"}
