from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.inference.compact_json import compact_grammar


def test_an_object_is_written_without_white_space() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "b": {"type": "string", "maxLength": 5}},
        "required": ["a", "b"],
    }
    grammar = compact_grammar(schema)
    assert grammar is not None
    assert grammar.startswith(
        r"""root ::= "{" "\"a\"" ":" integer "," "\"b\"" ":" "\"" char{0,5} "\"" "}" """.rstrip()
    )


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "a"},
        {"type": "object"},
        {"type": "object", "properties": {"a": {"type": "string"}}},
        {"type": "object", "properties": {}, "additionalProperties": {"type": "string"}},
        {"type": "array"},
        {"type": "integer", "minimum": 0},
        {"type": "integer", "minimum": 0, "maximum": 10**9},
        {"type": "nonsense"},
        {"$ref": "#/x"},
        {"enum": []},
        {},
    ],
)
def test_what_goes_beyond_is_left_to_the_library(schema: dict[str, Any]) -> None:
    assert compact_grammar(schema) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
)
KEYS = st.sampled_from(
    ["type", "enum", "properties", "required", "items", "maxLength", "minItems", "anyOf"]
)


@given(st.dictionaries(KEYS, JSON))
def test_any_schema_has_a_grammar_or_none(schema: dict[str, Any]) -> None:
    grammar = compact_grammar(schema)
    assert grammar is None or grammar.startswith("root ::= ")
