"""The Jinja environment of operators' templates: its syntax is less than Jinja's, and says so.

``{{ … }}``, ``if``, ``for``, ``set``, the filters and tests of :mod:`.filters`, and a few methods
of texts. No macros, includes or inheritance. Everything is checked or wrapped when a template is
compiled, so that its rendering stays within its :class:`~.budget.Run`. Where an object of a JSON
answer has a field, that field is meant, not Python's attribute of that name (``result.items``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from .absence import Absent
from .budget import MOST_ROUNDS, Run, SlotText, TemplateProblem, as_text, running, weigh
from .filters import FILTERS, TESTS, replace

_SYNTAX = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign),
    *(nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword),
    *(nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Call, nodes.Getitem, nodes.Getattr),
    *(nodes.Slice, nodes.Concat, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow),
    *(nodes.Neg, nodes.Pos),
)
_METHOD_NAMES = """
capitalize endswith items keys lower lstrip removeprefix removesuffix replace rstrip split
startswith strip title upper values
"""
_METHODS = frozenset(_METHOD_NAMES.split())
_MOST_POWER = 64
# Names with a space, so that no template can use them itself.
_ROUNDS, _WEIGH, _CONCAT = " rounds", " weigh", " concat"


class _Fence(NodeTransformer):
    """Refuses what templates here do not have, and wraps what has to be paid for."""

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        if not isinstance(node, _SYNTAX):
            raise _refusal(node, f"“{type(node).__name__.lower()}” is not available here.")
        return super().generic_visit(node, *args, **kwargs)

    def visit_For(self, node: nodes.For) -> nodes.Node:
        if node.recursive:
            raise _refusal(node, "A loop cannot be recursive here.")
        node.iter = _wrapped(node.iter, _ROUNDS)
        return self.generic_visit(node)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:
        if node.name not in FILTERS and not node.name.startswith(" "):
            raise TemplateProblem(_at(node, f"There is no filter “{node.name}”."), _list(FILTERS))
        return self.generic_visit(node)

    def visit_Test(self, node: nodes.Test) -> nodes.Node:
        if node.name not in TESTS:
            raise TemplateProblem(_at(node, f"There is no test “{node.name}”."), _list(TESTS))
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        called = node.node
        if not (isinstance(called, nodes.Name) and called.name == "range") and not (
            isinstance(called, nodes.Getattr) and called.attr in _METHODS
        ):
            raise _refusal(node, "Only range() and methods of texts can be called.")
        return self.generic_visit(node)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        node.expr = _wrapped(node.expr, _WEIGH)
        for operand in node.ops:
            operand.expr = _wrapped(operand.expr, _WEIGH)
        return self.generic_visit(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        pieces = nodes.List(list(node.nodes), lineno=node.lineno)
        return self.visit(_wrapped(pieces, _CONCAT))

    def visit_List(self, node: nodes.List) -> nodes.Node:
        return _wrapped(self.generic_visit(node), _WEIGH)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:
        return _wrapped(self.generic_visit(node), _WEIGH)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:
        visited = self.generic_visit(node)
        return _wrapped(visited, _WEIGH) if node.ctx == "load" else visited


def _wrapped(node: Any, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _at(node: nodes.Node, text: str) -> str:
    return f"Line {node.lineno}: {text}"


def _list(names: Iterable[str]) -> str:
    return f"There are: {', '.join(sorted(name for name in names if name[0].isalpha()))}."


def _refusal(node: nodes.Node, text: str) -> TemplateProblem:
    return TemplateProblem(
        _at(node, text),
        "Templates have {{ name }}, {{ name | filter }}, {% if %}, {% for %} and {% set %}.",
    )


class Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self) -> None:
        super().__init__(
            undefined=Absent,
            finalize=_output,
            optimized=False,  # nothing is worked out before there is a budget for it
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=0,
        )
        self.globals = {"range": _range}
        self.filters = FILTERS | {_ROUNDS: _rounds, _WEIGH: weigh, _CONCAT: _concat}
        self.tests = dict(TESTS)

    def fenced(self, tree: nodes.Template) -> nodes.Template:
        """The tree as it may be compiled. Raises TemplateProblem."""
        fenced = _Fence().visit(tree)
        fenced.set_environment(self)
        return fenced

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self._part(obj, attribute) if _parted(obj) else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self._part(obj, argument) if _parted(obj) else super().getitem(obj, argument)

    def _part(self, obj: Any, name: Any) -> Any:
        if isinstance(obj, Absent):
            return obj if obj.known else obj.fail()
        fields = obj.value if isinstance(obj, SlotText) else obj
        if isinstance(fields, Mapping) and isinstance(name, str) and name in fields:
            return fields[name]
        if obj is None or (isinstance(obj, Mapping) and name not in _METHODS):
            return self.undefined(obj=obj, name=name)
        return super().getattr(obj, name) if isinstance(name, str) else super().getitem(obj, name)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        weigh(left), weigh(right)
        if operator == "%" and isinstance(left, str):
            raise TemplateProblem("“%” does not fill texts here.", "Write {{ a }} and {{ b }}.")
        if operator == "**" and not (isinstance(right, int) and abs(right) <= _MOST_POWER):
            raise TemplateProblem("A power gets too large.", f"Use at most {_MOST_POWER}.")
        if operator == "*":
            _pay_for_repeating(left, right)
            _pay_for_repeating(right, left)
        return weigh(super().call_binop(context, operator, left, right))

    def call(self, context: Context, called: Any, *args: Any, **kwargs: Any) -> Any:
        if called is _range:
            return _range(*args)
        owner, name = getattr(called, "__self__", None), getattr(called, "__name__", "")
        if not isinstance(owner, str | Mapping) or name not in _METHODS:
            raise TemplateProblem(
                "Something was called that is no method of a text.",
                f"Methods are: {', '.join(sorted(_METHODS))}.",
            )
        weigh(owner), weigh(args)
        return replace(owner, *args) if name == "replace" else weigh(called(*args, **kwargs))


def _parted(obj: Any) -> bool:
    return obj is None or isinstance(obj, Mapping | SlotText | Absent)


def _pay_for_repeating(value: Any, times: Any) -> None:
    if isinstance(value, str | list | tuple) and isinstance(times, int):
        running.get().spend(work=len(value) * max(times, 0))


def _range(*args: Any) -> range:
    found = range(*args)
    if len(found) > MOST_ROUNDS:
        raise TemplateProblem(f"A range has more than {MOST_ROUNDS:,} numbers.", "Make it shorter.")
    return found


def _rounds(values: Any) -> Iterator[Any]:
    """What a loop goes over; nothing where there is nothing."""
    for value in () if values is None else values:
        running.get().spend(rounds=1)
        yield value


def _concat(pieces: Iterable[Any]) -> str:
    return "".join(as_text(weigh(piece)) for piece in pieces)


@pass_context
def _output(_context: Context, value: Any) -> str:
    """Every value that a template prints comes through here."""
    run: Run = running.get()
    if isinstance(value, Absent):
        value.fail()
    if isinstance(value, Iterator):
        value = list(value)
    run.last = value
    text = as_text(weigh(value))
    run.spend(output=len(text))
    return run.escape(text)
