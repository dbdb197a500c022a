"""What is read out of an action's JSON answer, by JMESPath expressions.

An expression is an operator's and the answer is a stranger's: whatever does not fit gives None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

from ..memory import Option
from ..schema import Action, Offer
from .templates import TemplateProblem

MOST_OPTIONS = 100
_LONGEST_LABEL = 200
_LONGEST_RESULT, _LONGEST_LIST = 64_000, 300_000  # characters of JSON
_MOST_COPIES = 100


def mapped(action: Action, answer: Any) -> dict[str, Any]:
    """The action's results by name; None where the answer has nothing for one. Never raises."""
    return {name: look_up(expression, answer) for name, expression in action.results.items()}


def options(offer: Offer, answer: Any) -> tuple[Option, ...]:
    """The values that the answer lists, each once, with what people read. Never raises."""
    items = look_up(offer.items, answer, _LONGEST_LIST)
    found: dict[str, Option] = {}
    for item in items if isinstance(items, list) else []:
        value = look_up(offer.value, item)
        if not isinstance(value, str | int | float) or value == "":
            continue  # what cannot be named cannot be chosen
        label = look_up(offer.label, item)
        shown = re.sub(r"\s+", " ", str(value if label in (None, "") else label)).strip()
        found.setdefault(str(value), Option(value=value, label=shown[:_LONGEST_LABEL]))
        if len(found) == MOST_OPTIONS:
            break
    return tuple(found.values())


def look_up(expression: str, answer: Any, most: int = _LONGEST_RESULT) -> Any:
    """What the expression finds; None where there is nothing, or it does not fit, or it has more
    than ``most`` characters as JSON. Never raises."""
    try:
        found = compiled(expression).search(answer)
        fits = len(json.dumps(found, allow_nan=False, ensure_ascii=False)) <= most
    except Exception:  # its functions meet what they do not expect in many ways
        return None
    return found if fits else None


@lru_cache(maxsize=1024)
def compiled(expression: str) -> ParsedResult:
    """The expression, ready for use. Raises TemplateProblem with what mends it."""
    try:
        found = jmespath.compile(expression)
    except (JMESPathError, RecursionError) as error:
        raise TemplateProblem(
            f"“{expression[:100]}” is no JMESPath expression.",
            "Write the way to a field, such as order.lines[0].sku; see jmespath.org.",
        ) from error
    if _copies(found.parsed) > _MOST_COPIES:
        raise TemplateProblem(
            f"“{expression[:100]}” copies the answer too often.", "Use fewer […] and {…} lists."
        )
    return found


def _copies(parsed: Any) -> int:
    """How many times over the expression may give what it was given."""
    copies = 1
    for node in _nodes(parsed):
        if node["type"] in ("multi_select_list", "multi_select_dict"):
            copies *= max(1, len(node["children"]))
        elif node.get("value") == "to_string":
            copies *= 2  # of the backslashes in what was text already
    return copies


def _nodes(parsed: Any) -> Iterator[dict[str, Any]]:
    if isinstance(parsed, dict) and "type" in parsed:
        yield parsed
        for child in parsed.get("children", ()):
            yield from _nodes(child)
