"""What the visitors' and the operators' sockets have in common.

Frames in: parsed, held to the limits, given to the method named after their type. Frames out: by
the outbox alone. No database and no dialogue here.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from backend import protocol
from backend.protocol import FrameError

from . import runtime
from .database import STORE_ERRORS
from .limits import SocketLimits
from .outbox import Feed, Outbox, Stalled

log = logging.getLogger("kefu.chat")


class Socket(AsyncWebsocketConsumer):
    """One WebSocket that speaks the protocol."""

    frames: ClassVar[Mapping[str, type]] = {}
    max_text = protocol.MAX_TEXT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limits = SocketLimits(time.monotonic)
        self.outbox = Outbox(self._send_text)
        self.closing = False
        self._writer: asyncio.Task[None] | None = None
        self._groups: set[str] = set()
        self._unheard: set[str] = set()  # groups that the channel layer did not let us join

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.scope["headers"])

    @property
    def origin(self) -> str:
        return self.headers.get(b"origin", b"").decode("latin1")

    @property
    def host(self) -> str:
        return self.headers.get(b"host", b"").decode("latin1")

    # --- life ---

    async def begin(self) -> None:
        """Accept the handshake and start writing."""
        self.runtime = runtime.get()
        self.runtime.sockets.add(self)
        await self.accept()
        self._writer = asyncio.create_task(self._write())
        if self.runtime.draining:
            await self.restart()

    async def restart(self) -> None:
        await self.end(protocol.RESTARTING)

    async def end(self, code: int, reason: str = "") -> None:
        """Close the socket once; whatever comes in after that is ignored."""
        if not self.closing:
            self.closing = True
            with contextlib.suppress(Exception):  # the peer may be gone, which is as good
                await asyncio.wait_for(self.close(code=code, reason=reason), 2)

    async def disconnect(self, code: int) -> None:
        self.closing = True
        if self._writer is not None:
            self._writer.cancel()
        for group in list(self._groups):
            await self.leave(group)

    async def _write(self) -> None:
        try:
            await self.outbox.run()
        except Stalled:
            await self.end(protocol.STALLED)
        except asyncio.CancelledError:
            raise
        except Exception:
            await self.fault()

    async def _send_text(self, text: str) -> None:
        if not self.closing:
            await self.send(text_data=text)

    async def fault(self) -> None:
        """A fault of ours: log it under an id that the other side sees too."""
        incident = uuid.uuid4().hex[:12]
        log.exception("Incident %s", incident)
        await self.end(protocol.FAULT, f"incident {incident}")

    def feeds_followed(self) -> Iterable[Feed]:
        """The conversations that this socket is told of."""
        return ()

    def catch_up(self) -> None:
        """Look for what is new without having been told: the channel layer is away."""
        for feed in self.feeds_followed():
            self.outbox.read(feed)

    # --- groups: hints only, so a channel layer that is down stops nothing ---

    async def follow(self, group: str) -> None:
        self._groups.add(group)
        if not await self._tell_layer(self.channel_layer.group_add, group):
            self._unheard.add(group)

    async def leave(self, group: str) -> None:
        self._groups.discard(group)
        self._unheard.discard(group)
        await self._tell_layer(self.channel_layer.group_discard, group)

    @property
    def deaf(self) -> bool:
        """Whether hints to this socket get lost."""
        return bool(self._unheard)

    async def listen_again(self) -> bool:
        """Join the groups that could not be joined; False if they still cannot be."""
        for group in list(self._unheard):
            if not await self._tell_layer(self.channel_layer.group_add, group):
                return False
            self._unheard.discard(group)
        return True

    async def _tell_layer(self, call: Any, group: str) -> bool:
        try:
            async with asyncio.timeout(2):
                await call(group, self.channel_name)
        except Exception as error:
            log.warning("The channel layer does not answer: %s", type(error).__name__)
            return False
        return True

    # --- frames in ---

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As Channels does; what goes wrong ends this socket in an orderly way, and no other."""
        try:
            await super().dispatch(message)
        except StopConsumer:
            raise
        except Stalled:
            await self.end(protocol.STALLED)
        except STORE_ERRORS as error:
            if message["type"].startswith("websocket."):
                await self.fault()
            else:  # a hint, which may be lost
                log.warning("The database does not answer: %s", error)
        except Exception:
            await self.fault()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.closing:
            return
        if len(text_data or "") > protocol.MAX_MESSAGE:
            await self.end(protocol.TOO_BIG)
        elif await self._admitted():
            await self._handle(text_data if bytes_data is None else bytes_data)

    async def _admitted(self) -> bool:
        if self.limits.frames.admit():
            return True
        await self.refuse(
            FrameError(
                "rate_limited",
                "That is too fast; wait a moment.",
                retry_after=round(self.limits.frames.wait + 0.05, 2),
            )
        )
        return False

    async def _handle(self, data: str | bytes | None) -> None:
        try:
            frame = protocol.parse(data, frames=self.frames, max_text=self.max_text)
        except FrameError as error:
            await self._bad(error)
            return
        try:
            await self.on_frame(frame)
        except FrameError as error:
            error.cid = error.cid or getattr(frame, "cid", None)
            if error.code == "rate_limited":
                await self.refuse(error, **self.place_of(frame))
            elif error.code in ("hello_first", "hello_twice"):
                await self._bad(error)
            else:
                self.outbox.put(protocol.error(error, **self.place_of(frame)))
        except STORE_ERRORS as error:
            log.warning("The database does not answer: %s", error)
            failure = FrameError(
                "store_unavailable",
                "This could not be stored just now; it is safe to send it again.",
                cid=getattr(frame, "cid", None),
                retry_after=2,
            )
            self.outbox.put(protocol.error(failure, **self.place_of(frame)))

    async def on_frame(self, frame: Any) -> None:
        """Give the frame to ``on_<its type>``."""
        await getattr(self, HANDLERS[type(frame)])(frame)

    def place_of(self, frame: Any) -> dict[str, Any]:
        """What to add to an answer to this frame."""
        return {}

    async def _bad(self, error: FrameError) -> None:
        self.outbox.put(protocol.error(error))
        if not self.limits.bad_frames.admit():
            await self._close_after(protocol.BAD_FRAMES)

    async def refuse(self, error: FrameError, **place: Any) -> None:
        self.outbox.put(protocol.error(error, **place))
        if not self.limits.refusals.admit():
            await self._close_after(protocol.SLOW_DOWN)

    async def _close_after(self, code: int) -> None:
        """Close, after the writer has had its chance to say why."""
        await asyncio.sleep(0.05)
        await self.end(code)


HANDLERS: Mapping[type, str] = {
    kind: f"on_{name}" for name, kind in {**protocol.VISITOR_FRAMES, **protocol.DESK_FRAMES}.items()
}
