"""Every frame of the chat protocol: names, types, parsing and serialising.

Knows version 1 of the contract in ``docs/protocol.md`` and nothing else: no Django, no sockets.
:func:`parse` turns what came over a socket into a valid value or raises :class:`FrameError`;
nothing below it checks a frame's shape again.
"""

from .fields import FrameError
from .frames import (
    DESK_FRAMES,
    VISITOR_FRAMES,
    Assign,
    Close,
    EditSlot,
    Hello,
    Human,
    Join,
    Leave,
    Note,
    Ping,
    Queue,
    Rate,
    Release,
    Seen,
    Send,
    Stop,
    Suggest,
    Take,
    Typing,
)
from .limits import (
    BAD_FRAMES,
    BAD_TOKEN,
    DONE,
    FAULT,
    FORBIDDEN,
    MAX_FRAME,
    MAX_MESSAGE,
    MAX_TEXT,
    NOT_FOUND,
    OLD_VERSION,
    PAGE_EVENTS,
    REPLACED,
    RESTARTING,
    SLOW_DOWN,
    STALLED,
    TOO_BIG,
    VERSION,
)
from .parsing import parse
from .replies import ack, error, event, live, pages, pong, progress, serialise, typing

__all__ = [
    "BAD_FRAMES", "BAD_TOKEN", "DESK_FRAMES", "DONE", "FAULT", "FORBIDDEN", "MAX_FRAME",
    "MAX_MESSAGE", "MAX_TEXT", "NOT_FOUND", "OLD_VERSION", "PAGE_EVENTS", "REPLACED",
    "RESTARTING", "SLOW_DOWN", "STALLED", "TOO_BIG", "VERSION", "VISITOR_FRAMES", "Assign", "Close",
    "EditSlot", "FrameError", "Hello", "Human", "Join", "Leave", "Note", "Ping", "Queue", "Rate",
    "Release", "Seen", "Send", "Stop", "Suggest", "Take", "Typing", "ack", "error", "event", "live",
    "pages", "parse", "pong", "progress", "serialise", "typing",
]  # fmt: skip
