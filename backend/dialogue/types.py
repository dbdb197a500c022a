"""The values that the dialogue engine takes and gives.

Frozen, plain Python, no Django and no torch: a conversation's state can be rebuilt from its event
log and replayed. The engine takes a :class:`State` and yields :data:`EngineEvent` values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Speaker = Literal["visitor", "bot", "operator"]


@dataclass(frozen=True)
class Utterance:
    """One message of the conversation, in its order."""

    speaker: Speaker
    text: str
    reply_to: str | None = None  # the id of the choice that the visitor clicked
    choices: tuple[Choice, ...] = ()  # what the bot offered with this message


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
class State:
    """All that a turn may depend on. ``history`` ends with the messages still unanswered."""

    site: str  # the site's key: selects the articles
    history: tuple[Utterance, ...]
    company: str = ""
    locale: str = ""  # BCP 47, the page's or browser's; the visitor's words outweigh it
    profile: Mapping[str, Any] = field(default_factory=dict)

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
class Delta:
    """The next piece of the reply's text, already checked and safe to show."""

    text: str


@dataclass(frozen=True)
class Reply:
    """The whole reply; its text equals the joined deltas of the same run.

    ``refused`` says that the bot could not answer and said so. ``analysis`` is what operators see
    beside the message: language, decision and why, passages with scores, dropped sentences,
    milliseconds of each stage, names of the models. It holds JSON values only.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    refused: bool = False
    analysis: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Handoff:
    """A person is to take the conversation. It follows the Reply that says so."""

    reason: str


EngineEvent = Delta | Reply | Handoff
