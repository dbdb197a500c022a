"""An operator's socket: follows the list and as many conversations as are open on the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.utils import timezone

from backend import protocol
from backend.conversations import operators as views
from backend.conversations import publish, services
from backend.conversations.models import display_name
from backend.conversations.operators import operator_by_id
from backend.conversations.services import OwnerConflict
from backend.dialogue.memory import Memory
from backend.dialogue.types import Reply
from backend.inference.errors import InferenceError
from backend.protocol import FrameError

from .consumers import refusals, shown_of
from .database import in_database
from .outbox import Feed
from .socket import Socket
from .state import load_state

OPEN_AT_ONCE = 50


class DeskSocket(Socket):
    """``/ws/desk/``: needs a Django session whose user may operate conversations."""

    frames = protocol.DESK_FRAMES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.feeds: dict[UUID, Feed] = {}
        self.drafts: set[asyncio.Task[None]] = set()
        self.user: Any = None

    def feeds_followed(self) -> list[Feed]:
        return list(self.feeds.values())

    async def connect(self) -> None:
        await self.begin()
        self.user = self.scope["user"]
        if urlsplit(self.origin).netloc != self.host or not await self._may():
            await self.end(protocol.FORBIDDEN)
            return
        await self.follow(publish.DESK)
        me = {"id": self.user.pk, "name": display_name(self.user)}
        self.outbox.put({"type": "welcome", "v": protocol.VERSION, "operator": me})
        await self._here()

    async def disconnect(self, code: int) -> None:
        for task in self.drafts:
            task.cancel()
        await super().disconnect(code)

    async def _may(self) -> bool:
        """Asked again with each frame: logging out or losing the permission ends the socket."""
        session = self.scope["session"]
        return bool(self.user.pk) and await in_database(_may_operate)(self.user.pk, session)

    async def _here(self) -> None:
        await in_database(services.touch_operator)(self.user)
        online = await in_database(services.operators_online)()
        self.outbox.put({"type": "presence", "operators_online": online})

    def place_of(self, frame: Any) -> dict[str, Any]:
        conversation = getattr(frame, "conversation", None)
        return {"conversation": conversation} if conversation else {}

    async def on_frame(self, frame: Any) -> None:
        if self.user is None or self.closing:
            return
        if not await self._may():
            await self.end(protocol.FORBIDDEN)
            return
        if not isinstance(frame, protocol.Ping) and frame.conversation is None:
            raise FrameError("missing_field", "conversation is missing")
        await super().on_frame(frame)

    # --- following ---

    async def on_join(self, frame: protocol.Join) -> None:
        conversation = UUID(frame.conversation)
        with refusals():
            about = await in_database(views.about)(conversation)
        if len(self.feeds) >= OPEN_AT_ONCE:
            raise FrameError("overloaded", f"a desk follows at most {OPEN_AT_ONCE} conversations")
        await self._leave(conversation)
        for group in (publish.group_of(conversation), publish.desk_group_of(conversation)):
            await self.follow(group)
        about = await in_database(views.about)(conversation)  # joined first, read after that
        feed = Feed(
            conversation,
            sent=frame.last_seq if frame.last_seq <= about["head"] else 0,
            place={"conversation": str(conversation)},
            epoch=about["epoch"],
        )
        self.feeds[conversation] = feed
        first, rest = _that_fit(about["notes"])
        self.outbox.put({"type": "joined", **about, "notes": first})
        for note in rest:
            self.outbox.put({"type": "note", "conversation": frame.conversation, "note": note})
        self.outbox.replay(feed, about["head"])

    async def on_leave(self, frame: protocol.Leave) -> None:
        await self._leave(UUID(frame.conversation))

    async def _leave(self, conversation: UUID) -> None:
        feed = self.feeds.pop(conversation, None)
        if feed is not None:
            self.outbox.forget(feed)
            await self.leave(publish.group_of(conversation))
            await self.leave(publish.desk_group_of(conversation))

    # --- doing ---

    async def _do(self, frame: Any, service: Any, *arguments: Any) -> None:
        """Call a service as this operator and acknowledge it."""
        with refusals(), owner_refusals():
            seq = await in_database(service)(
                UUID(frame.conversation), self.user, *arguments, frame.cid
            )
        self._done(frame, seq)

    def _done(self, frame: Any, seq: int) -> None:
        self.outbox.put(protocol.ack(frame.cid, seq, conversation=frame.conversation))
        self._read(frame.conversation)
        self.runtime.turns.wake(UUID(frame.conversation))  # to stop, or to go on

    async def on_send(self, frame: protocol.Send) -> None:
        with refusals(), owner_refusals():
            seq = await in_database(services.add_operator_message)(
                UUID(frame.conversation), self.user, frame.cid, frame.text
            )
        self._done(frame, seq)

    async def on_take(self, frame: protocol.Take) -> None:
        await self._do(frame, services.take)

    async def on_release(self, frame: protocol.Release) -> None:
        await self._do(frame, services.hand_back)

    async def on_queue(self, frame: protocol.Queue) -> None:
        await self._do(frame, services.queue)

    async def on_close(self, frame: protocol.Close) -> None:
        await self._do(frame, services.close_by_operator)

    async def on_assign(self, frame: protocol.Assign) -> None:
        to = await in_database(operator_by_id)(frame.operator)
        if to is None:
            raise FrameError("not_found", "there is no such operator")
        await self._do(frame, services.assign, to)

    async def on_edit_slot(self, frame: protocol.EditSlot) -> None:
        await self._do(frame, services.edit_slot, frame.slot, frame.value)

    async def on_stop(self, frame: protocol.Stop) -> None:
        with refusals():
            await in_database(services.cancel_turn)(
                UUID(str(frame.conversation)),
                frame.message,
                f"stopped by {display_name(self.user)}",
            )
        self.runtime.turns.wake(UUID(str(frame.conversation)))

    async def on_note(self, frame: protocol.Note) -> None:
        conversation = UUID(frame.conversation)
        with refusals():
            note, new = await in_database(services.add_note)(
                conversation, self.user, frame.cid, frame.text
            )
        self.outbox.put({"type": "ack", "conversation": frame.conversation, "cid": frame.cid})
        if new:
            await publish.hint(
                publish.desk_group_of(conversation),
                "note.added",
                conversation=frame.conversation,
                note=views.note_json(note),
            )

    async def on_seen(self, frame: protocol.Seen) -> None:
        await in_database(services.mark_read)(UUID(frame.conversation), frame.seq)
        await publish.hint(publish.DESK, "conversation.changed", conversation=frame.conversation)

    async def on_typing(self, frame: protocol.Typing) -> None:
        await publish.hint(
            publish.group_of(str(frame.conversation)),
            "typing.hint",
            conversation=frame.conversation,
            by={"kind": "operator", "name": display_name(self.user)},
            on=frame.on,
            of=self.channel_name,
        )

    async def on_ping(self, frame: protocol.Ping) -> None:
        self.outbox.put(protocol.pong(frame.n, 0))
        for feed in self.feeds.values():
            self.outbox.read(feed)
        await self._here()

    async def on_suggest(self, frame: protocol.Suggest) -> None:
        """Draft a reply in a task of its own: the desk goes on while the model writes."""
        task = asyncio.create_task(self._draft(frame))
        self.drafts.add(task)
        task.add_done_callback(self.drafts.discard)

    async def _draft(self, frame: protocol.Suggest) -> None:
        conversation = UUID(frame.conversation)
        answer = {"conversation": frame.conversation, "cid": frame.cid}
        try:
            with refusals():
                about = await in_database(views.about)(conversation)
            state = await in_database(load_state)(conversation, about["head"], timezone.now())
            # An operator wants an answer to send, not a form to go through.
            state = replace(state, schema=None, memory=Memory(), edits=())
            async for event in self.runtime.engine.respond(state):
                if isinstance(event, Reply):
                    self.outbox.put(
                        {
                            "type": "draft",
                            **answer,
                            "text": event.text,
                            "citations": [asdict(citation) for citation in event.citations],
                        }
                    )
        except FrameError as error:
            self.outbox.put(protocol.error(error, **answer))
        except InferenceError:
            failure = FrameError("overloaded", "No draft could be made just now.", retry_after=5)
            self.outbox.put(protocol.error(failure, **answer))

    # --- hints ---

    def _feed(self, hint: dict[str, Any]) -> Feed | None:
        return self.feeds.get(UUID(hint["conversation"]))

    def _read(self, conversation: str | None) -> None:
        feed = self.feeds.get(UUID(str(conversation)))
        if feed is not None:
            self.outbox.read(feed)

    async def conversation_changed(self, hint: dict[str, Any]) -> None:
        self._read(hint["conversation"])
        row = await in_database(views.summary)(UUID(hint["conversation"]))
        if row is not None:
            self.outbox.put({"type": "changed", **row})

    async def turn_progress(self, hint: dict[str, Any]) -> None:
        feed = self._feed(hint)
        if feed is not None:
            self.outbox.progress(feed, shown_of(hint))

    async def typing_hint(self, hint: dict[str, Any]) -> None:
        if hint.get("of") != self.channel_name:
            self.outbox.put(
                protocol.typing(hint["by"], hint["on"], conversation=hint["conversation"])
            )

    async def seen_hint(self, hint: dict[str, Any]) -> None:
        self.outbox.put({"type": "seen", "conversation": hint["conversation"], "seq": hint["seq"]})

    async def note_added(self, hint: dict[str, Any]) -> None:
        self.outbox.put(
            {"type": "note", "conversation": hint["conversation"], "note": hint["note"]}
        )


@contextmanager
def owner_refusals() -> Iterator[None]:
    try:
        yield
    except OwnerConflict as error:
        raise FrameError("owner_conflict", f"{error.holder} has this conversation.") from error


def _may_operate(user: int, session: Any) -> bool:
    return session.exists(session.session_key) and operator_by_id(user) is not None


def _that_fit(notes: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The notes that fit into one frame, and those that need frames of their own."""
    size, count = 0, 0
    for note in notes:
        size += len(protocol.serialise(note).encode())
        if size > protocol.MAX_FRAME // 2:
            break
        count += 1
    return notes[:count], notes[count:]
