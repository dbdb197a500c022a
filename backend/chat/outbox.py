"""What a socket still has to be told, in order and in bounded memory.

Events wait in the database and are read when the reader has taken the ones before. Deltas wait
here up to a limit and are then merged into one snapshot. So a slow reader costs what is in flight
plus a little, and a hint that was lost, doubled or late changes nothing that is shown.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from backend import protocol
from backend.conversations import sessions

from .database import STORE_ERRORS, in_database

STALL_SECONDS = 10.0
MAX_PIECES = 32 * 1024  # characters of waiting deltas, per conversation
MAX_FRAMES = 400  # waiting answers; a client that asks on and never reads is cut off

Frame = dict[str, Any]


class Stalled(Exception):
    """The reader made no progress."""


@dataclass
class Shown:
    """How much of a bot message the reader has, or will have."""

    message: str
    attempt: int
    epoch: int
    n: int
    text: str

    def precedes(self, other: Shown) -> bool:
        """Whether this is no news after ``other``, of the same message."""
        same = self.message == other.message
        return same and (self.attempt, self.n) <= (other.attempt, other.n)


@dataclass
class Feed:
    """One conversation as one socket follows it. ``place`` is added to each of its frames."""

    conversation: UUID
    sent: int = 0  # the seq of the last event sent
    place: Frame = field(default_factory=dict)
    epoch: int = 0
    latest: Shown | None = None  # the newest progress that was hinted
    shown: Shown | None = None  # what was sent of it
    ended: deque[str] = field(default_factory=lambda: deque(maxlen=8))
    reading: bool = False  # a read of the log is waiting
    waiting: int = 0  # characters of pieces that are waiting

    def note(self, event: Frame) -> Frame | None:
        """Take an event into account; returns the frame that has to go before it, if any.

        The deltas of a reply join to its text unless some were merged into a snapshot: where
        hints were lost, the missing rest becomes one.
        """
        self.sent = event["seq"]
        body = event["body"]
        if event["kind"] == "owner":
            self.epoch = max(self.epoch, body["epoch"])  # a replay begins with old ones
        if event["kind"] not in ("message", "turn") or event["by"]["kind"] in (
            "visitor",
            "operator",
        ):
            return None
        self.ended.append(body["message"])
        shown, self.shown = self.shown, None
        if event["kind"] == "turn" or shown is None or shown.message != body["message"]:
            return None
        if shown.text == body["text"]:
            return None
        return protocol.progress(
            "snapshot", shown.message, shown.attempt, shown.epoch, shown.n + 1, body["text"]
        )

    def stale(self, progress: Shown) -> bool:
        return progress.message in self.ended or progress.epoch < self.epoch


@dataclass(frozen=True)
class Replay:
    feed: Feed
    head: int


@dataclass(frozen=True)
class Read:
    feed: Feed


@dataclass(frozen=True)
class Piece:
    """A delta that waits; without ``text`` it stands for all that is known when it is sent."""

    feed: Feed
    of: tuple[str, int]  # message and attempt
    n: int
    text: str | None


class Outbox:
    """Sends one socket's frames from a task of its own (:meth:`run`)."""

    def __init__(self, send: Callable[[str], Awaitable[None]]) -> None:
        self._send = send
        self._jobs: deque[Frame | Replay | Read | Piece] = deque()
        self._more = asyncio.Event()

    def put(self, frame: Frame) -> None:
        """Raises Stalled where too many answers wait unread."""
        if len(self._jobs) >= MAX_FRAMES:
            raise Stalled
        self._add(frame)

    def replay(self, feed: Feed, head: int) -> None:
        """Send the log in pages up to ``head``, then ``live``, then what is being written."""
        self._add(Replay(feed, head))

    def read(self, feed: Feed) -> None:
        """There may be new events."""
        if not feed.reading:
            feed.reading = True
            self._add(Read(feed))

    def progress(self, feed: Feed, new: Shown) -> None:
        """More of a bot message is known; ``new.text`` is all of it so far."""
        old = feed.latest
        same = old is not None and (old.message, old.attempt) == (new.message, new.attempt)
        if feed.stale(new) or (old is not None and new.precedes(old)):
            return  # hints may come late or twice
        piece = new.text if new.n == 1 else None
        if old is not None and same and new.n == old.n + 1 and new.text.startswith(old.text):
            piece = new.text[len(old.text) :]
        feed.latest = new
        if feed.waiting + len(piece or "") > MAX_PIECES:
            self._drop_pieces(feed)
            piece = None
        feed.waiting += len(piece or "")
        self._add(Piece(feed, (new.message, new.attempt), new.n, piece))

    def forget(self, feed: Feed) -> None:
        """Send nothing more of this conversation."""
        self._jobs = deque(
            job for job in self._jobs if isinstance(job, dict) or job.feed is not feed
        )

    async def run(self) -> None:
        """Send until cancelled. Raises Stalled after 10 s in which the reader took nothing."""
        while True:
            while not self._jobs:
                self._more.clear()
                await self._more.wait()
            job = self._jobs.popleft()
            if isinstance(job, Replay):
                await self._send_log(job.feed, job.head)
            elif isinstance(job, Read):
                await self._send_new(job.feed)
            elif isinstance(job, Piece):
                await self._send_piece(job)
            else:
                await self._write(job)

    def _add(self, job: Frame | Replay | Read | Piece) -> None:
        self._jobs.append(job)
        self._more.set()

    def _drop_pieces(self, feed: Feed) -> None:
        self._jobs = deque(
            job for job in self._jobs if not (isinstance(job, Piece) and job.feed is feed)
        )
        feed.waiting = 0

    async def _write(self, frame: Frame) -> None:
        try:
            async with asyncio.timeout(STALL_SECONDS):
                await self._send(protocol.serialise(frame))
        except TimeoutError as error:
            raise Stalled from error

    async def _send_log(self, feed: Feed, head: int) -> None:
        more = feed.sent < head
        while more:
            rows, beyond = await self._from_store(
                sessions.events_after, feed.conversation, feed.sent
            )
            if not rows:
                break
            more = beyond
            for page in protocol.pages(rows, more, **feed.place):
                for row in page["events"]:
                    feed.note(row)
                await self._write(page)
        await self._write(protocol.live(max(head, feed.sent), **feed.place))
        written = await self._from_store(sessions.being_written, feed.conversation)
        if written is not None:
            now = Shown(*(written[key] for key in ("message", "attempt", "epoch", "n", "text")))
            if not feed.stale(now):
                feed.shown = now
                feed.latest = feed.latest or now
                await self._write(written | feed.place)

    async def _send_new(self, feed: Feed) -> None:
        feed.reading = False  # before the read: what is committed from here on is hinted again
        rows, more = await self._from_store(sessions.events_after, feed.conversation, feed.sent)
        for row in rows:
            before = feed.note(dict(row))
            if before is not None:
                await self._write(before | feed.place)
            await self._write(protocol.event(row, **feed.place))
        if more:
            self.read(feed)

    async def _send_piece(self, piece: Piece) -> None:
        feed, latest = piece.feed, piece.feed.latest
        feed.waiting -= len(piece.text or "")
        if latest is None or (latest.message, latest.attempt) != piece.of or feed.stale(latest):
            return
        shown = feed.shown
        if shown is not None and latest.precedes(shown):
            return
        before = shown.n if shown and (shown.message, shown.attempt) == piece.of else 0
        if piece.n <= before:
            return
        if piece.text is not None and piece.n == before + 1:
            kind, n, text = "delta", piece.n, piece.text
            whole = (shown.text if before and shown else "") + text
        else:
            kind, n, text = "snapshot", latest.n, latest.text
            whole = text
        feed.shown = Shown(latest.message, latest.attempt, latest.epoch, n, whole)
        await self._write(
            protocol.progress(kind, latest.message, latest.attempt, latest.epoch, n, text)
            | feed.place
        )

    async def _from_store(self, query: Callable[..., Any], *arguments: Any) -> Any:
        """Ask the record, again and again while the database is away."""
        while True:
            try:
                return await in_database(query)(*arguments)
            except STORE_ERRORS:
                await asyncio.sleep(1)
