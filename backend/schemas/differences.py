"""What changed between two schemas, in words, and nothing missed.

Walks both as their JSON: pieces are matched by name, texts by language, everything else by value.
A piece that got another name and nothing else is said to be renamed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from backend.dialogue.schema import Schema, in_language

from .languages import language_name

_LONGEST = 100  # characters of a text that is shown
# What fields are called where “_” as a blank is not enough.
_LABELS = {
    "actions": "action",
    "ask_again": "times it asks again",
    "carry": "use of an earlier value",
    "choices": "choice",
    "confirm": "confirmation",
    "does": "what it does",
    "examples": "example",
    "headers": "header",
    "integer": "whole numbers only",
    "intents": "intent",
    "labels": "label",
    "languages": "language",
    "offer": "offered values",
    "profile": "profile field",
    "prompts": "prompt",
    "query": "query field",
    "replies": "reply",
    "results": "result",
    "services": "service",
    "slots": "slot",
    "synonyms": "synonym",
    "timeout_s": "timeout (s)",
    "url": "URL",
    "when": "condition on",
}
_PIECES = ("services", "slots", "intents", "actions")
_BY_LANGUAGE = {"title", "prompts", "refusal", "unit", "labels", "synonyms", "examples", "replies"}
_TEXTS = {
    "languages",
    "prompts",
    "synonyms",
    "examples",
    "when",
}  # lists whose items are told apart
_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Change:
    """``place`` names the piece: ``Intent “Return an item”``."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def describe(old: Schema | None, new: Schema) -> list[Change]:
    """Every change from ``old`` to ``new``, by place; none exactly if both say the same."""
    old = old or Schema(name=new.name, languages=new.languages)
    walk = _Walk(new.languages[0] if new.languages else "en", len(new.services) > 1)
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    changes = [Change("Bot", text) for text in walk.fields(before, after, skip=("services",))]
    changes += walk.pieces("services", before["services"], after["services"])
    return changes


@dataclass(frozen=True)
class _Walk:
    language: str
    several: bool  # services, so that a piece's service has to be named

    def pieces(
        self, kind: str, old: list[Any], new: list[Any], service: str = ""
    ) -> Iterator[Change]:
        """The changes of named pieces, and of what is in them."""
        before, after = _keyed(old, "name"), _keyed(new, "name")
        renamed = _renamed(before, after)
        for key in [key for key in before if key not in after]:
            if key not in renamed:
                yield Change(self._place(kind, before[key], service), "removed")
        for key, piece in after.items():
            place = self._place(kind, piece, service)
            if key in before:
                yield from self._piece(place, before[key], piece)
            elif key in renamed.values():
                was = next(one for one, other in renamed.items() if other == key)
                yield Change(place, f"its name changed from “{was[0]}” to “{key[0]}”")
            else:
                yield Change(place, f"added{self._contents(piece)}")
        if _moved(before, after):
            place = f"Service “{service}”" if service else "Bot"
            yield Change(place, f"the order of {kind} is now {_names(after)}")

    def _piece(self, place: str, old: Any, new: Any) -> Iterator[Change]:
        inner = _PIECES if "intents" in new else ()
        for text in self.fields(old, new, skip=inner):
            yield Change(place, text)
        for kind in inner[1:]:
            yield from self.pieces(kind, old[kind], new[kind], new["name"])

    def _place(self, kind: str, piece: Any, service: str) -> str:
        place = f"{_label(kind).capitalize()} “{self._title(piece)}”"
        return f"{place} of “{service}”" if service and self.several else place

    def _title(self, piece: Any) -> str:
        title = in_language(piece.get("title") or {}, self.language)
        return str(title or piece.get("name") or piece["slot"])

    def _contents(self, piece: Any) -> str:
        found = []
        for field in ("intents", "slots", "actions"):
            names = [f"“{self._title(item)}”" for item in piece.get(field, [])]
            if names:
                found.append(f"{_label(field)}{'s' * (len(names) > 1)} {', '.join(names)}")
        examples = sum(map(len, piece.get("examples", {}).values()))
        if examples:
            found.append(f"{examples} example{'s' * (examples > 1)}")
        return f", with {'; '.join(found)}" if found else ""

    def fields(
        self, old: Any, new: Any, skip: Iterable[str] = (), under: str = ""
    ) -> Iterator[str]:
        for field in new:
            if field not in skip:
                label = f"{under}{_label(field)}"
                yield from self._value(field, label, old.get(field), new[field])

    def _value(self, field: str, label: str, old: Any, new: Any) -> Iterator[str]:
        if _spelt(old) == _spelt(new):
            return
        if field in ("choices", "slots"):
            yield from self._items(label, "value" if field == "choices" else "slot", old, new)
        elif isinstance(old, dict) and isinstance(new, dict):
            for key in [*new, *(key for key in old if key not in new)]:
                inner = _under(field, label, key, old.get(key, new.get(key)))
                yield from self._entry(field, inner, key, old, new)
        elif field in _TEXTS and isinstance(old, list) and isinstance(new, list):
            yield from _texts(label, old, new)
        else:
            yield f"{label} {_from_to(old, new)}"

    def _entry(self, field: str, label: str, key: str, old: Any, new: Any) -> Iterator[str]:
        if field in _TEXTS and all(isinstance(one.get(key, []), list) for one in (old, new)):
            if not old.get(key) and not new.get(key) and (key in old) != (key in new):
                yield f"{label} {'added' if key in new else 'removed'}, empty"
            yield from _texts(label, old.get(key, []), new.get(key, []))
        elif key not in old:
            yield f"{label} added: {_shown(new[key])}"
        elif key not in new:
            yield f"{label} removed: {_shown(old[key])}"
        else:
            yield from self._value(field, label, old[key], new[key])

    def _items(self, label: str, by: str, old: list[Any], new: list[Any]) -> Iterator[str]:
        """Choices by their value, or an intent's slots by name."""
        before, after = _keyed(old, by), _keyed(new, by)
        yield from (f"{label} “{key[0]}” removed" for key in before if key not in after)
        for key, item in after.items():
            if key in before:
                yield from self.fields(before[key], item, under=f"{label} “{key[0]}”: ")
            else:
                yield f"{label} “{key[0]}” added"
        if _moved(before, after):
            yield f"the order of {label}s is now {_names(after)}"


