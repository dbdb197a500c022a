"""``manage.py firstrun``: what ``make run`` does once, and what it says each time.

Loads the demo company and makes the first operator, with a password made at random. Kept in a
file that only this user may read, so that it can be told again; delete the file once it is noted.
"""

from __future__ import annotations

import os
import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

OPERATOR = "operator"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
LOCAL = ("127.0.0.1", "::1", *EVERYWHERE)


class Command(BaseCommand):
    help = "Load the demo company, make the first operator and print the addresses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        itself = f"http://{'127.0.0.1' if host in EVERYWHERE else _in_address(host)}:{port}"
        call_command("loaddemo", address=itself, stdout=self.stdout)
        password = self._operator()
        address = f"http://{'localhost' if host in LOCAL else _in_address(host)}:{port}"
        self.stdout.write(f"\n  Shop      {address}/")
        self.stdout.write(f"  Admin     {address}/admin/")
        self.stdout.write(f"  Operator  {OPERATOR}, password {password}\n")

    def _operator(self) -> str:
        """The password, or where it has gone."""
        path = settings.DATA_DIR / "operator-password"
        users = get_user_model().objects
        user = users.filter(username=OPERATOR).first()
        if user is None and not users.filter(is_superuser=True).exists():
            password = secrets.token_urlsafe(12)
            users.create_superuser(OPERATOR, password=password, first_name="Robin")
            descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(password + "\n")
            return f"{password} (kept in {path})"
        kept = path.read_text().strip() if path.exists() else ""
        if user is not None and kept and user.check_password(kept):
            return f"{kept} (kept in {path})"
        return "as you set it; a new one: .venv/bin/python manage.py changepassword " + OPERATOR


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
