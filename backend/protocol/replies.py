"""What the server sends, and how it is serialised."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .fields import FrameError
from .limits import MAX_FRAME, PAGE_EVENTS


def serialise(frame: Mapping[str, Any]) -> str:
    """One frame as the text that goes over the socket."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def error(failure: FrameError, **place: Any) -> dict[str, Any]:
    frame = {"type": "error", "code": failure.code, "detail": failure.detail, **place}
    if failure.cid is not None:
        frame["cid"] = failure.cid
    if failure.retry_after is not None:
        frame["retry_after"] = failure.retry_after
    return frame


def ack(cid: str | None, seq: int, **place: Any) -> dict[str, Any]:
    return {"type": "ack", "cid": cid, "seq": seq, **place}


def pong(n: int, head: int) -> dict[str, Any]:
    return {"type": "pong", "n": n, "head": head}


def live(head: int, **place: Any) -> dict[str, Any]:
    return {"type": "live", "head": head, **place}


def event(row: Mapping[str, Any], **place: Any) -> dict[str, Any]:
    return {"type": "event", "event": row, **place}


def typing(by: Mapping[str, Any], on: bool, **place: Any) -> dict[str, Any]:
    return {"type": "typing", "by": by, "on": on, **place}


def progress(
    kind: str, message: str, attempt: int, epoch: int, n: int, text: str
) -> dict[str, Any]:
    """A ``delta`` (one more piece) or a ``snapshot`` (all of it up to ``n``)."""
    return {
        "type": kind,
        "message": message,
        "attempt": attempt,
        "epoch": epoch,
        "n": n,
        "text": text,
    }


def pages(rows: list[Mapping[str, Any]], more: bool, **place: Any) -> list[dict[str, Any]]:
    """Split events into ``events`` frames of at most 200 events and 64 KiB.

    ``more`` is what the last frame says; the ones before it say true.
    """
    found: list[list[Mapping[str, Any]]] = [[]]
    size, room = 0, MAX_FRAME - 256  # 256 bytes for the frame around them
    for row in rows:
        length = len(serialise(row).encode()) + 1
        if found[-1] and (size + length > room or len(found[-1]) == PAGE_EVENTS):
            found.append([])
            size = 0
        found[-1].append(row)
        size += length
    last = len(found) - 1
    return [
        {"type": "events", "events": page, "more": more or index < last, **place}
        for index, page in enumerate(found)
        if page
    ]
