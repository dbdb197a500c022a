"""The values that the dialogue engine takes and gives.

Frozen, plain Python, no Django and no torch: a conversation's state can be rebuilt from its event
log and replayed. The engine takes a :class:`State` and yields :data:`EngineEvent` values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

from .memory import Memory
from .schema import Outcome, Schema

Speaker = Literal["visitor", "bot", "operator"]


@dataclass(frozen=True)
class Utterance:
    """One message of the conversation, in its order."""

    speaker: Speaker
    text: str
    reply_to: str | None = None  # the id of the choice that the visitor clicked
    choices: tuple[Choice, ...] = ()  # what the bot offered with this message
    seq: int = 0  # its number in the event log


@dataclass(frozen=True)
class Choice:
    """A button under a bot message; ``id`` comes back as ``reply_to``."""

    id: str
    label: str


@dataclass(frozen=True)
class Citation:
    title: str
    url: str


@dataclass(frozen=True)
class Edit:
    """An operator set a slot of the task in hand on the desk, since the last turn."""

    slot: str
    value: Any


EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class State:
    """All that a turn may depend on. ``history`` ends with the messages still unanswered.

    ``schema`` is the version that the conversation began with; without one the bot answers from
    articles alone. ``memory`` is what the last turn left. ``now`` is when the turn began, in the
    visitor's time zone.
    """

    site: str  # the site's key: selects the articles
    history: tuple[Utterance, ...]
    company: str = ""
    locale: str = ""  # BCP 47, the page's or browser's; the visitor's words outweigh it
    profile: Mapping[str, Any] = field(default_factory=dict)
    schema: Schema | None = None
    memory: Memory = Memory()
    edits: tuple[Edit, ...] = ()
    now: datetime = EPOCH

    @property
    def unanswered(self) -> tuple[Utterance, ...]:
        """The visitor's messages since anyone last answered, oldest first."""
        count = 0
        for utterance in reversed(self.history):
            if utterance.speaker != "visitor":
                break
            count += 1
        return self.history[len(self.history) - count :]


@dataclass(frozen=True)
class Passage:
    """A piece of an article, as long as a reader takes in at once.

    ``score`` is the search's own, comparable within one result only; ``similarity`` is the cosine
    of query and passage; ``overlap`` is the share (0 to 1) of the query's words, weighted by how
    telling each is on this site, that stand in the passage. ``title`` and ``url`` are the
    article's, ``heading`` the section's. ``vectors`` are those of ``sentences.views``, its title
    and its sentences: float32 of shape ``(1 + sentences, dimension)``, or None.
    """

    id: str
    article: str
    title: str
    heading: str
    text: str
    url: str
    language: str
    score: float = 0.0
    similarity: float = 0.0
    overlap: float = 0.0
    vectors: Any = field(default=None, compare=False, repr=False)


class Searcher(Protocol):
    """Where the engine finds passages."""

    async def search(
        self, site: str, query: str, *, language: str, limit: int = 5
    ) -> Sequence[Passage]:
        """Best first. Raises InferenceError where the encoder cannot work."""
        ...


@dataclass(frozen=True)
class HttpRequest:
    """A call to the customer's system, ready but for its secrets.

    ``headers`` may hold ``{{ secret.NAME }}``, which the caller fills in. ``body`` is JSON or
    None. ``shown`` is the same as far as operators may see it: sensitive values masked.
    ``sensitive`` are the texts that must not be kept readable if the answer repeats them.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    timeout_s: float = 8.0
    retries: int = 0
    shown: Mapping[str, Any] = field(default_factory=dict)
    sensitive: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class ActionCall:
    """The engine wants this action done. ``key`` is the same whenever this very call is repeated
    in the conversation, so that it happens once; ``reads`` says that it changes nothing."""

    key: str
    service: str
    action: str
    request: HttpRequest
    reads: bool = False


@dataclass(frozen=True)
class ActionResult:
    """What became of a call. ``json`` is the answer's body where it was JSON, else None;
    ``error`` says for operators what went wrong; ``ms`` how long it took."""

    outcome: Outcome
    status: int = 0
    json: Any = None
    error: str = ""
    ms: float = 0.0


class Actions(Protocol):
    """Where the engine's calls go: to the customer's system, or to a rehearsal of it."""

    async def call(self, call: ActionCall) -> ActionResult:
        """Never raises for what the other system does; that is a ``failure``."""
        ...


@dataclass(frozen=True)
class SlotChange:
    """A slot of the task in hand was set or cleared (value None, text empty).

    ``value`` and ``text`` are masked where the slot is sensitive.
    """

    slot: str
    value: Any
    text: str
    source: str


@dataclass(frozen=True)
class Delta:
    """The next piece of the reply's text, already checked and safe to show."""

    text: str


@dataclass(frozen=True)
class Reply:
    """The whole reply; its text equals the joined deltas of the same run.

    ``refused`` says that the bot could not answer and said so. ``analysis`` is what operators see
    beside the message: language, decision and why, passages with scores, dropped sentences,
    milliseconds of each stage, names of the models. It holds JSON values only. ``memory`` is for
    the next turn, ``changes`` are its slots that are new. ``sensitive`` are places in the log, as
    message number, start and end, whose characters nobody should see any more.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    refused: bool = False
    analysis: Mapping[str, Any] = field(default_factory=dict)
    memory: Memory = Memory()
    changes: tuple[SlotChange, ...] = ()
    sensitive: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class Handoff:
    """A person is to take the conversation. It follows the Reply that says so."""

    reason: str


EngineEvent = Delta | Reply | Handoff
