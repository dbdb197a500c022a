"""Getting models and tokenizers through transformers, with errors that say what to do.

Knows transformers and torch, imported inside the functions. Downloads only where the machine may:
with ``HF_HUB_OFFLINE=1`` or a bundled folder nothing leaves it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .errors import ModelUnavailable

CPUINFO = Path("/proc/cpuinfo")


def from_pretrained(kind: str, source: str, **options: Any) -> Any:
    """``transformers.<kind>.from_pretrained(source)``. Raises ModelUnavailable."""
    try:
        import transformers
    except ImportError as error:
        raise ModelUnavailable(
            f"transformers can't be imported: {error}", hint="Run: pip install -r requirements.txt"
        ) from error
    transformers.utils.logging.disable_progress_bar()
    try:
        return getattr(transformers, kind).from_pretrained(source, **options)
    except (OSError, ValueError, ImportError) as error:
        raise ModelUnavailable(
            f"no usable model at {source}: {str(error).splitlines()[0]}",
            hint="Give a folder with config.json and weights, or a hub name that this machine "
            f"has downloaded (hf download {source}).",
        ) from error


def choose_device(device: str) -> str:
    """``auto`` is CUDA where there is one. Raises ModelUnavailable where CUDA is asked in vain."""
    import torch

    if device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise ModelUnavailable(
            "CUDA is asked for, but torch finds no CUDA device",
            hint="Install the CUDA build of torch and the driver, or choose the device cpu.",
        )
    return device


def choose_dtype(device: str) -> Any:
    """bfloat16 where the device computes in it, else float32 (CPU) or float16 (CUDA)."""
    import torch

    if device.startswith("cuda"):
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
    flags = CPUINFO.read_text("utf-8", "replace") if CPUINFO.exists() else ""
    return torch.bfloat16 if "avx512_bf16" in flags or "amx_bf16" in flags else torch.float32
