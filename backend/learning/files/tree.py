"""The files of a data set, whether they lie in a folder, a zip, or a zip inside either.

A zip is looked into as if it were a folder of its name. Nothing is unpacked to disk. Knows names
and bytes; not what they mean.
"""

from __future__ import annotations

import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ..errors import DataError

MOST_FILES = 50_000
DEEPEST = 3  # zips in zips
LARGEST_INNER = 1 << 30  # bytes of a zip inside a zip, which is read into memory
_LEFT_OUT = ("__MACOSX", "__pycache__")
_DATA = (".json", ".csv", ".txt")


class File:
    """``path`` begins with the name of the folder or file that was named, and has "/" between.

    ``shown`` is how people find it.
    """

    def __init__(self, path: str, shown: str, where: Path | Archive, entry: str = "") -> None:
        self.path, self.shown = path, shown
        self._where, self._entry = where, entry

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def folder(self) -> str:
        return PurePosixPath(self.path).parent.as_posix()

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes. Raises DataError for all that can go wrong with them while they are read."""
        with failures(self.shown):
            if isinstance(self._where, Path):
                with self._where.open("rb") as stream:
                    yield stream
            else:
                with self._where.zip() as archive, archive.open(self._entry) as stream:
                    yield stream


class Archive:
    """A zip that lies in a folder, or in another zip."""

    def __init__(self, place: File) -> None:
        self.place = place
        self._inner: bytes | None = None

    def zip(self) -> zipfile.ZipFile:
        """For the caller to close."""
        if isinstance(self.place._where, Path):
            return zipfile.ZipFile(self.place._where)
        if self._inner is None:
            with self.place.open() as stream:
                self._inner = stream.read(LARGEST_INNER + 1)
        if len(self._inner) > LARGEST_INNER:
            raise DataError(self.place.shown, "It is too large a zip in a zip.", mend="Unpack it.")
        return zipfile.ZipFile(io.BytesIO(self._inner))


@contextmanager
def failures(shown: str) -> Iterator[None]:
    """Turns what reading a file or a zip can raise into a DataError."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as error:
        raise DataError(shown, f"The zip is damaged: {error}.") from None
    except RuntimeError as error:
        if "password" not in str(error):
            raise
        raise DataError(shown, "It is encrypted.", mend="Unpack it with its password.") from None
    except NotImplementedError as error:
        raise DataError(shown, f"The zip can't be read: {error}.", mend="Unpack it.") from None
    except OSError as error:
        problem = f"It can't be read: {error.strerror or error}."
        raise DataError(shown, problem, mend="See that it exists and may be read.") from None


class Tree:
    """All files at and below a path; ``damaged`` is what could not be looked into."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damaged: list[DataError] = []
        self.begins: dict[str, Any] = {}  # how each JSON file begins, once it was looked at
        self.files: dict[str, File] = {}
        if path.is_dir():
            self._folder(path)
        elif path.is_file():
            self._take(File(path.name, str(path), path), 0)
            if self.damaged:
                raise self.damaged[0]
        else:
            raise DataError(str(path), "There is no such file or folder.", mend="Mend the path.")

    def within(self, folder: str) -> list[File]:
        """The files directly in a folder."""
        return [file for file in self.files.values() if file.folder == folder]

    def _folder(self, root: Path) -> None:
        top = PurePosixPath(root.resolve().name)
        found: list[File] = []
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if _counts(name))
            for name in sorted(filter(_counts, names)):
                path = Path(folder, name)
                if path.is_file():  # no pipe, which would be waited for
                    found.append(File(str(top / path.relative_to(root)), str(path), path))
            self._check_number(len(found))
        self._take_all(found, 0)

    def _take_all(self, found: list[File], depth: int) -> None:
        """Plain files first, so that a zip whose contents lie beside it can be left out."""
        for file in sorted(found, key=lambda file: file.name.lower().endswith(".zip")):
            self._take(file, depth)

    def _take(self, file: File, depth: int) -> None:
        self._check_number(len(self.files))
        if not file.name.lower().endswith(".zip") or depth == DEEPEST:
            self.files[file.path] = file
            return
        try:
            archive = Archive(file)
            with failures(file.shown), archive.zip() as opened:
                names = [entry.filename for entry in opened.infolist() if not entry.is_dir()]
        except DataError as error:
            self.damaged.append(error)
            return
        inner = [name for name in names if all(map(_counts, _parts(name)))]
        if not self._lies_unpacked(file, inner):
            separator = ": " if depth == 0 else " > "
            self._take_all(
                [
                    File(
                        "/".join([file.path, *_parts(name)]),
                        f"{file.shown}{separator}{name}",
                        archive,
                        name,
                    )
                    for name in inner
                ],
                depth + 1,
            )

    def _lies_unpacked(self, file: File, inner: list[str]) -> bool:
        """Whether what is in a zip also lies beside it, as after unpacking it there."""
        beside = PurePosixPath(file.path).parent
        tops = {_parts(name)[0] for name in inner if name.endswith(_DATA)}
        return self._has(beside / file.name[:-4]) or (
            bool(tops) and all(self._has(beside / top) for top in tops)
        )

    def _has(self, place: PurePosixPath) -> bool:
        return any(path == str(place) or path.startswith(f"{place}/") for path in self.files)

    def _check_number(self, number: int) -> None:
        if number > MOST_FILES:
            mend = "Name the folder of the data set itself."
            raise DataError(str(self.path), f"It holds more than {MOST_FILES} files.", mend=mend)


def _parts(name: str) -> list[str]:
    """An entry's name as folders and file; zips made on Windows may use backslashes."""
    return [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]


def _counts(name: str) -> bool:
    return not name.startswith(".") and name not in _LEFT_OUT
