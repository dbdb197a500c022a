"""Operators' templates: rendered over a conversation's values, or told why they cannot be.

    render("Your {{ item }} goes back on {{ day }}.", {"item": …, "day": …})

In replies a slot is a :class:`SlotText`: what people read, with the normalised value as
``.value``; ``profile``, ``company``, ``result``, ``problem`` and ``language`` come with it. In
actions a slot is its normalised value, None where it has none. Whatever happens in a template is
a TemplateProblem.
Knows nothing of schemas.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes

from .budget import MOST_OUTPUT, Run, SlotText, TemplateProblem, plain, running, weigh
from .naming import Naming, naming
from .sandbox import Sandbox

__all__ = [
    "RESERVED",
    "SlotText",
    "TemplateProblem",
    "names",
    "parts",
    "plain_names",
    "prefix",
    "render",
    "tree",
    "value",
]

MOST_TEMPLATE = 8_000  # characters
_RESERVED = """
and company else false if in is language loop none not or problem profile range result secret true
"""
# What a slot cannot be called, since templates have it already.
RESERVED = frozenset(_RESERVED.split())
Fields = Mapping[str, Any]
_SANDBOX = Sandbox()
_LONGEST_EXCERPT = 80


@dataclass(frozen=True)
class _Compiled:
    """``single``: nothing but one expression. ``prefix``: the text before the first expression."""

    program: Template
    naming: Naming
    single: bool
    prefix: str


def render(template: str, fields: Fields, *, escape: Callable[[str], str] = str) -> str:
    """The template's text. ``escape`` is applied to each value that it prints.

    ``fields["language"]`` is what dates and amounts are written in. Raises TemplateProblem.
    """
    text, _ = _run(_compiled(template), fields, escape)
    return text


def value(template: str, fields: Fields) -> Any:
    """What a leaf of a JSON body stands for: the typed value where the template is one expression,
    else its text. Raises TemplateProblem."""
    compiled = _compiled(template)
    text, run = _run(compiled, fields, str)
    if not compiled.single:
        return text
    return _guarded(lambda: plain(weigh(run.last)), run, compiled.program)


def tree(body: Any, fields: Fields, optional: Collection[str] = ()) -> Any:
    """A JSON body with its leaves filled in. A key or an item is left out whose template plainly
    names an ``optional`` slot that has no value. Raises TemplateProblem, which names the place."""
    return _branch(body, fields, optional, "the body")


def left_out(template: str, fields: Fields, optional: Collection[str]) -> bool:
    """Whether the template plainly names an ``optional`` slot that has no value."""
    return any(name in optional and fields.get(name) is None for name in plain_names(template))


def names(template: str) -> set[str]:
    """The names that the template takes from outside. Raises TemplateProblem."""
    return set(_compiled(template).naming.used)


def plain_names(template: str) -> set[str]:
    """Those of them that it cannot do without: no ``if`` or ``default`` guards them."""
    return set(_compiled(template).naming.plain)


def parts(template: str, name: str) -> set[str]:
    """The parts that it asks of ``name``: “email” of ``profile`` in ``{{ profile.email }}``."""
    return {part for of, part in _compiled(template).naming.parts if of == name}


def prefix(template: str) -> str:
    """The literal text before the first expression. Raises TemplateProblem."""
    return _compiled(template).prefix


def _branch(body: Any, fields: Fields, optional: Collection[str], place: str) -> Any:
    if isinstance(body, Mapping):
        return {
            key: _branch(child, fields, optional, f"“{key}” of {place}")
            for key, child in body.items()
            if not _lacks(child, fields, optional)
        }
    if isinstance(body, list | tuple):
        return [
            _branch(child, fields, optional, f"item {number} of {place}")
            for number, child in enumerate(body, 1)
            if not _lacks(child, fields, optional)
        ]
    if not isinstance(body, str):
        return body
    try:
        return None if _lacks(body, fields, optional) else value(body, fields)
    except TemplateProblem as problem:
        raise TemplateProblem(f"In {place}: {problem.text}", problem.hint) from problem


def _lacks(child: Any, fields: Fields, optional: Collection[str]) -> bool:
    return isinstance(child, str) and left_out(child, fields, optional)


def _run(compiled: _Compiled, fields: Fields, escape: Callable[[str], str]) -> tuple[str, Run]:
    run = Run(tuple(fields), str(fields.get("language") or "en"), escape)
    return _guarded(lambda: compiled.program.render(dict(fields)), run, compiled.program), run


def _guarded(work: Callable[[], Any], run: Run, program: Template) -> Any:
    token = running.set(run)
    try:
        result = work()
        if isinstance(result, str):
            running.get().spend(output=max(0, len(result) - MOST_OUTPUT))
            _check_characters(result)
        return result
    except TemplateProblem:
        raise
    except ZeroDivisionError as error:
        raise TemplateProblem(
            "The template divides by zero.", "Ask with {% if %} first."
        ) from error
    except Exception as error:  # whatever an expression may come upon
        raise TemplateProblem(
            f"{_line(error)}Something in the template does not fit together.",
            "Is a text reckoned with as a number, or a part asked of something that has none?",
        ) from error
    finally:
        running.reset(token)


def _line(error: BaseException) -> str:
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == "<template>" and frame.lineno
    ]
    return f"Line {lines[-1]}: " if lines else ""


def _check_characters(text: str) -> None:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise TemplateProblem("The text has characters that no one can read.", "Write them out.")


@lru_cache(maxsize=2048)
def _compiled(template: str) -> _Compiled:
    if len(template) > MOST_TEMPLATE:
        raise TemplateProblem(
            f"The template has {len(template):,} characters, more than {MOST_TEMPLATE:,}.",
            "Make it shorter.",
        )
    try:
        tree = _SANDBOX.parse(template)
        found, single, literal = naming(tree), _is_single(tree), _prefix(tree)
        code = _SANDBOX.compile(_SANDBOX.fenced(tree))
        program = Template.from_code(_SANDBOX, code, dict(_SANDBOX.globals))
    except TemplateProblem:
        raise
    except TemplateSyntaxError as error:
        raise _syntax(template, error) from error
    except Exception as error:  # nested too deeply for Python, a number of 5,000 digits …
        raise TemplateProblem("The template cannot be read.", "Make it simpler.") from error
    return _Compiled(program, found, single, literal)


def _outputs(tree: nodes.Template) -> list[nodes.Node]:
    first = tree.body[0] if tree.body else None
    return list(first.nodes) if isinstance(first, nodes.Output) else []


def _is_single(tree: nodes.Template) -> bool:
    found = _outputs(tree)
    return len(tree.body) == len(found) == 1 and not isinstance(found[0], nodes.TemplateData)


def _prefix(tree: nodes.Template) -> str:
    found = _outputs(tree)
    return found[0].data if found and isinstance(found[0], nodes.TemplateData) else ""


_PLAINER = (
    (r"'end of print statement', got '(.+)'", "“{0}” is too much between {{{{ and }}}}."),
    (r"'end of statement block', got '(.+)'", "“{0}” is too much between {{% and %}}."),
    (r"unexpected end of template, expected", "a “{{{{” or “{{%” is not closed."),
    (r"Unexpected end of template.*needs to be closed is '(\w+)'", "“{{% {0} %}}” is not ended."),
    (r"Encountered unknown tag '(\w+)'", "there is no “{{% {0} %}}” here."),
    (r"unexpected (?:char )?'(.+?)'", "“{0}” is unexpected."),
    (r"Expected an expression, got", "there is nothing to show between the braces."),
)


def _syntax(template: str, error: TemplateSyntaxError) -> TemplateProblem:
    detail = "this is not how templates are written."
    for pattern, plainer in _PLAINER:
        match = re.search(pattern, error.message or "", re.DOTALL)
        if match:
            detail = plainer.format(*match.groups())
            break
    lines = template.splitlines() or [""]
    near = lines[min(error.lineno, len(lines)) - 1].strip()
    return TemplateProblem(
        f"Line {error.lineno}: {detail}",
        f"See “{near[:_LONGEST_EXCERPT]}”. A value is written {{{{ name }}}}, "
        "a condition {% if name %} … {% endif %}.",
    )
