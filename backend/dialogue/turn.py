"""What one turn has said, done and found out so far; the engine's parts add to it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .memory import Memory
from .types import Choice, Citation, Delta, SlotChange


@dataclass
class Turn:
    """``parts`` are paragraphs of the reply; ``report`` is for operators, JSON values only."""

    language: str
    memory: Memory
    monotonic: Callable[[], float]
    text: str = ""
    citations: list[Citation] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    changes: list[SlotChange] = field(default_factory=list)
    sensitive: list[tuple[int, int, int]] = field(default_factory=list)
    steps: list[dict[str, str]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)  # templates that could not be rendered
    answers: list[dict[str, Any]] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)
    stages: dict[str, float] = field(default_factory=dict)
    found: int = 0  # questions that articles answered
    missing: int = 0  # and those that none did
    handoff: str = ""  # why a person is to take over
    reword: Callable[[str], Awaitable[str]] | None = None
    _unsent: list[str] = field(default_factory=list)

    def add(self, piece: str) -> Delta:
        """A piece that is sent at once."""
        self.text += piece
        return Delta(piece)

    def say(self, text: str, *choices: Choice) -> None:
        """The text as a paragraph of its own, sent with the next :meth:`drain`."""
        if text.strip():
            self._unsent.append(text.strip())
        self.offer(*choices)

    @property
    def silent(self) -> bool:
        """Whether nothing was said yet."""
        return not self.text and not self._unsent

    async def drain(self) -> AsyncGenerator[Delta, None]:
        """What was said since the last time, reworded where the turn has somebody for that."""
        while self._unsent:
            text = self._unsent.pop(0)
            if self.reword is not None:
                with self.timed("wording"):
                    text = await self.reword(text)
            yield self.add(f"\n\n{text}" if self.text else text)

    def offer(self, *choices: Choice) -> None:
        """Show these buttons under the reply, each once."""
        known = {choice.id for choice in self.choices}
        self.choices.extend(choice for choice in choices if choice.id not in known)

    def step(self, step: str, why: str = "") -> None:
        self.steps.append({"step": step, "why": why})

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the milliseconds of the block to the stage."""
        started = self.monotonic()
        try:
            yield
        finally:
            spent = (self.monotonic() - started) * 1000
            self.stages[stage] = round(self.stages.get(stage, 0.0) + spent, 1)
