"""The one place that reads the process environment.

Knows each variable's name, type and default. Strict: a value that cannot be read is a
:class:`ConfigurationError` that names the variable and what would be right, never a guess.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class ConfigurationError(ImproperlyConfigured):
    """A variable holds something that Kefu cannot use."""


class Env:
    """Reads typed values from a mapping, ``os.environ`` by default."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = os.environ if values is None else values

    def text(self, name: str, default: str = "") -> str:
        return self._values.get(name, default).strip()

    def flag(self, name: str, default: bool = False) -> bool:
        value = self._values.get(name)
        if value is None:
            return default
        if value.strip().lower() in TRUE:
            return True
        if value.strip().lower() in FALSE:
            return False
        raise ConfigurationError(f"{name}={value!r} is neither true nor false; use 1 or 0.")

    def number(self, name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
        value = self._values.get(name, "").strip()
        if not value:
            return default
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise ConfigurationError(f"{name}={value!r} must be a number from {least} to {most}.")
        return int(value)

    def words(self, name: str, default: str = "") -> list[str]:
        """A list separated by commas."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def redis(self, name: str) -> str:
        """A Redis address, or nothing."""
        url = self.text(name)
        if url and urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
            raise ConfigurationError(f"{name}={url!r} must be like redis://host:6379/0.")
        return url

    def database(self, name: str, default: Path) -> dict[str, Any]:
        """A Django database from a URL, SQLite in the file ``default`` where there is none."""
        url = self.text(name) or f"sqlite:///{default}"
        scheme = urlsplit(url).scheme
        if scheme not in {"sqlite", "postgres", "postgresql"}:
            raise ConfigurationError(
                f"{name} begins with {scheme!r}; Kefu runs on sqlite:/// and postgres://."
            )
        config: dict[str, Any] = dict(environ.Env.db_url_config(url))
        if scheme == "sqlite":
            # IMMEDIATE takes the write lock at the start, so that a transaction which reads first
            # waits for its turn rather than failing with "database is locked" half-way.
            config["OPTIONS"] = {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            }
        else:
            config.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
            config["CONN_HEALTH_CHECKS"] = True
            config["CONN_MAX_AGE"] = self.number("KEFU_DATABASE_MAX_AGE", 60)
        return config


def secret_key(env: Env, data: Path) -> str:
    """The signing key: ``KEFU_SECRET_KEY``, else one made at random and kept in ``data``.

    The file is made with ``O_EXCL``, so that two processes that start together share one key.
    """
    if key := env.text("KEFU_SECRET_KEY"):
        if len(key) < 32:
            raise ConfigurationError("KEFU_SECRET_KEY is shorter than 32 characters.")
        return key
    path = data / "secret-key"
    data.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    key = path.read_text().strip()
    if len(key) < 32:
        raise ConfigurationError(f"{path} holds no usable key; delete it and start again.")
    return key
