"""Cuts an article's Markdown into passages, each as long as a reader takes in at once.

Knows Markdown's blocks and how long a text is in English or Chinese. Knows nothing of the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from backend.words import HAN

# In words; two Han characters count as one word, which is about right for reading time.
AIM_WORDS = 80
MOST_WORDS = 120
_HAN_CHAR = re.compile(f"[{HAN}]")
_WORD = re.compile(rf"[^\W{HAN}]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])|(?<=[。！？；])\s*|\n+")
_COMMENT = re.compile(r"<!--.*?-->", re.S)


@dataclass(frozen=True)
class Piece:
    """A passage to be: the path of headings above it, and its Markdown."""

    heading: str
    text: str


@dataclass(frozen=True)
class _Block:
    heading: str
    text: str
    joins_previous: bool  # a list belongs to the line that introduces it


def length(text: str) -> int:
    """Length in words; two Han characters are one word."""
    return len(_WORD.findall(text)) + (len(_HAN_CHAR.findall(text)) + 1) // 2


def split(body: str) -> list[Piece]:
    """Passages of at most about ``MOST_WORDS`` words, none of them across a heading.

    Lists stay with the paragraph before them where both fit; a block that is too long is cut at
    its lines and sentences, and a single endless sentence at its words.
    """
    pieces: list[Piece] = []
    for heading, blocks in _sections(_blocks(_COMMENT.sub("", body))):
        pieces.extend(Piece(heading, text) for text in _pack(list(blocks)) if text.strip())
    return pieces


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _blocks(body: str) -> Iterator[_Block]:
    """Top-level blocks with their heading paths; headings and raw HTML are not blocks."""
    lines = body.splitlines()
    path: list[tuple[int, str]] = []
    tokens = _markdown().parse("\n".join(lines))
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            level = int(token.tag[1:])
            path = [entry for entry in path if entry[0] < level]
            path.append((level, _plain(tokens[index + 1])))
        elif token.level == 0 and token.map and token.nesting >= 0 and _has_text(token):
            text = "\n".join(lines[token.map[0] : token.map[1]]).strip()
            joins = token.type in ("bullet_list_open", "ordered_list_open", "table_open")
            yield _Block(" › ".join(title for _, title in path), text, joins)


def _has_text(token: Token) -> bool:
    return token.type not in ("html_block", "hr", "heading_open")


def _plain(inline: Token) -> str:
    children = inline.children or []
    return "".join(child.content for child in children if child.type in ("text", "code_inline"))


def _sections(blocks: Iterable[_Block]) -> Iterator[tuple[str, list[_Block]]]:
    section: list[_Block] = []
    for block in blocks:
        if section and section[0].heading != block.heading:
            yield section[0].heading, section
            section = []
        section.append(block)
    if section:
        yield section[0].heading, section


def _pack(blocks: list[_Block]) -> list[str]:
    """Fill passages up to ``AIM_WORDS``; a list may fill its passage up to ``MOST_WORDS``."""
    packed: list[str] = []
    for block in blocks:
        for text in _cut(block.text):
            limit = MOST_WORDS if block.joins_previous else AIM_WORDS
            if packed and length(packed[-1]) + length(text) <= limit:
                packed[-1] = f"{packed[-1]}\n\n{text}"
            else:
                packed.append(text)
    return packed


def _cut(text: str) -> list[str]:
    """The text whole where it is short enough, else in pieces cut after lines or sentences."""
    if length(text) <= MOST_WORDS:
        return [text]
    parts: list[str] = []
    start = 0
    for end in [*(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]:
        sentence = text[start:end]
        start = end
        if parts and length(parts[-1]) + length(sentence) <= AIM_WORDS:
            parts[-1] += sentence
        else:
            parts.extend(_chop(sentence))
    return [part.strip() for part in parts if part.strip()]


def _chop(sentence: str) -> list[str]:
    """A sentence longer than a passage may be (a pasted table, a text without stops), cut."""
    if length(sentence) <= MOST_WORDS:
        return [sentence]
    words = re.findall(rf"\s*(?:[{HAN}]|[^\s{HAN}]{{1,200}})", sentence)
    step = MOST_WORDS
    return ["".join(words[i : i + step]) for i in range(0, len(words), step)]
