"""All that was found in the visitor's unanswered messages, as the policy reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..tracking.tracker import Mention
from ..types import Utterance
from ..understanding.intents import Clause
from ..understanding.messages import Understanding
from . import buttons


@dataclass(frozen=True)
class Heard:
    """``mentions`` are of the task in hand."""

    said: Sequence[Utterance]
    meant: Understanding
    clauses: tuple[Clause, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(utterance.text for utterance in self.said)

    def clause_of(self, mention: Mention) -> Clause | None:
        """The clause in which the value stands."""
        for clause in self.clauses:
            if clause.message == mention.message and clause.start <= mention.start < clause.end:
                return clause
        return None

    @property
    def clicked(self) -> buttons.Button | None:
        last = self.said[-1] if self.said else None
        return buttons.read(last.reply_to) if last and last.reply_to else None
