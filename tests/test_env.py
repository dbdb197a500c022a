import os
import stat

import pytest

from backend.env import ConfigurationError, Env, secret_key


@pytest.mark.parametrize("word", ["1", "true", "Yes", "on"])
def test_a_flag_is_read_from_the_usual_words(word):
    assert Env({"X": word}).flag("X") is True


def test_a_typo_in_a_flag_is_an_error_that_names_it():
    with pytest.raises(ConfigurationError, match="X='ture'"):
        Env({"X": "ture"}).flag("X")


@pytest.mark.parametrize("value", ["-1", "ten", "1.5", "99", "١"])
def test_a_number_outside_its_limits_is_an_error(value):
    with pytest.raises(ConfigurationError, match="from 1 to 10"):
        Env({"X": value}).number("X", 5, least=1, most=10)


def test_a_database_that_kefu_does_not_run_on_is_an_error(tmp_path):
    with pytest.raises(ConfigurationError, match="mysql"):
        Env({"X": "mysql://localhost/kefu"}).database("X", tmp_path / "db")


def test_sqlite_is_the_default_and_waits_for_its_turn(tmp_path):
    config = Env({}).database("X", tmp_path / "db.sqlite3")
    assert config["NAME"] == str(tmp_path / "db.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_secret_key_is_made_once_and_kept_private(tmp_path):
    first = secret_key(Env({}), tmp_path)
    assert len(first) >= 32
    assert secret_key(Env({}), tmp_path) == first
    assert stat.S_IMODE(os.stat(tmp_path / "secret-key").st_mode) == 0o600


def test_a_short_secret_key_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="32"):
        secret_key(Env({"KEFU_SECRET_KEY": "short"}), tmp_path)
