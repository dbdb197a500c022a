"""How well and how fast intents are told; a part of ``python -m benchmarks.dialogue``.

On messages to a shop (used in development) and to a hotel (held out: nothing was tuned on it), on
a made-up bot of 30 intents for the time it takes, and on BANKING77 and CLINC150 where a folder of
them is given: ten examples an intent of each, the rest to be told.
"""

from __future__ import annotations

import csv
import io
import json
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.metrics import roc_auc_score

from backend.dialogue.likeness import Likeness
from backend.dialogue.schema import Schema
from backend.dialogue.understanding.forms import Forms, strangers
from backend.dialogue.understanding.intents import IntentModel, Reading
from backend.inference.interfaces import Encoder

from . import made_up

DATA = Path(__file__).resolve().parent / "data"
OWN = (("shop_schema", "tasks_or_questions"), ("hotel_schema", "tasks_or_questions_heldout"))
SURE, MAYBE = 0.55, 0.3  # where the policy begins a task at once, and where it offers it
SHOTS, ASKED = 10, 2000
Labelled = Sequence[tuple[str, str]]  # text and intent; "" for none


@dataclass(frozen=True)
class Told:
    """What was found in messages, beside what was meant."""

    meant: list[str]
    readings: list[Reading]

    @property
    def right(self) -> np.ndarray:
        tops = [r.ranking[0].intent for r in self.readings]
        return np.array([top == meant for top, meant in zip(tops, self.meant, strict=True)])

    @property
    def inside(self) -> np.ndarray:
        return np.array([bool(meant) for meant in self.meant])

    @property
    def scores(self) -> np.ndarray:
        return np.array([reading.ranking[0].score for reading in self.readings])

    @property
    def auroc(self) -> float:
        return float(roc_auc_score(self.inside, [1 - r.none for r in self.readings]))

    def outside_found(self, kept: float) -> float:
        """The share of what is outside that is refused where the threshold lets ``kept`` of what
        is inside through."""
        meant = np.array([1 - reading.none for reading in self.readings])
        threshold = np.quantile(meant[self.inside], 1 - kept)
        return float((meant[~self.inside] < threshold).mean())


async def measure(encoder: Encoder | None, public: Path | None) -> None:
    await _speed(encoder)
    for lexical in (False, True) if encoder else (True,):
        likeness = Likeness(None if lexical else encoder)
        print(f"\nmessages, {'without an encoder' if lexical else likeness.name}")
        forms = await Forms.of(likeness)
        for schema, messages in OWN:
            await _own(likeness, forms, schema, messages)
    if public is not None and encoder is not None:
        await _banking(Likeness(encoder), public / "banking77" / "train.csv")
        await _clinc(Likeness(encoder), public / "clinc150" / "train_val.json")


async def _speed(encoder: Encoder | None) -> None:
    """Nothing is cached but what a process learns once, whatever its bots."""
    schema = made_up.schema()
    likeness = Likeness(encoder)
    started = time.perf_counter()
    forms = await Forms.of(likeness)
    await likeness.vectors(strangers(), "query")
    once = time.perf_counter() - started
    started = time.perf_counter()
    model = await IntentModel.train(schema, likeness, forms)
    trained = time.perf_counter() - started
    started = time.perf_counter()
    await IntentModel.train(schema, likeness, forms)
    again = time.perf_counter() - started
    asked = [f"{text} thanks" for text, _ in _rows("tasks_or_questions")[:60]]
    print(
        f"made-up bot, {len(list(schema.intents()))} intents, "
        f"{sum(len(s.slots) for s in schema.services)} slots, "
        f"{sum(len(e) for _, i in schema.intents() for e in i.examples.values())} examples\n"
        f"  once a process {once:.1f} s, training {trained:.1f} s, "
        f"again with vectors known {again:.2f} s\n"
        f"  ranking a message {await _latency(model, asked)}"
    )


async def _latency(model: IntentModel, asked: Sequence[str]) -> str:
    spent = []
    for text in asked:
        started = time.perf_counter()
        await model.rank(text, "en")
        spent.append((time.perf_counter() - started) * 1000)
    return f"{statistics.median(spent):.1f} ms, p95 {statistics.quantiles(spent, n=20)[-1]:.1f}"


