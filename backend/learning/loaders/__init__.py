"""Public data sets, read from a folder or a zip as their publishers lay them out.

:func:`load` recognises the format. Dialogues and examples are read from the files while one goes
through them, so that an error in a file shows only then.
"""

from __future__ import annotations

from pathlib import Path

from ..dialogues import Dataset, IntentSet
from ..errors import DataError
from ..files.tree import Tree
from . import banking77, clinc150, crosswoz, metalwoz, multiwoz, sgd
from .formats import SPLITS, Found, Wanted, split_named

_FORMATS = (sgd, multiwoz, metalwoz, crosswoz, clinc150, banking77)


def load(
    path: str | Path,
    split: str | None = None,
    limit: int | None = None,
    variant: str | Path | None = None,
) -> Dataset | IntentSet:
    """The data set at the path: ``split`` alone of it, the first ``limit`` dialogues or examples.

    ``variant`` puts SGD-X's wording in the place of SGD's: ``v1`` to ``v5``, or a folder with its
    schemas. Raises DataError where the path holds no data set that is known, or several, or not
    this part of one, and while one goes through it where a file is damaged.
    """
    wanted = Wanted(split_named(split or ""), limit, variant)
    if split and not wanted.split:
        mend = f"Name one of {', '.join(SPLITS)}."
        raise DataError(str(path), f"There is no part “{split}”.", mend=mend)
    tree = Tree(Path(path))
    found = _recognised(tree)
    if variant and not found.takes_variant:
        raise DataError(str(path), f"{found.name} has no variants.", mend="Leave the variant out.")
    return found.read(wanted)


def _recognised(tree: Tree) -> Found:
    found = [one for loader in _FORMATS for one in loader.find(tree)]
    if len(found) == 1:
        return found[0]
    if found:
        places = "; ".join(f"{one.name} in {one.place}" for one in found)
        problem = f"It holds several data sets: {places}."
        raise DataError(str(tree.path), problem, mend="Name the folder or file of one.")
    if tree.damaged:
        raise tree.damaged[0]
    looked = "".join(f"\n- {loader.LAYOUT}" for loader in _FORMATS)
    mend = f"These are looked for, in folders or zips:{looked}"
    raise DataError(str(tree.path), "It holds no data set of a known format.", mend=mend)
