"""How well and how fast slots are tracked: ``python -m benchmarks.tracking_turns``.

Plays the messages of ``tests/dialogue/tracking`` (English and Chinese, nineteen companies; the
tracker was developed on them, so they show what got worse and not how it does on strangers) and
times a service of 60 slots. ``--generator openvino:bundled`` lets that model fill the form instead.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from backend.dialogue.tracking.generative import GenerativeTracker
from backend.dialogue.tracking.tracker import Tracker
from backend.dialogue.tracking.typed import TypedTracker
from backend.inference.factory import make_generator
from tests.dialogue.tracking.bots import asking, taken
from tests.dialogue.tracking.test_typed import CASES
from tests.dialogue.tracking.test_typed_properties import big

LONG = (
    "Hello, my parcel AB10234 has not come yet. Could you bring it to 12 High Street, York on "
    "Friday at 3pm instead? My number is 07911 123456 and my email is amira@example.com."
)


def main() -> None:
    options = _options()
    asyncio.run(_run(options.generator, options.most, options.patience))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--generator", default="", help="as in KEFU_GENERATOR; none: typed parsers")
    parser.add_argument("--most", type=int, default=0, help="messages at most, spread over all")
    parser.add_argument("--patience", type=float, default=60.0, help="seconds for a model's form")
    return parser.parse_args()


async def _run(spec: str, most: int, patience: float) -> None:
    tracker: Tracker = TypedTracker()
    if spec:
        generator = make_generator(spec)
        await generator.load()
        tracker = GenerativeTracker(generator, Nothing(), patience=patience)
    cases = CASES[:: max(len(CASES) // most, 1)] if most else CASES
    await _play(tracker, cases)
    if not spec:
        await _time(tracker)
    else:
        await generator.aclose()


class Nothing:
    """In place of a fallback, so that only the model's own work counts."""

    name = "nothing"

    async def track(self, request: object) -> list[Any]:
        return []


async def _play(tracker: Tracker, cases: list[Any]) -> None:
    counts: Counter[str] = Counter()
    times = []
    for case in cases:
        bot, texts, more, expected = case.values
        started = perf_counter()
        got = taken({m.slot: m for m in await tracker.track(asking(bot, *texts, **more))})
        times.append((perf_counter() - started) * 1000)
        right = sum(got.get(slot) == value for slot, value in expected.items())
        counts += Counter(turns=1, right=got == expected, values=len(expected), found=right)
        counts["false"] += sum(slot not in expected or expected[slot] != got[slot] for slot in got)
    print(f"{tracker.name}: {counts['right']} of {counts['turns']} turns right;")
    print(f"  {counts['found']} of {counts['values']} values found, {counts['false']} false ones;")
    print(f"  {median(times):.1f} ms a turn (median), {quantiles(times, n=20)[-1]:.1f} ms (95 %)")


async def _time(tracker: Tracker) -> None:
    """A service of 60 slots in play, without the encoder."""
    bot = big()
    started = perf_counter()
    await tracker.track(asking(bot, "hello"))
    first = (perf_counter() - started) * 1000
    times = []
    for text in [LONG, "no, the 14th", "AB10234", "随便，周五都行"] * 10:
        started = perf_counter()
        await tracker.track(asking(bot, text, asked=bot.slots[0].name))
        times.append((perf_counter() - started) * 1000)
    print(f"60 slots: {median(times):.1f} ms a turn (median), {max(times):.1f} ms at most;")
    print(f"  {first:.0f} ms once to compile its cues")


if __name__ == "__main__":
    main()
