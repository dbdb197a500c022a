from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.inference.errors import ModelUnavailable
from backend.inference.specs import (
    ENCODER_FORMS,
    GENERATOR_FORMS,
    GeneratorSpec,
    parse_encoder,
    parse_generator,
)


@pytest.mark.parametrize("form", GENERATOR_FORMS)
def test_every_form_that_a_hint_names_is_valid(form: str) -> None:
    assert parse_generator(form).kind == form.partition(":")[0]


@pytest.mark.parametrize("form", ENCODER_FORMS)
def test_every_encoder_form_that_a_hint_names_is_valid(form: str) -> None:
    assert parse_encoder(form).kind == form.partition(":")[0]


def test_several_servers_are_separated_by_commas() -> None:
    spec = parse_generator("openai:http://one:8000/v1/, https://two/v1#qwen2.5:7b")
    assert spec == GeneratorSpec("openai", "qwen2.5:7b", ("http://one:8000/v1", "https://two/v1"))


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "gpt-4",
        "openvino",
        "openvino:",
        "transformers:",
        "scripted:x",
        "openai:http://host:8000/v1",
        "openai:#model",
        "openai:ftp://host/v1#model",
        "openai:host:8000/v1#model",
        "openai:http://one/v1,,http://two/v1#model",
        "openai:http://host:port/v1#model",
    ],
)
def test_a_malformed_setting_is_refused_with_the_valid_forms(spec: str) -> None:
    with pytest.raises(ModelUnavailable, match="names no generator") as caught:
        parse_generator(spec)
    assert all(form in caught.value.hint for form in GENERATOR_FORMS)
    assert not caught.value.retryable


def test_a_password_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(ModelUnavailable) as caught:
        parse_generator("openai:http://user:hunter2@host/v1#model")
    assert "hunter2" not in str(caught.value) + caught.value.hint


@given(st.text())
@example("openai:http://[/v1#m")
def test_any_text_is_either_a_model_or_refused(spec: str) -> None:
    for parse in (parse_generator, parse_encoder):
        with contextlib.suppress(ModelUnavailable):
            parse(spec)
