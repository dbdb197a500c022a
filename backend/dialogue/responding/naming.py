"""Which names a template uses, and which of them it cannot do without.

A name that is only asked for (``{% if x %}``, ``x | default('')``, ``x or 'none'``), or that is
used where it was found to be there, is guarded; all others are plain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

Names = frozenset[str]
_NONE: Names = frozenset()


@dataclass
class Naming:
    """``used`` are all names from outside, ``plain`` those used unguarded at least once, ``parts``
    pairs such as ``("profile", "email")``."""

    used: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)
    parts: set[tuple[str, str]] = field(default_factory=set)


def naming(tree: nodes.Template) -> Naming:
    found = Naming()
    _block(tree.body, set(), _NONE, found)
    return found


def _block(body: Iterable[nodes.Node], bound: set[str], guarded: Names, found: Naming) -> None:
    for node in body:
        if isinstance(node, nodes.Assign):
            _walk(node.node, bound, guarded, found)
            bound |= _targets(node.target)
        elif isinstance(node, nodes.For):
            _walk(node.iter, bound, guarded, found, asked=True)
            inner = bound | _targets(node.target) | {"loop"}
            if node.test is not None:
                _walk(node.test, inner, guarded, found, asked=True)
            _block(node.body, inner, guarded, found)
            _block(node.else_, bound, guarded, found)
        elif isinstance(node, nodes.If):
            _if(node, bound, guarded, found)
        else:
            for child in node.iter_child_nodes():
                _walk(child, bound, guarded, found)


def _if(node: nodes.If, bound: set[str], guarded: Names, found: Naming) -> None:
    _walk(node.test, bound, guarded, found, asked=True)
    _block(node.body, bound, guarded | _there(node.test, True), found)
    rest = guarded | _there(node.test, False)
    for other in node.elif_:
        _if(other, bound, rest, found)
    _block(node.else_, bound, rest, found)


def _walk(
    node: nodes.Node, bound: set[str], guarded: Names, found: Naming, asked: bool = False
) -> None:
    """Note the names of an expression; ``asked``: only whether it is there, or what it is."""
    if isinstance(node, nodes.Name):
        if node.name not in bound and not (node.name == "range" and node.ctx == "load"):
            found.used.add(node.name)
            if not asked and node.name not in guarded:
                found.plain.add(node.name)
        return
    _note_part(node, bound, found)
    if isinstance(node, nodes.CondExpr):
        _walk(node.test, bound, guarded, found, asked=True)
        _walk(node.expr1, bound, guarded | _there(node.test, True), found, asked)
        if node.expr2 is not None:
            _walk(node.expr2, bound, guarded | _there(node.test, False), found, asked)
    elif isinstance(node, nodes.Or):
        _walk(node.left, bound, guarded, found, asked=True)
        _walk(node.right, bound, guarded, found, asked)
    elif isinstance(node, nodes.And):
        _walk(node.left, bound, guarded, found, asked=True)
        _walk(node.right, bound, guarded | _there(node.left, True), found, asked)
    elif isinstance(node, nodes.Filter) and node.name in ("d", "default") and node.node:
        _walk(node.node, bound, guarded, found, asked=True)
        for argument in node.args:
            _walk(argument, bound, guarded, found, asked)
    else:
        for child in node.iter_child_nodes():
            _walk(child, bound, guarded, found, asked)


def _note_part(node: nodes.Node, bound: set[str], found: Naming) -> None:
    if not isinstance(node, nodes.Getattr | nodes.Getitem):
        return
    if not isinstance(node.node, nodes.Name) or node.node.name in bound:
        return
    if isinstance(node, nodes.Getattr):
        found.parts.add((node.node.name, node.attr))
    elif isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        found.parts.add((node.node.name, node.arg.value))


def _there(test: Any, true: bool) -> Names:
    """The names that are surely there where the test came out as ``true``."""
    if isinstance(test, nodes.Not):
        return _there(test.node, not true)
    if isinstance(test, nodes.And if true else nodes.Or):
        return _there(test.left, true) | _there(test.right, true)
    if isinstance(test, nodes.And | nodes.Or):
        return _NONE
    if isinstance(test, nodes.Test) and test.name in ("none", "undefined"):
        return _NONE if true else _roots(test)
    if isinstance(test, nodes.Compare) and any(op.op in ("ne", "notin") for op in test.ops):
        return _NONE if true else _roots(test)
    return _roots(test) if true else _NONE


def _roots(node: nodes.Node) -> Names:
    if isinstance(node, nodes.Name):
        return frozenset((node.name,))
    return frozenset(name.name for name in node.find_all(nodes.Name))


def _targets(target: nodes.Node) -> set[str]:
    return set(_roots(target))