Keyed = dict[tuple[str, int], Any]


def _keyed(items: Iterable[Any], by: str) -> Keyed:
    """The items by name, and by count where several have one name."""
    seen: Counter[str] = Counter()
    found: Keyed = {}
    for item in items:
        found[item[by], seen[item[by]]] = item
        seen[item[by]] += 1
    return found


def _renamed(old: Keyed, new: Keyed) -> dict[tuple[str, int], tuple[str, int]]:
    """Pieces that differ in nothing but their name: old key to new key."""
    gone = {_spelt(piece | {"name": ""}): key for key, piece in old.items() if key not in new}
    come = {_spelt(piece | {"name": ""}): key for key, piece in new.items() if key not in old}
    return {key: come[content] for content, key in gone.items() if content in come}


def _moved(old: Keyed, new: Keyed) -> bool:
    return [key for key in old if key in new] != [key for key in new if key in old]


def _names(items: Keyed) -> str:
    return ", ".join(name for name, _count in items)


def _texts(label: str, old: list[Any], new: list[Any]) -> Iterator[str]:
    before, after = Counter(map(str, old)), Counter(map(str, new))
    yield from (f"{label} removed: {_shown(text)}" for text in (before - after).elements())
    yield from (f"{label} added: {_shown(text)}" for text in (after - before).elements())
    if before == after and old != new:
        yield f"{label}: the order changed; the first is now {_shown(new[0])}"


def _label(field: str) -> str:
    return _LABELS.get(field, field.replace("_", " "))


def _under(field: str, label: str, key: str, content: Any) -> str:
    by_language = field in _BY_LANGUAGE and not (field == "replies" and isinstance(content, dict))
    return f"{label} ({language_name(key)})" if by_language else f"{label} “{key}”"


def _from_to(old: Any, new: Any) -> str:
    if isinstance(old, bool) and isinstance(new, bool):
        return "switched on" if new else "switched off"
    if old in _EMPTY:
        return f"set to {_shown(new)}"
    if new in _EMPTY:
        return f"removed; it was {_shown(old)}"
    return f"changed from {_shown(old, new)} to {_shown(new, old)}"


def _shown(value: Any, other: Any = None) -> str:
    """The value, or of a long text the part where it differs from the other."""
    text, rest = _plain(value), _plain(other)
    if len(text) > _LONGEST:
        same = next(
            (i for i, pair in enumerate(zip(text, rest, strict=False)) if len(set(pair)) > 1), 0
        )
        start = max(0, min(same - 20, len(text) - _LONGEST))
        end = start + _LONGEST
        text = f"{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}"
    return f"“{text}”" if isinstance(value, str) else text


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _spelt(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
