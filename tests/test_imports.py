"""Imports point down: who may import whom, read from the source."""

import ast
from pathlib import Path

import pytest

BACKEND = Path(__file__).resolve().parents[1] / "backend"
# Each part and the modules of ours that it may import; its own are always allowed.
ALLOWED = {
    "inference": [],
    "protocol": [],
    "env": [],
    "words": [],
    "sealing": [],
    "dialogue": ["inference.types", "inference.errors", "inference.interfaces", "words"],
    "conversations": ["protocol", "sealing"],
    "knowledge": [
        "dialogue.types",
        "dialogue.answers.sentences",
        "inference.interfaces",
        "inference.errors",
        "words",
    ],
    "schemas": [
        "sealing",
        "words",
        "dialogue.schema",
        "dialogue.types",
        "dialogue.memory",
        "dialogue.language",
        "dialogue.tracking.patterns",
        "dialogue.understanding.marks",
        "dialogue.responding",
    ],
    "chat": [
        "protocol",
        "sealing",
        "dialogue",
        "conversations",
        "schemas",
        "knowledge",
        "inference.errors",
    ],
    "desk": [
        "conversations",
        "schemas",
        "knowledge",
        "protocol",
        "dialogue.schema",
        "dialogue.responding",
        "dialogue.tracking.patterns",
    ],
    "learning": ["inference", "dialogue", "schemas", "conversations"],
    "demo": ["conversations", "schemas", "knowledge", "dialogue.schema"],
    "settings": ["env", "desk.unfold"],
    "urls": ["chat.urls", "demo.urls"],
    "asgi": ["chat.routing"],
}
# The runtime puts the engine together; the system check asks whether the weights are there.
EXCEPTIONS = {
    "chat/runtime.py": ["inference"],
    "chat/checks.py": ["inference.weights"],
}


def modules():
    return sorted(path for path in BACKEND.rglob("*.py") if "migrations" not in path.parts)


def imported(path):
    """Every module of ours that the file imports, inside functions too, as ``part.module``."""
    package = ["backend", *path.relative_to(BACKEND).parent.parts]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{stem}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "include":
            names = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        else:
            continue
        for name in names:
            if name.startswith("backend."):
                yield name.removeprefix("backend.")


def within(name, prefix):
    return name == prefix or name.startswith(prefix + ".")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(BACKEND)))
def test_a_module_imports_only_what_lies_below_it(path):
    place = str(path.relative_to(BACKEND))
    part = place.split("/")[0].removesuffix(".py")
    if part == "__init__":
        return
    allowed = [part, *ALLOWED[part], *EXCEPTIONS.get(place, [])]
    wrong = [name for name in imported(path) if not any(within(name, one) for one in allowed)]
    assert not wrong


def test_the_model_libraries_are_imported_by_the_model_layer_alone():
    libraries = {"torch", "transformers", "openvino", "openvino_genai"}
    for path in modules():
        if path.relative_to(BACKEND).parts[0] == "inference":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not libraries & {name.split(".")[0] for name in names}, path


def test_the_engine_knows_neither_django_nor_a_clock():
    for path in modules():
        if path.relative_to(BACKEND).parts[0] != "dialogue":
            continue
        source = path.read_text()
        for word in (
            "import django",
            "from django",
            "import time",
            "import random",
            ".now(",
            ".today(",
        ):
            assert word not in source, f"{path} has {word}"
