"""The one form in which every data set is held: services, dialogues, and single intents.

It follows the Schema-Guided Dialogue data set (Rastogi et al. 2020): a service describes its
intents and slots in words; a user's turn carries one frame for each service that it concerns, with
the state after that turn. What a data set does not say is None or empty, never guessed. Knows no
file format; :mod:`backend.learning.loaders` makes these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

DONTCARE = "dontcare"  # the value of a slot that the user has no preference for
NO_INTENT = ""  # none is active

Speaker = Literal["user", "system"]
Split = Literal["train", "dev", "test", ""]  # "" where the files don't say


@dataclass(frozen=True, slots=True)
class Slot:
    """``values``: all that a categorical slot can take, or a few examples of another one."""

    name: str
    description: str = ""
    categorical: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intent:
    """``optional`` maps slots to their defaults. ``transactional``: it changes something."""

    name: str
    description: str = ""
    required: tuple[str, ...] = ()
    optional: Mapping[str, str] = field(default_factory=dict)
    transactional: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    name: str
    description: str = ""
    slots: tuple[Slot, ...] = ()
    intents: tuple[Intent, ...] = ()

    def slot(self, name: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.name == name), None)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a slot's value stands: ``turn.text[start:end]``, in characters."""

    slot: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Act:
    """What the speaker does, named as the data set names it, in capitals (``OFFER``, ``INFORM``).

    ``values`` are as they were said, ``canonical`` as the service knows them (the same number of
    them, or none).
    """

    name: str
    slot: str = ""
    values: tuple[str, ...] = ()
    canonical: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a service after a user's turn.

    ``values`` maps each filled slot to its accepted spellings, of which any is right; a
    prediction gives one. ``intent`` is None where the data set does not annotate it.
    """

    intent: str | None = None
    requested: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """One service's part in a turn. ``state`` is None in the system's turns.

    ``copied`` maps slots of this frame to those of another service whose value they took over.
    """

    service: str
    state: State | None = None
    spans: tuple[Span, ...] = ()
    acts: tuple[Act, ...] = ()
    copied: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turn:
    speaker: Speaker
    text: str
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """``services``: the ones that it is about; an ``id`` is unique within its ``split``."""

    id: str
    turns: tuple[Turn, ...]
    services: tuple[str, ...] = ()
    split: Split = ""

    def states(self) -> Iterator[tuple[int, Frame, State]]:
        """Each user turn's number with each frame of it that has a state: what is predicted."""
        for number, turn in enumerate(self.turns):
            if turn.speaker == "user":
                for frame in turn.frames:
                    if frame.state is not None:
                        yield number, frame, frame.state


@dataclass(frozen=True)
class Dataset:
    """``dialogues`` is read from the files again each time that it is gone through.

    ``seen`` are the services of the training part, as far as it is among the files: those that a
    tracker trained on this data set knows. None where that can't be told.
    """

    name: str
    services: Mapping[str, Service]
    dialogues: Iterable[Dialogue]
    seen: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """``intent`` is "" where the text is out of scope."""

    text: str
    intent: str
    split: Split = ""

    @property
    def out_of_scope(self) -> bool:
        return not self.intent


@dataclass(frozen=True)
class IntentSet:
    """Single messages with their intents. ``intents``: all that there are, in a fixed order."""

    name: str
    intents: tuple[str, ...]
    examples: Iterable[Example]
