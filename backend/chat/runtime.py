"""What this process works with: the models, the engine over them, and the turns it runs.

The one place that chooses implementations of the model layer and puts the engine together.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakSet

from django.conf import settings

from backend.conversations import publish
from backend.conversations.models import Site
from backend.dialogue.engine import Engine
from backend.dialogue.likeness import Likeness
from backend.dialogue.responding.rewording import Rewording
from backend.dialogue.schema import Schema
from backend.dialogue.tracking.generative import GenerativeTracker
from backend.dialogue.tracking.tracker import Tracker
from backend.dialogue.tracking.typed import TypedTracker
from backend.inference.errors import InferenceError
from backend.inference.factory import make_encoder, make_generator
from backend.inference.interfaces import Encoder, TextGenerator
from backend.knowledge.search import HybridSearch
from backend.schemas import calls
from backend.schemas.services import live_schemas

from .actions import settle
from .database import STORE_ERRORS, in_database
from .turns import Responder, TurnRunner

log = logging.getLogger("kefu.runtime")

WATCH_SECONDS = 2.0
SETTLE_SECONDS = 3.0  # at shutdown, for changes in a customer's system that have begun


class Runtime:
    """Everything of a process that outlives a socket."""

    def __init__(self, engine: Responder, *, loads: tuple[Any, ...] = ()) -> None:
        self.engine = engine
        self.turns = TurnRunner(engine)
        self.sockets: WeakSet[Any] = WeakSet()
        self._loads = loads
        self._loading: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self.draining = False

    def start(self) -> None:
        """Load the models in the background and begin to work; harmless when repeated."""
        if self._loading is None:
            self._loading = asyncio.create_task(self._load())
            self._watching = asyncio.create_task(self._watch())
        self.turns.start()

    def runs_here(self) -> bool:
        """Whether the calling task runs in the event loop that it was started in."""
        loading = self._loading
        return loading is not None and loading.get_loop() is asyncio.get_running_loop()

    async def drain(self) -> None:
        """Release the turns, close the sockets with 1012 and free the models."""
        self.draining = True
        for task in (self._loading, self._watching):
            if task is not None:
                task.cancel()
        await self.turns.drain()
        await asyncio.gather(
            *(socket.restart() for socket in list(self.sockets)), return_exceptions=True
        )
        await settle(SETTLE_SECONDS)
        await calls.aclose()
        for model in self._loads:
            await model.aclose()

    async def _watch(self) -> None:
        """While hints get lost, sockets look for what is new by themselves."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            lost = publish.failed_within(2 * WATCH_SECONDS)
            answers = True
            for socket in list(self.sockets):
                if socket.deaf and answers:
                    answers = await socket.listen_again()
                    socket.catch_up()
                elif socket.deaf or lost:
                    socket.catch_up()

    async def _load(self) -> None:
        for model in self._loads:
            try:
                await model.load()
            except InferenceError as error:
                log.error("%s is not ready: %s %s", model.name, error, error.hint)
            except STORE_ERRORS as error:
                log.error("%s is not ready: %s", model.name, error)
        warm_up = getattr(self.engine, "warm_up", None)
        if warm_up is not None:
            try:
                await warm_up(*await in_database(live_schemas)())
            except InferenceError as error:
                log.error("The engine is not warmed up: %s", error)
            except STORE_ERRORS as error:
                log.error("The bots are not read yet: %s", error)


def make_site_encoder() -> Encoder:
    """The encoder by the settings; ``import_articles`` embeds with it (KEFU_ENCODER_PROVIDER)."""
    return make_encoder(settings.KEFU_ENCODER)


def build_engine() -> tuple[Responder, tuple[Any, ...]]:
    """The engine by the settings, and what has to be loaded for it, in that order."""
    generator = make_generator(
        settings.KEFU_GENERATOR,
        api_key=settings.KEFU_GENERATOR_KEY,
        threads=settings.KEFU_MODEL_THREADS,
    )
    encoder = make_site_encoder()
    searcher = HybridSearch(encoder)
    does = settings.KEFU_GENERATOR_DOES
    typed = TypedTracker(Likeness(encoder))
    engine = Engine(
        searcher=searcher,
        generator=generator,
        encoder=encoder,
        tracker=_tracking(generator, typed) if "tracking" in does else typed,
        rewording=Rewording(generator) if "wording" in does else None,
        monotonic=time.monotonic,
    )
    return engine, (encoder, generator, Indexes(searcher))


def _tracking(generator: TextGenerator, typed: Tracker) -> Tracker:
    """The generator as tracker; without a JSON schema to keep to it would invent."""
    try:
        return GenerativeTracker(generator, typed)
    except ValueError as error:
        log.error(
            "KEFU_GENERATOR_DOES=tracking is not possible, the bundled tracker reads: %s", error
        )
        return typed


@asynccontextmanager
async def loaded_engine(*schemas: Schema) -> AsyncGenerator[Responder, None]:
    """An engine with its models loaded, for a command that ends. Raises InferenceError."""
    engine, models = build_engine()
    try:
        for model in models:
            await model.load()
        warm_up = getattr(engine, "warm_up", None)
        if warm_up is not None:
            await warm_up(*schemas)
        yield engine
    finally:
        for model in models:
            await model.aclose()


@asynccontextmanager
async def some_engine(schema: Schema) -> AsyncGenerator[Responder, None]:
    """The engine of the running server where this is its event loop, else one for this task."""
    if _runtime is not None and _runtime.runs_here():
        yield _runtime.engine
        return
    async with loaded_engine(schema) as engine:
        yield engine


class Indexes:
    """Every site's articles, indexed before the first question rather than during it."""

    name = "the index of the articles"

    def __init__(self, searcher: HybridSearch) -> None:
        self._searcher = searcher

    async def load(self) -> None:
        for key in await in_database(list)(Site.objects.values_list("key", flat=True)):
            await self._searcher.warm_up(key)

    async def aclose(self) -> None:
        """An index holds nothing that has to be closed."""


_runtime: Runtime | None = None


def get() -> Runtime:
    """This process's runtime, made at first use inside the event loop and started."""
    global _runtime
    if _runtime is None:
        engine, loads = build_engine()
        _runtime = Runtime(engine, loads=loads)
    _runtime.start()
    return _runtime


def install(runtime: Runtime | None) -> None:
    """Work with another runtime: for tests."""
    global _runtime
    _runtime = runtime
