"""How many dialogues go as their customers want: ``python -m benchmarks.dialogues``.

Plays ``data/demo_dialogues`` with the demo company's bot and the bundled models in a database of
its own; the actions are rehearsed. The first file was used to develop the bot and the engine. The
second one is held out: of its dialogues only figures are printed, so that nobody mends what fails
in it. ``--file`` plays another file of the same form.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backend.schemas.scripts import Script, TestReport

DATA = Path(__file__).resolve().parent / "data" / "demo_dialogues"
FILES = (DATA / "dialogues.yaml", DATA / "heldout.yaml")
HELD_OUT = "heldout"
SITE = "demo"


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        _set_up_django(folder)
        played = asyncio.run(_run(options.file or FILES, options.only))
    for path, reports in played:
        if HELD_OUT not in path.stem:
            print("\n".join(line for report in reports for line in _lines(report, options.show)))
        print(_summary(path, reports))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, action="append", help="instead of its own")
    parser.add_argument("--only", default="", help="dialogues whose name has these words")
    parser.add_argument("--show", action="store_true", help="print those that went right, too")
    return parser.parse_args()


def _set_up_django(folder: str) -> None:
    """A database of this run's own, whatever the installation uses."""
    os.environ["KEFU_DATA_DIR"] = folder
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("loaddemo", verbosity=0)


async def _run(paths: Sequence[Path], only: str) -> list[tuple[Path, list[TestReport]]]:
    from asgiref.sync import sync_to_async

    from backend.chat.runtime import loaded_engine
    from backend.chat.scripted_talks import play
    from backend.conversations.models import Site
    from backend.schemas.versions import live_schema

    site = await Site.objects.aget(key=SITE)
    live = await sync_to_async(live_schema)(SITE)
    assert live is not None, "loaddemo publishes the bot"
    async with loaded_engine(live[1]) as engine:
        return [
            (path, [await play(script, live[1], engine, site) for script in scripts(path, only)])
            for path in paths
        ]


def scripts(path: Path, only: str) -> list[Script]:
    from backend.schemas.scripts import Script
    from backend.schemas.yaml_reading import read_yaml

    data, _ = read_yaml(path.read_text(encoding="utf-8"))
    every = [Script.model_validate(script) for script in data["tests"]]
    return [script for script in every if only.casefold() in script.name.casefold()]


def _lines(report: TestReport, show: bool) -> Iterable[str]:
    yield f"{'right' if report.passed else 'WRONG'}  {report.name}"
    yield from (f"       {problem}" for problem in report.problems)
    for turn in report.details["turns"] if show or not report.passed else ():
        yield f"       > {turn['visitor']}"
        yield "         " + turn["bot"].replace("\n", "\n         ")


def _summary(path: Path, reports: Sequence[TestReport]) -> str:
    turns: list[dict[str, Any]] = [turn for report in reports for turn in report.details["turns"]]
    right = sum(not turn["problems"] for turn in turns)
    passed = sum(report.passed for report in reports)
    return f"{path.stem}: {passed} of {len(reports)} dialogues, {right} of {len(turns)} turns right"


if __name__ == "__main__":
    main()
