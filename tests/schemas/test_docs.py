"""What docs/schemas.md shows is a bot that could be published, as Kefu would write it."""

import re
from pathlib import Path

from backend.dialogue import schema
from backend.schemas.checks import check
from backend.schemas.document import dump, load
from backend.schemas.scripts import Answer, Script, ScriptTurn

TEXT = (Path(__file__).parents[2] / "docs" / "schemas.md").read_text()
EXAMPLE = re.search(r"```yaml\n(kefu_schema.*?)```", TEXT, re.DOTALL)[1]


def test_the_example_has_no_finding():
    assert check(load(EXAMPLE).schema, secrets={"api_key"}) == []


def test_the_example_is_written_as_kefu_writes_it():
    assert dump(load(EXAMPLE)) == EXAMPLE


def test_every_field_is_described():
    models = [value for value in vars(schema).values() if isinstance(value, type)]
    models = [model for model in models if issubclass(model, schema.Part)] + [
        Answer,
        Script,
        ScriptTurn,
    ]
    fields = {name.rstrip("_") for model in models for name in model.model_fields}
    assert {name for name in fields if not re.search(rf"\b{name}\b", TEXT)} == set()
