"""The filters and tests of operators' templates: Jinja's harmless ones, and some of our own.

    {{ result.delivered_on | date }}        Friday 27 November 2026, or 2026年11月27日（周五）
    {{ result.total | money("GBP") }}       £12.50
    {{ result.lines | map(attribute="name") | join(", ") }}

``date``, ``time``, ``datetime`` and ``money`` speak the reply's language and show what they cannot
read as it stands, since it comes from somebody else's system. Each filter pays for what it reads.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, Undefined, pass_environment
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.filters import make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.tests import TESTS as JINJA_TESTS

from .budget import SlotText, as_text, metered, plain, running, weigh
from .display import show_date, show_money, show_time

# Left out: what pads or repeats without limit, what is for HTML, and chance.
_KEPT = """
abs capitalize count first float int items last length list lower map max min reject rejectattr
reverse round select selectattr sort title trim truncate unique upper wordcount
"""
_KEPT_TESTS = """
!= < <= == > >= boolean divisibleby eq equalto even false float ge greaterthan gt in integer
iterable le lessthan lower lt mapping ne none number odd sequence string true upper
"""
_MOST_DIGITS = 15


def _paying(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)  # keeps what Jinja has marked the function with
    def paying(*args: Any, **kwargs: Any) -> Any:
        for argument in (*args, *kwargs.values()):
            if not isinstance(argument, Environment | Context | EvalContext):
                weigh(argument)
        result = function(*args, **kwargs)
        return metered(result) if isinstance(result, Iterator) else weigh(result)

    return paying


def _value(value: Any) -> Any:
    return value.value if isinstance(value, SlotText) and value.value is not None else value


def replace(value: Any, old: Any, new: Any) -> str:
    """The text with every ``old`` as ``new``."""
    text, old, new = as_text(value), as_text(old), as_text(new)
    running.get().spend(work=text.count(old) * len(new))
    return text.replace(old, new)


def _default(value: Any, otherwise: Any = "", always: bool = False) -> Any:
    """Jinja's, for empty optional slots too: they have a name, yet nothing to show."""
    empty = isinstance(value, Undefined) or value is None or value == ""
    return otherwise if empty or (always and not value) else value


@pass_environment
def _join(
    environment: Environment, values: Iterable[Any], by: str = "", attribute: Any = None
) -> str:
    if attribute is not None:
        values = map(make_attrgetter(environment, attribute), values)
    pieces = [as_text(weigh(value)) for value in values]
    running.get().spend(work=len(pieces) * len(by))
    return by.join(pieces)


@pass_environment
def _sum(environment: Environment, values: Iterable[Any], attribute: Any = None) -> Any:
    if attribute is not None:
        values = map(make_attrgetter(environment, attribute), values)
    return sum(number if isinstance(number, int | float) else float(number) for number in values)


def _date(value: Any) -> str:
    day = _moment(value)
    return show_date(day, running.get().language) if day else as_text(value)


def _time(value: Any) -> str:
    try:
        return show_time(time.fromisoformat(as_text(_value(value))), running.get().language)
    except ValueError:
        moment = _moment(value)
        return show_time(moment.time(), running.get().language) if moment else as_text(value)


def _datetime(value: Any) -> str:
    moment = _moment(value)
    return f"{_date(value)} {_time(value)}" if moment else as_text(value)


def _moment(value: Any) -> datetime | None:
    text = as_text(_value(value)).strip()
    try:
        return datetime.fromisoformat(text)  # a date alone is read too
    except ValueError:
        return None


def _money(value: Any, currency: str = "") -> str:
    found = _value(value)
    if isinstance(found, Mapping):
        currency = str(found.get("currency") or currency)
        found = found.get("amount")
    try:
        amount = Decimal(as_text(found).strip())
    except InvalidOperation:
        return as_text(value)
    if not amount.is_finite() or amount.adjusted() > _MOST_DIGITS:
        return as_text(value)
    shown = {"amount": str(amount), "currency": currency.upper()}
    return show_money(shown, running.get().language)


def _tojson(value: Any) -> str:
    return json.dumps(plain(_value(value)), ensure_ascii=False)


def _urlencode(value: Any) -> str:
    """Percent-encoded; in an action's address every value is, so that there it changes nothing."""
    return as_text(value) if running.get().escape is not str else quote(as_text(value), safe="")


def _defined(value: Any) -> bool:
    return not isinstance(value, Undefined) and value is not None


def _named(kept: str, jinja: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: jinja[name] for name in kept.split()} | dict(own)
    return {name: _paying(function) for name, function in found.items()}


FILTERS = _named(
    _KEPT,
    JINJA_FILTERS,
    {
        "d": _default,
        "date": _date,
        "datetime": _datetime,
        "default": _default,
        "join": _join,
        "money": _money,
        "replace": replace,
        "string": as_text,
        "sum": _sum,
        "time": _time,
        "tojson": _tojson,
        "urlencode": _urlencode,
    },
)
TESTS = _named(
    _KEPT_TESTS,
    JINJA_TESTS,
    {"defined": _defined, "undefined": lambda value: not _defined(value)},
)
