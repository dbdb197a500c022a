"""What a visitor or an operator may send: each frame by its name, with its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .fields import (
    MAX_SEQ,
    a_uuid,
    conversation_id,
    flag,
    page_facts,
    reads,
    single_value,
    string,
    uuids,
    whole_number,
)
from .limits import MAX_FRAME, MAX_TEXT


@dataclass(frozen=True, kw_only=True)
class Hello:
    v: int = reads(whole_number(0, 10**6))
    site: str = reads(string(64))
    token: str | None = reads(string(4096), default=None)
    conversation: str | None = reads(conversation_id, default=None)
    last_seq: int = reads(whole_number(0, MAX_SEQ), default=0)
    locale: str = reads(string(35, least=0), default="")
    identity: str | None = reads(string(8192), default=None)
    page: Mapping[str, str] = reads(page_facts, default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OnConversation:
    """On the desk's socket each frame names its conversation; a visitor's socket has just one."""

    conversation: str | None = reads(a_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Send(OnConversation):
    cid: str = reads(a_uuid)
    text: str = reads(string(MAX_FRAME))  # the site's own limit is checked by :func:`parse`
    attachments: tuple[str, ...] = reads(uuids, default=())
    reply_to: str | None = reads(string(64), default=None)


@dataclass(frozen=True, kw_only=True)
class Stop(OnConversation):
    message: str | None = reads(a_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Typing(OnConversation):
    on: bool = reads(flag)


@dataclass(frozen=True, kw_only=True)
class Seen(OnConversation):
    seq: int = reads(whole_number(0, MAX_SEQ))


@dataclass(frozen=True, kw_only=True)
class Human(OnConversation):
    cid: str = reads(a_uuid)
    reason: str = reads(string(1000, least=0), default="")


@dataclass(frozen=True, kw_only=True)
class Rate(OnConversation):
    cid: str = reads(a_uuid)
    score: int = reads(whole_number(1, 5))
    comment: str = reads(string(4000, least=0), default="")


@dataclass(frozen=True, kw_only=True)
class Ping:
    n: int = reads(whole_number(0, MAX_SEQ))


@dataclass(frozen=True, kw_only=True)
class Close(OnConversation):
    cid: str = reads(a_uuid)


@dataclass(frozen=True, kw_only=True)
class DeskFrame:
    """What only an operator may send."""

    conversation: str = reads(a_uuid)


@dataclass(frozen=True, kw_only=True)
class Join(DeskFrame):
    last_seq: int = reads(whole_number(0, MAX_SEQ), default=0)


@dataclass(frozen=True, kw_only=True)
class Leave(DeskFrame):
    pass


@dataclass(frozen=True, kw_only=True)
class Take(DeskFrame):
    cid: str | None = reads(a_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Release(DeskFrame):
    cid: str | None = reads(a_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Queue(DeskFrame):
    cid: str | None = reads(a_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Assign(DeskFrame):
    operator: int = reads(whole_number(1, MAX_SEQ))
    cid: str | None = reads(a_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Note(DeskFrame):
    cid: str = reads(a_uuid)
    text: str = reads(string(MAX_TEXT))


@dataclass(frozen=True, kw_only=True)
class EditSlot(DeskFrame):
    slot: str = reads(string(100))
    value: Any = reads(single_value)
    cid: str | None = reads(a_uuid, default=None)


@dataclass(frozen=True, kw_only=True)
class Suggest(DeskFrame):
    cid: str | None = reads(a_uuid, default=None)


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
