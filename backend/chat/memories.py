"""What the engine remembers, as it lies in the database: sensitive values encrypted."""

from __future__ import annotations

import json
from typing import Any

from backend.dialogue.memory import Memory, Task
from backend.dialogue.schema import Schema
from backend.sealing import CannotOpen, seal, unseal

_SEALED = "sealed"


def pack(memory: Memory, schema: Schema | None) -> dict[str, Any]:
    """JSON of the memory; nothing where there is nothing to remember."""
    packed = memory.as_json()
    for kind, rows in (("tasks", memory.tasks), ("done", memory.done)):
        for task, row in zip(rows, packed.get(kind, ()), strict=True):
            for name in _sensitive(task, schema):
                if name in row.get("values", {}):
                    row["values"][name] = {_SEALED: seal(json.dumps(row["values"][name]))}
    return packed


def unpack(packed: dict[str, Any]) -> Memory:
    """The memory; a value whose key is lost is forgotten, so that it is asked for again."""
    for row in (*packed.get("tasks", ()), *packed.get("done", ())):
        values = row.get("values", {})
        row["values"] = {n: v for n, v in ((n, _opened(v)) for n, v in values.items()) if v}
    return Memory.model_validate(packed)


def _opened(value: dict[str, Any]) -> Any:
    if _SEALED not in value:
        return value
    try:
        return json.loads(unseal(value[_SEALED]))
    except CannotOpen:
        return None


def _sensitive(task: Task, schema: Schema | None) -> list[str]:
    found = schema.find(task.intent) if schema else None
    return [slot.name for slot in found[0].slots if slot.sensitive] if found else []
