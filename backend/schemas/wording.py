"""What is wrong with a value that does not fit the schema's shape, in words for its author.

Turns pydantic's errors into places (“services › orders › slots › order › type”) and sentences.
Knows the models' shapes through pydantic alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

Path = tuple[Any, ...]
_KEY = "[key]"  # how pydantic says that the key is meant, not what stands under it
_PATTERNS = {
    r"^[a-z][a-z0-9_]{0,59}$": "{it} is no name: it takes lower-case letters, digits and “_”, "
    "begins with a letter and has at most 60 characters, as in “order_number”.",
    r"^[a-z]{2,3}$": "{it} is no language: write its code, such as “en” or “zh”.",
    r"^([A-Z]{3})?$": "{it} is no currency: write its code, such as “EUR”.",
}
_A_DAY = "{it} is no day: write a date such as “2026-11-27”, or days from today such as “+30”."


def problems(
    invalid: ValidationError, model: type[BaseModel], data: Any
) -> Iterator[tuple[Path, str]]:
    """Each problem's path in ``data`` and what is wrong there, as a sentence. In order."""
    seen = set()
    for fault in invalid.errors(include_url=False):
        path = _real(fault["loc"], data)
        text = _sentence(fault, path, model)
        if (path, text) not in seen:
            seen.add((path, text))
            yield path, text


def by_field(invalid: ValidationError) -> dict[str, list[str]]:
    """The same for a form: sentences by the name of the outermost field."""
    found: dict[str, list[str]] = {}
    for fault in invalid.errors(include_url=False):
        place = [str(part) for part in fault["loc"][1:] if part != _KEY]
        text = _sentence(fault, tuple(fault["loc"]), None)
        under = f"{' › '.join(place)}: " if place else ""
        texts = found.setdefault(str(fault["loc"][0]) if fault["loc"] else "__all__", [])
        if under + text not in texts:
            texts.append(under + text)
    return found


def in_words(path: Path, data: Any) -> str:
    """``services › orders › slots › order › type``: items by their names, else counted from 1."""
    words = []
    for part in path:
        data = _under(data, part)
        if isinstance(part, int):
            named = isinstance(data, Mapping) and (data.get("name") or data.get("slot"))
            words.append(named if isinstance(named, str) else f"number {part + 1}")
        else:
            words.append(str(part))
    return " › ".join(words)


def unknown(name: Any, known: Sequence[str]) -> str:
    near = get_close_matches(str(name), known, n=1)
    mends = f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(known)}."
    return f"“{name}” is not known here. {mends}"


def _real(location: Path, data: Any) -> Path:
    """The part of pydantic's location that leads through the data; the rest are its own terms."""
    path = []
    for part in location:
        if part == _KEY:
            break
        path.append(part)
        inner = _under(data, part)
        if inner is _NOWHERE:
            break
        data = inner
    return tuple(path)


_NOWHERE = object()


def _under(data: Any, part: Any) -> Any:
    if isinstance(data, Mapping) and part in data:
        return data[part]
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return _NOWHERE


def _sentence(fault: Any, path: Path, model: type[BaseModel] | None) -> str:
    kind, context, given = fault["type"], fault.get("ctx", {}), fault["input"]
    if kind == "extra_forbidden" and path:
        found = _model_at(model, path[:-1]) if model else None
        return unknown(path[-1], _fields(found) if found else ())
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], _A_DAY).format(it=_quoted(given))
    if kind == "literal_error":
        return _none_of(given, context["expected"])
    if kind == "value_error":
        text = str(context["error"])
        return f"{text[0].upper()}{text[1:]}."
    say = _SENTENCES.get(kind)
    return say(context, given) if say else f"{fault['msg']}."


def _none_of(given: Any, expected: str) -> str:
    known = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    if known == ["1"]:
        return f"{_quoted(given)} has to be 1."
    near = get_close_matches(str(given), known, n=1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return f"{_quoted(given)} is none of: {', '.join(known)}.{hint}"


def _no_text(_context: Any, given: Any) -> str:
    if isinstance(given, int | float):
        return f'{_quoted(given)} has to be a text; put it in quotes: "{_plain(given)}".'
    return f"{_quoted(given)} has to be a text."


_SENTENCES: dict[str, Callable[[Any, Any], str]] = {
    "missing": lambda _c, _g: "This is missing.",
    "string_type": _no_text,
    "string_too_long": lambda c, g: f"{_quoted(g)} has more than {c['max_length']} characters.",
    "string_too_short": lambda _c, _g: "This must not be empty.",
    "string_unicode": lambda _c, _g: "It holds half a character; type it again.",
    "list_type": lambda _c, g: f"{_quoted(g)} has to be a list.",
    "dict_type": lambda _c, g: f"{_quoted(g)} has to be fields with names, as in “en: Hello”.",
    "model_type": lambda _c, g: f"{_quoted(g)} has to be fields with names.",
    "bool_parsing": lambda _c, g: f"{_quoted(g)} has to be true or false.",
    "bool_type": lambda _c, g: f"{_quoted(g)} has to be true or false.",
    "int_parsing": lambda _c, g: f"{_quoted(g)} has to be a whole number.",
    "int_type": lambda _c, g: f"{_quoted(g)} has to be a whole number.",
    "int_from_float": lambda _c, g: f"{_quoted(g)} has to be a whole number.",
    "float_parsing": lambda _c, g: f"{_quoted(g)} has to be a number.",
    "float_type": lambda _c, g: f"{_quoted(g)} has to be a number.",
    "finite_number": lambda _c, g: f"{_quoted(g)} has to be a finite number.",
    "less_than_equal": lambda c, g: f"{_quoted(g)} is too much; at most {c['le']:g}.",
    "greater_than_equal": lambda c, g: f"{_quoted(g)} is too little; at least {c['ge']:g}.",
    "greater_than": lambda c, g: f"{_quoted(g)} is too little; it has to be over {c['gt']:g}.",
    "recursion_loop": lambda _c, _g: "It goes too deep.",
}


def _quoted(given: Any) -> str:
    if given is None:
        return "Nothing"
    return f"“{_plain(given)}”"


def _plain(given: Any) -> str:
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _fields(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model that the path leads to, through lists."""
    found: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, str) and found is not None:
            field = found.model_fields.get(part)
            found = _model_in(field.annotation) if field else None
    return found


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
