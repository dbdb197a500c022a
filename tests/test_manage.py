"""The command line: what a person can mend is said in one place, without a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def manage(tmp_path, *arguments, **environment):
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean
        | {"KEFU_DATA_DIR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": ""}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:1/x"}, ["database", "DATABASE_URL"]),
        ({"DATABASE_URL": "mysql://x"}, ["mysql", "postgres://"]),
        ({"REDIS_URL": "banana"}, ["REDIS_URL", "redis://"]),
        ({"KEFU_DEBUG": "ture"}, ["KEFU_DEBUG", "1 or 0"]),
        ({"KEFU_GENERATOR": "openvino:/no/such.gguf"}, ["kefu.E001", "no file", "HINT"]),
        ({"KEFU_ENCODER": "banana"}, ["kefu.E002", "HINT"]),
    ],
)
def test_a_wrong_setting_is_named_with_what_mends_it(tmp_path, environment, words):
    refused = manage(tmp_path, "migrate", **environment)
    assert refused.returncode != 0
    assert "Traceback" not in refused.stderr
    for word in words:
        assert word in refused.stderr


def test_a_damaged_model_file_is_found_by_the_check(tmp_path):
    damaged = tmp_path / "model.gguf"
    damaged.write_bytes(b"not a model")
    refused = manage(tmp_path, "check", KEFU_GENERATOR=f"openvino:{damaged}")
    assert refused.returncode != 0
    assert "damaged" in refused.stderr


def test_a_command_before_migrate_says_that_it_is_missing(tmp_path):
    refused = manage(tmp_path, "createsite", "shop", "--origin", "https://shop.example")
    assert refused.returncode != 0
    assert "migrate" in refused.stderr
    assert "Traceback" not in refused.stderr
