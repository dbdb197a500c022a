"""Every frame of the chat protocol: names, types, parsing and serialising.

Knows version 1 of the contract in ``docs/protocol.md`` and nothing else: no Django, no sockets.
:func:`parse` turns what came over a socket into a valid value or raises :class:`FrameError`;
nothing below it checks a frame's shape again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

VERSION = 1
MAX_FRAME = 64 * 1024  # bytes; over it a frame is answered with ``too_large``
MAX_MESSAGE = 256 * 1024  # bytes; over it the socket is closed with 1009
MAX_TEXT = 8000  # characters, unless the site says otherwise
PAGE_EVENTS = 200

# Close codes (RFC 6455 leaves 4000-4999 to applications).
DONE, TOO_BIG, RESTARTING = 1000, 1009, 1012
BAD_FRAMES, BAD_TOKEN, FORBIDDEN, NOT_FOUND = 4400, 4401, 4403, 4404
STALLED, REPLACED, OLD_VERSION, SLOW_DOWN, FAULT = 4408, 4409, 4410, 4429, 4500

UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}", re.ASCII)
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # what no database column takes


class FrameError(Exception):
    """A frame that cannot be accepted; sent back as an ``error`` frame, the socket stays up."""

    def __init__(
        self, code: str, detail: str, *, cid: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail, self.cid, self.retry_after = code, detail, cid, retry_after


# --- fields -------------------------------------------------------------------------------------

Reader = Callable[[str, Any], Any]


def _text(most: int, *, least: int = 1) -> Reader:
    def read(name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise FrameError("bad_field", f"{name} must be a string")
        if len(value) > most:
            raise FrameError("too_large", f"{name} is over {most} characters")
        if len(value) < least:
            raise FrameError("bad_field", f"{name} is empty")
        if UNSTORABLE.search(value):
            raise FrameError("bad_field", f"{name} holds a NUL or half a surrogate pair")
        return value

    return read


def _number(least: int, most: int) -> Reader:
    def read(name: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise FrameError("bad_field", f"{name} must be a whole number from {least} to {most}")
        return value

    return read


def _uuid(name: str, value: Any) -> str:
    if not isinstance(value, str) or not UUID.fullmatch(value):
        raise FrameError("bad_field", f"{name} must be a UUID")
    return value


def _conversation(name: str, value: Any) -> str:
    return "new" if value == "new" else _uuid(name, value).lower()


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise FrameError("bad_field", f"{name} must be true or false")
    return value


def _ids(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > 20:
        raise FrameError("bad_field", f"{name} must be a list of at most 20 ids")
    return tuple(_uuid(name, item) for item in value)


def _page(name: str, value: Any) -> dict[str, str]:
    """The page that the visitor is on: only strings, only the fields that are known."""
    if not isinstance(value, dict):
        raise FrameError("bad_field", f"{name} must be an object")
    read = _text(2000, least=0)
    known = ("url", "title", "referrer")
    return {key: read(f"{name}.{key}", value[key]) for key in known if value.get(key) is not None}


def _json_value(name: str, value: Any) -> Any:
    """A slot's value: a string, a number, a flag or null."""
    if isinstance(value, str):
        return _text(MAX_TEXT, least=0)(name, value)
    if value is not None and not isinstance(value, bool | int | float):
        raise FrameError("bad_field", f"{name} must be a single value")
    return value


MAX_SEQ = 2**53 - 1  # what a JavaScript number counts exactly


def reads(reader: Reader, **options: Any) -> Any:
    """A dataclass field that is read from JSON by ``reader``; optional where it has a default."""
    return field(metadata={"reader": reader}, **options)


# --- client frames ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Hello:
    v: int = reads(_number(0, 10**6))
    site: str = reads(_text(64))
    token: str | None = reads(_text(4096), default=None)
    conversation: str | None = reads(_conversation, default=None)
    last_seq: int = reads(_number(0, MAX_SEQ), default=0)
    locale: str = reads(_text(35, least=0), default="")
    identity: str | None = reads(_text(8192), default=None)
    page: Mapping[str, str] = reads(_page, default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OnConversation:
    """On the desk's socket each frame names its conversation; a visitor's socket has just one."""

    conversation: str | None = reads(_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Send(OnConversation):
    cid: str = reads(_uuid)
    text: str = reads(_text(MAX_FRAME))  # the site's own limit is checked by :func:`parse`
    attachments: tuple[str, ...] = reads(_ids, default=())
    reply_to: str | None = reads(_text(64), default=None)


@dataclass(frozen=True, kw_only=True)
class Stop(OnConversation):
    message: str | None = reads(_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Typing(OnConversation):
    on: bool = reads(_flag)


@dataclass(frozen=True, kw_only=True)
class Seen(OnConversation):
    seq: int = reads(_number(0, MAX_SEQ))


@dataclass(frozen=True, kw_only=True)
class Human(OnConversation):
    cid: str = reads(_uuid)
    reason: str = reads(_text(1000, least=0), default="")


@dataclass(frozen=True, kw_only=True)
class Rate(OnConversation):
    cid: str = reads(_uuid)
    score: int = reads(_number(1, 5))
    comment: str = reads(_text(4000, least=0), default="")


@dataclass(frozen=True, kw_only=True)
class Ping:
    n: int = reads(_number(0, MAX_SEQ))


@dataclass(frozen=True, kw_only=True)
class Close(OnConversation):
    cid: str = reads(_uuid)


@dataclass(frozen=True, kw_only=True)
class DeskFrame:
    """What only an operator may send."""

    conversation: str = reads(_uuid)


@dataclass(frozen=True, kw_only=True)
class Join(DeskFrame):
    last_seq: int = reads(_number(0, MAX_SEQ), default=0)


@dataclass(frozen=True, kw_only=True)
class Leave(DeskFrame):
    pass


@dataclass(frozen=True, kw_only=True)
class Take(DeskFrame):
    cid: str | None = reads(_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Release(DeskFrame):
    cid: str | None = reads(_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Queue(DeskFrame):
    cid: str | None = reads(_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Assign(DeskFrame):
    operator: int = reads(_number(1, MAX_SEQ))
    cid: str | None = reads(_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Note(DeskFrame):
    cid: str = reads(_uuid)
    text: str = reads(_text(MAX_TEXT))


@dataclass(frozen=True, kw_only=True)
class EditSlot(DeskFrame):
    slot: str = reads(_text(100))
    value: Any = reads(_json_value)
    cid: str | None = reads(_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Suggest(DeskFrame):
    cid: str | None = reads(_uuid, default=None)


VISITOR_FRAMES: Mapping[str, type] = {
    "hello": Hello,
    "send": Send,
    "stop": Stop,
    "typing": Typing,
    "seen": Seen,
    "human": Human,
    "rate": Rate,
    "ping": Ping,
    "close": Close,
}
DESK_FRAMES: Mapping[str, type] = {
    "join": Join,
    "leave": Leave,
    "send": Send,
    "stop": Stop,
    "typing": Typing,
    "seen": Seen,
    "close": Close,
    "ping": Ping,
    "take": Take,
    "release": Release,
    "queue": Queue,
    "assign": Assign,
    "note": Note,
    "edit_slot": EditSlot,
    "suggest": Suggest,
}


# --- parsing ------------------------------------------------------------------------------------


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


# --- server frames ------------------------------------------------------------------------------


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
