"""Reading the header of a GGUF file, version 2 or 3.

Knows the format (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md): little-endian; magic
``GGUF``, version, number of tensors, number of key-value pairs, then both lists. Reads no weights.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

MAGIC = b"GGUF"
CONTROL_TOKEN = 3  # llama.cpp's token type for <|im_start|> and the like
LONGEST_STRING = 1 << 24  # bytes; more than that means a damaged length
LONGEST_ARRAY = 1 << 24  # entries; no vocabulary is nearly as large
DAMAGE = (struct.error, UnicodeDecodeError, KeyError, TypeError, OverflowError, ZeroDivisionError)
SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?"} | {
    10: "<Q",
    11: "<q",
    12: "<d",
}
STRING, ARRAY = 8, 9

# Bytes of a block, and weights in it, by ggml's number of the quantisation.
BLOCKS = {0: (4, 1), 1: (2, 1), 30: (2, 1)} | {
    2: (18, 32),  # Q4_0
    3: (20, 32),  # Q4_1
    6: (22, 32),  # Q5_0
    7: (24, 32),  # Q5_1
    8: (34, 32),  # Q8_0
    10: (84, 256),  # Q2_K
    11: (110, 256),  # Q3_K
    12: (144, 256),  # Q4_K
    13: (176, 256),  # Q5_K
    14: (210, 256),  # Q6_K
}


@dataclass(frozen=True)
class GgufHeader:
    """``metadata`` by key, and ``smallest_size``: bytes the file must have to hold its tensors."""

    metadata: dict[str, Any]
    smallest_size: int

    @property
    def context_length(self) -> int | None:
        architecture = self.metadata.get("general.architecture")
        return self.metadata.get(f"{architecture}.context_length")

    @property
    def control_tokens(self) -> tuple[str, ...]:
        """The tokens that steer the model and that a visitor must not be able to write."""
        tokens = self.metadata.get("tokenizer.ggml.tokens", ())
        kinds = self.metadata.get("tokenizer.ggml.token_type", ())
        pairs = zip(tokens, kinds, strict=False)
        return tuple(token for token, kind in pairs if kind == CONTROL_TOKEN and token)


def read_gguf_header(path: Path) -> GgufHeader:
    """Raises ValueError where the file is no whole GGUF header, OSError where it can't be read."""
    with path.open("rb") as file:
        try:
            return _read(file)
        except DAMAGE as error:
            raise ValueError(f"the header is damaged ({type(error).__name__})") from error


def _read(file: BinaryIO) -> GgufHeader:
    if file.read(4) != MAGIC:
        raise ValueError("it does not begin with the letters GGUF")
    version = _scalar(file, "<I")
    if version not in (2, 3):
        raise ValueError(f"it is GGUF version {version}; versions 2 and 3 can be read")
    tensors, pairs = _scalar(file, "<Q"), _scalar(file, "<Q")
    metadata = {_string(file): _value(file, _scalar(file, "<I")) for _ in range(pairs)}
    ends = [_tensor_end(file) for _ in range(tensors)]
    alignment = int(metadata.get("general.alignment", 32))
    start = -(-file.tell() // alignment) * alignment
    return GgufHeader(metadata, start + max(ends, default=0))


def _scalar(file: BinaryIO, layout: str) -> Any:
    return struct.unpack(layout, file.read(struct.calcsize(layout)))[0]


def _string(file: BinaryIO) -> str:
    length = _scalar(file, "<Q")
    if length > LONGEST_STRING:
        raise ValueError("the header is damaged (a text of impossible length)")
    return file.read(length).decode("utf-8")


def _value(file: BinaryIO, kind: int) -> Any:
    if kind == STRING:
        return _string(file)
    if kind == ARRAY:
        return _array(file)
    return _scalar(file, SCALARS[kind])


def _array(file: BinaryIO) -> list[Any]:
    kind, length = _scalar(file, "<I"), _scalar(file, "<Q")
    if length > LONGEST_ARRAY:
        raise ValueError("the header is damaged (a list of impossible length)")
    if kind in (STRING, ARRAY):
        return [_value(file, kind) for _ in range(length)]
    layout = f"<{length}{SCALARS[kind][1:]}"
    return list(struct.unpack(layout, file.read(struct.calcsize(layout))))


def _tensor_end(file: BinaryIO) -> int:
    """Bytes from the beginning of the weights to the end of the next tensor."""
    _string(file)
    dimensions = _scalar(file, "<I")
    weights = math.prod(_scalar(file, "<Q") for _ in range(dimensions))
    size, count = BLOCKS.get(_scalar(file, "<I"), (0, 1))  # of an unknown kind: at least its start
    return int(_scalar(file, "<Q")) + weights // count * size
