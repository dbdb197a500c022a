"""What a visitor's messages do to the tasks in hand: the words of ``interpret``'s answer."""

from __future__ import annotations

from dataclasses import dataclass

from ..tracking.tracker import Mention
from ..understanding.intents import Clause


@dataclass(frozen=True)
class Fill:
    """These values for the task in hand."""

    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Clear:
    """The visitor wants to give these slots anew."""

    slots: tuple[str, ...]


@dataclass(frozen=True)
class Start:
    """A new task. ``clause`` is where it was asked for; ``instead`` drops what was in hand;
    ``again`` takes up the last task with all that it had."""

    intent: str
    clause: Clause | None = None
    instead: bool = False
    again: bool = False


@dataclass(frozen=True)
class Agree:
    """Yes, do it."""


@dataclass(frozen=True)
class Deny:
    """No; what is to be different was not said."""


@dataclass(frozen=True)
class NotYet:
    """The visitor asks whether it is done, and it waits for their yes."""


@dataclass(frozen=True)
class Status:
    """The visitor asks what became of the last task."""


@dataclass(frozen=True)
class Cancel:
    """Drop the task in hand."""


@dataclass(frozen=True)
class Choose:
    """Two or more intents are as likely: the visitor is asked which."""

    intents: tuple[str, ...]


@dataclass(frozen=True)
class Ask:
    """Something to answer from the articles: these texts, or the whole of what was said where
    there are none. ``intent`` is one that it may be instead."""

    texts: tuple[str, ...] = ()
    intent: str = ""
    sure: bool = True  # that it is a question, and not a failed answer to the bot's own


@dataclass(frozen=True)
class Talk:
    """Small talk of a kind, or nothing that could be read."""

    what: str


@dataclass(frozen=True)
class Unclear:
    """Neither an answer to what the bot asked nor anything else that it knows; or, ``at_a_loss``,
    word that there is no answer."""

    bad: Mention | None = None
    at_a_loss: bool = False


Move = (
    Fill | Clear | Start | Agree | Deny | NotYet | Status | Cancel | Choose | Ask | Talk | Unclear
)
