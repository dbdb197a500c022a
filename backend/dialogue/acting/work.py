"""What the moves and steps of one turn share: the conversation's tasks as they change, and the
tools to change them with.

Decides nothing and words nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ..answers.answerer import Answerer
from ..deciding import tasks
from ..memory import Expects, Memory, Option, Task, Value
from ..responding.talk import Said, Scene
from ..schema import Schema, Service
from ..tracking.tracker import Mention, Tracker, TrackRequest
from ..tracking.values import Context
from ..turn import Turn
from ..types import Actions, State, Utterance
from ..understanding.intents import Clause
from ..understanding.messages import Understanding

TAKEN = 0.5  # the confidence at which a value counts


@dataclass
class Work:
    """One turn's work on the tasks of a conversation.

    ``expected`` is what the bot waited for when the turn began; ``resting`` says that it waits
    for the visitor again. ``agreed`` are tasks that were confirmed in this turn and not changed
    since; ``bad`` the values that could not be taken, by slot; ``started`` and ``closed`` the tasks
    that began and ended in this turn, ``ended`` those of them that were not spoken of since.
    """

    state: State
    schema: Schema
    turn: Turn
    tracker: Tracker
    answerer: Answerer
    actions: Actions
    meant: Understanding
    clauses: tuple[Clause, ...] = ()
    expected: Expects = Expects()
    resting: bool = False
    agreed: set[int] = field(default_factory=set)
    bad: dict[str, Mention] = field(default_factory=dict)
    started: list[int] = field(default_factory=list)
    ended: list[Task] = field(default_factory=list)
    closed: list[Task] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def memory(self) -> Memory:
        return self.turn.memory

    @property
    def language(self) -> str:
        return self.turn.language

    @property
    def refusal(self) -> str:
        """The text for a question that no article answers."""
        if self.meant.angry:
            return "refusal_angry"
        return "refusal_again" if self.meant.refusals else "refusal"

    @property
    def task(self) -> Task:
        """The one that is worked on."""
        return self.memory.tasks[0]

    def remember(self, memory: Memory) -> None:
        self.turn.memory = memory

    def keep(self, task: Task) -> None:
        self.remember(tasks.replace(self.memory, task))

    def expect(self, expects: Expects) -> None:
        """Wait for the visitor."""
        self.resting = True
        self.remember(self.memory.with_(expects=expects))

    def say(self, said: Said) -> None:
        self.turn.say(said.text, *said.choices)

    def scene(self, task: Task | None = None) -> Scene:
        task = task or self.task
        found = self.schema.find(task.intent)
        assert found, task.intent
        return Scene(
            self.schema,
            *found,
            task,
            self.language,
            self.state.company,
            self.state.profile,
            self.turn.problems,
        )

    def fill(self, task: Task, mentions: Sequence[Mention]) -> Task:
        """The task with these values. What was agreed to before does not count any more."""
        self.agreed.discard(task.id)
        service = self.scene(task).service
        for mention in mentions:
            self._note_sensitive(service, mention)
            self.bad.pop(mention.slot, None)
            value = self._any(task, mention) if mention.kind == "dont_care" else value_of(mention)
            if value is not None:
                task = tasks.fill(service, task, mention.slot, value)
        task = tasks.settle_doubts(service, task)
        self.keep(task)
        return task

    def _any(self, task: Task, mention: Mention) -> Value | None:
        """The value where the visitor has no preference. Where one has to be named, the bot asks
        for it and says so, unless it is about to offer some."""
        scene = self.scene(task)
        value = tasks.any_will_do(scene.service, scene.intent, task, mention.slot)
        slot = scene.service.slot(mention.slot)
        if value is None and not (slot and slot.offer):
            self.bad[mention.slot] = replace(mention, kind="bad", reason="needed")
        said = value_of(mention)
        return value and said.model_copy(update={"value": value.value, "source": value.source})

    def _note_sensitive(self, service: Service, mention: Mention) -> None:
        slot = service.slot(mention.slot)
        if slot and slot.sensitive and mention.end:
            self.turn.sensitive.append((mention.message, mention.start, mention.end))

    def clear(self, task: Task, slots: Sequence[str]) -> Task:
        self.agreed.discard(task.id)
        task = tasks.clear(self.scene(task).service, task, slots)
        self.keep(task)
        return task

    def end(self, task: Task, status: Literal["done", "cancelled", "failed"]) -> None:
        task = task.with_(status=status)
        self.ended.append(task)
        self.closed.append(task)
        self.remember(tasks.end(self.memory, task))

    async def track(
        self, task: Task, said: Sequence[Utterance], slots: Sequence[str] = (), asked: str = ""
    ) -> list[Mention]:
        """What the messages say about the task's slots (all, or those named)."""
        scene = self.scene(task)
        names = tuple(use.slot for use in scene.intent.slots if not slots or use.slot in slots)
        if not said or not names:
            return []
        seqs = {utterance.seq for utterance in said}
        request = TrackRequest(
            service=scene.service,
            intent=scene.intent,
            slots=names,
            said=said,
            context=context_of(self.state, self.language),
            history=tuple(u for u in self.state.history if u.seq not in seqs),
            asked=asked,
            values=task.values,
            options=task.options,
        )
        with self.turn.timed("track"):
            found = await self.tracker.track(request)
        self.mentions.extend(found)
        return found


def value_of(mention: Mention) -> Value:
    clicked = mention.how == "button"
    return Value(
        value=mention.value,
        text=mention.text[:1000],
        source="choice" if clicked else "visitor",
        confidence=round(mention.confidence, 3),
        message=mention.message,
        start=mention.start,
        end=mention.end,
    )


def context_of(state: State, language: str, options: Sequence[Option] = ()) -> Context:
    return Context(state.now, language, _region(state, language), options)


def _region(state: State, language: str) -> str:
    """The country of local phone numbers and dates: the locale's, else the language's usual."""
    parts = state.locale.replace("_", "-").split("-")
    named = next((part for part in parts[1:] if len(part) == 2 and part.isalpha()), "")
    return named.upper() or {"zh": "CN"}.get(language, "GB")
