"""Reads a folder of Markdown files with front matter into drafts of articles.

Knows files and what may be wrong with them; says so in words that name the file and what mends
it. Knows nothing of the database.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter
import yaml
from django.utils.text import slugify

from .splitting import split

MOST_BYTES = 1_000_000
SUFFIXES = (".md", ".markdown")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.I)
# Folder names that are taken for a language; others (such as "us" or "faq") are only folders.
_LANGUAGES = "ar cs da de el en es fi fr he hi hu id it ja ko nl no pl pt ro ru sv th tr uk vi zh"
_FOLDERS = frozenset(_LANGUAGES.split())


@dataclass(frozen=True)
class Problem:
    """A file that was left out: ``path`` relative to the folder, and what mends it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


@dataclass(frozen=True)
class Draft:
    """An article as a file says it."""

    path: str
    language: str
    slug: str
    title: str
    url: str
    body: str
    tags: tuple[str, ...]

    @property
    def checksum(self) -> str:
        """SHA-256 over all that the file decides."""
        values = [self.title, self.url, self.body, *self.tags]
        return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


class Unreadable(Exception):
    """The file cannot become an article; the text says what mends it."""


def read_folder(folder: Path, url_template: str) -> Iterator[Draft | Problem]:
    """Every Markdown file below ``folder``, in the order of their names."""
    seen: dict[tuple[str, str], str] = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES):
        name = path.relative_to(folder).as_posix()
        try:
            draft = read_file(path, folder, url_template)
        except Unreadable as error:
            yield Problem(name, str(error))
            continue
        first = seen.setdefault((draft.language, draft.slug), name)
        if first != name:
            yield Problem(
                name,
                f"has the slug “{draft.slug}” ({draft.language}), as {first} has: "
                "give one of them another `slug:` in its front matter",
            )
        else:
            yield draft


def read_file(path: Path, folder: Path, url_template: str) -> Draft:
    """Raises Unreadable."""
    post = _parse(_text(path))
    meta = post.metadata
    language = _language(meta, path, folder)
    slug = _slug(meta, path)
    title = meta.get("title")
    if not isinstance(title, str | int | float) or not str(title).strip():
        raise Unreadable(
            "has no title: add a line `title: …` to its front matter, between two `---`"
        )
    if len(str(title)) > 300:
        raise Unreadable("has a title of more than 300 characters: shorten it")
    if not split(post.content):
        raise Unreadable(
            "has no text: write the article below its front matter, or delete the file"
        )
    url = str(meta.get("url") or url_template.format(language=language, slug=slug))
    if len(url) > 500:
        raise Unreadable("has a `url` of more than 500 characters: shorten it")
    body = post.content.strip()
    return Draft(
        path.relative_to(folder).as_posix(),
        language,
        slug,
        str(title).strip(),
        url,
        body,
        _tags(meta),
    )


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Unreadable(
                f"is too big ({size / 1e6:.1f} MB, at most {MOST_BYTES / 1e6:.0f} MB): "
                "split it into articles"
            )
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be read ({error.strerror}): check the file's rights") from error
    if b"\0" in data:
        raise Unreadable("is not a text file: save it as Markdown in UTF-8, or remove it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(f"is not UTF-8 (line {line}): save it in the encoding UTF-8") from error


def _parse(text: str) -> frontmatter.Post:
    try:
        post = frontmatter.loads(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 2})" if mark else ""
        raise Unreadable(
            f"has front matter that is not YAML{where}: put values with a colon in quotes, "
            'as in title: "Returns: how they work"'
        ) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise Unreadable(
            "has front matter that is not a list of `name: value` lines: "
            "write it so, between two `---`"
        ) from error
    return post


def _language(meta: Mapping[str, Any], path: Path, folder: Path) -> str:
    stated = meta.get("language")
    if stated is not None:
        if not isinstance(stated, str) or not _LANGUAGE.fullmatch(stated) or len(stated) > 16:
            raise Unreadable(
                f"has the language {stated!r}: write a code such as en or zh, in quotes"
            )
        return _primary(stated)
    above = (folder.absolute().name, *path.relative_to(folder).parts[:-1])
    for name in reversed(above):
        if _LANGUAGE.fullmatch(name) and _primary(name) in _FOLDERS:
            return _primary(name)
    return "en"


def _primary(code: str) -> str:
    return code.split("-")[0].lower()


def _slug(meta: Mapping[str, Any], path: Path) -> str:
    slug = slugify(str(meta.get("slug") or path.stem), allow_unicode=True)
    if not slug or len(slug) > 200:
        raise Unreadable("has no usable slug: add `slug: short-name` to its front matter")
    return slug


def _tags(meta: Mapping[str, Any]) -> tuple[str, ...]:
    tags = meta.get("tags") or ()
    if isinstance(tags, str):
        tags = tags.split(",")
    if not isinstance(tags, list | tuple):
        raise Unreadable("has tags that are not a list: write `tags: [delivery, returns]`")
    return tuple(str(tag).strip() for tag in tags if str(tag).strip())
