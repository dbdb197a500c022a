"""What can be wrong with a data set's files, said so that a person can mend it."""

from __future__ import annotations

DAMAGED = "Take a fresh copy of the file from the publisher of the data set, or mend this place."


class DataError(Exception):
    """A file is missing, damaged, or not what its format says.

    ``file`` is where it lies (``sgd/dev.zip: dialogues_001.json``), ``place`` where in it,
    ``problem`` what is wrong there, ``mend`` what to do about it.
    """

    def __init__(self, file: str, problem: str, *, place: str = "", mend: str = DAMAGED) -> None:
        self.file, self.problem, self.place, self.mend = file, problem, place, mend
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {problem} {mend}".rstrip())


class Wrong(Exception):
    """Found while a record is read, which does not know its file; see :meth:`inside`."""

    def __init__(self, problem: str, place: str = "") -> None:
        self.problem, self.place = problem, place
        super().__init__(problem)

    def inside(self, place: str) -> Wrong:
        """The same, seen from the record around it."""
        return Wrong(self.problem, f"{place}, {self.place}" if self.place else place)

    def of(self, file: str) -> DataError:
        return DataError(file, self.problem, place=self.place)
