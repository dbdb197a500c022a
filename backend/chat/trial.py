"""A conversation with the engine that is kept nowhere: for Try it, the bot's tests and replays.

Its whole state travels as a value. Knows the engine; nothing of sockets or of the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from backend.dialogue.memory import Memory
from backend.dialogue.schema import Schema
from backend.dialogue.types import Actions, Choice, Handoff, Reply, State, Utterance

from .turns import Responder

MOST_UTTERANCES = 40  # the engine looks back no further


class NoSuchButton(Exception):
    """The bot's last message has no such button; the text says which it has."""


@dataclass(frozen=True)
class Trial:
    """A conversation so far, and who has it with which bot."""

    site: str
    company: str = ""
    locale: str = ""
    profile: Mapping[str, Any] = field(default_factory=dict)
    history: tuple[Utterance, ...] = ()
    memory: Memory = Memory()

    def say(self, text: str) -> Trial:
        return self._with(Utterance("visitor", text, seq=len(self.history) + 1))

    def choose(self, wanted: str) -> Trial:
        """Click the button with this id or label. Raises NoSuchButton."""
        offered = self.history[-1].choices if self.history else ()
        for choice in offered:
            if wanted in (choice.id, choice.label):
                seq = len(self.history) + 1
                return self._with(Utterance("visitor", choice.label, choice.id, seq=seq))
        labels = ", ".join(f"“{choice.label}”" for choice in offered) or "none"
        raise NoSuchButton(f"There is no button “{wanted}”; the buttons are: {labels}.")

    def _with(self, utterance: Utterance) -> Trial:
        return replace(self, history=(*self.history, utterance))

    def say_or_choose(self, text: str) -> Trial:
        """Click the button of this label, or say the text where there is none."""
        try:
            return self.choose(text)
        except NoSuchButton:
            return self.say(text)

    def state(self, schema: Schema | None, now: datetime) -> State:
        return State(
            site=self.site,
            history=self.history[-MOST_UTTERANCES:],
            company=self.company,
            locale=self.locale,
            profile=self.profile,
            schema=schema,
            memory=self.memory,
            now=now,
        )

    def after(self, reply: Reply) -> Trial:
        """With the bot's reply, and what it remembers."""
        said = Utterance("bot", reply.text, choices=reply.choices, seq=len(self.history) + 1)
        return replace(self._with(said), memory=reply.memory)

    async def answer(
        self, engine: Responder, schema: Schema | None, now: datetime, actions: Actions
    ) -> tuple[Trial, Reply, str | None]:
        """The conversation after the bot's reply, the reply, and why a person is to take over."""
        reply, handoff = None, None
        async for event in engine.respond(self.state(schema, now), actions):
            if isinstance(event, Reply):
                reply = event
            elif isinstance(event, Handoff):
                handoff = event.reason
        assert reply is not None
        return self.after(reply), reply, handoff

    def as_json(self) -> dict[str, Any]:
        return {
            "history": [
                [u.speaker, u.text, u.reply_to, [[c.id, c.label] for c in u.choices]]
                for u in self.history
            ],
            "memory": self.memory.as_json(),
        }

    def restored(self, kept: Mapping[str, Any]) -> Trial:
        """This conversation with what :meth:`as_json` gave."""
        history = tuple(
            Utterance(speaker, text, reply_to, tuple(Choice(*c) for c in choices), seq)
            for seq, (speaker, text, reply_to, choices) in enumerate(kept["history"], 1)
        )
        return replace(self, history=history, memory=Memory.model_validate(kept["memory"]))
