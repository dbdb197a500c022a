"""From what came over a socket to a valid frame."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from .fields import UUID, FrameError
from .frames import VISITOR_FRAMES, EditSlot, Send
from .limits import MAX_FRAME, MAX_TEXT


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _decode(data: str | bytes | None) -> dict[str, Any]:
    if not isinstance(data, str) or not data:
        raise FrameError("bad_json", "a frame is text that holds one JSON object")
    # A lone surrogate can reach us through a lenient server; it has no UTF-8 to measure.
    if len(data.encode("utf-8", "surrogatepass")) > MAX_FRAME:
        raise FrameError("too_large", f"a frame is at most {MAX_FRAME} bytes")
    try:
        value = json.loads(data, parse_constant=_refuse_constant, object_pairs_hook=_unique_keys)
    except (ValueError, RecursionError) as error:
        raise FrameError("bad_json", "the frame is not valid JSON") from error
    if not isinstance(value, dict):
        raise FrameError("not_an_object", "a frame is a JSON object")
    return value


def parse(
    data: str | bytes | None,
    *,
    frames: Mapping[str, type] = VISITOR_FRAMES,
    max_text: int = MAX_TEXT,
) -> Any:
    """Return the frame in ``data`` as one of the dataclasses in ``frames``.

    Raises :class:`FrameError`, which carries the frame's ``cid`` where one can be read. ``null``
    counts as left out.
    """
    value = _decode(data)
    cid = value.get("cid")
    try:
        frame = _build(value, frames)
        if isinstance(frame, Send) and len(frame.text) > max_text:
            raise FrameError("too_large", f"a message is at most {max_text} characters")
        return frame
    except FrameError as error:
        if isinstance(cid, str) and UUID.fullmatch(cid):
            error.cid = cid
        raise


def _build(value: dict[str, Any], frames: Mapping[str, type]) -> Any:
    if "type" not in value:
        raise FrameError("missing_field", "type is missing")
    if not isinstance(value["type"], str):
        raise FrameError("bad_field", "type must be a string")
    kind = frames.get(value["type"])
    if kind is None:
        raise FrameError("unknown_type", "there is no frame of this type")
    found = {}
    for one in fields(kind):
        if value.get(one.name) is not None:
            found[one.name] = one.metadata["reader"](one.name, value[one.name])
        elif one.default is MISSING and one.default_factory is MISSING and one.name != "value":
            raise FrameError("missing_field", f"{one.name} is missing")
    if kind is EditSlot:
        found.setdefault("value", None)  # null empties the slot
    return kind(**found)
