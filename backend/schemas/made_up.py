"""Answers that a customer's system might give, for rehearsals without a sample of a real one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# A plain way to one place: names with points between, “[0]” for the first of a list.
_PLAIN = re.compile(r"[A-Za-z_]\w*(\[0\])*(\.[A-Za-z_]\w*(\[0\])*)*", re.ASCII)
_STEP = re.compile(r"\w+|\[0\]")


def made_up(results: Mapping[str, str]) -> Any:
    """An answer that holds ``⟨name⟩`` wherever a result is looked for.

    ``{"number": "return.number"}`` gives ``{"return": {"number": "⟨number⟩"}}``. Expressions that
    compute or choose something find nothing in it.
    """
    answer: dict[str, Any] = {}
    for name, path in results.items():
        if _PLAIN.fullmatch(path.strip()):
            _put(answer, _STEP.findall(path), f"⟨{name}⟩")
    return answer


def _put(place: Any, steps: list[str], value: str) -> None:
    """Put it there unless another result stands on the way."""
    for step, after in zip(steps, [*steps[1:], ""], strict=True):
        inner: Any = value if not after else [] if after == "[0]" else {}
        if step == "[0]" and isinstance(place, list):
            if not place:
                place.append(inner)
            place = place[0]
        elif step != "[0]" and isinstance(place, dict):
            place = place.setdefault(step, inner)
        else:
            return
