"""A grammar for JSON without free white space, from a JSON schema.

Pure. XGrammar's own grammar for a schema lets the model write any white space between tokens, and
a small model may then write line breaks until its tokens run out. Knows the everyday part of JSON
Schema: objects with fixed properties, arrays, enum and const, anyOf, and the plain types. Writes
the EBNF that XGrammar reads (https://xgrammar.mlc.ai/docs/tutorials/ebnf_guided_generation.html).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

MOST_INTEGERS = 256  # between two bounds; each is written out
BASICS = r"""
char ::= [^"\\\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F])
integer ::= "-"? ("0" | [1-9] [0-9]{0,14})
number ::= integer ("." [0-9]{1,6})?
boolean ::= "true" | "false"
null ::= "null"
"""
TYPES = ("number", "boolean", "null")
# Words that say nothing about the text, and those that are handled below.
ANNOTATIONS = {"title", "description", "default", "examples", "$schema", "$id"}
HANDLED = {
    "object": {"properties", "required", "additionalProperties"},
    "array": {"items", "minItems", "maxItems"},
    "string": {"minLength", "maxLength"},
    "integer": {"minimum", "maximum"},
}


class _Beyond(Exception):
    """The schema uses a word that is not handled here."""


def compact_grammar(schema: Mapping[str, Any]) -> str | None:
    """EBNF for compact JSON of ``schema``, or None where it goes beyond what is handled.

    Properties come in the schema's order. An object with properties that may be left out goes
    beyond it: forcing a small model to write them would make it invent values.
    """
    try:
        return f"root ::= {_value(schema)}\n{BASICS}"
    except (_Beyond, TypeError, ValueError):  # a malformed schema is the library's to refuse
        return None


def _value(schema: Any) -> str:
    if not isinstance(schema, Mapping):
        raise _Beyond
    if "enum" in schema:
        return _choice([_literal(value) for value in schema["enum"]])
    if "const" in schema:
        return _literal(schema["const"])
    if "anyOf" in schema:
        return _choice([_value(one) for one in schema["anyOf"]])
    kind = schema.get("type")
    if isinstance(kind, list):
        return _choice([_value({**schema, "type": one}) for one in kind])
    if set(schema) - ANNOTATIONS - {"type"} - HANDLED.get(str(kind), set()):
        raise _Beyond
    if kind in TYPES:
        return str(kind)
    makers = {"string": _string, "integer": _integer, "array": _array, "object": _object}
    if kind not in makers:
        raise _Beyond
    return makers[str(kind)](schema)


def _string(schema: Mapping[str, Any]) -> str:
    least, most = int(schema.get("minLength", 0)), schema.get("maxLength", "")
    return f'"\\"" char{{{least},{most}}} "\\""'


def _integer(schema: Mapping[str, Any]) -> str:
    bounds = (schema.get("minimum"), schema.get("maximum"))
    if bounds == (None, None):
        return "integer"
    low, high = bounds
    if not (isinstance(low, int) and isinstance(high, int) and 0 <= high - low < MOST_INTEGERS):
        raise _Beyond
    return _choice([_literal(value) for value in range(low, high + 1)])


def _array(schema: Mapping[str, Any]) -> str:
    item = _value(schema.get("items"))
    least, most = int(schema.get("minItems", 0)), schema.get("maxItems")
    if most is not None and int(most) == 0:
        return '"[]"'
    more = f'("," {item}){{{max(least - 1, 0)},{"" if most is None else int(most) - 1}}}'
    some = f'"[" {item} {more} "]"'
    return some if least else f'("[]" | {some})'


def _object(schema: Mapping[str, Any]) -> str:
    properties = schema.get("properties")
    if not isinstance(properties, Mapping) or not properties:
        raise _Beyond
    if schema.get("additionalProperties", False) is not False:
        raise _Beyond
    if set(schema.get("required", ())) != set(properties):
        raise _Beyond
    pairs = [f'{_literal(str(key))} ":" {_value(one)}' for key, one in properties.items()]
    return '"{" ' + ' "," '.join(pairs) + ' "}"'


def _choice(options: list[str]) -> str:
    if not options:
        raise _Beyond
    return "(" + " | ".join(options) + ")"


def _literal(value: Any) -> str:
    """A JSON value as it stands in the text, written as an EBNF string."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(text, ensure_ascii=False)
