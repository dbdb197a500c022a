"""A visitor's socket: parse, delegate to the record, send.

The bot's turns run in tasks of their own (:mod:`backend.chat.turns`): Channels handles one frame
at a time, and a handler that streamed could not hear ``stop``.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from backend import protocol
from backend.conversations import publish, services, sessions
from backend.conversations.identity import BadIdentity, BadToken
from backend.conversations.models import Conversation
from backend.conversations.sessions import NoSuchSite, NotYours, Session, WrongOrigin
from backend.protocol import FrameError

from .database import STORE_ERRORS, in_database
from .outbox import Feed, Shown
from .socket import Socket

HELLO_SECONDS = 5.0
SOCKETS_PER_VISITOR = 5


class VisitorSocket(Socket):
    """``/ws/chat/``: one visitor, one conversation."""

    frames = protocol.VISITOR_FRAMES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session: Session | None = None
        self.feed = Feed(uuid.UUID(int=0))
        self.since = time.time_ns()
        self.newer: set[str] = set()  # this visitor's sockets that opened after this one
        self.presence: dict[str, Any] = {}
        self._deadline: asyncio.Task[None] | None = None

    def feeds_followed(self) -> list[Feed]:
        return [self.feed] if self.session is not None else []

    async def connect(self) -> None:
        if not await self._some_site_allows():
            await self.close()  # before accepting: the handshake is refused
            return
        await self.begin()
        self._expect_hello(True)

    async def _some_site_allows(self) -> bool:
        try:
            return await in_database(sessions.some_site_allows)(self.origin, self.host)
        except STORE_ERRORS:
            return True  # hello asks again, and can say what is wrong

    def _expect_hello(self, expected: bool) -> None:
        """Set the deadline for (another) hello, or lift it."""
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = asyncio.create_task(self._await_hello()) if expected else None

    async def _await_hello(self) -> None:
        await asyncio.sleep(HELLO_SECONDS)
        if self.session is None:
            await self.end(protocol.BAD_FRAMES)

    async def disconnect(self, code: int) -> None:
        self._expect_hello(False)
        if self.session is not None:
            await self._tell_siblings("socket.closed")
        await super().disconnect(code)

    async def on_frame(self, frame: Any) -> None:
        if self.session is None and not isinstance(frame, protocol.Hello):
            raise FrameError("hello_first", "the first frame is hello")
        await super().on_frame(frame)

    # --- hello ---

    async def on_hello(self, hello: protocol.Hello) -> None:
        if self.session is not None:
            raise FrameError("hello_twice", "this socket has said hello")
        if hello.v != protocol.VERSION:
            await self.end(protocol.OLD_VERSION)
            return
        self._expect_hello(False)
        try:
            await self._greet(hello)
        finally:
            self._expect_hello(self.session is None)

    async def _greet(self, hello: protocol.Hello) -> None:
        try:
            session = await in_database(sessions.open_session)(hello, self.origin, self.host)
        except (NoSuchSite, NotYours):
            await self.end(protocol.NOT_FOUND)
        except WrongOrigin:
            await self.end(protocol.FORBIDDEN)
        except (BadToken, BadIdentity):
            await self.end(protocol.BAD_TOKEN)
        else:
            await self._open(session, hello.last_seq)

    async def _open(self, session: Session, last_seq: int) -> None:
        """Join first and read the head after that, so that nothing falls between the two."""
        conversation = session.party.conversation
        await self.follow(publish.group_of(conversation))
        standing = await in_database(sessions.standing)(conversation)
        self.session = session
        self.max_text = session.site.max_text
        self.feed = Feed(
            conversation,
            sent=last_seq if last_seq <= standing.head else 0,
            epoch=standing.epoch,
        )
        self.outbox.put(sessions.welcome(session, standing))
        self.outbox.replay(self.feed, standing.head)
        await self._send_presence()
        await self.follow(self._siblings)
        await self._tell_siblings("socket.opened")

    async def _send_presence(self) -> None:
        """Who is there and how long the queue is, when that has changed."""
        found = await in_database(sessions.presence)(self.feed.conversation)
        if found != self.presence:
            self.presence = found
            self.outbox.put(found)

    # --- the visitor's frames ---

    @property
    def party(self) -> services.Party:
        assert self.session is not None  # on_frame saw to it
        return self.session.party

    async def on_send(self, frame: protocol.Send) -> None:
        if not self.limits.messages.admit():
            raise FrameError(
                "rate_limited",
                "That is many messages at once; wait a moment.",
                retry_after=round(self.limits.messages.wait + 0.05, 2),
            )
        with refusals():
            seq = await in_database(services.add_message)(
                self.party,
                frame.cid,
                frame.text,
                attachments=frame.attachments,
                reply_to=frame.reply_to,
            )
        self._acknowledge(frame.cid, seq)
        self.runtime.turns.wake(self.feed.conversation)

    async def on_stop(self, frame: protocol.Stop) -> None:
        with refusals():
            await in_database(services.cancel_turn)(self.feed.conversation, frame.message)
        self.runtime.turns.wake(self.feed.conversation)  # what was written meanwhile

    async def on_human(self, frame: protocol.Human) -> None:
        with refusals():
            seq = await in_database(services.ask_for_person)(self.party, frame.cid, frame.reason)
        self._acknowledge(frame.cid, seq)
        self.runtime.turns.wake(self.feed.conversation)  # the bot stops at once
        await self._send_presence()

    async def on_rate(self, frame: protocol.Rate) -> None:
        with refusals():
            seq = await in_database(services.rate)(
                self.party, frame.cid, frame.score, frame.comment
            )
        self._acknowledge(frame.cid, seq)

    async def on_close(self, frame: protocol.Close) -> None:
        with refusals():
            seq = await in_database(services.close)(self.party, frame.cid)
        self._acknowledge(frame.cid, seq)
        self.runtime.turns.wake(self.feed.conversation)

    async def on_seen(self, frame: protocol.Seen) -> None:
        if await in_database(services.mark_seen)(self.party, frame.seq):
            await self._hint_desk("seen.hint", seq=frame.seq)

    async def on_typing(self, frame: protocol.Typing) -> None:
        await self._hint_desk("typing.hint", by={"kind": "visitor"}, on=frame.on)

    async def on_ping(self, frame: protocol.Ping) -> None:
        """Also the cure for a lost hint: what is new is sent, and the head shows what is."""
        standing = await in_database(sessions.standing)(self.feed.conversation)
        self.outbox.put(protocol.pong(frame.n, standing.head))
        if standing.head > self.feed.sent:
            self.outbox.read(self.feed)
        await self._send_presence()

    async def _hint_desk(self, kind: str, **content: Any) -> None:
        conversation = self.feed.conversation
        await publish.hint(
            publish.desk_group_of(conversation), kind, conversation=str(conversation), **content
        )

    def _acknowledge(self, cid: str, seq: int) -> None:
        self.outbox.put(protocol.ack(cid, seq))
        self.outbox.read(self.feed)  # our own event too, even if the hint of it is lost

    # --- hints from the record and from the turns ---

    async def conversation_changed(self, hint: dict[str, Any]) -> None:
        self.outbox.read(self.feed)

    async def turn_progress(self, hint: dict[str, Any]) -> None:
        self.outbox.progress(self.feed, shown_of(hint))

    async def typing_hint(self, hint: dict[str, Any]) -> None:
        self.outbox.put(protocol.typing(hint["by"], hint["on"]))

    # --- this visitor's other sockets ---

    @property
    def _siblings(self) -> str:
        return f"visitor.{self.party.visitor.hex}"

    async def _tell_siblings(self, kind: str) -> None:
        await publish.hint(self._siblings, kind, socket=self.channel_name, since=self.since)

    async def socket_opened(self, hint: dict[str, Any]) -> None:
        if hint["since"] > self.since:  # hints may come late
            self.newer.add(hint["socket"])
        if len(self.newer) >= SOCKETS_PER_VISITOR:
            await self.end(protocol.REPLACED)

    async def socket_closed(self, hint: dict[str, Any]) -> None:
        self.newer.discard(hint["socket"])


def shown_of(hint: dict[str, Any]) -> Shown:
    return Shown(hint["message"], hint["attempt"], hint["epoch"], hint["n"], hint["text"])


REFUSALS: dict[type[Exception], tuple[str, str]] = {
    services.IdConflict: ("id_conflict", "this cid was used for something else"),
    services.ConversationClosed: ("closed", "this conversation is closed; begin a new one"),
    services.NoConversation: ("not_found", "nothing was written here yet"),
    services.UnknownAttachment: ("not_found", "there is no such attachment"),
    services.TurnFinal: ("already_final", "nothing is being written"),
    services.TurnUnknown: ("not_found", "there is no such message"),
    Conversation.DoesNotExist: ("not_found", "there is no such conversation"),
}


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the record refuses into the protocol's errors."""
    try:
        yield
    except tuple(REFUSALS) as error:
        raise FrameError(*REFUSALS[type(error)]) from error
