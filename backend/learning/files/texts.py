"""The text of a file, piece by piece. Knows UTF-8 and its errors; not what the text means."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from ..errors import DataError
from .tree import File

PIECE = 1 << 20  # bytes
LONGEST_LINE = 1 << 28  # characters


def pieces(file: File) -> Iterator[str]:
    """The text without a byte order mark. Raises DataError, naming the byte that is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    before = 0
    with file.open() as stream:
        while True:
            data = stream.read(PIECE)
            held = len(decoder.getstate()[0])
            try:
                yield decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                place = f"byte {before - held + error.start}"
                problem, mend = "It is no UTF-8 text.", "Save the file as UTF-8."
                raise DataError(file.shown, problem, place=place, mend=mend) from None
            before += len(data)
            if not data:
                return


def lines(file: File) -> Iterator[str]:
    """The lines, each with its end; only a line feed ends one. The last may lack it."""
    rest = ""
    for piece in pieces(file):
        *whole, rest = (rest + piece).split("\n")
        for line in whole:
            yield line + "\n"
        if len(rest) > LONGEST_LINE:
            raise DataError(file.shown, f"It has a line of more than {LONGEST_LINE} characters.")
    if rest:
        yield rest