async def _own(likeness: Likeness, forms: Forms, schema: str, messages: str) -> None:
    model = await IntentModel.train(_schema(schema), likeness, forms)
    rows = _messages(messages)
    every = Told([r["intent"] for r in rows], await model.read([r["text"] for r in rows]))
    print(f"{messages}: {len(rows)} messages, AUROC of tasks {every.auroc:.3f}")
    for language in ("en", "zh"):
        for kind in ("task", "question", "neither"):
            picked = [n for n, r in enumerate(rows) if (r["lang"], r["kind"]) == (language, kind)]
            print(f"  {language} {kind:<9}{_outcome(every, np.array(picked))}")


def _outcome(told: Told, rows: np.ndarray) -> str:
    scores, right, inside = told.scores[rows], told.right[rows], told.inside[rows]
    begun = scores >= SURE
    shares = {
        "begun rightly": begun & right & inside,
        "begun wrongly": begun & ~(right & inside),
        "offered": ~begun & (scores >= MAYBE),
    }
    return "  ".join(f"{name} {share.mean():4.0%}" for name, share in shares.items())


async def _banking(likeness: Likeness, file: Path) -> None:
    rows = csv.DictReader(io.StringIO(_read(file), newline=""))
    taught, asked = _shots((row["text"], row["category"]) for row in rows)
    told = await _public(likeness, taught, asked[:ASKED])
    print(f"\nBANKING77, {SHOTS} examples an intent: right {told.right.mean():.1%}")


async def _clinc(likeness: Likeness, file: Path) -> None:
    rows = json.loads(_read(file))
    taught, _ = _shots(map(tuple, rows["train"]))
    _, asked = _shots(map(tuple, rows["val"]), 0)
    outside = [(text, "") for text, _ in (*rows["oos_train"], *rows["oos_val"])]
    told = await _public(likeness, taught, [*asked[:ASKED], *outside])
    print(
        f"\nCLINC150, {SHOTS} examples an intent: right {told.right[told.inside].mean():.1%}; "
        f"out of scope: AUROC {told.auroc:.3f}, "
        f"found {told.outside_found(0.95):.0%} where 95% of the rest are let through"
    )


async def _public(likeness: Likeness, taught: Labelled, asked: Labelled) -> Told:
    examples = defaultdict(list)
    for text, intent in taught:
        examples[intent].append(text[:300])
    names = {f"intent_{n}": intent for n, intent in enumerate(sorted(examples))}
    intents = [{"name": n, "examples": {"en": examples[i]}} for n, i in names.items()]
    schema = Schema.model_validate({"services": [{"name": "public", "intents": intents}]})
    model = await IntentModel.train(schema, likeness)
    known = {intent: name for name, intent in names.items()}
    readings = await model.read([text for text, _ in asked])
    return Told([known.get(intent, "") for _, intent in asked], readings)


def _shots(rows: Iterable[tuple[str, ...]], count: int = SHOTS) -> tuple[Labelled, Labelled]:
    """So many of each intent, and the others in a random order that is always the same."""
    by_intent = defaultdict(list)
    for text, intent in rows:
        by_intent[intent].append(text.strip())
    chance = random.Random(0)
    taught, rest = [], []
    for intent, texts in sorted(by_intent.items()):
        texts = sorted(set(texts))
        chance.shuffle(texts)
        taught += [(text, intent) for text in texts[:count]]
        rest += [(text, intent) for text in texts[count:]]
    chance.shuffle(rest)
    return taught, rest


def _read(file: Path) -> str:
    if not file.is_file():
        raise SystemExit(f"{file} is not there; --data names the folder of the public data sets")
    return file.read_text("utf-8")


def _schema(name: str) -> Schema:
    return Schema.model_validate(yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8")))


def _messages(name: str) -> list[dict[str, str]]:
    lines = (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _rows(name: str) -> list[tuple[str, str]]:
    return [(row["text"], row["intent"]) for row in _messages(name)]
