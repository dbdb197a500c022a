"""Cuts Markdown into the smallest pieces that can be quoted or checked: sentences and list items.

Knows Markdown's outline well enough for that, tables included. Knows nothing of meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from backend.words import HAN

_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)、])\s+")
_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_RULE = re.compile(r"^[\s|:\-]+$")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_NOT_ENDS = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|no|nr|mr|mrs|ms|dr|st|vs|incl|max|min|inc|ltd|co|tel|fig)\.|"
    r"\b(?:[A-Za-z]\.){2,})$",
    re.I,
)
_END = re.compile(rf"[.!?…]+[\"'”’)\]*_]*(?=\s|$|[{HAN}])|[。！？]+[”’）」]*|\n")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_ABSOLUTE = re.compile(r"(?:https?://|mailto:|tel:)", re.I)
_MARKS = re.compile(r"(\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))")


@dataclass(frozen=True)
class Unit:
    """A sentence or list item as it stands in its passage.

    ``lead`` is the line that introduces the list an item is in, or ''.
    """

    text: str
    block: int  # paragraphs and lists of the passage, counted
    item: bool = False
    lead: str = ""
    marker: str = ""

    @property
    def plain(self) -> str:
        return plain(self.text)


def plain(text: str) -> str:
    """The text as read, without Markdown's marks and the addresses of links."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def in_place(title: str, heading: str, unit: Unit) -> str:
    """What stands for a unit before the encoder: “It takes 3 days” means little without its place.

    ``heading`` is the path of headings above the passage, as passages have it.
    """
    return f"{heading.split(' › ')[-1] or title}: {unit.plain}"


def views(title: str, heading: str, text: str) -> list[str]:
    """What is embedded of a passage besides the whole: its article's title, then each sentence."""
    return [title, *(in_place(title, heading, unit) for unit in units(text))]


def shown(markdown: str) -> str:
    """Markdown fit for another page: links that lead somewhere only on the articles' own site
    become their text, and pictures go."""

    def kept(link: re.Match[str]) -> str:
        if link.group().startswith("!"):
            return ""
        return link.group() if _ABSOLUTE.match(link.group(2)) else link.group(1)

    return _LINK.sub(kept, markdown)


def units(markdown: str) -> list[Unit]:
    """The units of a passage, in order. Rows of a table become items with their column heads."""
    found: list[Unit] = []
    for number, lines in enumerate(_blocks(markdown)):
        if _ROW.match(lines[0]) and len(lines) > 1 and _RULE.match(lines[1]):
            found.extend(_rows(lines, number, _lead(found)))
        else:
            found.extend(_lines(lines, number, found))
    return found


def _blocks(markdown: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in markdown.splitlines():
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _lines(lines: Sequence[str], number: int, before: Sequence[Unit]) -> list[Unit]:
    """A paragraph, a list, or a paragraph with a list right below it."""
    made: list[Unit] = []
    text, marker = "", ""
    lead = _lead(before)

    def flush() -> None:
        nonlocal lead
        if marker and text:
            made.append(Unit(text, number, True, lead, marker))
        elif text:
            made.extend(Unit(sentence, number) for sentence in split(text))
            lead = _lead(made)

    for line in lines:
        item = _ITEM.match(line)
        if item:
            flush()
            text, marker = line[item.end() :].strip(), item.group().strip()
        else:
            text = f"{text} {_HEADING.sub('', line).strip()}".strip()
    flush()
    return made


def _lead(before: Sequence[Unit]) -> str:
    last = before[-1] if before else None
    if last and last.item:
        return last.lead
    return last.text if last and last.text.rstrip().endswith((":", "：")) else ""


def _rows(lines: Sequence[str], number: int, lead: str) -> Iterator[Unit]:
    heads = _cells(lines[0])
    for line in lines[2:]:
        cells = _cells(line)
        if not any(cells):
            continue
        # A row's first cell names it; the others say what their column's head says.
        pairs = zip(heads[1:], cells[1:], strict=False)
        rest = [f"{head} {cell}".strip() for head, cell in pairs if cell]
        first = f"{heads[0]} {cells[0]}".strip() if _is_bare(cells[0]) else cells[0]
        yield Unit(": ".join(p for p in (first, "; ".join(rest)) if p), number, True, lead, "-")


def _is_bare(cell: str) -> bool:
    """Whether a cell is a mere number, which means nothing without its column's head."""
    return not re.search(rf"[A-Za-z{HAN}]{{3,}}|[{HAN}]{{2,}}", cell)


def _cells(line: str) -> list[str]:
    row = _ROW.match(line)
    return [cell.strip() for cell in (row.group(1) if row else line).split("|")]


def split(text: str) -> list[str]:
    """Sentences of running text; abbreviations and decimal points do not end one."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        piece = text[start : end.end()]
        if _NOT_ENDS.search(piece.rstrip()) and end.end() < len(text):
            continue
        found.append(piece.strip())
        start = end.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def finished(text: str) -> tuple[list[str], str]:
    """The sentences of a text still being written that cannot change any more, and the rest."""
    if "\n" not in text and not _END.search(text):
        return [], text
    pieces: list[str] = []
    start = 0
    for end in _END.finditer(text):
        piece = text[start : end.end()]
        at_edge = end.end() >= len(text.rstrip(" ")) and end.group() != "\n"
        latin = not re.search(r"[。！？]", end.group())
        if at_edge and latin:
            break  # “4.” may yet become “4.95”, and “e.g” “e.g.”
        if _NOT_ENDS.search(piece.rstrip()):
            continue
        if piece.strip():
            pieces.append(piece.strip())
        start = end.end()
    return pieces, text[start:]


def render(chosen: Iterable[Unit], language: str) -> str:
    """Units of one passage as Markdown: sentences run on, items each on a line below their lead."""
    out = ""
    last: Unit | None = None
    for unit in chosen:
        lead = unit.lead if unit.item and (last is None or last.lead != unit.lead) else ""
        if lead and not (last and last.text == lead):
            out += _gap(last, False, language, unit.block) + shown(lead)
            last = Unit(lead, unit.block)
        text = f"{unit.marker} {shown(unit.text)}" if unit.item else shown(unit.text)
        out += _gap(last, unit.item, language, unit.block) + text
        last = unit
    return out


def _gap(last: Unit | None, item: bool, language: str, block: int) -> str:
    if last is None:
        return ""
    if item and last.item:
        return "\n"
    if item or last.item or last.block != block:
        return "\n\n"
    return "" if language == "zh" else " "
